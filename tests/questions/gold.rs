//! The fifty gold questions, from `../shared/gold-questions.md`: their wording and the expected rows.

use std::path::Path;

use relata::Database;
use serde_json::Value as Json;

use crate::{
    judge::{ask, judge},
    set::Expected,
    table::Table,
};

/// A gold question.
pub(crate) struct Gold {
    /// `O07`
    pub(crate) id: String,
    /// The wording in plain English.
    pub(crate) question: String,
    pub(crate) expected: Table,
}

/// The questions; empty if the file is absent.
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

/// Questions that are not understood as worded: the id, a word that the error must name, and a wording that works. At
/// most five.
const REWORDED: &[(&str, &str, &str)] = &[
    (
        "O26",
        "left",
        "how many authorities work with a concept for each DfE funding according to the overview",
    ),
    (
        "O33",
        "sessions",
        "which event includes a presentation that East Sussex gives and a presentation that presents Signs of Safety",
    ),
    (
        "O39",
        "matrix",
        "which models or approaches does each authority work with according to the overview",
    ),
];

/// What the explanation of an empty answer must name.
const REASONS: &[(&str, &str)] = &[
    ("O45", "KSS 4"),
    ("O46", "Permanence"),
    ("O47", "declined"),
    ("O48", "deadline"),
    ("O49", "DfE"),
    ("O50", "credits"),
];

impl Gold {
    /// The wording to ask: its own, or the replacement.
    pub(crate) fn wording(&self) -> &str {
        self.reworded()
            .map_or(&self.question, |(_, wording)| wording)
    }

    fn reworded(&self) -> Option<(&'static str, &'static str)> {
        let found = REWORDED.iter().find(|(id, ..)| *id == self.id)?;
        Some((found.1, found.2))
    }

    /// Checks the answer. The error says how it differs from the expected one.
    pub(crate) fn judge(&self, database: &mut Database) -> Result<(), String> {
        assert!(
            REWORDED.len() <= 5,
            "forty-five are asked as they are worded"
        );
        if let Some((named, _)) = self.reworded() {
            match ask(database, &self.question) {
                Err(refusal) if refusal.contains(named) => {}
                Err(refusal) => {
                    return Err(format!("the refusal does not name {named}: {refusal}"));
                }
                Ok(reply) => return Err(format!("it is read: {}", reply.interpretation)),
            }
        }
        if self.expected.rows.is_empty() {
            return self.judge_reason(database);
        }
        judge(database, self.wording(), &self.expected, Expected::Rows)
    }

    fn judge_reason(&self, database: &mut Database) -> Result<(), String> {
        let reply = ask(database, self.wording())?;
        let explanation = reply.why_empty.as_ref();
        let reasons = explanation
            .map(|explanation| explanation.sentences().join("\n"))
            .unwrap_or_default();
        let reason = REASONS.iter().find(|(id, _)| *id == self.id);
        let (_, reason) = reason.ok_or("no reason is listed")?;
        if reasons.contains(reason) {
            return Ok(());
        }
        Err(format!(
            "{}\n{}\nexpected a reason that names {reason}, got: {reasons}",
            reply.interpretation, reply.cypher
        ))
    }
}
