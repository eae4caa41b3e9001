//! A graph as writers see it: numbered nodes, names instead of ids, and an identifier for each node.

use std::collections::HashSet;

use crate::{
    graph::{Graph, manifest::Rdf},
    value::{EdgeId, KeyId, NodeId, Value},
};

/// The key whose values identify nodes in other programs.
const ID: &str = "id";

/// How nodes are identified in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ids {
    /// By the property `id`, which every node has and no two nodes share.
    Property(KeyId),
    /// By number, from 0.
    Numbers,
}

/// A relationship: its id, its type, and the numbers of its ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge<'g> {
    pub(crate) id: EdgeId,
    pub(crate) kind: &'g str,
    pub(crate) from: NodeId,
    pub(crate) to: NodeId,
}

/// A graph to be written.
#[derive(Debug)]
pub(crate) struct View<'g> {
    graph: &'g Graph,
    rdf: Option<&'g Rdf>,
    /// The number of each node, by id.
    numbers: Vec<usize>,
}

impl<'g> View<'g> {
    pub(crate) fn new(graph: &'g Graph, rdf: Option<&'g Rdf>) -> Self {
        let mut numbers = vec![0; graph.node_bound()];
        for (number, node) in graph.nodes().iter().enumerate() {
            numbers[node as usize] = number;
        }
        Self {
            graph,
            rdf,
            numbers,
        }
    }

    /// The nodes in the order of their numbers.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.graph.nodes().iter().map(NodeId)
    }

    /// The relationships.
    pub(crate) fn edges(&self) -> impl Iterator<Item = Edge<'g>> {
        self.graph.edges().map(|id| {
            let (from, to) = self.graph.endpoints(id);
            let kind = self.graph.catalog().type_name(self.graph.edge_type(id));
            Edge { id, kind, from, to }
        })
    }

    /// The number of a node, from 0 without gaps.
    pub(crate) fn number(&self, node: NodeId) -> usize {
        self.numbers[node.index()]
    }

    /// The labels of a node.
    pub(crate) fn labels(&self, node: NodeId) -> Vec<&'g str> {
        let catalog = self.graph.catalog();
        let labels = self.graph.labels_of(node).iter();
        labels.map(|label| &**catalog.label_name(*label)).collect()
    }

    /// The properties of a node.
    pub(crate) fn properties(&self, node: NodeId) -> impl Iterator<Item = (&'g str, Value)> {
        let properties = self.graph.node_properties(node);
        properties.map(|(key, value)| (&**self.graph.catalog().key_name(key), value))
    }

    /// The properties of a relationship.
    pub(crate) fn edge_properties(&self, edge: EdgeId) -> impl Iterator<Item = (&'g str, Value)> {
        let properties = self.graph.edge_properties(edge);
        properties.map(|(key, value)| (&**self.graph.catalog().key_name(key), value))
    }

    /// How nodes are identified in a file whose identifiers are those that `fits` accepts.
    pub(crate) fn ids(&self, fits: impl Fn(&Value) -> bool) -> Ids {
        let Some(key) = self.graph.catalog().key(ID) else {
            return Ids::Numbers;
        };
        let mut seen = HashSet::new();
        let is_new = |node| {
            let value = self.graph.node_property(node, key);
            fits(&value) && seen.insert(plain(&value))
        };
        let mut is_new = is_new;
        if self.graph.node_count() > 0 && self.nodes().all(&mut is_new) {
            Ids::Property(key)
        } else {
            Ids::Numbers
        }
    }

    /// The value of a property of a node.
    pub(crate) fn property(&self, node: NodeId, key: KeyId) -> Value {
        self.graph.node_property(node, key)
    }

    /// The value of the property of a node with a name.
    pub(crate) fn named(&self, node: NodeId, key: &str) -> Value {
        let key = self.graph.catalog().key(key);
        key.map_or(Value::Null, |key| self.property(node, key))
    }

    /// What the names are in RDF, if the graph was read from it.
    pub(crate) fn rdf(&self) -> Option<&'g Rdf> {
        self.rdf
    }

    /// The graph.
    pub(crate) fn graph(&self) -> &'g Graph {
        self.graph
    }
}

/// A value as text; an integer and the string of its digits are equal, as in formats whose identifiers are text.
pub(crate) fn plain(value: &Value) -> String {
    crate::value::cast::text_of(value)
        .unwrap_or_default()
        .into_owned()
}
