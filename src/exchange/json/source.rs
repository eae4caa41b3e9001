//! A JSON file while it is read: its nodes by id, and its problems with their places.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::value::{id, properties, property};
use crate::{
    exchange::{collect::Collector, document::Document, reading::Reading},
    value::{NodeId, Value},
};

/// An object of JSON.
pub(super) type Object = Map<String, Json>;

/// A file while it is read.
pub(super) struct Source<'d, 'r, 'o> {
    pub(super) document: &'d Document,
    pub(super) reading: &'r mut Reading<'o>,
    pub(super) nodes: HashMap<String, NodeId>,
    /// Whether keys with another meaning are marked by `@`, as `node_link` writes them.
    pub(super) is_marked: bool,
}

impl Source<'_, '_, '_> {
    /// Adds a node with the id that relationships refer to.
    pub(super) fn node(&mut self, place: &str, id: String) -> NodeId {
        let node = self.reading.graph.node([]);
        if self.nodes.contains_key(&id) {
            self.problem(place, format!("expected a unique id, found `{id}` again"));
        }
        self.nodes.insert(id, node);
        node
    }

    /// The node that a relationship refers to.
    pub(super) fn end(&mut self, place: &str, json: Option<&Json>) -> Option<NodeId> {
        let Some(id) = json.and_then(id) else {
            self.problem(place, "expected the id of a node, found none".to_owned());
            return None;
        };
        let found = self.nodes.get(&id).copied();
        if found.is_none() {
            self.problem(place, format!("expected the id of a node, found `{id}`"));
        }
        found
    }

    /// Adds a relationship between known nodes.
    pub(super) fn edge(
        &mut self,
        place: &str,
        kind: &str,
        ends: [Option<&Json>; 2],
    ) -> Option<usize> {
        let [from, to] = ends.map(|end| self.end(place, end));
        Some(self.reading.graph.edge(kind, from?, to?))
    }

    /// Sets the properties of an object, except those with a reserved key.
    pub(super) fn set(&mut self, target: Target, object: &Object, reserved: &[&str]) {
        let graph = &mut self.reading.graph;
        let is_marked = self.is_marked;
        properties(object, &mut |key, value| {
            if !reserved.contains(&key) {
                let key = key.strip_prefix('@').filter(|_| is_marked).unwrap_or(key);
                put(graph, target, key, value);
            }
        });
    }

    /// Sets the properties of an object with their keys unchanged.
    pub(super) fn whole(&mut self, target: Target, object: &Object) {
        let graph = &mut self.reading.graph;
        properties(object, &mut |key, value| put(graph, target, key, value));
    }

    /// Sets the property `id` of a node if it has an id of its own.
    pub(super) fn set_id(&mut self, node: NodeId, json: Option<&Json>) {
        if let Some(value) = json.and_then(property) {
            self.reading.graph.set(node, "id", value);
        }
    }

    pub(super) fn problem(&mut self, place: &str, message: String) {
        let problem = self.document.problem(format!("{place}: {message}"));
        self.reading.problem(problem);
    }

    /// The objects of an array; anything else is a problem.
    pub(super) fn objects<'j>(&mut self, place: &str, json: Option<&'j Json>) -> Vec<&'j Object> {
        let Some(Json::Array(items)) = json else {
            if json.is_some() {
                self.problem(place, "expected an array".to_owned());
            }
            return Vec::new();
        };
        let mut objects = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match item {
                Json::Object(object) => objects.push(object),
                other => self.problem(
                    &format!("{place}[{at}]"),
                    format!("expected an object, found `{other}`"),
                ),
            }
        }
        objects
    }
}

/// A node, or a relationship by position.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    Node(NodeId),
    Edge(usize),
}

fn put(graph: &mut Collector, target: Target, key: &str, value: Value) {
    match target {
        Target::Node(node) => graph.set(node, key, value),
        Target::Edge(edge) => graph.set_edge(edge, key, value),
    }
}
