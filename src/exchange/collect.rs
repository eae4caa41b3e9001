//! A graph under construction from files that give nodes and relationships in any order.
//!
//! Labels and relationships are kept until the end: a file may give the labels of a node last, and relationships of one type
//! get consecutive ids, which storage needs to be compact.

use indexmap::IndexSet;

use crate::{
    base::Stop,
    graph::{
        Builder, Graph,
        load::{LoadError, Problem, stopped},
    },
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// The type of relationships whose file gives none.
pub(super) const RELATED: &str = "RELATED";

/// The label of nodes of which only ids are known.
pub(super) const NODE: &str = "Node";

/// Collects nodes and relationships.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    builder: Builder,
    /// The distinct sets of labels.
    sets: IndexSet<Vec<LabelId>>,
    /// The position of the set of labels of each node.
    nodes: Vec<usize>,
    edges: Vec<(TypeId, NodeId, NodeId)>,
    /// Properties of relationships, by position.
    edge_values: Vec<(usize, KeyId, Value)>,
    /// What a reader decided or left out, for people.
    pub(crate) notes: Vec<String>,
}

impl Collector {
    /// Adds a node.
    pub(crate) fn node<'n>(&mut self, labels: impl IntoIterator<Item = &'n str>) -> NodeId {
        let node = id(self.nodes.len());
        self.nodes.push(0);
        self.label(node, labels);
        node
    }

    /// Sets the labels of a node.
    pub(crate) fn label<'n>(&mut self, node: NodeId, labels: impl IntoIterator<Item = &'n str>) {
        let labels = labels.into_iter();
        let mut set: Vec<_> = labels
            .map(|label| self.builder.intern_label(label))
            .collect();
        set.sort_unstable();
        set.dedup();
        self.nodes[node.index()] = self.sets.insert_full(set).0;
    }

    /// The number of relationships.
    pub(crate) fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// Sets a property of a node.
    pub(crate) fn set(&mut self, node: NodeId, key: &str, value: Value) {
        let key = self.builder.intern_key(key);
        self.builder.set_node_property(node, key, value);
    }

    /// Adds a relationship and returns its position.
    pub(crate) fn edge(&mut self, kind: &str, from: NodeId, to: NodeId) -> usize {
        let kind = self.builder.intern_type(kind);
        self.edges.push((kind, from, to));
        self.edges.len() - 1
    }

    /// Sets a property of the relationship at a position.
    pub(crate) fn set_edge(&mut self, edge: usize, key: &str, value: Value) {
        let key = self.builder.intern_key(key);
        self.edge_values.push((edge, key, value));
    }

    /// Adds a note for people.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// The graph.
    pub(crate) fn finish(mut self, stop: &Stop) -> Result<Graph, LoadError> {
        fits(self.nodes.len(), "nodes")?;
        fits(self.edges.len(), "relationships")?;
        for run in self.nodes.chunk_by(|a, b| a == b) {
            self.builder.add_nodes(&self.sets[run[0]], run.len());
        }
        let places = self.add_edges();
        for (edge, key, value) in self.edge_values {
            self.builder.set_edge_property(places[edge], key, value);
        }
        let graph = self.builder.finish_unless(|| stop.reason().is_some());
        graph.ok_or_else(stopped)
    }

    /// Adds the relationships by type and returns the id of each, by position.
    fn add_edges(&mut self) -> Vec<EdgeId> {
        let mut order: Vec<usize> = (0..self.edges.len()).collect();
        order.sort_by_key(|at| self.edges[*at].0);
        let mut places = vec![EdgeId(0); self.edges.len()];
        for group in order.chunk_by(|a, b| self.edges[*a].0 == self.edges[*b].0) {
            let ends: Vec<_> = group
                .iter()
                .map(|at| (self.edges[*at].1, self.edges[*at].2))
                .collect();
            let first = self
                .builder
                .add_relationships(self.edges[group[0]].0, &ends);
            for (edge, at) in (first.0..).map(EdgeId).zip(group) {
                places[*at] = edge;
            }
        }
        places
    }
}

/// The id of the next node. More nodes than ids are an error at the end.
fn id(count: usize) -> NodeId {
    NodeId(u32::try_from(count).unwrap_or(u32::MAX))
}

fn fits(count: usize, what: &str) -> Result<(), LoadError> {
    const MOST: usize = u32::MAX as usize - 1;
    if count <= MOST {
        return Ok(());
    }
    let message = format!("expected at most {MOST} {what}, found {count}");
    Err(Problem::whole("graph", message).into())
}
