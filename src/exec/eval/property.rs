//! Properties: for nodes and relationships, a gather from the typed column of the graph; for maps and temporal values, a
//! lookup.

use crate::{
    base::Fault,
    exec::{
        context::Context,
        eval::{
            Computed, Rows,
            entity::{key_of, live_edge, live_node},
        },
    },
    graph,
    plan::Key,
    value::{Column, Entries, KeyId, Value, access},
};

/// `n.name`
pub(super) fn property(base: &Column, key: &Key, rows: Rows<'_>) -> Computed {
    let cx = rows.cx;
    let id = key_of(key, cx);
    match base {
        Column::Nodes(nodes) => {
            all_live(nodes, live_node, cx)?;
            let nodes = nodes.iter().map(|node| node.index());
            Ok(read(cx.graph().node_column(id), nodes))
        }
        Column::Edges(edges) => {
            all_live(edges, live_edge, cx)?;
            let edges = edges.iter().map(|edge| edge.index());
            Ok(read(cx.graph().edge_column(id), edges))
        }
        Column::Constant(value) => of_value(value, &key.name, id, cx).map(Column::Constant),
        other => rows.values(|row| of_value(&other.peek(row), &key.name, id, cx)),
    }
}

/// Fails if an entity is deleted; free of cost unless the statement deletes.
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
    column.map_or(Column::NULL, |column| column.gather(ids))
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

/// The properties of a map, a node or a relationship; `None` for all other values.
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
        Value::Map(entries) => Ok(Some(Entries::clone(entries))),
        _ => Ok(None),
    }
}
