//! Typed JSON, `{"$type": "Integer", "_value": "1"}`, without loss of information, as in the Neo4j Query API.
//!
//! The session protocol writes it, and reads it as parameters, for which plain JSON values are accepted too.

use std::sync::Arc;

use serde_json::{Map as Object, Value as Json, json};

use crate::{
    answer::{Answer, Cell, Node, ReadError, Relationship, text},
    value::{Entries, Path, Value, cast},
};

/// A value as typed JSON.
#[must_use]
pub fn write(cell: Cell<'_>) -> Json {
    let (kind, value) = match cell.value() {
        Value::Null => ("Null", Json::Null),
        Value::Boolean(value) => ("Boolean", Json::from(*value)),
        Value::Integer(value) => ("Integer", Json::from(value.to_string())),
        Value::Float(value) => ("Float", Json::from(cast::float_text(*value))),
        Value::String(text) => ("String", Json::from(&**text)),
        Value::List(items) => (
            "List",
            items.iter().map(|item| write(cell.with(item))).collect(),
        ),
        Value::Map(entries) => ("Map", properties(cell, entries)),
        Value::Node(id) => return node(cell, cell.entities().node(*id)),
        Value::Relationship(id) => return relationship(cell, cell.entities().relationship(*id)),
        Value::Path(value) => ("Path", path(cell, value)),
        Value::Date(_) => ("Date", temporal(cell)),
        Value::LocalTime(_) => ("LocalTime", temporal(cell)),
        Value::Time(_) => ("Time", temporal(cell)),
        Value::LocalDateTime(_) => ("LocalDateTime", temporal(cell)),
        Value::DateTime(value) if value.zone.is_some() => ("ZonedDateTime", temporal(cell)),
        Value::DateTime(_) => ("OffsetDateTime", temporal(cell)),
        Value::Duration(_) => ("Duration", temporal(cell)),
    };
    tagged(kind, value)
}

/// The rows of an answer as an array of arrays.
#[must_use]
pub fn rows(answer: &Answer) -> Json {
    let row = |row: crate::answer::Row<'_>| row.cells().map(write).collect::<Json>();
    answer.rows().map(row).collect()
}

fn tagged(kind: &str, value: Json) -> Json {
    json!({"$type": kind, "_value": value})
}

fn temporal(cell: Cell<'_>) -> Json {
    Json::from(&*text::scalar_text(cell.value()))
}

fn properties(cell: Cell<'_>, entries: &Entries) -> Json {
    let entries = entries.iter();
    entries
        .map(|(key, value)| (key.to_string(), write(cell.with(value))))
        .collect()
}

fn node(cell: Cell<'_>, node: &Node) -> Json {
    let labels: Vec<_> = node.labels.iter().map(|label| &**label).collect();
    let value = json!({
        "_element_id": node.id.0.to_string(),
        "_labels": labels,
        "_properties": properties(cell, &node.properties),
    });
    tagged("Node", value)
}

fn relationship(cell: Cell<'_>, relationship: &Relationship) -> Json {
    let value = json!({
        "_element_id": relationship.id.0.to_string(),
        "_start_node_element_id": relationship.start.0.to_string(),
        "_end_node_element_id": relationship.end.0.to_string(),
        "_type": &*relationship.kind,
        "_properties": properties(cell, &relationship.properties),
    });
    tagged("Relationship", value)
}

fn path(cell: Cell<'_>, path: &Path) -> Json {
    let entities = cell.entities();
    let mut steps = vec![node(cell, entities.node(path.nodes()[0]))];
    for (edge, next) in path.relationships().iter().zip(&path.nodes()[1..]) {
        steps.push(relationship(cell, entities.relationship(*edge)));
        steps.push(node(cell, entities.node(*next)));
    }
    Json::from(steps)
}

/// Reads a value from typed or plain JSON; an object with a `$type` is typed. A plain number is a float if it has a
/// point or an exponent or exceeds 64 bits, and otherwise an integer.
///
/// # Errors
/// If a type is unknown, or a value does not match its type. The message contains the path to the value.
pub fn read(json: &Json) -> Result<Value, ReadError> {
    match json {
        Json::Null => Ok(Value::Null),
        Json::Bool(value) => Ok(Value::Boolean(*value)),
        Json::Number(number) => read_number(number),
        Json::String(text) => Ok(Value::from(&**text)),
        Json::Array(items) => read_list(items),
        Json::Object(object) => match object.get("$type") {
            Some(kind) => read_tagged(kind, object.get("_value").unwrap_or(&Json::Null)),
            None => read_map(object),
        },
    }
}

/// Reads an object as parameters by name.
///
/// # Errors
/// If a value cannot be read. The message contains its name.
pub fn read_parameters(object: &Object<String, Json>) -> Result<Entries, ReadError> {
    object
        .iter()
        .map(|(key, json)| {
            let value = read(json).map_err(|error| within(key, &error))?;
            Ok((key.as_str().into(), value))
        })
        .collect()
}

fn within(place: impl std::fmt::Display, error: &ReadError) -> ReadError {
    ReadError::new(format!("`{place}`: {error}"))
}

fn read_number(number: &serde_json::Number) -> Result<Value, ReadError> {
    let integer = number.as_i64().map(Value::Integer);
    integer
        .or_else(|| {
            number
                .is_f64()
                .then(|| number.as_f64())
                .flatten()
                .map(Value::Float)
        })
        .ok_or_else(|| expected("an integer of 64 bits", &Json::Number(number.clone())))
}

fn read_list(items: &[Json]) -> Result<Value, ReadError> {
    let read_item = |(position, item)| read(item).map_err(|error| within(position, &error));
    let items: Result<Vec<_>, _> = items.iter().enumerate().map(read_item).collect();
    Ok(Value::list(items?))
}

fn read_map(object: &Object<String, Json>) -> Result<Value, ReadError> {
    read_parameters(object).map(Value::map)
}

fn read_tagged(kind: &Json, json: &Json) -> Result<Value, ReadError> {
    let Json::String(kind) = kind else {
        return Err(expected("the name of a type in `$type`", kind));
    };
    let text = json.as_str();
    let value = match (kind.as_str(), json) {
        ("Null", Json::Null) => Some(Value::Null),
        ("Boolean", Json::Bool(value)) => Some(Value::Boolean(*value)),
        ("Integer", _) => text.and_then(|text| text.parse().ok()).map(Value::Integer),
        ("Float", _) => text.and_then(cast::parse_float).map(Value::Float),
        ("String", Json::String(text)) => Some(Value::from(&**text)),
        ("List", Json::Array(items)) => Some(read_list(items)?),
        ("Map", Json::Object(object)) => Some(read_map(object)?),
        (name, _) => text.and_then(|text| read_temporal(name, text)),
    };
    value.ok_or_else(|| expected(&format!("a value of type `{kind}` in `_value`"), json))
}

fn read_temporal(kind: &str, text: &str) -> Option<Value> {
    match kind {
        "Date" => text.parse().ok().map(Value::Date),
        "LocalTime" => text.parse().ok().map(Value::LocalTime),
        "Time" => text.parse().ok().map(Value::Time),
        "LocalDateTime" => text.parse().ok().map(Value::LocalDateTime),
        "OffsetDateTime" | "ZonedDateTime" => text
            .parse()
            .ok()
            .map(|value| Value::DateTime(Arc::new(value))),
        "Duration" => text
            .parse()
            .ok()
            .map(|value| Value::Duration(Arc::new(value))),
        _ => None,
    }
}

fn expected(what: &str, found: &Json) -> ReadError {
    ReadError::new(format!("expected {what}, found `{found}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporal_values_are_read_from_their_text() {
        let check = |kind: &str, text: &str| {
            let value = read(&json!({"$type": kind, "_value": text})).unwrap();
            assert_eq!(cast::text_of(&value).as_deref(), Some(text));
        };
        check("Date", "2015-07-21");
        check("LocalTime", "21:40");
        check("Time", "21:40+01:00");
        check("LocalDateTime", "2015-07-21T21:40");
        check("OffsetDateTime", "2015-07-21T21:40Z");
        check("ZonedDateTime", "2015-07-21T21:40+01:00[Europe/London]");
        check("Duration", "P1M2DT3S");
        assert!(read(&json!({"$type": "Date", "_value": "2015-02-29"})).is_err());
    }
}
