//! Converts the rows of a supporting statement to facts.

use crate::{
    answer::{Answer, Cell, Row},
    engine::{Fact, lexicon::Lexicon},
    question::vocabulary::Citations,
    value::Value,
};

/// The facts of an answer, a row each, by the names of its columns. Those of a place may be called as the graph's keys.
pub(super) fn facts(answer: &Answer, lexicon: &Lexicon) -> Vec<Fact> {
    answer.rows().map(|row| fact(row, lexicon)).collect()
}

fn fact(row: Row<'_>, lexicon: &Lexicon) -> Fact {
    let keys = lexicon.vocabulary.citations.as_ref();
    let key = |name: fn(&Citations) -> &String| keys.map_or("", |keys| name(keys));
    let document = text(row, "document").or_else(|| text(row, key(|keys| &keys.document)));
    let first = line(row, "lineFrom").or_else(|| line(row, key(|keys| &keys.from)));
    let last = line(row, "lineTo").or_else(|| line(row, key(|keys| &keys.to)));
    let kind = text(row, "type");
    Fact {
        from: text(row, "from").unwrap_or_default(),
        verb: text(row, "verb").or_else(|| kind.as_deref().and_then(|kind| lexicon.verb(kind))),
        kind,
        to: text(row, "to"),
        basis: text(row, "basis"),
        confidence: text(row, "confidence"),
        title: document.as_deref().and_then(|key| lexicon.title(key)),
        document,
        lines: first.map(|first| (first, last.unwrap_or(first))),
        note: text(row, "note"),
    }
}

/// The text of a value; `None` if it is null or the column does not exist.
fn text(row: Row<'_>, column: &str) -> Option<String> {
    let cell = cell(row, column)?;
    match cell.value() {
        Value::Null => None,
        Value::String(text) => Some(text.to_string()),
        _ => Some(cell.to_string()),
    }
}

fn line(row: Row<'_>, column: &str) -> Option<u64> {
    match cell(row, column)?.value() {
        Value::Integer(number) => u64::try_from(*number).ok(),
        _ => None,
    }
}

fn cell<'a>(row: Row<'a>, column: &str) -> Option<Cell<'a>> {
    let position = row.columns().iter().position(|name| **name == *column)?;
    row.cells().nth(position)
}
