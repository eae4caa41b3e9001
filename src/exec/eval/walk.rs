//! Expressions about walks: paths, disjointness, whether two nodes are connected.

use std::sync::Arc;

use crate::{
    base::{At, Fault, Span},
    exec::{
        adjacent::Adjacent,
        chunk::Chunk,
        column::{Column, expected},
        context::Context,
        eval::{Evaluated, entity::types_of},
    },
    plan::{Named, PathStep, Slot, Towards},
    value::{EdgeId, NodeId, Path, TypeId, Value},
};

/// The path from a node along relationships or lists of them.
pub(super) fn path(
    start: Slot,
    steps: &[PathStep],
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let starts = chunk.column(start).as_nodes(chunk.len()).at(span)?;
    let columns = steps
        .iter()
        .map(|step| (chunk.column(step.edge), chunk.column(step.node)));
    let columns: Vec<_> = columns.collect();
    let paths = (0..chunk.len()).map(|row| row_path(starts[row], &columns, row, cx));
    paths.collect::<Result<_, _>>().map(Column::values).at(span)
}

fn row_path(
    start: NodeId,
    steps: &[(&Column, &Column)],
    row: usize,
    cx: &Context<'_>,
) -> Result<Value, Fault> {
    if start.is_none()
        || steps
            .iter()
            .any(|(edge, node)| edge.is_null(row) || node.is_null(row))
    {
        return Ok(Value::Null);
    }
    let mut path = Path::new(start);
    let mut at = start;
    for (edge, _) in steps {
        each_edge(&edge.peek(row), &mut |edge| {
            at = other_end(edge, at, cx);
            path.push(edge, at);
        })?;
    }
    Ok(Value::Path(Arc::new(path)))
}

fn other_end(edge: EdgeId, node: NodeId, cx: &Context<'_>) -> NodeId {
    let (from, to) = cx.graph().endpoints(edge);
    if from == node { to } else { from }
}

/// Visits the relationships of a relationship or a list of them.
pub(crate) fn each_edge(value: &Value, visit: &mut dyn FnMut(EdgeId)) -> Result<(), Fault> {
    match value {
        Value::Relationship(edge) => visit(*edge),
        Value::List(items) => {
            for item in &**items {
                each_edge(item, visit)?;
            }
        }
        Value::Null => {}
        other => return Err(expected("RELATIONSHIP", other)),
    }
    Ok(())
}

/// Whether two slots share no relationship.
pub(super) fn disjoint(a: Slot, b: Slot, chunk: &Chunk) -> Evaluated {
    let (a, b) = (chunk.column(a), chunk.column(b));
    if let (Column::Edges(a), Column::Edges(b)) = (a, b) {
        let known = |a: EdgeId, b: EdgeId| !a.is_none() && !b.is_none();
        let answers = a
            .iter()
            .zip(&**b)
            .map(|(a, b)| known(*a, *b).then_some(a != b));
        return Ok(Column::booleans(answers.collect()));
    }
    let answers = (0..chunk.len()).map(|row| row_disjoint(&a.peek(row), &b.peek(row)));
    Ok(Column::booleans(
        answers
            .collect::<Result<_, _>>()
            .map_err(|fault: Fault| Box::new(fault.into()))?,
    ))
}

fn row_disjoint(a: &Value, b: &Value) -> Result<Option<bool>, Fault> {
    if a.is_null() || b.is_null() {
        return Ok(None);
    }
    let mut own = Vec::new();
    each_edge(a, &mut |edge| own.push(edge))?;
    let mut shared = false;
    each_edge(b, &mut |edge| shared |= own.contains(&edge))?;
    Ok(Some(!shared))
}

/// Whether a relationship runs between two nodes.
pub(super) fn has_edge(
    [from, to]: [Slot; 2],
    types: &[Named<TypeId>],
    either: bool,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let froms = chunk.column(from).as_nodes(chunk.len()).at(span)?;
    let tos = chunk.column(to).as_nodes(chunk.len()).at(span)?;
    let towards = if either {
        Towards::Either
    } else {
        Towards::Outgoing
    };
    let adjacent = Adjacent::new(cx.graph(), &types_of(types, cx), towards);
    let answers = froms.iter().zip(&*tos).map(|(from, to)| {
        (!from.is_none() && !to.is_none()).then(|| adjacent.count_between(*from, *to) > 0)
    });
    Ok(Column::booleans(answers.collect()))
}
