//! Words that the graph itself gives: for labels, types, keys and small value sets that no file declares.

mod attributes;
mod names;
mod types;

use crate::{
    graph::Graph,
    question::vocabulary::{Noun, NounId, Vocabulary, phrases::Entry},
    question::{inflect, word::normal},
    value::{LabelId, TypeId},
};

pub(super) use self::{
    attributes::{key_of, value_kind},
    names::name_keys,
};

/// Adds the words of the graph to the declared words.
pub(super) fn complete(vocabulary: &mut Vocabulary, graph: &Graph) {
    nouns(vocabulary, graph);
    types::verbs(vocabulary, graph);
    attributes::attributes(vocabulary, graph);
    attributes::adjectives(vocabulary, graph);
    people(vocabulary);
}

/// Adds a noun for each label, also if other nouns are declared for it.
fn nouns(vocabulary: &mut Vocabulary, graph: &Graph) {
    let labels = graph.catalog().labels();
    let used: Vec<String> = labels
        .filter(|(label, _)| graph.stats().label_in_use(*label))
        .map(|(_, name)| name.to_string())
        .collect();
    for label in used {
        let words = inflect::parts(&label).join(" ");
        if normal(&words).is_empty() {
            continue;
        }
        let plain = |noun: &Noun| noun.label == label && noun.pattern.is_none();
        let id = match vocabulary.nouns.iter().position(plain) {
            Some(at) => NounId(at as u32),
            None => vocabulary.push_noun(&words, &label),
        };
        vocabulary.say_noun(&words, None, Entry::Noun(id));
    }
}

/// Finds the labels of people by their words, unless a file declares `who`.
fn people(vocabulary: &mut Vocabulary) {
    const PEOPLE: &[&str] = &[
        "person", "people", "human", "user", "member", "employee", "customer", "author", "actor",
        "student", "teacher", "player", "patient", "contact",
    ];
    if vocabulary.who.is_empty() {
        let nouns = vocabulary.nouns.iter();
        let people = nouns.filter(|noun| PEOPLE.contains(&&*noun.singular.to_lowercase()));
        vocabulary.who = people.map(|noun| noun.label.clone()).collect();
        vocabulary.who.dedup();
    }
}

/// The labels at one end of the relationships of a type.
fn labels_at(graph: &Graph, kind: TypeId, source: bool) -> Vec<String> {
    let triples = graph.stats().triples();
    let ends = triples.filter(|(_, ty, ..)| *ty == kind);
    let mut labels: Vec<LabelId> = ends
        .map(|(from, _, to, _)| if source { from } else { to })
        .collect();
    labels.sort_unstable();
    labels.dedup();
    let name = |label| graph.catalog().label_name(label).to_string();
    labels.into_iter().map(name).collect()
}
