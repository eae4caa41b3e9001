//! The vocabulary of the built-in graph covers everything in the graph, and nothing else.

use std::collections::BTreeSet;

use relata::Database;
use toml::{Table, Value};

const FILE: &str = "graph-data/connected-practice/vocabulary.toml";

/// Properties that are asked for although no entity has them: the period of use of a model.
const NEVER_GIVEN: &[&str] = &["u.period"];

fn vocabulary() -> Table {
    let text = std::fs::read_to_string(FILE).expect("the file is there");
    text.parse().expect("the file is TOML")
}

fn entries<'a>(vocabulary: &'a Table, kind: &str) -> impl Iterator<Item = &'a Table> {
    let entries = vocabulary[kind].as_array().expect("entries are a list");
    entries.iter().filter_map(Value::as_table)
}

fn texts<'a>(entry: &'a Table, key: &str) -> Vec<&'a str> {
    match entry.get(key) {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Every pattern in the file, with a value for it.
fn patterns(vocabulary: &Table) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for kind in ["nouns", "adjectives", "attributes"] {
        for entry in entries(vocabulary, kind) {
            let value = texts(entry, "value")
                .first()
                .map_or("1", |value| *value)
                .to_owned();
            let patterns = ["pattern", "names", "values"]
                .iter()
                .flat_map(|key| texts(entry, key));
            found.extend(patterns.map(|pattern| (pattern.to_owned(), value.clone())));
        }
    }
    for verb in entries(vocabulary, "verbs") {
        let wide = verb.get("wide").and_then(Value::as_array);
        let wide = wide
            .into_iter()
            .flatten()
            .filter_map(|sense| sense.get("pattern")?.as_str());
        let patterns = texts(verb, "senses").into_iter().chain(wide);
        found.extend(patterns.map(|pattern| (pattern.to_owned(), "1".to_owned())));
    }
    found
}

#[test]
fn every_pattern_is_met_by_something() {
    let mut database = Database::connected_practice();
    for (pattern, value) in patterns(&vocabulary()) {
        let query = format!("MATCH {pattern} RETURN count({value}) AS met");
        let answer = database.query(query).run();
        let answer = answer.unwrap_or_else(|error| panic!("{pattern}: {error}"));
        let met: i64 = answer
            .single()
            .expect("a count")
            .get("met")
            .expect("a number");
        let expected = !NEVER_GIVEN.contains(&value.as_str());
        assert_eq!(met > 0, expected, "{pattern} {value}");
    }
}

#[test]
fn every_label_and_type_has_a_word() {
    let vocabulary = vocabulary();
    let schema = Database::connected_practice().schema();
    let nouns: BTreeSet<&str> = entries(&vocabulary, "nouns")
        .flat_map(|noun| texts(noun, "label"))
        .collect();
    for label in &schema.labels {
        assert!(nouns.contains(&*label.name), "{} has no noun", label.name);
    }
    let patterns: Vec<String> = patterns(&vocabulary)
        .into_iter()
        .map(|(pattern, _)| pattern)
        .collect();
    for ty in &schema.types {
        let spoken = |pattern: &String| {
            [":", "|"].iter().any(|before| {
                ["]", "*", " "]
                    .iter()
                    .any(|after| pattern.contains(&format!("{before}{}{after}", ty.name)))
            })
        };
        assert!(patterns.iter().any(spoken), "{} has no verb", ty.name);
    }
}

#[test]
fn every_further_name_leads_to_something() {
    let mut database = Database::connected_practice();
    for synonym in entries(&vocabulary(), "synonyms") {
        let name = texts(synonym, "of")[0];
        let label = texts(synonym, "label")
            .first()
            .map_or(String::new(), |label| format!(":{label}"));
        let query = format!("MATCH (x{label} {{name: $name}}) RETURN count(x) AS met");
        let answer = database.query(query).param("name", name).run();
        let met: i64 = answer
            .expect("it runs")
            .single()
            .expect("a count")
            .get("met")
            .expect("a number");
        assert!(met > 0, "{name}");
    }
}
