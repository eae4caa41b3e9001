//! Reads values from typed or plain JSON.

use std::sync::Arc;

use serde_json::{Map as Object, Value as Json};

use crate::{
    answer::ReadError,
    value::{Entries, Point, Value, bytes, cast, decimal, number},
};

/// Returns an error if a JSON text has an integer beyond 64 bits, which parsing it would round to a float.
///
/// # Errors
/// The first such integer.
pub fn check_integers(text: &str) -> Result<(), ReadError> {
    number::wide_integer(text).map_or(Ok(()), |number| Err(wide(number)))
}

fn wide(number: impl std::fmt::Display) -> ReadError {
    ReadError::new(format!("expected an integer of 64 bits, found `{number}`"))
}

/// Reads a value from typed or plain JSON; an object with a `$type` is typed. A plain number is a float if it has a
/// point or an exponent, and otherwise an integer; [`check_integers`] tells in the text whether all of them fit.
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
        .ok_or_else(|| wide(number))
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
        ("Decimal", _) => text.and_then(decimal::parse).map(Value::Decimal),
        ("Point", _) => text.and_then(Point::parse).map(Value::from),
        ("Bytes", _) => text.and_then(bytes::parse).map(Value::Bytes),
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
    use serde_json::json;

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
