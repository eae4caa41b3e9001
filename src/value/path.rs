//! A walk through the graph.

use crate::value::{EdgeId, NodeId};

/// A path: nodes with the relationship between each two; a relationship may run against the path.
///
/// Invariant: there is exactly one node more than there are relationships.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    nodes: Vec<NodeId>,
    relationships: Vec<EdgeId>,
}

impl Path {
    /// The path of no length at `start`.
    #[must_use]
    pub fn new(start: NodeId) -> Self {
        Self {
            nodes: vec![start],
            relationships: Vec::new(),
        }
    }

    /// Adds a step.
    pub fn push(&mut self, relationship: EdgeId, node: NodeId) {
        self.relationships.push(relationship);
        self.nodes.push(node);
    }

    /// The nodes in order; at least one.
    #[must_use]
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// The relationships in order.
    #[must_use]
    pub fn relationships(&self) -> &[EdgeId] {
        &self.relationships
    }
}
