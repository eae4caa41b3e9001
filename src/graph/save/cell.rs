//! Converts values to cells: the column type that a value needs, and its text in that column.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

use crate::{
    graph::load::cell::{CellType, Scalar},
    value::{Value, cast::text_of},
};

/// The column type that a value needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// A column of this type.
    Of(CellType),
    /// Any list column: the list is empty.
    AnyList,
    /// No column can store the value.
    Unknown,
}

/// The column type that a value needs, given the delimiter between list items.
pub(super) fn need(value: &Value, array_delimiter: char) -> Need {
    match value {
        Value::List(items) if items.is_empty() => Need::AnyList,
        Value::List(items) => list(items, array_delimiter),
        value => scalar(value).map_or(Need::Unknown, |scalar| Need::Of(single(scalar))),
    }
}

fn single(scalar: Scalar) -> CellType {
    CellType {
        scalar,
        list: false,
    }
}

/// A list column with items of one type; a `list` column if items have several types or contain the array delimiter.
fn list(items: &[Value], array_delimiter: char) -> Need {
    let mut common: Option<Scalar> = None;
    let mut plain = true;
    for item in items {
        let Some(of_item) = scalar(item) else {
            return Need::Unknown;
        };
        let wider = match common {
            None => Some(of_item),
            Some(before) => wider(before, of_item),
        };
        plain &=
            wider.is_some() && text_of(item).is_some_and(|text| !text.contains(array_delimiter));
        common = wider.or(common);
    }
    // A single empty string would be read as an empty list.
    plain &= !matches!(items, [Value::String(text)] if text.is_empty());
    Need::Of(match common {
        Some(scalar) if plain => CellType { scalar, list: true },
        _ => single(Scalar::Mixed),
    })
}

/// The common supertype, if there is one: an integer type with the larger number of bits.
pub(super) fn wider(a: Scalar, b: Scalar) -> Option<Scalar> {
    match (a, b) {
        (Scalar::Integer(a), Scalar::Integer(b)) => Some(Scalar::Integer(a.max(b))),
        (a, b) => (a == b).then_some(a),
    }
}

fn scalar(value: &Value) -> Option<Scalar> {
    Some(match value {
        Value::Integer(number) if i32::try_from(*number).is_ok() => Scalar::Integer(32),
        Value::Integer(_) => Scalar::Integer(64),
        Value::Float(_) => Scalar::Float,
        Value::Decimal(_) => Scalar::Decimal,
        Value::Bytes(_) => Scalar::Bytes,
        Value::Point(_) => Scalar::Point,
        Value::Boolean(_) => Scalar::Boolean,
        Value::String(_) => Scalar::String,
        Value::Date(_) => Scalar::Date,
        Value::LocalTime(_) => Scalar::LocalTime,
        Value::Time(_) => Scalar::Time,
        Value::LocalDateTime(_) => Scalar::LocalDateTime,
        Value::DateTime(_) => Scalar::DateTime,
        Value::Duration(_) => Scalar::Duration,
        Value::Null
        | Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => return None,
    })
}

/// The header name of a type.
pub(super) fn type_name(cell_type: CellType) -> String {
    let name = match cell_type.scalar {
        Scalar::Integer(bits) if bits > 32 => "long",
        Scalar::Integer(_) => "int",
        // In other readers of the format, a `float` has 32 bits.
        Scalar::Float => "double",
        Scalar::Decimal => "decimal",
        Scalar::Bytes => "bytes",
        Scalar::Point => "point",
        Scalar::Boolean => "boolean",
        Scalar::String | Scalar::Char => "string",
        Scalar::Date => "date",
        Scalar::LocalTime => "localtime",
        Scalar::Time => "time",
        Scalar::LocalDateTime => "localdatetime",
        Scalar::DateTime => "datetime",
        Scalar::Duration => "duration",
        Scalar::Mixed => "list",
    };
    let list = if cell_type.list { "[]" } else { "" };
    format!("{name}{list}")
}

/// The text of a value in a column of the type.
pub(super) fn text(value: &Value, cell_type: CellType, array_delimiter: char) -> Cow<'_, str> {
    match value {
        Value::List(items) if cell_type.list => {
            let mut joined = String::new();
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    joined.push(array_delimiter);
                }
                joined += &text_of(item).unwrap_or_default();
            }
            Cow::Owned(joined)
        }
        Value::List(items) => Cow::Owned(Json::Array(items.iter().map(json).collect()).to_string()),
        value => text_of(value).unwrap_or_default(),
    }
}

/// The name of the column type that a property value needs, and its text in such a column; `None` if no property can have the
/// value. The type of a list is always `list`.
pub(crate) fn typed(value: &Value) -> Option<(String, String)> {
    let cell_type = match need(value, ';') {
        _ if matches!(value, Value::List(_)) => single(Scalar::Mixed),
        Need::Of(cell_type) => cell_type,
        Need::AnyList | Need::Unknown => return None,
    };
    if need(value, ';') == Need::Unknown {
        return None;
    }
    let text = text(value, cell_type, ';').into_owned();
    Some((type_name(cell_type), text))
}

/// An item of a `list` column as JSON.
pub(crate) fn json(item: &Value) -> Json {
    let typed = |scalar| {
        let text = text_of(item).unwrap_or_default().into_owned();
        let mut entry = Map::new();
        entry.insert(type_name(single(scalar)), Json::String(text));
        Json::Object(entry)
    };
    match item {
        Value::Boolean(boolean) => Json::Bool(*boolean),
        Value::Integer(number) => Json::from(*number),
        Value::String(text) => Json::String(text.to_string()),
        Value::Float(number) if number.is_finite() => Json::from(*number),
        item => scalar(item).map_or(Json::Null, typed),
    }
}
