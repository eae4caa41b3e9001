//! Workbooks of Excel and LibreOffice: each sheet is a table, whose first row names its columns.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader as _, open_workbook_auto_from_rs};

use super::typed;
use crate::{
    exchange::{
        document::Document,
        format::{GraphFormat, Read, Write_},
        reading::Reading,
        rows::Table,
    },
    graph::load::Problem,
    value::Value,
};

pub(in crate::exchange) const FORMAT: GraphFormat = GraphFormat {
    name: "excel",
    doc: "workbooks of Excel and LibreOffice: a table per sheet",
    extensions: &["xlsx", "xlsm", "xlsb", "xls", "ods"],
    decisive: &["xlsx", "xlsm", "xlsb", "xls", "ods"],
    example: "",
    sniff: |head| head.starts_with("PK\u{3}\u{4}") && head.contains("xl/"),
    read: Read::With(read),
    write: Write_::Nothing,
};

/// Integers up to this number are exact as floats, the only numbers of a workbook.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn read(documents: &[&Document], reading: &mut Reading<'_>) -> Result<(), Problem> {
    for document in documents {
        let failed =
            |error: calamine::Error| document.problem(format!("expected a workbook: {error}"));
        let mut book = open_workbook_auto_from_rs(Cursor::new(document.bytes())).map_err(failed)?;
        let names = book.sheet_names();
        let is_single = names.len() == 1;
        for name in names {
            let range = book.worksheet_range(&name).map_err(failed)?;
            // A single sheet is named as the program did, the file by a person.
            let stem = if is_single { document.stem() } else { &name };
            if let Some(table) = table(document, reading, &name, stem, &range) {
                reading.tables.push(table);
            }
            if reading.ends() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The table of a sheet; `None` if it is empty.
fn table(
    document: &Document,
    reading: &mut Reading<'_>,
    name: &str,
    stem: &str,
    range: &Range<Data>,
) -> Option<Table> {
    let mut rows = range
        .rows()
        .filter(|row| row.iter().any(|cell| *cell != Data::Empty));
    let header = rows.next()?;
    let column = |(at, cell): (usize, &Data)| match cell {
        Data::Empty => format!("column{}", at + 1),
        cell => cell.to_string().trim().to_owned(),
    };
    let columns = typed::distinct(header.iter().enumerate().map(column));
    let mut errors = 0;
    let mut values: Vec<Vec<Value>> = rows
        .map(|row| row.iter().map(|cell| value(cell, &mut errors)).collect())
        .collect();
    if errors > 0 {
        reading.graph.note(format!(
            "{}: cells with errors such as `#N/A` are left out: {errors}",
            document.name()
        ));
    }
    for at in 0..columns.len() {
        settle(&mut values, at);
    }
    let file = format!("{}#{name}", document.name());
    Some(Table::of_values(&file, stem, columns, values))
}

fn value(cell: &Data, errors: &mut usize) -> Value {
    match cell {
        Data::Empty => Value::Null,
        Data::Int(number) => Value::Integer(*number),
        Data::Float(number) => Value::Float(*number),
        Data::String(text) if text.is_empty() => Value::Null,
        Data::String(text) => text.as_str().into(),
        Data::Bool(boolean) => Value::Boolean(*boolean),
        Data::DateTime(instant) => date_time(*instant),
        Data::DateTimeIso(text) => typed::temporal(text).unwrap_or_else(|| text.as_str().into()),
        Data::DurationIso(text) => {
            typed::read("duration", text).unwrap_or_else(|| text.as_str().into())
        }
        Data::Error(_) => {
            *errors += 1;
            Value::Null
        }
    }
}

fn date_time(instant: ExcelDateTime) -> Value {
    if instant.is_duration() {
        return Value::Float(instant.as_f64());
    }
    let (year, month, day, hour, minute, second, milli) = instant.to_ymd_hms_milli();
    let text =
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}");
    typed::read("localdatetime", &text).unwrap_or_else(|| Value::Float(instant.as_f64()))
}

/// Gives the numbers and dates of a column one type: integers if all are whole, dates if no time is in them.
fn settle(rows: &mut [Vec<Value>], at: usize) {
    let cells = || {
        rows.iter()
            .filter_map(|row| row.get(at))
            .filter(|value| !value.is_null())
    };
    let is_whole = |value: &Value| {
        matches!(value, Value::Integer(_))
            || matches!(value, Value::Float(number) if number.fract() == 0.0 && number.abs() < EXACT)
    };
    let are_whole = cells().all(is_whole);
    let are_dates = cells().all(|value| typed::date_of(value).is_some());
    for value in rows.iter_mut().filter_map(|row| row.get_mut(at)) {
        if let (true, Value::Float(number)) = (are_whole, &*value) {
            *value = Value::Integer(*number as i64);
        } else if let (true, Some(date)) = (are_dates, typed::date_of(value)) {
            *value = date;
        }
    }
}
