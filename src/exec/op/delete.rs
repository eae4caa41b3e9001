//! `Delete`: deletes nodes, relationships and paths after all input rows are read.

use std::collections::VecDeque;

use roaring::RoaringBitmap;

use crate::{
    base::{At, Fault, Span},
    exec::{
        chunk::Chunk,
        context::{Context, Failure, Reservation},
        eval::eval,
        operator::{Operator, Source, Step},
    },
    plan::{Expr, SlotSet},
    value::{Column, EdgeId, NodeId, Value, expected},
};

pub(crate) struct Delete<'p> {
    input: Source<'p>,
    items: &'p [Expr],
    detach: bool,
    span: Span,
    live: &'p SlotSet,
    chunks: Option<VecDeque<Chunk>>,
    reserved: Reservation,
}

/// The entities to delete.
#[derive(Default)]
struct Doomed {
    nodes: RoaringBitmap,
    edges: RoaringBitmap,
}

impl Doomed {
    fn add_column(&mut self, column: &Column, len: usize) -> Result<(), Fault> {
        (0..len).try_for_each(|row| self.add(&column.peek(row)))
    }

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

impl<'p> Delete<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        items: &'p [Expr],
        detach: bool,
        span: Span,
        live: &'p SlotSet,
    ) -> Self {
        Self {
            input,
            items,
            detach,
            span,
            live,
            chunks: None,
            reserved: Reservation::default(),
        }
    }

    fn run(&mut self, cx: &mut Context<'_>) -> Result<VecDeque<Chunk>, Failure> {
        let mut doomed = Doomed::default();
        let mut chunks = VecDeque::new();
        while let Some(chunk) = self.input.next(cx)? {
            for item in self.items {
                let column = eval(item, &chunk, cx)?;
                doomed.add_column(&column, chunk.len()).at(item.span)?;
            }
            let chunk = chunk.select(self.live);
            cx.reserve(&mut self.reserved, chunk.bytes())?;
            chunks.push_back(chunk);
        }
        doomed.delete(self.detach, cx).at(self.span)?;
        Ok(chunks)
    }
}

impl Operator for Delete<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if self.chunks.is_none() {
            self.chunks = Some(self.run(cx)?);
        }
        Ok(self.chunks.as_mut().and_then(VecDeque::pop_front))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.chunks = None;
        self.reserved.release();
    }
}
