//! Values as tables show them to people: a node begins with its name, a path has only the names of its nodes and the types
//! of its relationships, and what is too long is shortened where that hides least.
//!
//! Every other format writes the syntax of the language, which can be read back.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use unicode_width::UnicodeWidthStr as _;

use crate::{
    answer::{Cell, Entities, Node, caption::caption, format::width, text},
    value::{
        Path, Value,
        display::{Entity, name, write_value},
    },
};

/// The text of a field.
pub(super) fn brief(cell: Cell<'_>) -> Cow<'_, str> {
    match cell.value() {
        Value::String(text) => Cow::Borrowed(text),
        Value::Path(path) => Cow::Owned(steps(cell.entities(), path).concat()),
        _ => {
            let mut out = String::new();
            write(&mut out, cell).expect("writing to a string does not fail");
            Cow::Owned(out)
        }
    }
}

/// The text of a path in at most `width` columns: without nodes in its middle, and with short names if that is not enough.
/// `None` if not even its ends fit.
pub(super) fn shortened(cell: Cell<'_>, width: usize) -> Option<String> {
    let path = cell.path()?;
    let all = steps(cell.entities(), path);
    NAME_WIDTHS.iter().find_map(|most| {
        let part = |(at, part): (usize, &String)| match at % 2 {
            0 => short_name(part, *most),
            _ => part.clone(),
        };
        let parts: Vec<_> = all.iter().enumerate().map(part).collect();
        let whole = Some(parts.concat()).filter(|whole| whole.width() <= width);
        whole.or_else(|| without_middle(&parts, width))
    })
}

/// The widths that names are cut to, one after the other, until a path fits.
const NAME_WIDTHS: &[usize] = &[usize::MAX, 24, 16, 10, 6];

/// `(Kevin Ba…)`
fn short_name(node: &str, most: usize) -> String {
    let name = node.trim_start_matches('(').trim_end_matches(')');
    format!("({})", width::cut(name, most))
}

/// As many parts of a path as fit, from both ends. Parts at odd positions are relationships.
fn without_middle(parts: &[String], width: usize) -> Option<String> {
    let nodes = parts.len().div_ceil(2);
    let text = |head: usize, tail: usize| {
        let (head, tail) = (head * 2, parts.len() - tail * 2);
        [&parts[..head].concat(), HIDDEN, &parts[tail..].concat()].concat()
    };
    let mut best = None;
    let (mut head, mut tail) = (1, 1);
    while head + tail < nodes {
        let shown = text(head, tail);
        if shown.width() > width {
            break;
        }
        best = Some(shown);
        if head <= tail {
            head += 1;
        } else {
            tail += 1;
        }
    }
    best
}

/// The mark of the nodes in the middle of a path.
const HIDDEN: &str = "(…)";

fn write(out: &mut String, cell: Cell<'_>) -> fmt::Result {
    let entities = cell.entities();
    write_value(out, cell.value(), &mut |out, entity| match entity {
        Entity::Node(id) => node(out, entities.node(id)),
        Entity::Relationship(id) => text::relationship(out, entities.relationship(id)),
        Entity::Path(path) => out.write_str(&steps(entities, path).concat()),
    })
}

/// `(Kevin Bacon:Person {born: 1958})`
fn node(out: &mut String, node: &Node) -> fmt::Result {
    let named = caption(node);
    let hidden = named.as_ref().map(|(at, _)| *at);
    out.push('(');
    out.push_str(named.as_ref().map_or("", |(_, text)| text));
    text::labels(out, &node.labels)?;
    let rest = node.properties.iter().enumerate();
    let mut rest = rest.filter(|(at, _)| Some(*at) != hidden).peekable();
    if rest.peek().is_some() {
        let spaced = named.is_some() || !node.labels.is_empty();
        out.push_str(if spaced { " {" } else { "{" });
        for (position, (_, (key, value))) in rest.enumerate() {
            out.push_str(if position == 0 { "" } else { ", " });
            text::property(out, key, value)?;
        }
        out.push('}');
    }
    out.push(')');
    Ok(())
}

/// `(Kevin Bacon)`, `-[:ACTED_IN]->`, `(A Few Good Men)`
fn steps(entities: &Entities, path: &Path) -> Vec<String> {
    let mut parts = vec![named(entities.node(path.nodes()[0]))];
    for (edge, ends) in path.relationships().iter().zip(path.nodes().windows(2)) {
        let step = entities.relationship(*edge);
        let mut kind = String::new();
        name(&mut kind, &step.kind).expect("writing to a string does not fail");
        parts.push(match step.start == ends[0] {
            true => format!("-[:{kind}]->"),
            false => format!("<-[:{kind}]-"),
        });
        parts.push(named(entities.node(ends[1])));
    }
    parts
}

/// The name of a node, or else its labels, in brackets.
fn named(node: &Node) -> String {
    let mut out = String::from("(");
    match caption(node) {
        Some((_, text)) => out.push_str(&text),
        None => text::labels(&mut out, &node.labels).expect("writing to a string does not fail"),
    }
    out.push(')');
    out
}
