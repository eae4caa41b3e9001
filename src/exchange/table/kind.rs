//! The types of columns without a declared type: found from all values, and applied to them.

use crate::{
    exchange::{
        mapping::ColumnMap,
        rows::{Cell, Table},
    },
    graph::load::typed_value,
    value::Value,
};

/// Texts that are absent values in a column of another type, but may be meant in a column of texts.
const WEAK_NULLS: &[&str] = &["NA", "N/A", "n/a", "null", "None", "nan", "NaN"];

/// The formats of dates that are detected, ISO 8601 first.
const DATES: &[&str] = &["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%m/%d/%Y", "%d/%m/%Y"];

/// A candidate for the type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate {
    kind: &'static str,
    format: Option<&'static str>,
    decimal: Option<char>,
}

const fn plain(kind: &'static str) -> Candidate {
    Candidate {
        kind,
        format: None,
        decimal: None,
    }
}

fn candidates(table: &Table) -> Vec<Candidate> {
    let mut all = vec![plain("integer"), plain("double"), plain("boolean")];
    if table.decimal_comma {
        all.push(Candidate {
            decimal: Some(','),
            ..plain("double")
        });
    }
    for kind in ["date", "localdatetime"] {
        all.extend(DATES.iter().map(|format| Candidate {
            format: Some(format),
            ..plain(kind)
        }));
    }
    all.push(plain("datetime"));
    all.push(plain("localtime"));
    all
}

/// Whether a text is a number.
pub(super) fn is_number(text: &str) -> bool {
    integer(text).is_some() || float(text, '.').is_some()
}

/// The type of a column, and a reason if it is not obvious. Values of records have their types already.
pub(super) fn sniff(table: &Table, column: usize) -> (ColumnMap, String) {
    let mut left = candidates(table);
    let (mut weak, mut present, mut comma) = (0, 0_usize, false);
    for row in 0..table.rows() {
        let Cell::Text(text) = table.cell(row, column) else {
            return (ColumnMap::default(), String::new());
        };
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if WEAK_NULLS.contains(&text) {
            weak += 1;
            continue;
        }
        present += 1;
        comma |= text.contains(',') && !is_grouped(text);
        left.retain(|candidate| fits(*candidate, text));
        if left.is_empty() {
            break;
        }
    }
    left.retain(|candidate| candidate.decimal.is_none() || comma);
    let ambiguous = left.iter().filter(|each| each.kind == left[0].kind).count() > 1
        && left[0].format.is_some();
    let Some(found) = left.first().filter(|_| present > 0 && !ambiguous) else {
        return (
            ColumnMap::of("string"),
            text_reason(weak, ambiguous && present > 0),
        );
    };
    let map = ColumnMap {
        format: found
            .format
            .filter(|format| *format != DATES[0])
            .map(str::to_owned),
        decimal: found.decimal,
        ..ColumnMap::of(found.kind)
    };
    let reason = if weak > 0 {
        format!("{weak} values such as `NA` are absent")
    } else {
        String::new()
    };
    (map, reason)
}

fn text_reason(weak: usize, ambiguous: bool) -> String {
    if ambiguous {
        return "the order of day and month is unclear: set `type = \"date\"` and `format = \"%m/%d/%Y\"`".to_owned();
    }
    if weak > 0 {
        return format!("{weak} values such as `NA` are kept as text");
    }
    String::new()
}

/// `1,234,567`: more likely a number in groups than one with a decimal comma.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.trim_start_matches('-').split(',');
    let first = groups
        .next()
        .is_some_and(|first| (1..=3).contains(&first.len()));
    first && groups.all(|group| group.len() == 3)
}

fn fits(candidate: Candidate, text: &str) -> bool {
    match candidate.kind {
        "integer" => integer(text).is_some(),
        "double" => float(text, candidate.decimal.unwrap_or('.')).is_some(),
        "boolean" => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        kind => temporal(kind, text, candidate.format).is_some(),
    }
}

/// An integer in canonical spelling: `007` is a text, because the zeros may matter.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = digits == "0" || !digits.starts_with(['0', '+', '-']);
    text.parse().ok().filter(|_| canonical && text != "-0")
}

/// A number with digits before the decimal sign.
fn float(text: &str, decimal: char) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let padded = digits.len() > 1
        && digits.starts_with('0')
        && digits[1..].starts_with(|c: char| c.is_ascii_digit());
    let starts = digits.starts_with(|c: char| c.is_ascii_digit() || c == decimal)
        && digits.contains(|c: char| c.is_ascii_digit());
    // An integer beyond 64 bits would lose digits.
    let is_wide = digits.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<i64>().is_err();
    if padded
        || is_wide
        || !starts
        || digits.contains(|c: char| !(c.is_ascii_digit() || c == decimal || "eE+-".contains(c)))
    {
        return None;
    }
    let text = if decimal == '.' {
        text.to_owned()
    } else {
        text.replace(decimal, ".")
    };
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A date, or a date and a time with a blank or a `T` between them.
fn temporal(kind: &str, text: &str, format: Option<&str>) -> Option<Value> {
    let Some(format) = format else {
        return typed_value(kind, &text.replacen(' ', "T", 1)).ok();
    };
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time.trim())),
        None => (text, None),
    };
    match (kind, time) {
        ("date", None) => typed_value(kind, &iso_date(date, format)?).ok(),
        ("localdatetime", Some(time)) if time.contains(':') => {
            typed_value(kind, &format!("{}T{time}", iso_date(date, format)?)).ok()
        }
        _ => None,
    }
}

/// A date in a format of `%Y`, `%m` and `%d`, as ISO 8601.
fn iso_date(text: &str, format: &str) -> Option<String> {
    let (mut year, mut month, mut day) = (None, None, None);
    let mut rest = text;
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        if sign != '%' {
            rest = rest.strip_prefix(sign)?;
            continue;
        }
        let field = signs.next()?;
        let most = if field == 'Y' { 4 } else { 2 };
        let length = rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        let number: u32 = rest.get(..length)?.parse().ok()?;
        rest = &rest[length..];
        match field {
            'Y' if length == 4 => year = Some(number),
            'y' if length == 2 => {
                year = Some(if number < 70 {
                    2000 + number
                } else {
                    1900 + number
                })
            }
            'm' => month = Some(number),
            'd' => day = Some(number),
            _ => return None,
        }
    }
    let date = format!("{:04}-{:02}-{:02}", year?, month?, day?);
    rest.is_empty().then_some(date)
}

/// The value of a cell as the type of its column, null if it is absent. The error says what was expected.
pub(super) fn value(cell: Cell<'_>, map: &ColumnMap) -> Result<Value, String> {
    let text = match cell {
        Cell::Value(value) => return Ok(value.clone()),
        Cell::Text(text) => text,
    };
    let kind = map.kind.as_deref().unwrap_or("string");
    let trimmed = text.trim();
    if text.is_empty()
        || (kind != "string" && (trimmed.is_empty() || WEAK_NULLS.contains(&trimmed)))
    {
        return Ok(Value::Null);
    }
    let wrong = |what: &str| format!("expected {what}, found `{text}`");
    match kind {
        "string" => Ok(text.into()),
        "double" | "float" if map.decimal.is_some_and(|decimal| decimal != '.') => {
            let decimal = map.decimal.unwrap_or('.');
            float(trimmed, decimal)
                .map(Value::Float)
                .ok_or_else(|| wrong("a number"))
        }
        "boolean" => boolean(trimmed)
            .map(Value::Boolean)
            .ok_or_else(|| wrong("`true`, `false`, `1` or `0`")),
        "date" | "localdatetime" | "datetime" => {
            let format = map
                .format
                .as_deref()
                .or((kind != "datetime").then_some(DATES[0]));
            let found = temporal(kind, trimmed, format);
            found.ok_or_else(|| wrong(&expected(kind, map.format.as_deref())))
        }
        kind => typed_value(kind, trimmed),
    }
}

fn expected(kind: &str, format: Option<&str>) -> String {
    match (kind, format) {
        ("date", Some(format)) => format!("a date as `{format}`"),
        ("date", None) => "a date such as `2020-02-19`".to_owned(),
        (_, Some(format)) => format!("a date as `{format}` and a time"),
        _ => "a date and a time such as `2020-02-19 12:31:14`".to_owned(),
    }
}

fn boolean(text: &str) -> Option<bool> {
    match &*text.to_lowercase() {
        "true" | "1" | "t" | "yes" | "y" => Some(true),
        "false" | "0" | "f" | "no" | "n" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{document::Document, rows::TableOptions, table::delimited};

    /// The type of the column of some values, and the reason.
    fn check(values: &[&str], expected: &str) {
        let text = format!(
            "a|b\n{}",
            values
                .iter()
                .map(|value| format!("{value}|x\n"))
                .collect::<String>()
        );
        let document = Document::new("a.csv", text.into_bytes()).unwrap();
        let table = delimited::read(&document, &TableOptions::default()).unwrap();
        let (map, reason) = sniff(&table, 0);
        let parts = [
            map.kind,
            map.format,
            map.decimal.map(String::from),
            Some(reason).filter(|reason| !reason.is_empty()),
        ];
        assert_eq!(
            parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
            expected,
            "{values:?}"
        );
    }

    #[test]
    fn the_narrowest_type_that_fits_all_values_is_found() {
        check(&["1", "-20", ""], "integer");
        check(&["1", "2.5", "1e3"], "double");
        check(&["1", "9223372036854775808"], "string");
        check(&["007", "008"], "string");
        check(&["true", "FALSE"], "boolean");
        check(&["0", "1"], "integer");
        check(&["1,5", "2"], "double ,");
        check(&["1,500", "2,000"], "string");
        check(&["2020-02-19", "1996-07-04"], "date");
        check(&["31.12.2024", "1.2.2024"], "date %d.%m.%Y");
        check(&["1/13/2020", "2/1/2020"], "date %m/%d/%Y");
        check(&["1996-07-04 00:00:00.000"], "localdatetime");
        check(&["1996-07-04T10:00:00Z"], "datetime");
        check(&["10:30", "11:15:30"], "localtime");
        check(&["x", "1"], "string");
        check(&[""], "string");
    }

    #[test]
    fn what_is_unclear_is_kept_as_text_with_a_reason() {
        check(
            &["1/2/2020"],
            "string the order of day and month is unclear: set `type = \"date\"` and `format = \"%m/%d/%Y\"`",
        );
        check(
            &["NA", "DE"],
            "string 1 values such as `NA` are kept as text",
        );
        check(&["NA", "1"], "integer 1 values such as `NA` are absent");
    }
}
