//! Answers as tables of JSON, and their comparison.

use std::collections::BTreeSet;

use relata::{Answer, Format, Layout};
use serde_json::Value as Json;

/// Columns and rows. An integer and the equal float are the same number, and lists have no order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Json>>,
}

impl Table {
    pub(crate) fn of(answer: &Answer) -> Self {
        let columns: Vec<String> = answer.columns().iter().map(ToString::to_string).collect();
        let mut bytes = Vec::new();
        Format::find("jsonl")
            .expect("there is such a format")
            .write(answer, Layout::default(), &mut bytes)
            .expect("memory takes every answer");
        let text = String::from_utf8(bytes).expect("JSON is text");
        let rows = text.lines().map(|line| {
            let mut row: Json = serde_json::from_str(line).expect("a row is written as JSON");
            columns
                .iter()
                .map(|column| even(row[column].take()))
                .collect()
        });
        Self {
            rows: rows.collect(),
            columns,
        }
    }

    pub(crate) fn new(columns: Vec<String>, rows: Vec<Vec<Json>>) -> Self {
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().map(even).collect())
            .collect();
        Self { columns, rows }
    }

    /// Whether some columns of `answer`, one for each of ours, have the same set of rows. Our lists may be spread over
    /// rows.
    pub(crate) fn is_said_by(&self, answer: &Self) -> bool {
        self.is_projection_of(answer) || self.spread().is_projection_of(answer)
    }

    /// Whether `answer` contains every value of ours.
    pub(crate) fn is_held_by(&self, answer: &Self) -> bool {
        let text: Vec<String> = answer.rows.iter().flatten().map(plain).collect();
        self.rows
            .iter()
            .flatten()
            .map(plain)
            .all(|value| text.iter().any(|cell| cell.contains(&value)))
    }

    fn is_projection_of(&self, answer: &Self) -> bool {
        let ours: BTreeSet<Vec<String>> = texts(&self.rows);
        self.choose(answer, &mut Vec::new(), &ours)
    }

    /// Tries every column of the answer for each column of this table.
    fn choose(&self, answer: &Self, taken: &mut Vec<usize>, ours: &BTreeSet<Vec<String>>) -> bool {
        if taken.len() == self.columns.len() {
            let theirs = answer.rows.iter().map(|row| pick(row, taken));
            return *ours == theirs.collect();
        }
        let column = self.column(taken.len());
        for candidate in 0..answer.columns.len() {
            if taken.contains(&candidate) || answer.column(candidate) != column {
                continue;
            }
            taken.push(candidate);
            if self.choose(answer, taken, ours) {
                return true;
            }
            taken.pop();
        }
        false
    }

    fn column(&self, number: usize) -> BTreeSet<String> {
        self.rows
            .iter()
            .map(|row| row[number].to_string())
            .collect()
    }

    /// The table with one row per list item.
    fn spread(&self) -> Self {
        let mut rows = self.rows.clone();
        for column in 0..self.columns.len() {
            rows = rows
                .into_iter()
                .flat_map(|row| match row[column].clone() {
                    Json::Array(items) => items
                        .into_iter()
                        .map(|item| {
                            let mut row = row.clone();
                            row[column] = item;
                            row
                        })
                        .collect(),
                    _ => vec![row],
                })
                .collect();
        }
        Self {
            columns: self.columns.clone(),
            rows,
        }
    }

    /// The rows for a failure message.
    pub(crate) fn show(&self) -> String {
        let head = format!("  [{}]\n", self.columns.join(", "));
        let rows = self.rows.iter().take(12);
        let rows = rows.map(|row| format!("  {}\n", Json::Array(row.clone())));
        rows.fold(head, |text, row| text + &row)
    }
}

fn texts(rows: &[Vec<Json>]) -> BTreeSet<Vec<String>> {
    rows.iter()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}

fn pick(row: &[Json], columns: &[usize]) -> Vec<String> {
    columns
        .iter()
        .map(|&column| row[column].to_string())
        .collect()
}

fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn even(value: Json) -> Json {
    match value {
        Json::Number(number) => number
            .as_f64()
            .map_or(Json::Number(number), |number| Json::from(number + 0.0)),
        Json::Array(items) => {
            let mut items: Vec<Json> = items.into_iter().map(even).collect();
            items.sort_by_key(ToString::to_string);
            Json::Array(items)
        }
        other => other,
    }
}
