//! Property values as JSON.

use serde_json::{Map, Value as Json};

use crate::{
    base::Fault,
    exchange::property::unfit,
    graph::{load::json_value, save::json_item},
    value::Value,
};

/// The property value of a JSON value: a simple value or a list of simple values. Other arrays are kept as their text; `None`
/// for null and for objects.
pub(super) fn property(json: &Json) -> Option<Value> {
    if let Some(value) = json_value(json) {
        return Some(value);
    }
    let Json::Array(items) = json else {
        return None;
    };
    let values: Option<Vec<_>> = items.iter().map(json_value).collect();
    Some(values.map_or_else(|| Value::from(json.to_string()), Value::list))
}

/// The properties of an object. Those of an object in it have the names of both keys: `address.city`.
pub(in crate::exchange) fn properties(
    object: &Map<String, Json>,
    each: &mut dyn FnMut(&str, Value),
) {
    nested("", object, each);
}

fn nested(prefix: &str, object: &Map<String, Json>, each: &mut dyn FnMut(&str, Value)) {
    for (key, json) in object {
        let key = format!("{prefix}{key}");
        match (property(json), json) {
            (Some(value), _) => each(&key, value),
            (None, Json::Object(inner)) => nested(&format!("{key}."), inner, each),
            (None, _) => {}
        }
    }
}

/// A property value as JSON.
pub(super) fn json(key: &str, value: &Value) -> Result<Json, Fault> {
    let json = match value {
        Value::List(items) => Json::Array(items.iter().map(json_item).collect()),
        value => json_item(value),
    };
    let is_whole = match &json {
        Json::Array(items) => !items.contains(&Json::Null),
        json => !json.is_null(),
    };
    if is_whole {
        Ok(json)
    } else {
        Err(unfit(key, value))
    }
}

/// A JSON value that identifies a node.
pub(super) fn id(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(boolean) => Some(boolean.to_string()),
        // NetworkX writes nodes that are tuples as arrays.
        Json::Array(_) => Some(json.to_string()),
        Json::Null | Json::Object(_) => None,
    }
}

/// The names in a JSON value: an array of texts, or one text. `None` if it is neither.
pub(super) fn names(json: &Json) -> Option<Vec<&str>> {
    match json {
        Json::Array(items) => items.iter().map(Json::as_str).collect(),
        Json::String(name) => Some(vec![name]),
        _ => None,
    }
}

/// The properties of an entity as an object.
pub(super) fn object<'v>(
    values: impl Iterator<Item = (&'v str, Value)>,
) -> Result<Map<String, Json>, Fault> {
    values
        .map(|(key, value)| Ok((key.to_owned(), json(key, &value)?)))
        .collect()
}
