//! Nodes and relationships in their state at the end of a statement.

use std::{ops::ControlFlow, sync::LazyLock};

use rustc_hash::FxHashMap;

use crate::{
    graph::Graph,
    value::{EdgeId, Entries, NodeId, Text, Value, each_leaf},
};

/// A node of an answer.
#[derive(Clone, Debug)]
pub struct Node {
    /// The id, unique among the nodes of the graph that are not deleted.
    pub id: NodeId,
    /// The labels, in the order of their ids in the catalog.
    pub labels: Vec<Text>,
    /// The properties, in the order of their key ids in the catalog.
    pub properties: Entries,
}

/// A relationship of an answer.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The id, unique among the relationships of the graph that are not deleted.
    pub id: EdgeId,
    /// The type.
    pub kind: Text,
    /// The start node.
    pub start: NodeId,
    /// The end node.
    pub end: NodeId,
    /// The properties, in the order of their key ids in the catalog.
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
    /// The node with this id; an empty node if it is not in the answer.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(&id).unwrap_or(&NO_NODE)
    }

    /// The relationship with this id; an empty relationship if it is not in the answer.
    #[must_use]
    pub fn relationship(&self, id: EdgeId) -> &Relationship {
        self.relationships.get(&id).unwrap_or(&NO_RELATIONSHIP)
    }

    /// All nodes, in no particular order.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> {
        self.nodes.values()
    }

    /// All relationships, in no particular order.
    pub fn relationships(&self) -> impl ExactSizeIterator<Item = &Relationship> {
        self.relationships.values()
    }

    /// The entities that occur in the values, in their state in the graph.
    #[must_use]
    pub fn of<'a>(values: impl IntoIterator<Item = &'a Value>, graph: &Graph) -> Self {
        let mut entities = Self::default();
        for value in values {
            entities.add(value, graph);
        }
        entities
    }

    /// All entities of a graph.
    #[must_use]
    pub fn all(graph: &Graph) -> Self {
        let mut entities = Self::default();
        for node in graph.nodes() {
            entities.add_node(NodeId(node), graph);
        }
        for edge in graph.edges() {
            entities.add_relationship(edge, graph);
        }
        entities
    }

    fn add(&mut self, value: &Value, graph: &Graph) {
        let _ = each_leaf(value, &mut |leaf| {
            match leaf {
                Value::Node(id) => self.add_node(*id, graph),
                Value::Relationship(id) => self.add_relationship(*id, graph),
                Value::Path(path) => {
                    path.nodes().iter().for_each(|id| self.add_node(*id, graph));
                    let edges = path.relationships().iter();
                    edges.for_each(|id| self.add_relationship(*id, graph));
                }
                _ => {}
            }
            ControlFlow::<()>::Continue(())
        });
    }

    fn add_node(&mut self, id: NodeId, graph: &Graph) {
        self.nodes.entry(id).or_insert_with(|| {
            let catalog = graph.catalog();
            let labels = graph.labels_of(id).iter();
            let properties = graph.node_properties(id);
            Node {
                id,
                labels: labels
                    .map(|label| catalog.label_name(*label).clone())
                    .collect(),
                properties: properties
                    .map(|(key, value)| (catalog.key_name(key).clone(), value))
                    .collect(),
            }
        });
    }

    fn add_relationship(&mut self, id: EdgeId, graph: &Graph) {
        self.relationships.entry(id).or_insert_with(|| {
            let catalog = graph.catalog();
            let (start, end) = graph.endpoints(id);
            let kind = Some(graph.edge_type(id)).filter(|kind| !kind.is_none());
            let properties = graph.edge_properties(id);
            Relationship {
                id,
                kind: kind.map_or_else(|| "".into(), |kind| catalog.type_name(kind).clone()),
                start,
                end,
                properties: properties
                    .map(|(key, value)| (catalog.key_name(key).clone(), value))
                    .collect(),
            }
        });
    }
}
