//! Finds the name keys of a graph whose manifest does not give them.

use crate::{
    graph::{Column, Graph},
    question::{
        inflect::parts,
        vocabulary::{NameKeys, names::is_unique},
    },
    value::{KeyId, Kind},
};

/// Common name keys, best first, compared without case and underscores.
const CUSTOM: &[&str] = &[
    "name",
    "title",
    "displayname",
    "fullname",
    "label",
    "preflabel",
    "username",
    "heading",
    "caption",
];

/// Common keys for further names.
const FURTHER: &[&str] = &[
    "altnames",
    "alternativenames",
    "aliases",
    "alias",
    "altlabel",
    "synonyms",
    "nickname",
    "shortname",
    "abbreviation",
    "acronym",
    "code",
];

/// Common last words of keys that identify entities, best first.
const IDENTIFYING: &[&str] = &[
    "number",
    "no",
    "nr",
    "code",
    "reference",
    "ref",
    "key",
    "sku",
    "isbn",
    "issn",
    "doi",
    "id",
    "identifier",
    "uuid",
];

/// The labels without any of the name keys, each with a key of its own: a common name key, else one that identifies its
/// entities.
pub(in crate::question::vocabulary) fn own_keys(
    graph: &Graph,
    names: &NameKeys,
) -> Vec<(String, String)> {
    let stats = graph.stats();
    let mut own = Vec::new();
    for (label, name) in graph.catalog().labels() {
        let has = |key: &String| {
            let key = graph.catalog().key(key);
            key.is_some_and(|key| stats.with_key(Some(label), key) > 0)
        };
        if !stats.label_in_use(label) || names.keys.iter().any(has) {
            continue;
        }
        let all = stats.nodes(Some(label));
        let keys = graph.catalog().keys().filter_map(|(key, name)| {
            let whole = stats.with_key(Some(label), key) == all;
            Some((rank(name)?, name.to_string(), key)).filter(|_| whole)
        });
        let mut keys: Vec<_> = keys.collect();
        keys.sort();
        let fits = |(rank, _, key): &&(usize, String, KeyId)| {
            *rank < CUSTOM.len() || is_unique(graph, label, *key)
        };
        let found = keys.iter().find(fits);
        own.extend(found.map(|(_, key, _)| (name.to_string(), key.clone())));
    }
    own
}

/// The rank of a key: common name keys first, then identifying keys.
fn rank(key: &str) -> Option<usize> {
    let plain = key.to_lowercase().replace('_', "");
    let last = parts(key).pop()?.to_lowercase();
    let name = CUSTOM.iter().position(|name| *name == plain);
    let number = || IDENTIFYING.iter().position(|word| *word == last);
    name.or_else(|| Some(CUSTOM.len() + number()?))
}

/// The name keys: the common ones, else the key whose values look most like names.
pub(in crate::question::vocabulary) fn name_keys(graph: &Graph) -> NameKeys {
    let mut keys = custom(graph, CUSTOM);
    if keys.is_empty() {
        keys.extend(most_like_names(graph));
    }
    let display = keys.first().cloned();
    keys.extend(custom(graph, FURTHER));
    NameKeys {
        display,
        keys,
        hidden: Vec::new(),
    }
}

fn custom(graph: &Graph, list: &[&str]) -> Vec<String> {
    let rank = |key: &str| {
        let plain = key.to_lowercase().replace('_', "");
        list.iter().position(|name| *name == plain)
    };
    let mut found: Vec<(usize, String)> = graph
        .catalog()
        .keys()
        .filter(|(key, _)| {
            graph
                .node_column(*key)
                .is_some_and(|column| column.present() > 0)
        })
        .filter_map(|(_, name)| Some((rank(name)?, name.to_string())))
        .collect();
    found.sort();
    found.into_iter().map(|(_, key)| key).collect()
}

/// The key with the most distinct short strings that look like names.
fn most_like_names(graph: &Graph) -> Option<String> {
    let keys = graph.catalog().keys();
    let scored = keys.filter_map(|(key, name)| Some((likeness(graph.node_column(key)?)?, name)));
    // The first of ties.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, name)| name.to_string())
}

/// The number of distinct strings of a column; `None` if a sample of them does not look like names.
fn likeness(column: &Column) -> Option<usize> {
    const SAMPLE: usize = 100;
    if column.kind() != Some(Kind::String) || column.present() == 0 {
        return None;
    }
    let (_, texts) = column.codes()?;
    let like_a_name = |text: &str| {
        let capital = text.starts_with(char::is_uppercase);
        capital && text.len() <= 60 && !text.contains("://") && !text.contains('@')
    };
    let sample = texts.len().min(SAMPLE);
    let names = texts
        .texts()
        .take(SAMPLE)
        .filter(|text| like_a_name(text))
        .count();
    (names * 2 > sample).then_some(texts.len())
}
