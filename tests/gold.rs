//! The fifty gold questions on the built-in graph, with and without its overlay, give exactly the expected rows.
//!
//! They are read from `../shared/gold-questions.md`; without that file the test prints a note and passes.

use std::path::Path;

use relata::{Database, Format, Layout, OpenOptions};
use serde_json::Value as Json;

/// A question of the file.
struct Question<'a> {
    id: &'a str,
    query: &'a str,
    expected: Json,
    any_order: bool,
}

#[test]
fn every_gold_question_has_its_rows() {
    let Some(text) = gold() else { return };
    let mut plain = Database::connected_practice();
    let overlaid = OpenOptions::new().overlay("external").connected_practice();
    let mut overlaid = overlaid.expect("the overlay is well-formed");
    let questions = questions(&text);
    assert_eq!(questions.len(), 50, "the file holds fifty questions");
    let mut wrong = Vec::new();
    for question in &questions {
        for (name, database) in [("plain", &mut plain), ("with overlay", &mut overlaid)] {
            if let Err(problem) = check(question, database) {
                wrong.push(format!("{} ({name}): {problem}", question.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn gold() -> Option<String> {
    let path = Path::new("../shared/gold-questions.md");
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped: the gold questions are not at {}", path.display());
    }
    text
}

fn questions(text: &str) -> Vec<Question<'_>> {
    text.split("\n### ").skip(1).filter_map(question).collect()
}

fn question(section: &str) -> Option<Question<'_>> {
    let id = section.split_whitespace().next()?;
    let query = fenced(section, "cypher")?;
    let expected =
        serde_json::from_str(fenced(section, "json")?).expect("the expected rows are JSON");
    let after = section.rsplit("```").next().unwrap_or_default();
    Some(Question {
        id,
        query,
        expected,
        any_order: after.to_lowercase().contains("order is free"),
    })
}

fn fenced<'a>(section: &'a str, language: &str) -> Option<&'a str> {
    let (_, rest) = section.split_once(&format!("```{language}\n"))?;
    Some(rest.split_once("```")?.0)
}

fn check(question: &Question<'_>, database: &mut Database) -> Result<(), String> {
    let answer = database
        .query(question.query)
        .run()
        .map_err(|error| error.to_string())?;
    let columns: Vec<String> = answer.columns().iter().map(ToString::to_string).collect();
    let expected_columns: Vec<String> =
        serde_json::from_value(question.expected["columns"].clone()).unwrap_or_default();
    if columns != expected_columns {
        return Err(format!(
            "expected columns {expected_columns:?}, got {columns:?}"
        ));
    }
    let mut bytes = Vec::new();
    Format::find("jsonl")
        .expect("there is such a format")
        .write(&answer, Layout::default(), &mut bytes)
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let rows = text.lines().map(|line| {
        let row: Json = serde_json::from_str(line).expect("a row is written as JSON");
        Json::Array(
            columns
                .iter()
                .map(|column| number(row[column].clone()))
                .collect(),
        )
    });
    let mut rows: Vec<Json> = rows.collect();
    let expected = question.expected["rows"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let mut expected: Vec<Json> = expected
        .into_iter()
        .map(|row| {
            Json::Array(
                row.as_array()
                    .cloned()
                    .unwrap_or_default()
                    .into_iter()
                    .map(number)
                    .collect(),
            )
        })
        .collect();
    if question.any_order {
        rows.sort_by_key(ToString::to_string);
        expected.sort_by_key(ToString::to_string);
    }
    if rows == expected {
        Ok(())
    } else {
        Err(format!(
            "expected\n{}\ngot\n{}",
            list(&expected),
            list(&rows)
        ))
    }
}

/// An integer and the equal float become the same number.
fn number(value: Json) -> Json {
    match &value {
        Json::Number(number) => number.as_f64().map_or(value.clone(), Json::from),
        Json::Array(items) => Json::Array(items.iter().cloned().map(number).collect()),
        _ => value,
    }
}

fn list(rows: &[Json]) -> String {
    rows.iter().map(|row| format!("  {row}\n")).collect()
}
