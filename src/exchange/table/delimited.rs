//! Reads delimited text: any of the usual delimiters, encodings, line ends and quotings.

use std::collections::HashSet;

use csv::{Reader, ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, WINDOWS_1252};

use super::kind::is_number;
use crate::{
    exchange::{
        document::Document,
        rows::{Cells, Table, TableOptions},
    },
    graph::load::Problem,
};

/// The possible delimiters, most likely first.
const DELIMITERS: [u8; 5] = [b',', b';', b'\t', b'|', b':'];

/// The number of lines by which the delimiter is detected.
const SAMPLE: usize = 20;

/// Whether a text is a table: its first lines have the same number of fields, more than one.
pub(super) fn sniff(head: &str) -> bool {
    let lines = sample(head);
    if lines.len() < 2 || head.contains('\0') {
        return false;
    }
    let first = lines[0].trim_start();
    let is_other = first.starts_with(['<', '{', '[', '@', '#', '%']) || first.contains("://");
    !is_other
        && DELIMITERS[..4].iter().any(|delimiter| {
            let counts: HashSet<usize> = lines[..lines.len() - 1]
                .iter()
                .map(|line| count(line, *delimiter))
                .collect();
            counts.len() == 1 && !counts.contains(&0)
        })
}

/// The first lines of a text. A line end within quotes ends a line, too, which matters little.
fn sample(text: &str) -> Vec<&str> {
    let lines = text.split(['\n', '\r']).filter(|line| !line.is_empty());
    lines.take(SAMPLE).collect()
}

/// The number of delimiters of a line outside quotes.
fn count(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut found = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == delimiter && !quoted => found += 1,
            _ => {}
        }
    }
    found
}

/// The delimiter that gives most lines the same number of fields.
fn detect(document: &Document, text: &str) -> u8 {
    if matches!(&*document.extension(), "tsv" | "tab") {
        return b'\t';
    }
    let lines = sample(text);
    let score = |delimiter: u8| {
        let first = lines.first().map_or(0, |line| count(line, delimiter));
        let same = lines.iter().filter(|line| count(line, delimiter) == first);
        if first == 0 {
            (0, 0)
        } else {
            (same.count(), first)
        }
    };
    let ranked = DELIMITERS[..4].iter().copied().rev();
    ranked
        .max_by_key(|delimiter| score(*delimiter))
        .unwrap_or(b',')
}

pub(super) fn read(document: &Document, options: &TableOptions) -> Result<Table, Problem> {
    let own = options
        .mapping
        .as_ref()
        .and_then(|mapping| mapping.of(document.name()));
    let encoding = own
        .and_then(|own| own.encoding.as_deref())
        .or(options.encoding.as_deref());
    let mut detected = Vec::new();
    let text = text(document, encoding, &mut detected)?;
    let delimiter = own.and_then(|own| own.delimiter).or(options.delimiter);
    let delimiter = match delimiter {
        Some(delimiter) => u8::try_from(delimiter).map_err(|_| {
            document.problem(format!(
                "expected an ASCII character as the delimiter, found `{delimiter}`"
            ))
        })?,
        None => detect(document, &text),
    };
    let rows = Rows {
        document,
        options,
        delimiter,
        header: own.and_then(|own| own.header),
    };
    let mut table = rows.read(&text)?;
    table.detected = detected;
    table.decimal_comma = delimiter != b',';
    Ok(table)
}

/// The text, in the given encoding, in that of its mark, in UTF-8, or else in Windows-1252.
fn text<'d>(
    document: &'d Document,
    encoding: Option<&str>,
    detected: &mut Vec<String>,
) -> Result<std::borrow::Cow<'d, str>, Problem> {
    if let Some(name) = encoding {
        let known = Encoding::for_label(name.as_bytes());
        let unknown = || {
            let help =
                "write it as `utf-8`, `utf-16le`, `windows-1252`, `iso-8859-15`, `shift_jis` …";
            let message = format!("expected an encoding, found `{name}`");
            document.problem(message).maybe_help(Some(help.to_owned()))
        };
        return document.text_in(Some(known.ok_or_else(unknown)?));
    }
    if Encoding::for_bom(document.bytes()).is_some()
        || std::str::from_utf8(document.bytes()).is_ok()
    {
        return document.text();
    }
    detected.push("it is not UTF-8 and was read as Windows-1252".to_owned());
    document.text_in(Some(WINDOWS_1252))
}

/// A reader of the records of a text, which may have more or fewer fields than the first.
pub(in crate::exchange) fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    // A backslash before a quote is never part of a text that doubles its quotes.
    let escape = text.contains("\\\"").then_some(b'\\');
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .escape(escape)
        .from_reader(text.as_bytes())
}

/// How to read the rows of a file.
struct Rows<'d> {
    document: &'d Document,
    options: &'d TableOptions,
    delimiter: u8,
    header: Option<bool>,
}

impl Rows<'_> {
    fn read(&self, text: &str) -> Result<Table, Problem> {
        let mut reader = reader(text, self.delimiter);
        let mut record = StringRecord::new();
        let failed =
            |error: csv::Error| self.document.problem(format!("expected a table: {error}"));
        if !reader.read_record(&mut record).map_err(failed)? {
            return Err(self
                .document
                .problem("expected a header, found an empty file"));
        }
        let has_header = self.header.unwrap_or_else(|| is_header(&record));
        let header: Vec<String> = if has_header {
            record.iter().map(|name| name.trim().to_owned()).collect()
        } else {
            (1..=record.len()).map(|at| format!("column{at}")).collect()
        };
        let mut rows = Filling::new(self, header);
        if !has_header {
            rows.push(&record);
        }
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) if has_header && rows.repeats_header(&record) => {}
                Ok(true) => rows.push(&record),
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(rows.finish())
    }
}

/// Whether a first row names columns: no number, no empty field, no name twice unless of ends.
fn is_header(record: &StringRecord) -> bool {
    record.iter().all(|name| {
        let name = name.trim();
        !is_number(name) && name != "\\N" && name != "NULL"
    }) && record.iter().any(|name| !name.trim().is_empty())
}

/// A table while its rows are read.
struct Filling<'r> {
    rows: &'r Rows<'r>,
    header: Vec<String>,
    text: String,
    ends: Vec<usize>,
    lines: Vec<usize>,
    bad: Vec<(usize, String)>,
}

impl<'r> Filling<'r> {
    fn new(rows: &'r Rows<'r>, header: Vec<String>) -> Self {
        Self {
            rows,
            header,
            text: String::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            bad: Vec::new(),
        }
    }

    /// Files that were made of several parts repeat their header.
    fn repeats_header(&self, record: &StringRecord) -> bool {
        record.len() == self.header.len()
            && record
                .iter()
                .zip(&self.header)
                .all(|(field, name)| field.trim() == name)
    }

    fn push(&mut self, record: &StringRecord) {
        let line = record.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let width = self.header.len();
        let beyond = record.iter().skip(width);
        let extra = !self.rows.options.ignore_extra_columns
            && beyond.clone().any(|field| !field.is_empty());
        if record.len() < width || extra {
            let s = if width == 1 { "" } else { "s" };
            self.bad.push((
                line,
                format!("expected {width} field{s}, found {}", record.len()),
            ));
            return;
        }
        for field in record.iter().take(width) {
            let field = if self.rows.options.trim_strings {
                field.trim()
            } else {
                field
            };
            if !self.is_null(field) {
                self.text.push_str(field);
            }
            self.ends.push(self.text.len());
        }
        self.lines.push(line);
    }

    fn is_null(&self, field: &str) -> bool {
        let field = field.trim();
        matches!(field, "" | "NULL" | "\\N")
            && (field.is_empty() || !self.rows.options.null.iter().any(|sign| sign == "none"))
            || self.rows.options.null.iter().any(|sign| sign == field)
    }

    fn finish(self) -> Table {
        let document = self.rows.document;
        Table {
            file: document.name().to_owned(),
            stem: document.stem().to_owned(),
            columns: unique(&self.header),
            header: self.header,
            cells: Cells::Texts(self.text, self.ends),
            lines: self.lines,
            bad: self.bad,
            detected: Vec::new(),
            declared: None,
            decimal_comma: false,
        }
    }
}

/// Distinct names of columns: a name that occurred before, or is missing, gets the number of its column.
fn unique(header: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (at, name) in header.iter().enumerate() {
        let mut name = if name.is_empty() {
            format!("column{}", at + 1)
        } else {
            name.clone()
        };
        while names.contains(&name) {
            name = format!("{name}_{}", at + 1);
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::rows::Cell;

    fn rows(name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
        let document = Document::new(name, bytes.to_vec()).unwrap();
        let table = read(&document, &TableOptions::default()).unwrap();
        let text = |row, column| match table.cell(row, column) {
            Cell::Text(text) => text.to_owned(),
            Cell::Value(value) => format!("{value:?}"),
        };
        let mut all = vec![table.columns.clone()];
        all.extend((0..table.rows()).map(|row| {
            (0..table.columns.len())
                .map(|column| text(row, column))
                .collect()
        }));
        all.extend(
            table
                .bad
                .iter()
                .map(|(line, message)| vec![format!("{line}: {message}")]),
        );
        all
    }

    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(rows("a.csv", text.as_bytes()), expected, "{text:?}");
    }

    #[test]
    fn every_line_end_ends_a_row() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["id,name", "1,Ann", "2,\"B\nea\"", ""].join(end);
            check(&text, &[&["id", "name"], &["1", "Ann"], &["2", "B\nea"]]);
        }
    }

    #[test]
    fn the_delimiter_is_the_one_of_most_lines() {
        check(
            "a;b\n1,5;2\n3,5;4\n",
            &[&["a", "b"], &["1,5", "2"], &["3,5", "4"]],
        );
        check("a|b\n1|2\n", &[&["a", "b"], &["1", "2"]]);
        check("a\n1\n", &[&["a"], &["1"]]);
    }

    #[test]
    fn encodings_are_detected() {
        assert_eq!(rows("a.csv", b"a,b\n\xE4,\x80\n")[1], ["ä", "€"]);
        assert_eq!(rows("a.csv", b"\xEF\xBB\xBFa,b\n1,2\n")[0], ["a", "b"]);
        assert_eq!(
            rows("a.csv", b"\xFF\xFEa\0,\0b\0\n\x001\0,\x002\0\n\0")[1],
            ["1", "2"]
        );
    }

    #[test]
    fn signs_of_null_and_backslashes_are_read() {
        check(
            "a,b,c\nNULL,\\N,\"x \\\"y\\\"\"\n",
            &[&["a", "b", "c"], &["", "", "x \"y\""]],
        );
    }

    #[test]
    fn a_first_row_with_numbers_is_no_header() {
        check(
            "1,Ann\n2,Bea\n",
            &[&["column1", "column2"], &["1", "Ann"], &["2", "Bea"]],
        );
    }

    #[test]
    fn ragged_rows_are_told_with_their_lines() {
        check(
            "a,b\n1\n2,3\n4,5,6\n7,8,\n",
            &[
                &["a", "b"],
                &["2", "3"],
                &["7", "8"],
                &["2: expected 2 fields, found 1"],
                &["4: expected 2 fields, found 3"],
            ],
        );
    }

    #[test]
    fn a_name_that_occurs_twice_is_numbered() {
        check(
            "Person.id|Person.id\n1|2\n",
            &[&["Person.id", "Person.id_2"], &["1", "2"]],
        );
    }
}
