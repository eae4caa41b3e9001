//! Type conversions: `toInteger`, `toFloat`, `toBoolean`, `toString`.
//!
//! A string that does not parse gives null; a type without a conversion is a fault. A float is written with the fewest
//! digits that parse to the same float, and always with a point or an exponent: `1.0`, `0.000001`, `1.5e300`. What
//! `to_text` writes for a number or a boolean, the other three functions parse.

use std::borrow::Cow;

use crate::{
    base::{Code, Fault},
    value::{Value, bytes, decimal, number::truncate},
};

/// `toBoolean(value)` of a boolean, an integer (true if it is not zero) or a string.
///
/// # Errors
/// A fault for any other type.
pub fn to_boolean(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Null | Value::Boolean(_) => Ok(value.clone()),
        Value::Integer(value) => Ok(Value::Boolean(*value != 0)),
        Value::String(text) => Ok(parse_boolean(text).into()),
        other => Err(unsuited("toBoolean", "a BOOLEAN, INTEGER or STRING", other)),
    }
}

/// `toInteger(value)` of a number (truncated), a boolean or a string.
///
/// # Errors
/// A fault for any other type, and for a float that is not finite or exceeds 64 bits.
pub fn to_integer(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Null | Value::Integer(_) => Ok(value.clone()),
        Value::Boolean(value) => Ok(Value::Integer(i64::from(*value))),
        Value::Decimal(number) => decimal::truncate(*number)
            .map(Value::Integer)
            .ok_or_else(|| {
                let message = format!("`{number}` exceeds the 64 bits of an INTEGER");
                Fault::new(Code::NumericOverflow, message)
            }),
        Value::Float(float) => match truncate(*float) {
            Some(integer) => Ok(Value::Integer(integer)),
            None => Err(Fault::new(
                Code::NumericOverflow,
                format!("`{}` exceeds the 64 bits of an INTEGER", float_text(*float)),
            )),
        },
        Value::String(text) => Ok(parse_integer(text).into()),
        other => Err(unsuited("toInteger", "a NUMBER, BOOLEAN or STRING", other)),
    }
}

/// `toFloat(value)` of a number or a string.
///
/// # Errors
/// A fault for any other type.
pub fn to_float(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Null | Value::Float(_) => Ok(value.clone()),
        Value::Integer(integer) => Ok(Value::Float(*integer as f64)),
        Value::Decimal(number) => Ok(Value::Float(decimal::to_float(*number))),
        Value::String(text) => Ok(parse_float(text).into()),
        other => Err(unsuited("toFloat", "a NUMBER or STRING", other)),
    }
}

/// `decimal(value)` of a number or a string.
///
/// # Errors
/// A fault for any other type, and for a value that is no decimal of 28 digits.
pub fn to_decimal(value: &Value) -> Result<Value, Fault> {
    let found = match value {
        Value::Null => return Ok(Value::Null),
        Value::String(text) => decimal::parse(text),
        Value::Float(float) => decimal::of_float(*float),
        Value::Integer(_) | Value::Decimal(_) => decimal::exact_number(value),
        other => return Err(unsuited("decimal", "a NUMBER or STRING", other)),
    };
    found.map(Value::Decimal).ok_or_else(|| {
        let text = text_of(value).unwrap_or_default();
        let message = format!("`{text}` is no value of type DECIMAL");
        Fault::new(Code::InvalidCast, message).help("a DECIMAL has up to 28 digits")
    })
}

/// `bytes(digits)` of a string.
///
/// # Errors
/// A fault for any other type, and for a string without pairs of hexadecimal digits.
pub fn to_bytes(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Null | Value::Bytes(_) => Ok(value.clone()),
        Value::String(text) => bytes::parse(text).map(Value::Bytes).ok_or_else(|| {
            let message = format!("`{text}` has no pairs of hexadecimal digits");
            Fault::new(Code::InvalidCast, message)
        }),
        other => Err(unsuited("bytes", "a STRING", other)),
    }
}

/// `toString(value)` of a string, number, boolean or temporal value.
///
/// # Errors
/// A fault for any other type.
pub fn to_text(value: &Value) -> Result<Value, Fault> {
    match (value, text_of(value)) {
        (Value::Null | Value::String(_), _) => Ok(value.clone()),
        (_, Some(text)) => Ok(Value::from(&*text)),
        (other, None) => Err(unsuited(
            "toString",
            "a STRING, NUMBER, BOOLEAN or temporal value",
            other,
        )),
    }
}

/// The text of a string, number, boolean or temporal value; `None` for any other type.
#[must_use]
pub fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Boolean(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        Value::Integer(value) => Some(Cow::Owned(value.to_string())),
        Value::Float(value) => Some(Cow::Owned(float_text(*value))),
        Value::Decimal(value) => Some(Cow::Owned(value.to_string())),
        Value::Bytes(bytes) => Some(Cow::Owned(bytes::text(bytes))),
        Value::Date(value) => Some(Cow::Owned(value.to_string())),
        Value::LocalTime(value) => Some(Cow::Owned(value.to_string())),
        Value::Time(value) => Some(Cow::Owned(value.to_string())),
        Value::LocalDateTime(value) => Some(Cow::Owned(value.to_string())),
        Value::DateTime(value) => Some(Cow::Owned(value.to_string())),
        Value::Duration(value) => Some(Cow::Owned(value.to_string())),
        Value::Point(point) => Some(Cow::Owned(point.to_string())),
        Value::Null
        | Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => None,
    }
}

/// An integer or a float as a float; `None` for any other value.
#[must_use]
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

/// A number as a float; `None` if `value` is not a number.
#[must_use]
pub fn approximate(value: &Value) -> Option<f64> {
    match value {
        Value::Decimal(value) => Some(decimal::to_float(*value)),
        other => number(other),
    }
}

/// A float in the syntax of the language.
#[must_use]
pub fn float_text(value: f64) -> String {
    let size = value.abs();
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
    } else if size == 0.0 || (1e-6..1e16).contains(&size) {
        let digits = value.to_string();
        if digits.contains('.') {
            digits
        } else {
            digits + ".0"
        }
    } else {
        format!("{value:e}")
    }
}

/// Parses `true` or `false`, ignoring case; `None` for any other text.
#[must_use]
pub fn parse_boolean(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else {
        text.eq_ignore_ascii_case("false").then_some(false)
    }
}

/// Parses an integer, or a float and truncates it; `None` if `text` is neither or exceeds 64 bits.
#[must_use]
pub fn parse_integer(text: &str) -> Option<i64> {
    let text = text.trim();
    text.parse()
        .ok()
        .or_else(|| parse_float(text).and_then(truncate))
}

/// Parses a float, with optional point and exponent, or one of `NaN`, `Infinity`, `-Infinity`.
#[must_use]
pub fn parse_float(text: &str) -> Option<f64> {
    let text = text.trim();
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" | "+Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        // The standard library also parses words such as `inf`, which the language does not have.
        _ if text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) =>
        {
            text.parse().ok().filter(|float: &f64| float.is_finite())
        }
        _ => None,
    }
}

fn unsuited(function: &str, expected: &str, found: &Value) -> Fault {
    Fault::new(
        Code::InvalidArgumentValue,
        format!("`{function}` expects {expected}, found {}", found.kind()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_with_a_point_or_an_exponent() {
        let cases = [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (0.000_001, "0.000001"),
            (1e-7, "1e-7"),
            (1_000_000_000.0, "1000000000.0"),
            (1e16, "1e16"),
            (1.263_541_865_238_126_4e305, "1.2635418652381264e305"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (float, text) in cases {
            assert_eq!(float_text(float), text);
        }
    }

    #[test]
    fn texts_that_spell_no_number_give_nothing() {
        assert_eq!(
            ["2", "2.9", " 7 ", "1e3", "foo", "", "1e30"].map(parse_integer),
            [Some(2), Some(2), Some(7), Some(1000), None, None, None]
        );
        assert_eq!(
            ["5", ".5", "-1e-5", "inf", "1e999", "0x1"].map(parse_float),
            [Some(5.0), Some(0.5), Some(-1e-5), None, None, None]
        );
        assert_eq!(
            ["true", " FALSE ", "", " tru "].map(parse_boolean),
            [Some(true), Some(false), None, None]
        );
    }

    #[test]
    fn kinds_without_a_conversion_are_faults() {
        let empty = Value::list(Vec::new());
        assert_eq!(
            to_boolean(&1.5.into()).unwrap_err().code,
            Code::InvalidArgumentValue
        );
        assert_eq!(
            to_float(&true.into()).unwrap_err().code,
            Code::InvalidArgumentValue
        );
        assert_eq!(
            to_text(&empty).unwrap_err().code,
            Code::InvalidArgumentValue
        );
        assert_eq!(
            to_integer(&empty).unwrap_err().message,
            "`toInteger` expects a NUMBER, BOOLEAN or STRING, found LIST"
        );
        assert_eq!(
            to_integer(&1e30.into()).unwrap_err().code,
            Code::NumericOverflow
        );
    }
}
