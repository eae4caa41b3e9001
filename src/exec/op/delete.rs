//! `Delete`: deletes nodes, relationships and paths after all input rows are read.

use roaring::RoaringBitmap;

use crate::{
    base::{At, Fault, Span},
    exec::{
        context::Context,
        eval::eval,
        op::blocking::{Chunks, Collected, Intake},
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
    let mut rows = Chunks::new();
    while let Some(chunk) = input.next(cx)? {
        for item in items {
            let column = eval(item, &chunk, cx)?;
            let mut rows = 0..chunk.len();
            let added = rows.try_for_each(|row| doomed.add(&column.peek(row)));
            added.at(item.span)?;
        }
        let chunk = chunk.select(live);
        input.reserve(chunk.bytes(), cx)?;
        rows.push_back(chunk);
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
    fn delete(&self, detach: bool, cx: &mut Context<'_>) -> Result<(), Fault> {
        cx.deletes |= !self.nodes.is_empty() || !self.edges.is_empty();
        let graph = cx.graph_mut();
        graph.delete_edges(self.edges.iter().map(EdgeId));
        if detach {
            graph.detach(self.nodes.iter().map(NodeId));
        }
        self.nodes
            .iter()
            .try_for_each(|node| graph.delete_node(NodeId(node)))
    }
}
