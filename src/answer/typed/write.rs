//! Serializes values as typed JSON, piece by piece: no tree of a reply is built.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use crate::{
    answer::{Answer, Cell, Node, Relationship, Row, text},
    value::{Entries, Path, Value, cast},
};

/// A value that is serialized as typed JSON.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a>(pub Cell<'a>);

/// The rows of an answer, serialized as an array of arrays of typed JSON.
#[derive(Clone, Copy, Debug)]
pub struct TypedRows<'a>(pub &'a Answer);

impl Serialize for TypedRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.rows().map(TypedRow))
    }
}

struct TypedRow<'a>(Row<'a>);

impl Serialize for TypedRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.cells().map(Typed))
    }
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = self.0;
        match cell.value() {
            Value::Null => tagged("Null", &(), serializer),
            Value::Boolean(value) => tagged("Boolean", value, serializer),
            Value::Integer(value) => tagged("Integer", &value.to_string(), serializer),
            Value::Float(value) => tagged("Float", &cast::float_text(*value), serializer),
            Value::Decimal(_) => spelt("Decimal", cell, serializer),
            Value::Bytes(_) => spelt("Bytes", cell, serializer),
            Value::Point(_) => spelt("Point", cell, serializer),
            Value::String(text) => tagged("String", &**text, serializer),
            Value::List(items) => tagged("List", &Items(cell, items), serializer),
            Value::Map(entries) => tagged("Map", &Properties(cell, entries), serializer),
            Value::Node(id) => TypedNode(cell, cell.entities().node(*id)).serialize(serializer),
            Value::Relationship(id) => {
                let relationship = cell.entities().relationship(*id);
                TypedRelationship(cell, relationship).serialize(serializer)
            }
            Value::Path(path) => tagged("Path", &Steps(cell, path), serializer),
            Value::Date(_) => spelt("Date", cell, serializer),
            Value::LocalTime(_) => spelt("LocalTime", cell, serializer),
            Value::Time(_) => spelt("Time", cell, serializer),
            Value::LocalDateTime(_) => spelt("LocalDateTime", cell, serializer),
            Value::DateTime(value) if value.zone.is_some() => {
                spelt("ZonedDateTime", cell, serializer)
            }
            Value::DateTime(_) => spelt("OffsetDateTime", cell, serializer),
            Value::Duration(_) => spelt("Duration", cell, serializer),
        }
    }
}

fn tagged<S: Serializer>(
    kind: &str,
    value: &(impl Serialize + ?Sized),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry("$type", kind)?;
    map.serialize_entry("_value", value)?;
    map.end()
}

fn spelt<S: Serializer>(kind: &str, cell: Cell<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    tagged(kind, &*text::scalar_text(cell.value()), serializer)
}

/// The items of a list.
struct Items<'a>(Cell<'a>, &'a [Value]);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.1.iter();
        serializer.collect_seq(items.map(|item| Typed(self.0.with(item))))
    }
}

/// Properties, or the entries of a map, in the order of their keys.
struct Properties<'a>(Cell<'a>, &'a Entries);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries: Vec<_> = self.1.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        let entries = entries.into_iter();
        serializer.collect_map(entries.map(|(key, value)| (&**key, Typed(self.0.with(value)))))
    }
}

struct TypedNode<'a>(Cell<'a>, &'a Node);

impl Serialize for TypedNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tagged("Node", &NodeFields(self.0, self.1), serializer)
    }
}

struct NodeFields<'a>(Cell<'a>, &'a Node);

impl Serialize for NodeFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(cell, node) = self;
        let labels: Vec<_> = node.labels.iter().map(|label| &**label).collect();
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("_element_id", &node.id.0.to_string())?;
        map.serialize_entry("_labels", &labels)?;
        map.serialize_entry("_properties", &Properties(*cell, &node.properties))?;
        map.end()
    }
}

struct TypedRelationship<'a>(Cell<'a>, &'a Relationship);

impl Serialize for TypedRelationship<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = RelationshipFields(self.0, self.1);
        tagged("Relationship", &fields, serializer)
    }
}

struct RelationshipFields<'a>(Cell<'a>, &'a Relationship);

impl Serialize for RelationshipFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(cell, edge) = self;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("_element_id", &edge.id.0.to_string())?;
        map.serialize_entry("_end_node_element_id", &edge.end.0.to_string())?;
        map.serialize_entry("_properties", &Properties(*cell, &edge.properties))?;
        map.serialize_entry("_start_node_element_id", &edge.start.0.to_string())?;
        map.serialize_entry("_type", &*edge.kind)?;
        map.end()
    }
}

/// A path as a list: node, relationship, node, …
struct Steps<'a>(Cell<'a>, &'a Path);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(cell, path) = *self;
        let entities = cell.entities();
        let (nodes, edges) = (path.nodes(), path.relationships());
        let mut list = serializer.serialize_seq(Some(nodes.len() + edges.len()))?;
        list.serialize_element(&TypedNode(cell, entities.node(nodes[0])))?;
        for (edge, next) in edges.iter().zip(&nodes[1..]) {
            let edge = entities.relationship(*edge);
            list.serialize_element(&TypedRelationship(cell, edge))?;
            list.serialize_element(&TypedNode(cell, entities.node(*next)))?;
        }
        list.end()
    }
}
