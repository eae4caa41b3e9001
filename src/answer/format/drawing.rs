//! The nodes and relationships of an answer as a drawing: DOT for Graphviz, and Mermaid for Markdown.
//!
//! A node is drawn once, with its name or its labels; what is no node, relationship or path of the answer is not in it.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use crate::{
    answer::{Answer, Format, Layout, Node, Relationship, caption},
    value::NodeId,
};

pub(super) const DOT: Format = Format {
    name: "dot",
    doc: "the nodes and relationships as a graph in DOT, for Graphviz",
    write: dot,
};

pub(super) const MERMAID: Format = Format {
    name: "mermaid",
    doc: "the nodes and relationships as a graph in Mermaid, for Markdown",
    write: mermaid,
};

/// The nodes with what is written in them, and the relationships.
struct Drawing<'a> {
    nodes: BTreeMap<NodeId, String>,
    relationships: Vec<&'a Relationship>,
}

impl<'a> Drawing<'a> {
    fn of(answer: &'a Answer) -> Self {
        let entities = answer.entities();
        let mut relationships: Vec<_> = entities.relationships().collect();
        relationships.sort_by_key(|relationship| relationship.id);
        let mut nodes: BTreeMap<_, _> = entities
            .nodes()
            .map(|node| (node.id, caption(node)))
            .collect();
        for end in relationships.iter().flat_map(|each| [each.start, each.end]) {
            nodes.entry(end).or_default();
        }
        Self {
            nodes,
            relationships,
        }
    }
}

/// The name of a node, or else its labels.
fn caption(node: &Node) -> String {
    match caption::caption(node) {
        Some((_, text)) => text.into_owned(),
        None => node
            .labels
            .iter()
            .map(|label| format!(":{label}"))
            .collect(),
    }
}

fn dot(answer: &Answer, _: Layout, out: &mut dyn Write) -> io::Result<()> {
    let drawing = Drawing::of(answer);
    writeln!(out, "digraph {{")?;
    if drawing.nodes.is_empty() {
        writeln!(out, "  // The answer has no nodes and relationships.")?;
    }
    for (id, text) in &drawing.nodes {
        writeln!(out, "  n{} [label=\"{}\"]", id.0, in_dot(text))?;
    }
    for each in drawing.relationships {
        let (from, to) = (each.start.0, each.end.0);
        writeln!(out, "  n{from} -> n{to} [label=\"{}\"]", in_dot(&each.kind))?;
    }
    writeln!(out, "}}")
}

fn in_dot(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

fn mermaid(answer: &Answer, _: Layout, out: &mut dyn Write) -> io::Result<()> {
    let drawing = Drawing::of(answer);
    writeln!(out, "graph LR")?;
    if drawing.nodes.is_empty() {
        writeln!(out, "  %% The answer has no nodes and relationships.")?;
    }
    for (id, text) in &drawing.nodes {
        writeln!(out, "  n{}[\"{}\"]", id.0, in_mermaid(text))?;
    }
    for each in drawing.relationships {
        let (from, to) = (each.start.0, each.end.0);
        writeln!(out, "  n{from} -->|\"{}\"| n{to}", in_mermaid(&each.kind))?;
    }
    Ok(())
}

/// A text in quotes. Mermaid spells signs by numbers, and shows nothing for an empty text.
fn in_mermaid(text: &str) -> String {
    if text.is_empty() {
        return " ".to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' => {
                out.push_str(&format!("#{};", u32::from(letter)));
            }
            '\n' => out.push_str("<br>"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}
