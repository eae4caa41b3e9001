//! Nodes and relationships as they were when a statement ended.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::value::{EdgeId, Entries, NodeId, Text};

/// A node of an answer.
#[derive(Clone, Debug)]
pub struct Node {
    /// The id: unique among the nodes of the graph while the node lives.
    pub id: NodeId,
    /// The labels, in the order in which the graph came to know them.
    pub labels: Vec<Text>,
    /// The properties, in the order in which the graph came to know their keys.
    pub properties: Entries,
}

/// A relationship of an answer.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The id: unique among the relationships of the graph while the relationship lives.
    pub id: EdgeId,
    /// The type.
    pub kind: Text,
    /// The node it starts at.
    pub start: NodeId,
    /// The node it ends at.
    pub end: NodeId,
    /// The properties, in the order in which the graph came to know their keys.
    pub properties: Entries,
}

/// The nodes and relationships that occur in an answer.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    nodes: FxHashMap<NodeId, Node>,
    relationships: FxHashMap<EdgeId, Relationship>,
}

static NO_NODE: LazyLock<Node> = LazyLock::new(|| Node {
    id: NodeId::NONE,
    labels: Vec::new(),
    properties: Entries::default(),
});

static NO_RELATIONSHIP: LazyLock<Relationship> = LazyLock::new(|| Relationship {
    id: EdgeId::NONE,
    kind: "".into(),
    start: NodeId::NONE,
    end: NodeId::NONE,
    properties: Entries::default(),
});

impl Entities {
    /// The node of that id; one without anything, where it does not occur in the answer.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(&id).unwrap_or(&NO_NODE)
    }

    /// The relationship of that id; one without anything, where it does not occur in the answer.
    #[must_use]
    pub fn relationship(&self, id: EdgeId) -> &Relationship {
        self.relationships.get(&id).unwrap_or(&NO_RELATIONSHIP)
    }

    /// Every node, in no order.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> {
        self.nodes.values()
    }

    /// Every relationship, in no order.
    pub fn relationships(&self) -> impl ExactSizeIterator<Item = &Relationship> {
        self.relationships.values()
    }

    /// Adds a node.
    pub fn insert_node(&mut self, node: Node) {
        self.nodes.insert(node.id, node);
    }

    /// Adds a relationship.
    pub fn insert_relationship(&mut self, relationship: Relationship) {
        self.relationships.insert(relationship.id, relationship);
    }
}
