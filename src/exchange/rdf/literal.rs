//! Literals as property values, and property values as literals.
//!
//! The types of XML Schema are used where they have the value, else a datatype of this program whose text is that of a column
//! of the type.

use oxrdf::{Literal, NamedNode, vocab::xsd};

use crate::{
    exchange::property,
    value::{Value, cast::float_text, display::expression},
};

/// The beginning of the datatypes of values that XML Schema does not have.
const OWN: &str = "urn:relata:type:";

/// The integer types of XML Schema, which are values of the type integer.
const INTEGERS: &[&str] = &[
    "integer",
    "long",
    "int",
    "short",
    "byte",
    "nonNegativeInteger",
    "positiveInteger",
    "nonPositiveInteger",
    "negativeInteger",
    "unsignedLong",
    "unsignedInt",
    "unsignedShort",
    "unsignedByte",
];

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// The value that a literal has; `None` if there is no type for it, so that it is a text.
pub(super) fn native(literal: &Literal) -> Option<Value> {
    let text = literal.value();
    if literal.datatype() == xsd::STRING {
        return Some(text.into());
    }
    let datatype = literal.datatype();
    if let Some(kind) = datatype.as_str().strip_prefix(OWN) {
        return property::read(kind, text).ok();
    }
    match datatype.as_str().strip_prefix(XSD)? {
        "double" | "float" | "decimal" => float(text).map(Value::Float),
        "boolean" => match text {
            "true" | "1" => Some(Value::Boolean(true)),
            "false" | "0" => Some(Value::Boolean(false)),
            _ => None,
        },
        "date" => property::read("date", text).ok(),
        "dateTime" | "dateTimeStamp" => either(text, "localdatetime", "datetime"),
        "time" => either(text, "localtime", "time"),
        "duration" | "dayTimeDuration" | "yearMonthDuration" => {
            property::read("duration", text).ok()
        }
        name if INTEGERS.contains(&name) => {
            let digits = text.strip_prefix('+').unwrap_or(text);
            digits.parse().ok().map(Value::Integer)
        }
        _ => None,
    }
}

fn float(text: &str) -> Option<f64> {
    match text {
        "INF" | "+INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ if text
            .contains(|letter: char| letter.is_alphabetic() && !matches!(letter, 'e' | 'E')) =>
        {
            None
        }
        _ => text.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}

fn either(text: &str, without_zone: &str, with_zone: &str) -> Option<Value> {
    let local = property::read(without_zone, text).ok();
    local.or_else(|| property::read(with_zone, text).ok())
}

/// The literal of a value that is no list, given the datatype of numbers of its property; `None` if no property can have the
/// value.
pub(super) fn standard(value: &Value, datatype: Option<&str>) -> Option<Literal> {
    let literal = match value {
        Value::String(text) => Literal::new_simple_literal(&**text),
        Value::Boolean(boolean) => Literal::from(*boolean),
        Value::Integer(number) => {
            Literal::new_typed_literal(number.to_string(), integer(*number, datatype))
        }
        Value::Float(number) => {
            Literal::new_typed_literal(float_lexical(*number), real(*number, datatype))
        }
        Value::Date(_) => typed(value, xsd::DATE.into_owned())?,
        Value::LocalTime(_) | Value::Time(_) => typed(value, xsd::TIME.into_owned())?,
        Value::LocalDateTime(_) | Value::DateTime(_) => typed(value, xsd::DATE_TIME.into_owned())?,
        Value::Duration(_) => typed(value, xsd::DURATION.into_owned())?,
        value => own(value)?,
    };
    Some(literal)
}

/// The literal of a list as a whole, or of a value that no type of XML Schema has.
pub(super) fn own(value: &Value) -> Option<Literal> {
    let (kind, text) = property::typed("", value).ok()?;
    let datatype = NamedNode::new_unchecked(format!("{OWN}{kind}"));
    Some(Literal::new_typed_literal(text, datatype))
}

/// A temporal value as a literal of XML Schema, if it is read as the same value.
fn typed(value: &Value, datatype: NamedNode) -> Option<Literal> {
    let (_, text) = property::typed("", value).ok()?;
    let literal = Literal::new_typed_literal(with_seconds(&text), datatype);
    let is_same = native(&literal).is_some_and(|read| expression(&read) == expression(value));
    // XML Schema has no sign before the years after 9999, and no names of zones.
    if is_same && !text.starts_with('+') && !text.contains('[') {
        return Some(literal);
    }
    own(value)
}

/// A text with a time, whose seconds XML Schema does not let out: `12:31` is `12:31:00`.
fn with_seconds(text: &str) -> String {
    let start = match text.find('T') {
        Some(at) => at + 1,
        None if text.as_bytes().get(2) == Some(&b':') => 0,
        None => return text.to_owned(),
    };
    let is_short = text.as_bytes().get(start + 2) == Some(&b':')
        && text.as_bytes().get(start + 5) != Some(&b':');
    match text.get(start + 5..) {
        Some(rest) if is_short => format!("{}:00{rest}", &text[..start + 5]),
        _ => text.to_owned(),
    }
}

fn float_lexical(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "INF" } else { "-INF" }.to_owned();
    }
    float_text(number)
}

/// The datatype of an integer: that of its property if the number is in its range.
fn integer(number: i64, datatype: Option<&str>) -> NamedNode {
    let datatype = match datatype.and_then(|datatype| datatype.strip_prefix(XSD)) {
        Some("int") if i32::try_from(number).is_ok() => xsd::INT,
        Some("long") => xsd::LONG,
        Some("nonNegativeInteger") if number >= 0 => xsd::NON_NEGATIVE_INTEGER,
        Some("positiveInteger") if number > 0 => xsd::POSITIVE_INTEGER,
        _ => xsd::INTEGER,
    };
    datatype.into_owned()
}

/// The datatype of a float: that of its property if it has the number.
fn real(number: f64, datatype: Option<&str>) -> NamedNode {
    let has_exponent = float_text(number).contains('e');
    let datatype = match datatype.and_then(|datatype| datatype.strip_prefix(XSD)) {
        Some("decimal") if number.is_finite() && !has_exponent => xsd::DECIMAL,
        Some("float") => xsd::FLOAT,
        _ => xsd::DOUBLE,
    };
    datatype.into_owned()
}

/// The datatype that is a hint for a property whose numbers all have it; `None` for the usual ones.
pub(super) fn hint(literal: &Literal) -> Option<&'static str> {
    const HINTS: &[&str] = &[
        "http://www.w3.org/2001/XMLSchema#decimal",
        "http://www.w3.org/2001/XMLSchema#float",
        "http://www.w3.org/2001/XMLSchema#int",
        "http://www.w3.org/2001/XMLSchema#long",
        "http://www.w3.org/2001/XMLSchema#nonNegativeInteger",
        "http://www.w3.org/2001/XMLSchema#positiveInteger",
    ];
    let datatype = literal.datatype();
    HINTS
        .iter()
        .copied()
        .find(|hint| *hint == datatype.as_str())
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;

    /// The value of a literal, and the literal of the value.
    fn both(text: &str) -> (String, String) {
        let literal = Literal::from_str(text).expect("is a literal");
        let value = native(&literal).unwrap_or_else(|| literal.value().into());
        let again = standard(&value, hint(&literal)).or_else(|| own(&value));
        (
            expression(&value),
            again.expect("is a property value").to_string(),
        )
    }

    #[test]
    fn literals_with_a_type_are_values_and_the_same_literals_again() {
        let typed = |text: &str, kind: &str| {
            format!("\"{text}\"^^<http://www.w3.org/2001/XMLSchema#{kind}>")
        };
        let cases = [
            ("\"a\"".to_owned(), "'a'"),
            (typed("5", "integer"), "5"),
            (typed("5", "int"), "5"),
            (typed("3.14", "decimal"), "3.14"),
            (typed("1.5", "double"), "1.5"),
            (typed("-INF", "float"), "-1.0 / 0.0"),
            (typed("true", "boolean"), "true"),
            (typed("2020-02-19", "date"), "date('2020-02-19')"),
            (
                typed("2020-02-19T12:31:00", "dateTime"),
                "localdatetime('2020-02-19T12:31')",
            ),
            (
                typed("2020-02-19T12:31:00Z", "dateTime"),
                "datetime('2020-02-19T12:31Z')",
            ),
            (typed("12:31:14+01:00", "time"), "time('12:31:14+01:00')"),
            (typed("P1Y2M", "duration"), "duration('P1Y2M')"),
        ];
        for (text, value) in cases {
            assert_eq!(both(&text), (value.to_owned(), text.clone()));
        }
    }

    #[test]
    fn other_literals_are_texts() {
        for text in [
            "\"Chat\"@fr",
            "\"x\"^^<http://e/t>",
            "\"99999999999999999999\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        ] {
            assert!(
                native(&Literal::from_str(text).unwrap()).is_none(),
                "{text}"
            );
        }
    }
}
