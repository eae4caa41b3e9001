//! Lists with individually typed items, as JSON: `["a;b", 1, 1.5, true, {"date": "2020-02-19"}]`.
//!
//! A number with a point or an exponent is a float. A value without a JSON form is an object: the key is a column type,
//! the value its text.

use serde_json::Value as Json;

use crate::{
    graph::load::cell::CellType,
    value::{Text, Value, number::wide_integer},
};

/// The list that a text spells. The error says what was expected.
pub(super) fn list(text: &str) -> Result<Value, String> {
    let wrong = || format!("expected a list such as `[\"a\", 1, true]`, found `{text}`");
    let json: Vec<Json> = serde_json::from_str(text.trim()).map_err(|_| wrong())?;
    if let Some(number) = wide_integer(text) {
        return Err(format!("expected integers of 64 bits, found `{number}`"));
    }
    let items = json.iter().map(|item| value(item).ok_or_else(wrong));
    items.collect::<Result<Vec<_>, _>>().map(Value::list)
}

/// The simple value of a JSON value; `None` if it has none.
pub(crate) fn value(json: &Json) -> Option<Value> {
    match json {
        Json::Bool(boolean) => Some(Value::Boolean(*boolean)),
        Json::String(text) => Some(Value::String(Text::from(text.as_str()))),
        Json::Number(number) if number.is_f64() => number.as_f64().map(Value::Float),
        Json::Number(number) => number.as_i64().map(Value::Integer),
        Json::Object(entry) => {
            let (name, text) = entry.iter().next().filter(|_| entry.len() == 1)?;
            let cell_type = CellType::named(name).filter(|cell_type| !cell_type.list)?;
            cell_type.scalar.value(text.as_str()?).ok()
        }
        Json::Null | Json::Array(_) => None,
    }
}
