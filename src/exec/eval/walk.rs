//! Expressions on paths: path values, disjointness, and whether two nodes are adjacent.

use std::sync::Arc;

use crate::{
    base::{Direction, Fault},
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::Chunk,
        context::{Context, placeless},
        eval::{Computed, Evaluated, Rows},
    },
    plan::{Named, PathStep, Slot},
    value::{Column, EdgeId, NodeId, Path, TypeId, Value, expected},
};

/// The path from a node along relationships or lists of them.
pub(super) fn path(start: Slot, steps: &[PathStep], rows: Rows<'_>) -> Computed {
    let chunk = rows.chunk;
    let starts = chunk.nodes(start)?;
    let columns = |step: &PathStep| (chunk.column(step.edge), chunk.column(step.node));
    let columns: Vec<_> = steps.iter().map(columns).collect();
    rows.values(|row| row_path(starts[row], &columns, row, rows.cx))
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
            for item in items.iter() {
                match item {
                    Value::Relationship(edge) => visit(*edge),
                    Value::Null => {}
                    other => return Err(expected("RELATIONSHIP", other)),
                }
            }
        }
        Value::Null => {}
        other => return Err(expected("RELATIONSHIP", other)),
    }
    Ok(())
}

/// True if two slots share no relationship.
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
    let answers = answers.collect::<Result<_, _>>().map_err(placeless)?;
    Ok(Column::booleans(answers))
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

/// True if there is a relationship between two nodes.
pub(super) fn has_edge(
    [from, to]: [Slot; 2],
    types: &[Named<TypeId>],
    direction: Direction,
    rows: Rows<'_>,
) -> Computed {
    let (froms, tos) = (rows.chunk.nodes(from)?, rows.chunk.nodes(to)?);
    // Starts from the side whose node changes less often.
    let (froms, tos, direction) = if changes(&froms) <= changes(&tos) {
        (froms, tos, direction)
    } else {
        (tos, froms, direction.reversed())
    };
    let adjacent = Adjacent::new(types, direction, rows.cx);
    Ok(Column::booleans(connected(&froms, &tos, &adjacent)))
}

/// The number of rows whose node differs from that of the row before.
fn changes(nodes: &[NodeId]) -> usize {
    nodes.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// For each pair, whether the second is a neighbour of the first; null is no neighbour. If many rows have the same first node, its neighbours
/// are marked once.
fn connected(froms: &[NodeId], tos: &[NodeId], adjacent: &Adjacent<'_>) -> Vec<Option<bool>> {
    let mut answers = Vec::with_capacity(froms.len());
    let mut merged = Merged::default();
    let mut marks = Marks::over(tos);
    for run in froms.chunk_by(|a, b| a == b) {
        let from = run[0];
        let tos = &tos[answers.len()..][..run.len()];
        if run.len() < Marks::WORTH {
            let one = |to: &NodeId| Some(adjacent.count_between(from, *to) > 0);
            answers.extend(tos.iter().map(one));
            continue;
        }
        let neighbours = adjacent.of(from, &mut merged);
        neighbours
            .iter()
            .for_each(|entry| marks.set(entry.node, true));
        answers.extend(tos.iter().map(|to| Some(marks.get(*to))));
        neighbours
            .iter()
            .for_each(|entry| marks.set(entry.node, false));
    }
    answers
}

/// A set of nodes within the range of the tested nodes.
struct Marks {
    first: u32,
    marked: Vec<bool>,
}

impl Marks {
    /// Minimum number of rows for which marking costs less than searching.
    const WORTH: usize = 8;

    fn over(nodes: &[NodeId]) -> Self {
        let ids = || {
            nodes
                .iter()
                .filter(|node| !node.is_none())
                .map(|node| node.0)
        };
        let (first, last) = (ids().min().unwrap_or(0), ids().max().unwrap_or(0));
        Self {
            first,
            marked: vec![false; (last - first) as usize + 1],
        }
    }

    /// The position of a node; out of range if no row has it.
    fn position(&self, node: NodeId) -> usize {
        node.0.wrapping_sub(self.first) as usize
    }

    fn set(&mut self, node: NodeId, marked: bool) {
        let position = self.position(node);
        if let Some(mark) = self.marked.get_mut(position) {
            *mark = marked;
        }
    }

    fn get(&self, node: NodeId) -> bool {
        self.marked.get(self.position(node)) == Some(&true)
    }
}
