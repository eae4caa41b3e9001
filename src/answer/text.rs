//! Values in the syntax of the language, with the labels and properties of entities.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use crate::{
    answer::{Cell, Entities, Node, Relationship},
    value::{
        Entries, Path, Text, Value, cast,
        display::{Entity, name, write_value},
    },
};

/// Writes a value as a literal: `'text'`, `[1, 2]`, `(:Course {name: 'A'})`.
pub(super) fn write<W: Write>(out: &mut W, cell: Cell<'_>) -> fmt::Result {
    let entities = cell.entities();
    write_value(out, cell.value(), &mut |out, entity| match entity {
        Entity::Node(id) => node(out, entities.node(id)),
        Entity::Relationship(id) => relationship(out, entities.relationship(id)),
        Entity::Path(value) => path(out, entities, value),
    })
}

/// Whether tables set a value to the right.
pub(super) fn is_right_aligned(value: &Value) -> bool {
    matches!(value, Value::Integer(_) | Value::Float(_))
}

/// Whether a part of the text would be another value: a number, a time or a boolean.
pub(super) fn is_atomic(value: &Value) -> bool {
    !matches!(
        value,
        Value::String(_)
            | Value::Bytes(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Node(_)
            | Value::Relationship(_)
            | Value::Path(_)
    )
}

/// The value as the text of a field: a string without quotes, any other value in the syntax of the language.
pub(super) fn plain(cell: Cell<'_>) -> Cow<'_, str> {
    match cell.value() {
        Value::String(text) => Cow::Borrowed(text),
        _ => Cow::Owned(cell.to_string()),
    }
}

/// The text of a string, number, boolean or temporal value; empty for any other value.
pub(super) fn scalar_text(value: &Value) -> Cow<'_, str> {
    cast::text_of(value).unwrap_or_default()
}

fn node<W: Write>(out: &mut W, node: &Node) -> fmt::Result {
    out.write_char('(')?;
    labels(out, &node.labels)?;
    properties(out, &node.properties, !node.labels.is_empty())?;
    out.write_char(')')
}

pub(super) fn relationship<W: Write>(out: &mut W, relationship: &Relationship) -> fmt::Result {
    out.write_char('[')?;
    labels(out, std::slice::from_ref(&relationship.kind))?;
    properties(out, &relationship.properties, true)?;
    out.write_char(']')
}

pub(super) fn labels<W: Write>(out: &mut W, labels: &[Text]) -> fmt::Result {
    for label in labels {
        out.write_char(':')?;
        name(out, label)?;
    }
    Ok(())
}

/// ` {name: 'A', age: 1}`
fn properties<W: Write>(out: &mut W, entries: &Entries, spaced: bool) -> fmt::Result {
    if entries.is_empty() {
        return Ok(());
    }
    out.write_str(if spaced { " {" } else { "{" })?;
    for (position, (key, value)) in entries.iter().enumerate() {
        out.write_str(if position == 0 { "" } else { ", " })?;
        property(out, key, value)?;
    }
    out.write_char('}')
}

/// `name: 'A'`. The value contains no nodes, relationships or paths, so the callback writes nothing.
pub(super) fn property<W: Write>(out: &mut W, key: &str, value: &Value) -> fmt::Result {
    name(out, key)?;
    out.write_str(": ")?;
    write_value(out, value, &mut |_, _| Ok(()))
}

fn path<W: Write>(out: &mut W, entities: &Entities, path: &Path) -> fmt::Result {
    node(out, entities.node(path.nodes()[0]))?;
    for (edge, ends) in path.relationships().iter().zip(path.nodes().windows(2)) {
        let step = entities.relationship(*edge);
        let forward = step.start == ends[0];
        out.write_str(if forward { "-" } else { "<-" })?;
        relationship(out, step)?;
        out.write_str(if forward { "->" } else { "-" })?;
        node(out, entities.node(ends[1]))?;
    }
    Ok(())
}
