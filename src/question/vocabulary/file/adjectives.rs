//! Adjectives of a file: a single one, one per name at the end of a pattern, or one per value of a key.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{
    check::Checker,
    entry::{AdjectiveEntry, Placed},
};
use crate::{
    graph::Column,
    question::vocabulary::{
        Adjective, Attribute, Noun, NounId, Vocabulary,
        pattern::{ends, expression, key_of, labels, literal, quoted},
        phrases::Entry,
    },
    syntax::ast::{Expr, PatternElement},
    value::NodeId,
};

pub(super) fn adjective(
    vocabulary: &mut Vocabulary,
    checker: &mut Checker<'_>,
    entry: Spanned<AdjectiveEntry>,
) {
    let at = &entry;
    let entry = entry.get_ref();
    match (&entry.pattern, &entry.names, &entry.values, &entry.key) {
        (Some(pattern), None, None, None) if !entry.words.is_empty() => {
            if let Some(pattern) = checker.pattern(pattern) {
                push(vocabulary, pattern, &entry.words);
            }
        }
        (None, Some(names), None, None) => of_names(vocabulary, checker, names),
        (None, None, Some(values), Some(key)) => of_values(vocabulary, checker, values, key),
        _ => checker.problem(
            at,
            "expected `words` and `pattern`, or `names`, or `values` and `key`, in `[[adjectives]]`",
        ),
    }
}

fn push(vocabulary: &mut Vocabulary, pattern: PatternElement, words: &[String]) {
    let adjective = Adjective {
        words: words[0].clone(),
        labels: labels(ends(&pattern).0),
        pattern,
    };
    vocabulary.push_adjective(adjective, words);
}

/// Adds an adjective for each entity that can be the end of the pattern.
fn of_names(vocabulary: &mut Vocabulary, checker: &mut Checker<'_>, text: &Placed) {
    let Some(pattern) = checker.pattern(text) else {
        return;
    };
    let Some(key) = vocabulary.display.clone() else {
        return checker.problem(text, "expected a graph with a key that shows names");
    };
    let graph = checker.graph;
    let Some(column) = graph
        .catalog()
        .key(&key)
        .and_then(|key| graph.node_column(key))
    else {
        return;
    };
    for name in texts(checker, column, &labels(ends(&pattern).1)) {
        let mut pattern = pattern.clone();
        let last = pattern
            .steps
            .last_mut()
            .map_or(&mut pattern.start, |(_, node)| node);
        let condition = format!("{{{}: {}}}", quoted(&key), literal(&name));
        last.properties = Some(made(&condition));
        push(vocabulary, pattern, &[name]);
    }
}

/// Adds an adjective for each value of a key of the first node of the pattern.
fn of_values(vocabulary: &mut Vocabulary, checker: &mut Checker<'_>, text: &Placed, key: &Placed) {
    let (Some(pattern), true) = (checker.pattern(text), checker.key(key)) else {
        return;
    };
    let Some(variable) = pattern.start.variable.clone() else {
        return checker.problem(
            text,
            "expected a variable in the first node, such as `(x:Course)`",
        );
    };
    let graph = checker.graph;
    let Some(column) = graph
        .catalog()
        .key(key.get_ref())
        .and_then(|key| graph.node_column(key))
    else {
        return;
    };
    for value in texts(checker, column, &labels(&pattern.start)) {
        let mut pattern = pattern.clone();
        let condition = format!("{variable}.{} = {}", quoted(key.get_ref()), literal(&value));
        pattern.start.predicate = Some(and(pattern.start.predicate.take(), &condition));
        push(vocabulary, pattern, &[value]);
    }
}

/// Adds a noun for each value of an attribute: `principal` for the role of that name.
pub(super) fn nouns_of_values(
    vocabulary: &mut Vocabulary,
    checker: &mut Checker<'_>,
    attribute: &Attribute,
    place: &Placed,
) {
    let Some(label) = attribute.labels.first() else {
        return checker.problem(
            place,
            "expected a label in the first node of the pattern, since `values` makes nouns",
        );
    };
    for value in values(checker, &attribute.pattern, &attribute.value) {
        let condition = format!("{} = {}", attribute.value, literal(&value));
        let mut pattern = attribute.pattern.clone();
        constrain(&mut pattern, &attribute.value, &condition);
        let id = NounId(vocabulary.nouns.len() as u32);
        vocabulary.nouns.push(Noun {
            plural: crate::question::inflect::plurals(&value).swap_remove(0),
            singular: value.clone(),
            label: label.clone(),
            pattern: Some(pattern),
            shows: Vec::new(),
            numbered: None,
            order: None,
        });
        vocabulary.say_noun(&value, None, Entry::Noun(id));
    }
}

/// Adds a condition to the part of a pattern whose variable an expression uses.
fn constrain(pattern: &mut PatternElement, value: &Expr, condition: &str) {
    let variable = value.children().into_iter().next().map(ToString::to_string);
    let is_it = |name: &Option<crate::syntax::ast::Name>| {
        name.as_ref().map(|name| &name.text) == variable.as_ref()
    };
    for (step, node) in &mut pattern.steps {
        if is_it(&step.variable) {
            step.predicate = Some(and(step.predicate.take(), condition));
            return;
        }
        if is_it(&node.variable) {
            node.predicate = Some(and(node.predicate.take(), condition));
            return;
        }
    }
    pattern.start.predicate = Some(and(pattern.start.predicate.take(), condition));
}

/// The strings of an expression over a pattern in the graph, by the key that it reads.
pub(super) fn values(checker: &Checker<'_>, pattern: &PatternElement, value: &Expr) -> Vec<String> {
    let graph = checker.graph;
    let Some(key) = key_of(value).and_then(|key| graph.catalog().key(key)) else {
        return Vec::new();
    };
    let column = match super::declare::is_of_relationship(pattern, value) {
        true => graph.edge_column(key),
        false => graph.node_column(key),
    };
    let Some(column) = column else {
        return Vec::new();
    };
    let found: BTreeSet<&str> = column
        .indices()
        .filter_map(|at| column.text(at))
        .map(|text| &**text)
        .collect();
    found.into_iter().map(str::to_owned).collect()
}

/// The distinct strings of a column for nodes with one of some labels.
fn texts(checker: &Checker<'_>, column: &Column, labels: &[String]) -> Vec<String> {
    let graph = checker.graph;
    let labels: Vec<_> = labels
        .iter()
        .filter_map(|label| graph.catalog().label(label))
        .collect();
    let fits = |at: &usize| {
        let node = NodeId(u32::try_from(*at).unwrap_or(u32::MAX));
        labels.is_empty() || labels.iter().any(|label| graph.has_label(node, *label))
    };
    let texts = column
        .indices()
        .filter(fits)
        .filter_map(|at| column.text(at));
    let distinct: BTreeSet<&str> = texts.map(|text| &**text).collect();
    distinct.into_iter().map(str::to_owned).collect()
}

fn and(before: Option<Expr>, condition: &str) -> Expr {
    match before {
        Some(before) => made(&format!("({before}) AND {condition}")),
        None => made(condition),
    }
}

fn made(text: &str) -> Expr {
    expression(text).expect("quoted names and literals make an expression")
}
