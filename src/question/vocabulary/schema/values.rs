//! Words for values: adjectives for booleans and for short values of a key, nouns for kinds.

use rustc_hash::FxHashSet;

use super::{
    Derived,
    attributes::{is_citation, labels_of_value, labels_with},
    is_person,
};
use crate::{
    graph::{Column, Graph},
    question::{
        inflect::{parts, plurals},
        vocabulary::{
            Adjective, Vocabulary,
            pattern::{literal, made, quoted},
            phrases::Entry,
        },
        word::normal,
    },
    value::LabelId,
};

/// Maximum number of values of a key, and of words per value, for the values to become words.
const VALUES: usize = 60;
const WORDS: usize = 4;
/// The same for a key that does not classify by its name.
const FEW: usize = 12;
const SHORT: usize = 3;

/// Last words of keys and of labels that say what kind of entity one is: their values are nouns.
const KINDS: &[&str] = &[
    "category",
    "class",
    "cuisine",
    "format",
    "genre",
    "kind",
    "profession",
    "species",
    "subtype",
    "type",
    "occupation",
];

/// Last words of keys that classify in other ways: their values are adjectives.
const CLASSES: &[&str] = &[
    "brand",
    "color",
    "colour",
    "condition",
    "department",
    "edition",
    "gender",
    "grade",
    "industry",
    "level",
    "manufacturer",
    "material",
    "medium",
    "mode",
    "party",
    "phase",
    "position",
    "priority",
    "publisher",
    "rank",
    "religion",
    "role",
    "season",
    "sector",
    "segment",
    "severity",
    "sex",
    "shape",
    "size",
    "stage",
    "state",
    "status",
    "style",
    "team",
    "tier",
    "topic",
];

/// Last words of keys with places, with languages, and with origins: `in the United Kingdom`, `in English`.
const PLACES: &[&str] = &[
    "city",
    "continent",
    "country",
    "county",
    "district",
    "location",
    "nation",
    "place",
    "province",
    "region",
    "state",
    "town",
];
const LANGUAGES: &[&str] = &["language", "lang"];
const ORIGINS: &[&str] = &["birthplace", "country", "hometown", "nationality", "origin"];

/// Adds words for the values of all keys of nodes.
pub(super) fn words(vocabulary: &mut Vocabulary, derived: &Derived, graph: &Graph) {
    for (key, name) in graph.catalog().keys() {
        let Some(column) = graph.node_column(key).filter(|column| column.present() > 0) else {
            continue;
        };
        let keys = &vocabulary.names.keys.keys;
        if keys.iter().any(|names| **names == **name) || is_citation(vocabulary, name) {
            continue;
        }
        if column.booleans().is_some() {
            boolean(vocabulary, derived, graph, column, name);
        }
        let last = parts(name).pop().unwrap_or_default().to_lowercase();
        for value in small_set(column, &last) {
            let labels = labels_of_value(graph, column, &value);
            // The name of an entity stands for the entity.
            if is_name(vocabulary, graph, &value) {
                continue;
            }
            let condition = format!("(x WHERE x.{} = {})", quoted(name), literal(&value));
            adjective(vocabulary, &value, &condition, labels.clone());
            with_preposition(vocabulary, derived, &value, &last);
            if KINDS.contains(&last.as_str()) {
                noun(vocabulary, derived, &value, name, &labels);
            }
        }
        in_stock(vocabulary, derived, graph, column, name);
    }
    neighbours(vocabulary, derived, graph);
}

/// An adjective for a boolean key; for a key that names people, such as `student`, also a noun.
fn boolean(
    vocabulary: &mut Vocabulary,
    derived: &Derived,
    graph: &Graph,
    column: &Column,
    name: &str,
) {
    let condition = format!("(x WHERE x.{} = true)", quoted(name));
    let words = parts(name);
    let words = match words.as_slice() {
        [first, rest @ ..] if first == "is" && !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    };
    let labels = labels_with(graph, column);
    if is_person(&words) {
        for label in &labels {
            let pattern = format!("(x:{} WHERE x.{} = true)", quoted(label), quoted(name));
            push_noun(vocabulary, derived, &words, label, &pattern, true);
        }
    }
    adjective(vocabulary, &words, &condition, labels);
}

/// Adds an adjective, unless entities of one of the labels have it with another meaning.
fn adjective(vocabulary: &mut Vocabulary, words: &str, condition: &str, labels: Vec<String>) {
    let phrase = normal(words);
    let has = |entry: &Entry| match entry {
        Entry::Adjective(id) => {
            let others = &vocabulary.adjectives[id.0 as usize].labels;
            others.is_empty() || labels.iter().any(|label| others.contains(label))
        }
        _ => false,
    };
    if phrase.is_empty() || vocabulary.phrases.get(&phrase).iter().any(has) {
        return;
    }
    let adjective = Adjective {
        words: words.to_owned(),
        pattern: made(condition),
        labels,
    };
    vocabulary.push_adjective(adjective, &[words.to_owned()]);
}

/// `in English`, `in the United Kingdom`, `from Norway`: the adjective after a preposition.
fn with_preposition(vocabulary: &mut Vocabulary, derived: &Derived, value: &str, last: &str) {
    let entries = vocabulary.phrases.get(&normal(value)).to_vec();
    let is_one = |words: &[&str]| words.contains(&last);
    let mut prepositions: Vec<&str> = Vec::new();
    if is_one(PLACES) {
        prepositions.extend(["in", "in the", "based in", "based in the", "located in"]);
    }
    if is_one(ORIGINS) || is_one(PLACES) {
        prepositions.extend(["from", "from the"]);
    }
    if is_one(LANGUAGES) {
        prepositions.push("in");
        derived.add_all(vocabulary, &format!("{value} language"), &entries);
    }
    for preposition in prepositions {
        derived.add_all(vocabulary, &format!("{preposition} {value}"), &entries);
    }
}

impl Derived {
    /// Adds the adjectives among the meanings of a phrase to another phrase.
    fn add_all(&self, vocabulary: &mut Vocabulary, phrase: &str, entries: &[Entry]) {
        for entry in entries {
            if matches!(entry, Entry::Adjective(_)) {
                self.add(vocabulary, phrase, *entry);
            }
        }
    }
}

/// `journals`: a noun for the entities of a kind.
fn noun(vocabulary: &mut Vocabulary, derived: &Derived, value: &str, key: &str, labels: &[String]) {
    for label in labels {
        let key = quoted(key);
        let pattern = format!("(x:{} WHERE x.{key} = {})", quoted(label), literal(value));
        push_noun(vocabulary, derived, value, label, &pattern, true);
    }
}

/// Adds a noun with a condition, unless its words are in use.
fn push_noun(
    vocabulary: &mut Vocabulary,
    derived: &Derived,
    words: &str,
    label: &str,
    pattern: &str,
    singular: bool,
) {
    let is_plain = words
        .chars()
        .all(|sign| sign.is_alphabetic() || sign == ' ' || sign == '-');
    if !is_plain || vocabulary.has_noun(words) || derived.declared.contains(&normal(words)) {
        return;
    }
    let lower = words.to_lowercase();
    let id = vocabulary.push_noun(&lower, label);
    vocabulary.nouns[id.0 as usize].pattern = Some(made(pattern));
    if singular {
        vocabulary.phrases.add(&lower, Entry::Noun(id));
    }
    for plural in plurals(&lower)
        .into_iter()
        .filter(|plural| *plural != lower)
    {
        vocabulary.phrases.add(&plural, Entry::Noun(id));
    }
}

/// `documentaries` for the films of the genre `Documentary`: nouns for the entities with a classifying neighbour. The
/// name in the singular stays the neighbour itself.
fn neighbours(vocabulary: &mut Vocabulary, derived: &Derived, graph: &Graph) {
    let catalog = graph.catalog();
    for (from, kind, to) in vocabulary.triples.clone() {
        let label = catalog.label_name(to).to_string();
        let last = parts(&label).pop().unwrap_or_default().to_lowercase();
        if !KINDS.contains(&last.as_str()) || graph.nodes_with_label(to).len() > VALUES as u64 {
            continue;
        }
        let from = catalog.label_name(from).to_string();
        let kind = catalog.type_name(kind).to_string();
        for (key, name) in names_in(vocabulary, graph, to, &label) {
            let pattern = format!(
                "(x:{})-[:{}]->(:{} {{{}: {}}})",
                quoted(&from),
                quoted(&kind),
                quoted(&label),
                quoted(&key),
                literal(&name)
            );
            push_noun(vocabulary, derived, &name, &from, &pattern, false);
        }
    }
}

/// The names of the entities of a label, with their key.
fn names_in(
    vocabulary: &Vocabulary,
    graph: &Graph,
    label: LabelId,
    name: &str,
) -> Vec<(String, String)> {
    let Some(key) = vocabulary.display_of(graph, name) else {
        return Vec::new();
    };
    let column = graph
        .catalog()
        .key(key)
        .and_then(|key| graph.node_column(key));
    let nodes = graph.nodes_with_label(label).iter();
    let texts = nodes.filter_map(|node| Some(column?.text(node as usize)?.to_string()));
    let short = texts.filter(|text| normal(text).split(' ').count() <= WORDS);
    short.map(|text| (key.to_owned(), text)).collect()
}

/// `in stock`, `out of stock`, for a key with the number of what is there.
fn in_stock(
    vocabulary: &mut Vocabulary,
    derived: &Derived,
    graph: &Graph,
    column: &Column,
    name: &str,
) {
    const STOCKS: &[&str] = &["stock", "inventory", "instock", "quantityinstock", "onhand"];
    let plain = name.to_lowercase().replace('_', "");
    if column.ints().is_none() || !STOCKS.contains(&plain.as_str()) {
        return;
    }
    for (words, sign) in [
        ("in stock", ">"),
        ("available", ">"),
        ("out of stock", "="),
        ("sold out", "="),
    ] {
        if !derived.declared.contains(words) {
            let condition = format!("(x WHERE x.{} {sign} 0)", quoted(name));
            adjective(vocabulary, words, &condition, labels_with(graph, column));
        }
    }
}

/// True if an entity has a text as its name.
fn is_name(vocabulary: &Vocabulary, graph: &Graph, text: &str) -> bool {
    let keys = vocabulary.names.keys.keys.iter();
    let columns = keys.filter_map(|key| graph.node_column(graph.catalog().key(key)?));
    columns
        .into_iter()
        .any(|column| column.code_of(text).is_some())
}

/// The values of a column if they are few, short and used at least twice on average; if the key classifies by its name,
/// they may be more. Otherwise empty.
fn small_set(column: &Column, last: &str) -> Vec<String> {
    let classifies = [KINDS, CLASSES, PLACES, LANGUAGES, ORIGINS]
        .iter()
        .any(|words| words.contains(&last));
    let (most, words) = match classifies {
        true => (VALUES, WORDS),
        false => (FEW, SHORT),
    };
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
        value.starts_with(char::is_alphabetic) && normal(value).split(' ').count() <= words
    };
    let often = classifies || column.present() >= 2 * values.len();
    match values.len() <= most && often {
        true if classifies => values.into_iter().filter(short).collect(),
        true if values.iter().all(short) => values,
        _ => Vec::new(),
    }
}
