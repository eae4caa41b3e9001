//! Properties: an index into a typed column of the graph for nodes and relationships, a lookup for maps and temporal
//! values.

use crate::{
    base::{At, CompareOp, Fault, Span},
    exec::{
        chunk::Chunk,
        column::Column,
        context::{Context, Failure},
        eval::{
            Evaluated,
            entity::{key_of, live_edge, live_node},
            eval,
            operator::holds,
        },
    },
    graph,
    plan::{Expr, ExprKind, Key, Slot},
    value::{Date, Entries, KeyId, Value, access},
};

/// `n.name`
pub(super) fn property(
    base: &Expr,
    key: &Key,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let column = eval(base, chunk, cx)?;
    let id = key_of(key, cx);
    match &column {
        Column::Nodes(nodes) => {
            all_live(nodes, live_node, cx).at(span)?;
            Ok(read(
                cx.graph().node_column(id),
                nodes.iter().map(|node| node.index()),
            ))
        }
        Column::Edges(edges) => {
            all_live(edges, live_edge, cx).at(span)?;
            Ok(read(
                cx.graph().edge_column(id),
                edges.iter().map(|edge| edge.index()),
            ))
        }
        Column::Constant(value) => of_value(value, &key.name, id, cx)
            .map(Column::Constant)
            .at(span),
        other => {
            let values = (0..chunk.len()).map(|row| of_value(&other.peek(row), &key.name, id, cx));
            values
                .collect::<Result<_, _>>()
                .map(Column::values)
                .at(span)
        }
    }
}

/// Checks entities for life, which costs nothing unless the statement deletes.
fn all_live<T: Copy>(
    ids: &[T],
    live: fn(T, &Context<'_>) -> Result<(), Fault>,
    cx: &Context<'_>,
) -> Result<(), Fault> {
    if cx.deletes {
        ids.iter().try_for_each(|id| live(*id, cx))
    } else {
        Ok(())
    }
}

/// The values of a column of the graph at some ids.
fn read(
    column: Option<&graph::Column>,
    ids: impl ExactSizeIterator<Item = usize> + Clone,
) -> Column {
    let Some(column) = column else {
        return Column::NULL;
    };
    if let Some(slots) = column.ints() {
        let all: Option<Vec<_>> = ids.clone().map(|id| slots.get(id)).collect();
        return all.map_or_else(
            || Column::values(ids.map(|id| slots.get(id).into()).collect()),
            Column::integers,
        );
    }
    if let Some(slots) = column.floats() {
        let all: Option<Vec<_>> = ids.clone().map(|id| slots.get(id)).collect();
        return all.map_or_else(
            || Column::values(ids.map(|id| slots.get(id).into()).collect()),
            Column::floats,
        );
    }
    if let Some(slots) = column.booleans() {
        return Column::booleans(ids.map(|id| slots.get(id)).collect());
    }
    Column::values(ids.map(|id| column.get(id)).collect())
}

/// The property of one value.
pub(super) fn of_value(
    value: &Value,
    name: &str,
    id: KeyId,
    cx: &Context<'_>,
) -> Result<Value, Fault> {
    match value {
        Value::Node(node) => {
            live_node(*node, cx)?;
            Ok(cx.graph().node_property(*node, id))
        }
        Value::Relationship(edge) => {
            live_edge(*edge, cx)?;
            Ok(cx.graph().edge_property(*edge, id))
        }
        other => access::property(other, name),
    }
}

/// The properties of a map, a node or a relationship; nothing for all other values.
pub(crate) fn entity_properties(value: &Value, cx: &Context<'_>) -> Result<Option<Entries>, Fault> {
    let named = |(key, value): (KeyId, Value)| (cx.graph().catalog().key_name(key).clone(), value);
    match value {
        Value::Node(node) => {
            live_node(*node, cx)?;
            Ok(Some(cx.graph().node_properties(*node).map(named).collect()))
        }
        Value::Relationship(edge) => {
            live_edge(*edge, cx)?;
            Ok(Some(cx.graph().edge_properties(*edge).map(named).collect()))
        }
        Value::Map(entries) => Ok(Some((**entries).clone())),
        _ => Ok(None),
    }
}

/// `n.key = constant` and its kin, without making a column of the property; nothing where that cannot be done.
pub(super) fn compare(
    op: CompareOp,
    left: &Expr,
    right: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Result<Option<Column>, Failure> {
    let found = match (slot_property(left), slot_property(right)) {
        (Some((slot, key)), None) => constant(right, cx).map(|value| (op, slot, key, value)),
        (None, Some((slot, key))) => {
            constant(left, cx).map(|value| (op.flipped(), slot, key, value))
        }
        _ => None,
    };
    let Some((op, slot, key, value)) = found.filter(|_| !cx.deletes) else {
        return Ok(None);
    };
    let id = key_of(key, cx);
    Ok(match chunk.column(slot) {
        Column::Nodes(nodes) => compare_read(
            op,
            cx.graph().node_column(id),
            nodes.iter().map(|node| node.index()),
            &value,
        ),
        Column::Edges(edges) => compare_read(
            op,
            cx.graph().edge_column(id),
            edges.iter().map(|edge| edge.index()),
            &value,
        ),
        _ => None,
    })
}

fn slot_property(expr: &Expr) -> Option<(Slot, &Key)> {
    match &expr.kind {
        ExprKind::Property(base, key) => match base.kind {
            ExprKind::Slot(slot) => Some((slot, key)),
            _ => None,
        },
        _ => None,
    }
}

fn constant(expr: &Expr, cx: &Context<'_>) -> Option<Value> {
    match &expr.kind {
        ExprKind::Constant(value) => Some(value.clone()),
        ExprKind::Parameter(at) => cx.parameters.get(*at as usize).cloned(),
        _ => None,
    }
}

fn compare_read(
    op: CompareOp,
    column: Option<&graph::Column>,
    ids: impl Iterator<Item = usize>,
    value: &Value,
) -> Option<Column> {
    let Some(column) = column else {
        return Some(Column::NULL);
    };
    let answers = match value {
        Value::Null => return Some(Column::NULL),
        Value::Integer(value) => {
            let slots = column.ints()?;
            ids.map(|id| Some(holds(op, slots.get(id)?.cmp(value))))
                .collect()
        }
        Value::Date(Date { days }) => {
            let slots = column.dates()?;
            ids.map(|id| Some(holds(op, slots.get(id)?.cmp(days))))
                .collect()
        }
        Value::Boolean(value) => {
            let slots = column.booleans()?;
            ids.map(|id| Some(holds(op, slots.get(id)?.cmp(value))))
                .collect()
        }
        Value::String(text) => compare_texts(op, column, ids, text)?,
        _ => return None,
    };
    Some(Column::booleans(answers))
}

/// Equality compares codes; order compares the strings themselves.
fn compare_texts(
    op: CompareOp,
    column: &graph::Column,
    ids: impl Iterator<Item = usize>,
    text: &str,
) -> Option<Vec<Option<bool>>> {
    let (slots, _) = column.codes()?;
    if matches!(op, CompareOp::Equal | CompareOp::NotEqual) {
        let wanted = column.code_of(text);
        let equal = op == CompareOp::Equal;
        return Some(
            ids.map(|id| Some((Some(slots.get(id)?) == wanted) == equal))
                .collect(),
        );
    }
    Some(
        ids.map(|id| Some(holds(op, (**column.text(id)?).cmp(text))))
            .collect(),
    )
}
