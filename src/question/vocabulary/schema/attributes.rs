//! Attributes for keys, and adjectives for booleans and small sets of short values.

use rustc_hash::FxHashSet;

use super::{
    kind::{dates_of, value_kind},
    labels_at,
};
use crate::{
    graph::{Column, Graph},
    question::{
        inflect::parts,
        vocabulary::{
            Adjective, Attribute, Vocabulary,
            pattern::{expression, literal, made, quoted},
        },
        word::normal,
    },
    syntax::ast::{Expr, ExprKind},
    value::LabelId,
};

/// Maximum number of values of a key, and of words per value, for the values to become adjectives.
const VALUES: usize = 12;
const WORDS: usize = 3;

/// Adds one attribute per key of nodes, and one per key and type of relationships.
pub(super) fn attributes(vocabulary: &mut Vocabulary, graph: &Graph) {
    for (key, name) in graph.catalog().keys() {
        if let Some(column) = graph.node_column(key).filter(|column| column.present() > 0) {
            let labels = labels_with(graph, column);
            let labels = undeclared(vocabulary, name, labels);
            if !labels.is_empty()
                || graph.stats().with_key(None, key) > 0 && !has_value(vocabulary, name)
            {
                push(vocabulary, name, "(x)", "x", labels, column);
            }
        }
        for (kind, type_name) in graph.catalog().types() {
            if graph.stats().relationships_with_key(Some(kind), key) == 0 {
                continue;
            }
            let column = graph.edge_column(key).expect("the key has values");
            let step = format!("[r:{}]", quoted(type_name));
            let along = format!("(x)-{step}->()");
            push(
                vocabulary,
                name,
                &along,
                "r",
                labels_at(graph, kind, true),
                column,
            );
            let against = format!("(x)<-{step}-()");
            push(
                vocabulary,
                name,
                &against,
                "r",
                labels_at(graph, kind, false),
                column,
            );
        }
    }
}

fn push(
    vocabulary: &mut Vocabulary,
    key: &str,
    pattern: &str,
    variable: &str,
    labels: Vec<String>,
    column: &Column,
) {
    let words = parts(key).join(" ");
    if normal(&words).is_empty() {
        return;
    }
    let value = expression(&format!("{variable}.{}", quoted(key)))
        .expect("a quoted key makes an expression");
    let (kind, dates) = (value_kind(column), dates_of(column, key));
    let attribute = Attribute {
        words: words.clone(),
        pattern: made(pattern),
        value,
        labels,
        unit: None,
        kind,
        dates,
        of_verb: Vec::new(),
        says: None,
    };
    vocabulary.push_attribute(attribute, &[words]);
}

/// True if an attribute reads a key of the entity itself.
fn has_value(vocabulary: &Vocabulary, key: &str) -> bool {
    vocabulary
        .attributes
        .iter()
        .any(|attribute| reads(attribute, key))
}

fn reads(attribute: &Attribute, key: &str) -> bool {
    attribute.pattern.steps.is_empty() && key_of(&attribute.value) == Some(key)
}

/// The key of a property expression on a variable; `None` for any other expression.
pub(in crate::question::vocabulary) fn key_of(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Property(of, key) if matches!(of.kind, ExprKind::Variable(_)) => Some(&key.text),
        _ => None,
    }
}

/// The labels for which no declared attribute reads a key.
fn undeclared(vocabulary: &Vocabulary, key: &str, labels: Vec<String>) -> Vec<String> {
    let declared: Vec<&Attribute> = vocabulary
        .attributes
        .iter()
        .filter(|attribute| reads(attribute, key))
        .collect();
    if declared.iter().any(|attribute| attribute.labels.is_empty()) {
        return Vec::new();
    }
    let covered = |label: &String| {
        declared
            .iter()
            .any(|attribute| attribute.labels.contains(label))
    };
    labels.into_iter().filter(|label| !covered(label)).collect()
}

/// The labels of the nodes with a value in a column.
fn labels_with(graph: &Graph, column: &Column) -> Vec<String> {
    let mut sets: FxHashSet<&[LabelId]> = FxHashSet::default();
    for at in column.indices() {
        sets.insert(graph.labels_of(crate::value::NodeId(at as u32)));
    }
    names_of_labels(graph, sets)
}

fn names_of_labels(graph: &Graph, sets: FxHashSet<&[LabelId]>) -> Vec<String> {
    let mut labels: Vec<LabelId> = sets.into_iter().flatten().copied().collect();
    labels.sort_unstable();
    labels.dedup();
    let name = |label| graph.catalog().label_name(label).to_string();
    labels.into_iter().map(name).collect()
}

/// Adds adjectives for booleans and small sets of short values.
pub(super) fn adjectives(vocabulary: &mut Vocabulary, graph: &Graph) {
    for (key, name) in graph.catalog().keys() {
        let Some(column) = graph.node_column(key) else {
            continue;
        };
        if vocabulary
            .names
            .keys
            .keys
            .iter()
            .any(|names| **names == **name)
            || is_citation(vocabulary, name)
        {
            continue;
        }
        if column.booleans().is_some() {
            let condition = format!("(x WHERE x.{} = true)", quoted(name));
            let labels = labels_with(graph, column);
            let words = parts(name);
            let words = match words.as_slice() {
                [first, rest @ ..] if first == "is" && !rest.is_empty() => rest.join(" "),
                _ => words.join(" "),
            };
            adjective(vocabulary, words, &condition, labels);
        }
        for value in small_set(column) {
            let condition = format!("(x WHERE x.{} = {})", quoted(name), literal(&value));
            let labels = labels_of_value(graph, column, &value);
            adjective(vocabulary, value, &condition, labels);
        }
    }
}

fn adjective(vocabulary: &mut Vocabulary, words: String, condition: &str, labels: Vec<String>) {
    let phrase = normal(&words);
    if phrase.is_empty() || vocabulary.has_adjective(&phrase) {
        return;
    }
    let adjective = Adjective {
        words: words.clone(),
        pattern: made(condition),
        labels,
    };
    vocabulary.push_adjective(adjective, &[words]);
}

fn is_citation(vocabulary: &Vocabulary, key: &str) -> bool {
    let Some(citations) = &vocabulary.citations else {
        return false;
    };
    let keys = [&citations.document, &citations.from, &citations.to];
    let further = [&citations.basis, &citations.note];
    keys.into_iter()
        .chain(further.into_iter().flatten())
        .any(|name| name == key)
}

/// The values of a column if they are few, short and used at least twice on average; otherwise empty.
fn small_set(column: &Column) -> Vec<String> {
    let Some((slots, texts)) = column
        .codes()
        .filter(|(_, texts)| texts.len() <= 4 * VALUES)
    else {
        return Vec::new();
    };
    let used: FxHashSet<u32> = column.indices().filter_map(|at| slots.get(at)).collect();
    let mut values: Vec<String> = used
        .iter()
        .map(|code| texts.text(*code).to_string())
        .collect();
    values.sort();
    let short = |value: &String| {
        value.starts_with(char::is_alphabetic) && normal(value).split(' ').count() <= WORDS
    };
    let few = values.len() <= VALUES && column.present() >= 2 * values.len();
    if few && values.iter().all(short) {
        values
    } else {
        Vec::new()
    }
}

fn labels_of_value(graph: &Graph, column: &Column, value: &str) -> Vec<String> {
    let has = |at: &usize| column.text(*at).is_some_and(|text| **text == *value);
    let sets = column
        .indices()
        .filter(has)
        .map(|at| graph.labels_of(crate::value::NodeId(at as u32)))
        .collect();
    names_of_labels(graph, sets)
}
