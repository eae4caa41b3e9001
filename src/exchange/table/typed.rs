//! Helpers for tables whose cells have types: workbooks and databases.

use std::collections::HashSet;

use crate::{exchange::property, value::Value};

/// The value that a text spells as a column type.
pub(super) fn read(kind: &str, text: &str) -> Option<Value> {
    property::read(kind, text).ok()
}

/// The date, or the date with time, that a text spells. A blank may stand for the `T`.
pub(super) fn temporal(text: &str) -> Option<Value> {
    let text = text.trim();
    let with_t = text.replacen(' ', "T", 1);
    let kinds = ["date", "localdatetime", "datetime"];
    kinds.iter().find_map(|kind| read(kind, &with_t))
}

/// The date of a date with the time 0:00.
pub(super) fn date_of(value: &Value) -> Option<Value> {
    match value {
        Value::LocalDateTime(at) if at.time.nanos == 0 => Some(Value::Date(at.date)),
        _ => None,
    }
}

/// Names of columns, each once: `name`, `name2`.
pub(super) fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for name in names {
        let mut candidates = (2..).map(|number: usize| format!("{name}{number}"));
        let mut own = name.clone();
        while !seen.insert(own.clone()) {
            own = candidates.next().expect("the numbers do not end");
        }
        all.push(own);
    }
    all
}
