//! Values as the language writes them, nodes and relationships with what they hold.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use crate::{
    answer::{Cell, Node, Relationship},
    value::{Entries, Path, Text, Value, cast},
};

/// Writes a value as a literal of the language: `'text'`, `[1, 2]`, `(:Course {name: 'A'})`.
pub(super) fn write(out: &mut impl Write, cell: Cell<'_>) -> fmt::Result {
    match cell.value() {
        Value::Null => out.write_str("null"),
        Value::String(text) => quote(out, text),
        Value::List(items) => list(out, cell, items),
        Value::Map(entries) => map(out, cell, entries),
        Value::Node(id) => node(out, cell, cell.entities().node(*id)),
        Value::Relationship(id) => relationship(out, cell, cell.entities().relationship(*id)),
        Value::Path(walk) => path(out, cell, walk),
        scalar => out.write_str(&scalar_text(scalar)),
    }
}

/// The value as text for a field of its own: a string as it is, anything else as the language writes it.
pub(super) fn plain(cell: Cell<'_>) -> Cow<'_, str> {
    match cell.value() {
        Value::String(text) => Cow::Borrowed(text),
        _ => Cow::Owned(cell.to_string()),
    }
}

/// The text of a value that is neither null nor a list, a map or anything of the graph.
pub(super) fn scalar_text(value: &Value) -> Cow<'_, str> {
    cast::text_of(value).unwrap_or_default()
}

/// A name, in back quotes where it is not made of letters, digits and underscores alone.
pub(super) fn name(out: &mut impl Write, name: &str) -> fmt::Result {
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

fn quote(out: &mut impl Write, text: &str) -> fmt::Result {
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

fn list(out: &mut impl Write, cell: Cell<'_>, items: &[Value]) -> fmt::Result {
    out.write_char('[')?;
    for (position, item) in items.iter().enumerate() {
        separate(out, position)?;
        write(out, cell.with(item))?;
    }
    out.write_char(']')
}

fn map(out: &mut impl Write, cell: Cell<'_>, entries: &Entries) -> fmt::Result {
    out.write_char('{')?;
    for (position, (key, value)) in entries.iter().enumerate() {
        separate(out, position)?;
        name(out, key)?;
        out.write_str(": ")?;
        write(out, cell.with(value))?;
    }
    out.write_char('}')
}

fn separate(out: &mut impl Write, position: usize) -> fmt::Result {
    out.write_str(if position == 0 { "" } else { ", " })
}

fn node(out: &mut impl Write, cell: Cell<'_>, node: &Node) -> fmt::Result {
    out.write_char('(')?;
    labels(out, &node.labels)?;
    properties(out, cell, &node.properties, !node.labels.is_empty())?;
    out.write_char(')')
}

fn relationship(out: &mut impl Write, cell: Cell<'_>, relationship: &Relationship) -> fmt::Result {
    out.write_char('[')?;
    labels(out, std::slice::from_ref(&relationship.kind))?;
    properties(out, cell, &relationship.properties, true)?;
    out.write_char(']')
}

fn labels(out: &mut impl Write, labels: &[Text]) -> fmt::Result {
    for label in labels {
        out.write_char(':')?;
        name(out, label)?;
    }
    Ok(())
}

fn properties(
    out: &mut impl Write,
    cell: Cell<'_>,
    entries: &Entries,
    spaced: bool,
) -> fmt::Result {
    if entries.is_empty() {
        return Ok(());
    }
    out.write_str(if spaced { " " } else { "" })?;
    map(out, cell, entries)
}

fn path(out: &mut impl Write, cell: Cell<'_>, path: &Path) -> fmt::Result {
    let entities = cell.entities();
    node(out, cell, entities.node(path.nodes()[0]))?;
    for (edge, ends) in path.relationships().iter().zip(path.nodes().windows(2)) {
        let step = entities.relationship(*edge);
        let forward = step.start == ends[0];
        out.write_str(if forward { "-" } else { "<-" })?;
        relationship(out, cell, step)?;
        out.write_str(if forward { "->" } else { "-" })?;
        node(out, cell, entities.node(ends[1]))?;
    }
    Ok(())
}
