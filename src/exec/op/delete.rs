//! `Delete`: deletes nodes, relationships and paths after all input rows are read.

use roaring::RoaringBitmap;

use crate::{
    base::{At, Fault, Meter as _, Span, merge_sorted, room},
    exec::{
        chunk::CAPACITY,
        context::Context,
        eval::eval,
        op::{
            blocking::{Collected, Intake, Rows},
            store::make_room_to_undo,
        },
    },
    plan::{Expr, SlotSet},
    value::{EdgeId, NodeId, Value, expected},
};

pub(crate) fn delete(
    items: &[Expr],
    (detach, span): (bool, Span),
    live: &SlotSet,
    input: &mut Intake<'_>,
    cx: &mut Context<'_>,
) -> Collected {
    let mut doomed = Doomed::default();
    let mut rows = Rows::default();
    while let Some(chunk) = input.next(cx)? {
        for item in items {
            let column = eval(item, &chunk, cx)?;
            let mut rows = 0..chunk.len();
            let added = rows.try_for_each(|row| doomed.add(&column.peek(row)));
            added.at(item.span)?;
        }
        let chunk = chunk.select(live);
        input.reserve(chunk.bytes(), cx)?;
        rows.push(chunk);
    }
    doomed.delete(detach, cx).at(span)?;
    Ok(rows)
}

/// The entities to delete.
#[derive(Default)]
struct Doomed {
    nodes: RoaringBitmap,
    edges: RoaringBitmap,
}

impl Doomed {
    fn add(&mut self, value: &Value) -> Result<(), Fault> {
        match value {
            Value::Null => {}
            Value::Node(node) => {
                self.nodes.insert(node.0);
            }
            Value::Relationship(edge) => {
                self.edges.insert(edge.0);
            }
            Value::Path(path) => {
                self.nodes.extend(path.nodes().iter().map(|node| node.0));
                self.edges
                    .extend(path.relationships().iter().map(|edge| edge.0));
            }
            other => return Err(expected("NODE, RELATIONSHIP or PATH", other)),
        }
        Ok(())
    }

    /// Deletes relationships first, so that a node fails only for relationships that remain.
    fn delete(mut self, detach: bool, cx: &mut Context<'_>) -> Result<(), Fault> {
        cx.deletes |= !self.nodes.is_empty() || !self.edges.is_empty();
        if detach {
            self.add_edges_of_nodes(cx)?;
        }
        let mut edges = room::vector(self.edges.len() as usize)?;
        edges.extend(self.edges.iter().map(EdgeId));
        let graph = cx.graph();
        let order = |a: &EdgeId, b: &EdgeId| graph.deletion_order(*a, *b);
        let edges = merge_sorted(edges, order, COMPARED, cx)?;
        for part in edges.chunks(EDGES) {
            make_room_to_undo(part.len(), cx)?;
            cx.graph_mut().delete_in_order(part.to_vec());
        }
        let mut nodes = self.nodes.iter().map(NodeId).peekable();
        while nodes.peek().is_some() {
            make_room_to_undo(CAPACITY, cx)?;
            for node in nodes.by_ref().take(CAPACITY) {
                cx.graph_mut().delete_node(node)?;
            }
        }
        Ok(())
    }

    fn add_edges_of_nodes(&mut self, cx: &Context<'_>) -> Result<(), Fault> {
        for node in &self.nodes {
            let mut edges = cx.graph().edges_at(NodeId(node)).peekable();
            cx.worked(COMPARED)?;
            while edges.peek().is_some() {
                let mut added = 0;
                let part = edges.by_ref().take(CAPACITY).inspect(|_| added += 1);
                self.edges.extend(part.map(|edge| edge.0));
                cx.worked(added * COMPARED)?;
            }
        }
        Ok(())
    }
}

/// The number of relationships that are deleted at once. A neighbour list is changed once for all of them.
const EDGES: usize = 1 << 16;

/// The work of comparing two relationships, in bytes.
const COMPARED: usize = 64;
