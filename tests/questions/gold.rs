//! The fifty gold questions, from `../shared/gold-questions.md`: their wording and the rows expected.

use std::path::Path;

use serde_json::Value as Json;

use crate::table::Table;

/// A question of the file.
pub(crate) struct Gold {
    /// `O07`
    pub(crate) id: String,
    /// In plain English.
    pub(crate) question: String,
    pub(crate) expected: Table,
}

/// The questions; nothing where the file is absent.
pub(crate) fn gold() -> Vec<Gold> {
    let path = Path::new("../shared/gold-questions.md");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the gold questions are not at {}", path.display());
        return Vec::new();
    };
    let gold: Vec<Gold> = text.split("\n### ").skip(1).map(section).collect();
    assert_eq!(gold.len(), 50, "the file holds fifty questions");
    gold
}

fn section(text: &str) -> Gold {
    let id = text.split_whitespace().next().unwrap_or_default();
    let question = text
        .lines()
        .find_map(|line| line.strip_prefix("**")?.strip_suffix("**"))
        .unwrap_or_else(|| panic!("{id} has a question"));
    let (_, rest) = text.split_once("```json\n").expect("rows are given");
    let (rows, _) = rest.split_once("```").expect("the rows end");
    let rows: Json = serde_json::from_str(rows).expect("the rows are JSON");
    let read = |key: &str| serde_json::from_value(rows[key].clone());
    Gold {
        id: id.to_owned(),
        question: question.to_owned(),
        expected: Table::new(
            read("columns").expect("columns are texts"),
            serde_json::from_value(rows["rows"].clone()).expect("rows are lists"),
        ),
    }
}
