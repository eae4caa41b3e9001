//! Serializes an answer with serde; this defines its JSON.
//!
//! Integers and floats are numbers; a float that is not finite is the string `NaN`, `Infinity` or `-Infinity`. A
//! temporal value is its text, a node is `{id, labels, properties}`, a relationship
//! `{id, type, start, end, properties}`, a path `{nodes, relationships}`.

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

use crate::{
    answer::{Answer, Cell, Node, Relationship, Row, text},
    value::{Entries, Path, Value, cast},
};

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value() {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Integer(value) => serializer.serialize_i64(*value),
            Value::Float(value) => number(*value, serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items.iter().map(|item| self.with(item))),
            Value::Map(entries) => Properties(*self, entries).serialize(serializer),
            Value::Node(id) => node(*self, self.entities().node(*id), serializer),
            Value::Relationship(id) => {
                relationship(*self, self.entities().relationship(*id), serializer)
            }
            Value::Path(value) => path(*self, value, serializer),
            temporal => serializer.serialize_str(&text::scalar_text(temporal)),
        }
    }
}

impl Serialize for Row<'_> {
    /// A map from column names to values.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.columns().iter().map(|name| &**name);
        serializer.collect_map(names.zip(self.cells()))
    }
}

impl Serialize for Answer {
    /// A list of rows.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows())
    }
}

/// A finite float as a number, any other as a string.
fn number<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.is_finite() {
        serializer.serialize_f64(value)
    } else {
        serializer.serialize_str(&cast::float_text(value))
    }
}

struct Properties<'a>(Cell<'a>, &'a Entries);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.1.iter();
        serializer.collect_map(entries.map(|(key, value)| (&**key, self.0.with(value))))
    }
}

fn node<S: Serializer>(cell: Cell<'_>, node: &Node, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(3))?;
    map.serialize_entry("id", &node.id.0)?;
    let labels: Vec<_> = node.labels.iter().map(|label| &**label).collect();
    map.serialize_entry("labels", &labels)?;
    map.serialize_entry("properties", &Properties(cell, &node.properties))?;
    map.end()
}

fn relationship<S: Serializer>(
    cell: Cell<'_>,
    relationship: &Relationship,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(5))?;
    map.serialize_entry("id", &relationship.id.0)?;
    map.serialize_entry("type", &*relationship.kind)?;
    map.serialize_entry("start", &relationship.start.0)?;
    map.serialize_entry("end", &relationship.end.0)?;
    map.serialize_entry("properties", &Properties(cell, &relationship.properties))?;
    map.end()
}

struct Each<'a, T>(Cell<'a>, &'a [T], fn(&T) -> Value);

impl<T> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.1.len()))?;
        for item in self.1 {
            list.serialize_element(&Cell::new(&self.2(item), self.0.entities()))?;
        }
        list.end()
    }
}

fn path<S: Serializer>(cell: Cell<'_>, path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    let nodes = Each(cell, path.nodes(), |id| Value::Node(*id));
    map.serialize_entry("nodes", &nodes)?;
    let relationships = Each(cell, path.relationships(), |id| Value::Relationship(*id));
    map.serialize_entry("relationships", &relationships)?;
    map.end()
}
