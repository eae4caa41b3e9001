//! Paths through the graph.

use crate::value::{EdgeId, NodeId};

/// A path: nodes, and the relationship between each two consecutive nodes. A relationship may point against the path.
///
/// Invariant: a path has exactly one node more than relationships.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    nodes: Vec<NodeId>,
    relationships: Vec<EdgeId>,
}

impl Path {
    /// The path of length 0 at `start`.
    #[must_use]
    pub fn new(start: NodeId) -> Self {
        Self {
            nodes: vec![start],
            relationships: Vec::new(),
        }
    }

    /// Appends a relationship and the node that it leads to.
    pub fn push(&mut self, relationship: EdgeId, node: NodeId) {
        self.relationships.push(relationship);
        self.nodes.push(node);
    }

    /// The path followed by another one; `None` if that one begins at another node.
    #[must_use]
    pub fn joined(&self, next: &Self) -> Option<Self> {
        let (first, rest) = next.nodes.split_first()?;
        (self.nodes.last() == Some(first)).then(|| Self {
            nodes: [&self.nodes[..], rest].concat(),
            relationships: [&self.relationships[..], &next.relationships].concat(),
        })
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
