//! Text files with an edge or the neighbours of a node per line, separated by blanks.
//!
//! `#` and `%` begin comments. After the two ends of an edge there may be a weight, or properties as NetworkX writes them:
//! `{'weight': 7}`. The direction is that of the file.

use std::{
    collections::{HashMap, HashSet},
    io::Write,
};

use super::{
    collect::{NODE, RELATED},
    document::Document,
    format::{GraphFormat, Read, Write_, Written},
    reading::Reading,
    view::{Ids, View, plain},
};
use crate::{
    base::{Code, Fault},
    graph::load::Problem,
    value::{KeyId, NodeId, Value},
};

pub(super) const EDGES: GraphFormat = GraphFormat {
    name: "edge-list",
    doc: "text with an edge per line: two ids, and a weight or properties",
    extensions: &["edgelist", "edges", "el", "txt", "dat", "mtx"],
    decisive: &[],
    example: "# a comment\nann bea\nbea cem 0.5\n",
    sniff: is_edges,
    read: Read::With(|documents, reading| read(documents, reading, edge)),
    write: Write_::With(write_edges),
};

pub(super) const ADJACENCY: GraphFormat = GraphFormat {
    name: "adjacency-list",
    doc: "text with a node and its neighbours per line",
    extensions: &["adjlist", "adj"],
    decisive: &[],
    example: "ann bea cem\nbea cem\ncem\n",
    sniff: |_| false,
    read: Read::With(|documents, reading| read(documents, reading, neighbours)),
    write: Write_::Nothing,
};

/// Whether all lines have two or more words, of which the first two have no marks of other formats.
fn is_edges(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().filter(|line| !is_comment(line)).collect();
    let whole = if head.len() < 8000 {
        lines.len()
    } else {
        lines.len().saturating_sub(1)
    };
    let is_edge = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.len() >= 2
            && words
                .iter()
                .take(2)
                .all(|word| !word.contains(['<', '{', '"', ',', ';', '(', ':', '=']))
            && (words.len() == 2 || words[2].starts_with('{') || words[2].parse::<f64>().is_ok())
    };
    whole > 0 && lines[..whole].iter().all(is_edge)
}

fn is_comment(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with(['#', '%'])
}

/// The nodes of a file, by id.
struct Lines<'r, 'o> {
    reading: &'r mut Reading<'o>,
    nodes: HashMap<String, NodeId>,
    integers: bool,
}

impl Lines<'_, '_> {
    fn node(&mut self, id: &str) -> NodeId {
        if let Some(node) = self.nodes.get(id) {
            return *node;
        }
        let node = self.reading.graph.node([NODE]);
        let number = id.parse().ok().filter(|_| self.integers);
        let value = number.map_or_else(|| id.into(), Value::Integer);
        self.reading.graph.set(node, "id", value);
        self.nodes.insert(id.to_owned(), node);
        node
    }
}

type Line = fn(&mut Lines<'_, '_>, &str) -> Result<(), String>;

fn read(documents: &[&Document], reading: &mut Reading<'_>, line: Line) -> Result<(), Problem> {
    for document in documents {
        let text = document.text()?;
        let separator = |c: char| c.is_whitespace();
        let ids = text
            .lines()
            .filter(|line| !is_comment(line))
            .flat_map(|line| {
                line.split(separator)
                    .filter(|word| !word.is_empty())
                    .take(2)
            });
        let mut lines = Lines {
            integers: ids.clone().all(is_integer),
            reading,
            nodes: HashMap::new(),
        };
        let is_matrix = text.starts_with("%%MatrixMarket");
        let mut content = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !is_comment(line));
        if is_matrix {
            // The first line has the numbers of rows, columns and entries.
            content.next();
        }
        for (at, text) in content {
            if let Err(message) = line(&mut lines, text) {
                let mut problem = document.problem(message);
                problem.place = Some((at + 1, 1));
                lines.reading.problem(problem);
            }
        }
    }
    Ok(())
}

/// Whether a word is an integer in canonical spelling.
fn is_integer(word: &str) -> bool {
    word.parse::<i64>()
        .is_ok_and(|number| number.to_string() == word)
}

fn edge(lines: &mut Lines<'_, '_>, line: &str) -> Result<(), String> {
    let line = line.trim();
    let wrong = || format!("expected two ids, found `{line}`");
    let (from, rest) = line.split_once(char::is_whitespace).ok_or_else(wrong)?;
    let rest = rest.trim_start();
    let (to, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let [from, to] = [from, to].map(|id| lines.node(id));
    let edge = lines.reading.graph.edge(RELATED, from, to);
    for (key, value) in properties(rest.trim())? {
        lines.reading.graph.set_edge(edge, &key, value);
    }
    Ok(())
}

/// The properties after the ends: a weight, further numbers, or a dictionary of Python.
fn properties(text: &str) -> Result<Vec<(String, Value)>, String> {
    if text.is_empty() || text == "{}" {
        return Ok(Vec::new());
    }
    if text.starts_with('{') {
        let words = [
            (": True", ": true"),
            (": False", ": false"),
            (": None", ": null"),
        ];
        let json = text.replace('\'', "\"");
        let json = words
            .iter()
            .fold(json, |json, (from, to)| json.replace(from, to));
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&json)
            .map_err(|_| {
                format!("expected properties such as `{{'weight': 7}}`, found `{text}`")
            })?;
        let mut found = Vec::new();
        super::json::properties(&object, &mut |key, value| {
            found.push((key.to_owned(), value))
        });
        return Ok(found);
    }
    let names = ["weight".to_owned()]
        .into_iter()
        .chain((2..).map(|at| format!("value{at}")));
    let words = text.split_whitespace();
    Ok(names.zip(words.map(word)).collect())
}

fn word(word: &str) -> Value {
    match (word.parse(), word.parse()) {
        (Ok(number), _) if is_integer(word) => Value::Integer(number),
        (_, Ok(number)) => Value::Float(number),
        _ => word.into(),
    }
}

fn neighbours(lines: &mut Lines<'_, '_>, line: &str) -> Result<(), String> {
    let line = line.split('#').next().unwrap_or_default();
    let mut words = line.split_whitespace();
    let Some(from) = words.next() else {
        return Ok(());
    };
    let from = lines.node(from);
    for to in words {
        let to = lines.node(to);
        lines.reading.graph.edge(RELATED, from, to);
    }
    Ok(())
}

/// Writes the ends of the relationships. Only what is read again as it was has this form: nodes with the label `Node`, a
/// property `id` and a relationship, and relationships of the type `RELATED` with at most a weight.
fn write_edges(view: &View<'_>, out: &mut dyn Write) -> Written {
    let key = id_key(view)?;
    let mut ends = HashSet::new();
    let mut lines = Vec::new();
    for edge in view.edges() {
        let mut properties = view.edge_properties(edge.id);
        let weight = match (properties.next(), properties.next()) {
            (None, _) => String::new(),
            (Some(("weight", value @ (Value::Integer(_) | Value::Float(_)))), None) => {
                format!(" {}", plain(&value))
            }
            _ => {
                return Err(
                    unfit("relationships can have no property but a number `weight`").into(),
                );
            }
        };
        if edge.kind != RELATED {
            return Err(unfit("relationships can only have the type `RELATED`").into());
        }
        ends.extend([edge.from, edge.to]);
        let [from, to] = [edge.from, edge.to].map(|node| plain(&view.property(node, key)));
        lines.push(format!("{from} {to}{weight}"));
    }
    for node in view.nodes() {
        if view.labels(node) != [NODE] || view.properties(node).count() > 1 || !ends.contains(&node)
        {
            let why = "nodes can only have the label `Node` and the property `id`, and need a relationship";
            return Err(unfit(why).into());
        }
    }
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(())
}

/// The key of the ids, if they are words that are read as what they are.
fn id_key(view: &View<'_>) -> Result<KeyId, Fault> {
    let is_word = |text: &str| {
        let plain = |c: char| c.is_alphanumeric() || "_-./".contains(c);
        !text.is_empty() && text.chars().all(plain)
    };
    let texts = view.ids(|value| matches!(value, Value::String(text) if is_word(text)));
    let numbers = view.ids(|value| matches!(value, Value::Integer(_)));
    let all_digits = |key| {
        view.nodes()
            .all(|node| is_integer(&plain(&view.property(node, key))))
    };
    match (texts, numbers) {
        (_, Ids::Property(key)) => Ok(key),
        (Ids::Property(key), _) if !all_digits(key) => Ok(key),
        _ => Err(unfit(
            "nodes need a property `id`, different for each: numbers, or words",
        )),
    }
}

fn unfit(why: &str) -> Fault {
    let message = format!("cannot write the graph as an edge list: {why}");
    Fault::new(Code::SaveProblem, message).help("write `graphml`, which keeps everything")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_told_from_other_texts() {
        assert!(is_edges("# x\n1 2\n2 3 0.5\na b {'w': 1}\n"));
        assert!(!is_edges("MATCH (n) RETURN n\n"));
        assert!(!is_edges("a,b c\n"));
        assert!(!is_edges("This is a sentence.\n"));
        assert!(!is_edges(""));
    }

    #[test]
    fn what_follows_the_ends_are_properties() {
        let read = |text: &str| format!("{:?}", properties(text).unwrap());
        assert_eq!(
            read("0.5 3"),
            r#"[("weight", Float(0.5)), ("value2", Integer(3))]"#
        );
        assert_eq!(
            read("{'a': True, 'b': 'x'}"),
            r#"[("a", Boolean(true)), ("b", String("x"))]"#
        );
        assert!(properties("{'a").is_err());
    }
}
