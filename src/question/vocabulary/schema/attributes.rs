//! Attributes for keys.

use rustc_hash::FxHashSet;

use super::{
    kind::{dates_of, value_kind},
    labels_at, times,
};
use crate::{
    graph::{Column, Graph},
    question::{
        inflect::{parts, singulars},
        vocabulary::{
            Attribute, Vocabulary,
            pattern::{expression, key_of, made, quoted},
        },
        word::normal,
    },
    value::LabelId,
};

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
        of_event: dates.is_some() && times::is_event(key),
        of_verb: Vec::new(),
        says: None,
    };
    // `five stars`, `one star`
    let mut said = match words.contains(' ') {
        false => singulars(&words),
        true => Vec::new(),
    };
    said.insert(0, words);
    vocabulary.push_attribute(attribute, &said);
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
pub(super) fn labels_with(graph: &Graph, column: &Column) -> Vec<String> {
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

pub(super) fn is_citation(vocabulary: &Vocabulary, key: &str) -> bool {
    let Some(citations) = &vocabulary.citations else {
        return false;
    };
    let keys = [&citations.document, &citations.from, &citations.to];
    let further = [&citations.basis, &citations.note];
    keys.into_iter()
        .chain(further.into_iter().flatten())
        .any(|name| name == key)
}

pub(super) fn labels_of_value(graph: &Graph, column: &Column, value: &str) -> Vec<String> {
    let has = |at: &usize| column.text(*at).is_some_and(|text| **text == *value);
    let sets = column
        .indices()
        .filter(has)
        .map(|at| graph.labels_of(crate::value::NodeId(at as u32)))
        .collect();
    names_of_labels(graph, sets)
}
