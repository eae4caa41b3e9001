//! The kind of the values of a key, and the form of its dates.

use crate::{
    graph::Column,
    question::{
        inflect::{base_of_participle, base_of_past, parts},
        vocabulary::{Dates, ValueKind},
    },
    value::{Kind, Value},
};

/// The years that integers may stand for.
const YEARS: std::ops::RangeInclusive<i64> = 1000..=2100;

/// Words for a time, as the last word of a key with years: `foundingYear`.
const TIMES: &[&str] = &[
    "year", "years", "yr", "since", "date", "from", "until", "till", "start", "end", "begin",
    "birth", "death", "first", "last", "season", "vintage",
];

/// Participles of keys with amounts, not with times.
const AMOUNTS: &[&str] = &[
    "attended", "employed", "enrolled", "injured", "killed", "paid", "earned", "owed", "spent",
    "raised", "sold", "lent", "lost", "cost", "read", "run", "visited", "viewed", "played", "used",
    "liked", "shared", "left", "set", "put", "bought",
];

/// The kind of the values of a column. Strings in ISO form count as dates.
pub(in crate::question::vocabulary) fn value_kind(column: &Column) -> ValueKind {
    match column.kind() {
        Some(Kind::Integer | Kind::Float) => ValueKind::Number,
        Some(Kind::Boolean) => ValueKind::Boolean,
        Some(Kind::String) => match column.codes() {
            Some((_, texts)) if texts.texts().take(100).all(|text| is_date(text)) => {
                ValueKind::Date
            }
            _ => ValueKind::Text,
        },
        Some(Kind::Date | Kind::LocalDateTime | Kind::DateTime) => ValueKind::Date,
        Some(Kind::List) => ValueKind::List,
        _ => mixed(column),
    }
}

fn mixed(column: &Column) -> ValueKind {
    match first(column) {
        Some(Value::List(_)) => ValueKind::List,
        Some(Value::Integer(_) | Value::Float(_)) => ValueKind::Number,
        Some(Value::Boolean(_)) => ValueKind::Boolean,
        Some(Value::Date(_) | Value::LocalDateTime(_) | Value::DateTime(_)) => ValueKind::Date,
        _ => ValueKind::Text,
    }
}

fn first(column: &Column) -> Option<Value> {
    column.indices().next().map(|at| column.get(at))
}

/// The form of the dates of a column; `None` if its values are not dates. Integers count as years if the key names a
/// time and all values are in the range of years.
pub(in crate::question::vocabulary) fn dates_of(column: &Column, key: &str) -> Option<Dates> {
    match (value_kind(column), first(column)?) {
        (ValueKind::Date, Value::Date(_)) => Some(Dates::Day),
        (ValueKind::Date, Value::LocalDateTime(_) | Value::DateTime(_)) => Some(Dates::Moment),
        (ValueKind::Date, _) => Some(Dates::Text),
        (ValueKind::Text, _) => {
            (names_a_time(key) && has_year_texts(column)).then_some(Dates::YearText)
        }
        (ValueKind::Number, _) => (names_a_time(key) && has_years(column)).then_some(Dates::Year),
        _ => None,
    }
}

fn has_years(column: &Column) -> bool {
    let Some(slots) = column.ints() else {
        return false;
    };
    let mut years = column.indices().filter_map(|at| slots.get(at));
    years.all(|year| YEARS.contains(&year))
}

fn has_year_texts(column: &Column) -> bool {
    let year = |text: &str| {
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits && text.parse().is_ok_and(|year| YEARS.contains(&year))
    };
    column.codes().is_some()
        && column
            .indices()
            .all(|at| column.text(at).is_some_and(|text| year(text)))
}

/// True for `year`, `releaseYear`, `founded`, `born`.
fn names_a_time(key: &str) -> bool {
    let words = parts(key);
    let Some(last) = words.last().map(|word| word.to_lowercase()) else {
        return false;
    };
    if AMOUNTS.contains(&last.as_str()) {
        return false;
    }
    TIMES.contains(&last.as_str())
        || base_of_participle(&last).is_some()
        || base_of_past(&last).is_some()
}

/// `2025-10`, `2025-07-04`, optionally with a time.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let month = digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7);
    let day = bytes.get(7) == Some(&b'-') && digits(8..10);
    month && (bytes.len() == 7 || day && (bytes.len() == 10 || bytes[10] == b'T'))
}
