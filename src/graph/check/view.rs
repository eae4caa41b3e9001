//! A graph as the checks see it: entities with properties and display names.

use crate::{
    graph::{
        Graph,
        check::Failure,
        manifest::{Citations, Literal, Manifest},
    },
    value::{EdgeId, Entries, NodeId, Value, display},
};

/// A node or a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entity {
    Node(NodeId),
    Relationship(EdgeId),
}

/// A graph and its manifest.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) graph: &'a Graph,
    pub(super) manifest: &'a Manifest,
}

/// Lines of a document, as an entity cites them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) document: String,
    pub(super) from: i64,
    pub(super) to: i64,
}

impl<'a> View<'a> {
    pub(super) fn new(graph: &'a Graph, manifest: &'a Manifest) -> Self {
        Self { graph, manifest }
    }

    /// A property, or null if the entity lacks it.
    pub(super) fn property(self, entity: Entity, key: &str) -> Value {
        let Some(key) = self.graph.catalog().key(key) else {
            return Value::Null;
        };
        match entity {
            Entity::Node(node) => self.graph.node_property(node, key),
            Entity::Relationship(edge) => self.graph.edge_property(edge, key),
        }
    }

    /// The strings of a property: none, one, or the items of a list.
    pub(super) fn texts(self, entity: Entity, key: &str) -> Vec<String> {
        match self.property(entity, key) {
            Value::String(text) => vec![text.to_string()],
            Value::List(items) => items.iter().filter_map(text).collect(),
            _ => Vec::new(),
        }
    }

    /// The nodes with a label, or all nodes for `*`.
    pub(super) fn nodes(self, label: &str) -> Vec<Entity> {
        let catalog = self.graph.catalog();
        let found = match (label, catalog.label(label)) {
            ("*", _) => self.graph.nodes().clone(),
            (_, Some(label)) => self.graph.nodes_with_label(label).clone(),
            (_, None) => return Vec::new(),
        };
        found
            .iter()
            .map(|node| Entity::Node(NodeId(node)))
            .collect()
    }

    /// The relationships of a type, or all for `*`.
    pub(super) fn relationships(self, kind: &str) -> Vec<Entity> {
        let edges = self.graph.edges();
        let is_meant = |edge: &EdgeId| kind == "*" || self.type_of(*edge) == kind;
        edges.filter(is_meant).map(Entity::Relationship).collect()
    }

    pub(super) fn type_of(self, edge: EdgeId) -> &'a str {
        self.graph.catalog().type_name(self.graph.edge_type(edge))
    }

    pub(super) fn labels_of(self, node: NodeId) -> impl Iterator<Item = &'a str> {
        let catalog = self.graph.catalog();
        self.graph
            .labels_of(node)
            .iter()
            .map(|label| &**catalog.label_name(*label))
    }

    pub(super) fn has_label(self, node: NodeId, label: &str) -> bool {
        label == "*" || self.labels_of(node).any(|known| known == label)
    }

    /// The display name of an entity.
    pub(super) fn name(self, entity: Entity) -> String {
        match entity {
            Entity::Node(node) => self.name_of_node(node),
            Entity::Relationship(edge) => {
                let (start, end) = self.graph.endpoints(edge);
                let [start, end] = [start, end].map(|node| self.name_of_node(node));
                format!("({start})-[:{}]->({end})", self.type_of(edge))
            }
        }
    }

    fn name_of_node(self, node: NodeId) -> String {
        let display = self.manifest.names.display.as_deref();
        let keys = ["id"].into_iter().chain(display);
        for key in keys {
            match self.property(Entity::Node(node), key) {
                Value::String(text) => return text.to_string(),
                Value::Integer(number) => return number.to_string(),
                _ => {}
            }
        }
        format!("node {}", node.0)
    }

    /// An entity written as a pattern: labels, id and name of a node; ends and type of a relationship.
    pub(super) fn portrait(self, entity: Entity) -> String {
        match entity {
            Entity::Node(node) => self.portrait_of_node(node),
            Entity::Relationship(edge) => {
                let (start, end) = self.graph.endpoints(edge);
                let [start, end] = [start, end].map(|node| self.portrait_of_node(node));
                format!("{start}-[:{}]->{end}", quoted(self.type_of(edge)))
            }
        }
    }

    fn portrait_of_node(self, node: NodeId) -> String {
        let labels: String = self
            .labels_of(node)
            .map(|label| format!(":{}", quoted(label)))
            .collect();
        let mut entries = Entries::default();
        for key in self
            .manifest
            .id_keys()
            .chain(self.manifest.names.display.as_deref())
        {
            let value = self.property(Entity::Node(node), key);
            if !value.is_null() {
                entries.insert(key.into(), value);
            }
        }
        let space = if labels.is_empty() || entries.is_empty() {
            ""
        } else {
            " "
        };
        let entries = if entries.is_empty() {
            String::new()
        } else {
            display::literal(&Value::map(entries))
        };
        format!("({labels}{space}{entries})")
    }

    /// The place that an entity cites, or `None` if the citation is incomplete.
    pub(super) fn place(self, entity: Entity, citations: &Citations) -> Option<Place> {
        let Value::String(document) = self.property(entity, &citations.document) else {
            return None;
        };
        let [from, to] = [&citations.from, &citations.to].map(|key| self.property(entity, key));
        match (from, to) {
            (Value::Integer(from), Value::Integer(to)) => Some(Place {
                document: document.to_string(),
                from,
                to,
            }),
            _ => None,
        }
    }

    /// The error of the place itself: unknown document or invalid lines.
    pub(super) fn fault_of_place(self, place: &Place) -> Option<String> {
        let Some(document) = self.manifest.document(&place.document) else {
            return Some(format!(
                "expected the key of a document, found `{}`",
                place.document
            ));
        };
        let last = i64::try_from(document.lines).unwrap_or(i64::MAX);
        let is_good = 1 <= place.from && place.from <= place.to && place.to <= last;
        let (from, to) = (place.from, place.to);
        (!is_good)
            .then(|| format!("expected a range of lines within 1 to {last}, found {from} to {to}"))
    }

    /// A failure of an entity, at the place that the entity cites.
    pub(super) fn failure(self, entity: Entity, message: impl Into<String>) -> Failure {
        let place = self
            .manifest
            .citations
            .as_ref()
            .and_then(|citations| self.place(entity, citations));
        self.failure_at(entity, place.as_ref(), message)
    }

    /// A failure of an entity at a given place.
    pub(super) fn failure_at(
        self,
        entity: Entity,
        place: Option<&Place>,
        message: impl Into<String>,
    ) -> Failure {
        let place = place.and_then(|place| {
            let document = self.manifest.document(&place.document)?;
            Some((document.file.clone(), usize::try_from(place.from).ok()?))
        });
        Failure {
            entity: self.name(entity),
            place,
            message: message.into(),
        }
    }
}

fn quoted(name: &str) -> String {
    let mut out = String::new();
    display::name(&mut out, name).expect("writing to a string does not fail");
    out
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Whether a value equals a literal of a manifest.
pub(super) fn is_same(value: &Value, literal: &Literal) -> bool {
    match (value, literal) {
        (Value::Boolean(a), Literal::Boolean(b)) => a == b,
        (Value::Integer(a), Literal::Integer(b)) => a == b,
        (Value::Float(a), Literal::Float(b)) => a == b,
        (Value::String(a), Literal::String(b)) => **a == **b,
        _ => false,
    }
}

/// A value in manifest syntax.
pub(super) fn spelt(value: &Value) -> String {
    match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::String(value) => format!("`{value}`"),
        other => format!("{other:?}"),
    }
}

/// A literal in manifest syntax.
pub(super) fn spelt_literal(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(value) => format!("`{value}`"),
    }
}
