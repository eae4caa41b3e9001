//! Values in the syntax of the language: `'text'`, `[1, 2.0]`, `{a: null}`, and temporal values as ISO 8601.
//!
//! Nodes, relationships and paths are ids here; the caller, which knows the graph, writes them.

use std::fmt::{self, Write};

use crate::value::{EdgeId, NodeId, Path, Text, Value, bytes, cast};

/// A part of a value that is written by the caller.
#[derive(Clone, Copy, Debug)]
pub enum Entity<'a> {
    /// A node.
    Node(NodeId),
    /// A relationship.
    Relationship(EdgeId),
    /// A path.
    Path(&'a Path),
}

/// Writes a value and calls `entity` for each node, relationship and path in it.
///
/// # Errors
/// A write error of `out`.
pub fn write_value<W: Write>(
    out: &mut W,
    value: &Value,
    entity: &mut dyn FnMut(&mut W, Entity<'_>) -> fmt::Result,
) -> fmt::Result {
    match value {
        Value::Null => out.write_str("null"),
        Value::String(text) => quote(out, text),
        Value::Bytes(bytes) => write!(out, "X'{}'", bytes::digits(bytes)),
        Value::List(items) => {
            out.write_char('[')?;
            for (position, item) in items.iter().enumerate() {
                separate(out, position)?;
                write_value(out, item, entity)?;
            }
            out.write_char(']')
        }
        Value::Map(entries) => {
            out.write_char('{')?;
            for (position, (key, value)) in entries.iter().enumerate() {
                separate(out, position)?;
                name(out, key)?;
                out.write_str(": ")?;
                write_value(out, value, entity)?;
            }
            out.write_char('}')
        }
        Value::Node(id) => entity(out, Entity::Node(*id)),
        Value::Relationship(id) => entity(out, Entity::Relationship(*id)),
        Value::Path(path) => entity(out, Entity::Path(path)),
        scalar => out.write_str(&cast::text_of(scalar).unwrap_or_default()),
    }
}

/// A value in the syntax of the language, without a graph: nodes and relationships are shown by id.
#[must_use]
pub fn literal(value: &Value) -> String {
    let mut out = String::new();
    let written = write_value(&mut out, value, &mut |out, entity| match entity {
        Entity::Node(id) => write!(out, "(#{})", id.0),
        Entity::Relationship(id) => write!(out, "[#{}]", id.0),
        Entity::Path(path) => write_path(out, path),
    });
    written.expect("writing to a string does not fail");
    out
}

/// An expression of the language that evaluates to a value without entities. Unlike a literal it keeps the type of temporal
/// values.
#[must_use]
pub fn expression(value: &Value) -> String {
    let made_by = |function: &str| {
        let text = cast::text_of(value).unwrap_or_default();
        format!("{function}('{text}')")
    };
    match value {
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(expression).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entry = |(key, value): (&Text, &Value)| {
                let mut out = String::new();
                let written = name(&mut out, key);
                written.expect("writing to a string does not fail");
                format!("{out}: {}", expression(value))
            };
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Float(number) if number.is_nan() => "0.0 / 0.0".to_owned(),
        Value::Float(number) if number.is_infinite() => {
            let sign = if *number > 0.0 { "" } else { "-" };
            format!("{sign}1.0 / 0.0")
        }
        Value::Decimal(_) => made_by("decimal"),
        Value::Bytes(_) => made_by("bytes"),
        Value::Date(_) => made_by("date"),
        Value::LocalTime(_) => made_by("localtime"),
        Value::Time(_) => made_by("time"),
        Value::LocalDateTime(_) => made_by("localdatetime"),
        Value::DateTime(_) => made_by("datetime"),
        Value::Duration(_) => made_by("duration"),
        other => literal(other),
    }
}

/// Writes a string in quotes, with escapes.
///
/// # Errors
/// A write error of `out`.
pub fn quote<W: Write>(out: &mut W, text: &str) -> fmt::Result {
    out.write_char('\'')?;
    for letter in text.chars() {
        match letter {
            '\'' => out.write_str("\\'"),
            '\\' => out.write_str("\\\\"),
            '\n' => out.write_str("\\n"),
            '\r' => out.write_str("\\r"),
            '\t' => out.write_str("\\t"),
            control if control.is_control() => write!(out, "\\u{:04X}", control as u32),
            other => out.write_char(other),
        }?;
    }
    out.write_char('\'')
}

/// Writes a name, in backticks if it has other characters than letters, digits and underscores or starts with a digit.
///
/// # Errors
/// A write error of `out`.
pub fn name<W: Write>(out: &mut W, name: &str) -> fmt::Result {
    let mut letters = name.chars();
    let begins = letters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_');
    if begins && letters.all(|letter| letter.is_alphanumeric() || letter == '_') {
        out.write_str(name)
    } else {
        write!(out, "`{}`", name.replace('`', "``"))
    }
}

fn separate<W: Write>(out: &mut W, position: usize) -> fmt::Result {
    out.write_str(if position == 0 { "" } else { ", " })
}

fn write_path(out: &mut String, path: &Path) -> fmt::Result {
    write!(out, "(#{})", path.nodes()[0].0)?;
    for (edge, node) in path.relationships().iter().zip(&path.nodes()[1..]) {
        write!(out, "-[#{}]-(#{})", edge.0, node.0)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_literals() {
        let map = [("a b".into(), Value::Null), ("c".into(), 1e300.into())];
        let value: Value = vec![
            1.into(),
            2.0.into(),
            "it's\n\u{1}\\".into(),
            Value::map(map.into_iter().collect()),
            Value::Node(NodeId(7)),
        ]
        .into();
        assert_eq!(
            literal(&value),
            r"[1, 2.0, 'it\'s\n\u0001\\', {`a b`: null, c: 1e300}, (#7)]"
        );
    }

    #[test]
    fn an_expression_keeps_the_type_of_its_value() {
        let day = Value::Date(crate::value::Date::from_days(0).unwrap());
        let map = [("a b".into(), day), ("c".into(), f64::NAN.into())];
        let value = Value::list(vec![Value::map(map.into_iter().collect()), "x".into()]);
        assert_eq!(
            expression(&value),
            "[{`a b`: date('1970-01-01'), c: 0.0 / 0.0}, 'x']"
        );
    }

    #[test]
    fn the_caller_says_how_entities_are_written() {
        let mut path = Path::new(NodeId(1));
        path.push(EdgeId(2), NodeId(3));
        let path = Value::Path(path.into());
        assert_eq!(literal(&path), "(#1)-[#2]-(#3)");
        let mut out = String::new();
        write_value(&mut out, &path, &mut |out, _| out.write_str("<>")).unwrap();
        assert_eq!(out, "<>");
    }
}
