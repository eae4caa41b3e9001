//! Tables as they are read: cells in rows, whatever they mean.

use std::borrow::Cow;

use super::mapping::Mapping;
use crate::{
    base::file_name,
    value::{Value, cast::text_of},
};

/// How to read tables where neither they nor the mapping say.
#[derive(Clone, Debug, Default)]
pub struct TableOptions {
    /// The delimiter of fields; detected if `None`.
    pub delimiter: Option<char>,
    /// The name of the encoding, such as `windows-1252`; detected if `None`.
    pub encoding: Option<String>,
    /// Texts that stand for an absent value, besides an empty field, `NULL` and `\N`.
    pub null: Vec<String>,
    /// The format of dates, such as `%m/%d/%Y`; detected if `None`.
    pub date_format: Option<String>,
    /// What the tables mean; guessed if `None`.
    pub mapping: Option<Mapping>,
    /// Whether rows with problems are left out.
    pub skip_bad_rows: bool,
    /// Whether relationships with unknown ends are left out.
    pub skip_bad_relationships: bool,
    /// Whether a node with an id that another node has already is left out.
    pub skip_duplicate_nodes: bool,
    /// Whether fields beyond those of the header are ignored.
    pub ignore_extra_columns: bool,
    /// Whether blanks around texts are removed.
    pub trim_strings: bool,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// The file, as the caller named it.
    pub(super) file: String,
    /// The name of its content.
    pub(super) stem: String,
    pub(super) columns: Vec<String>,
    /// The names in the header, which may occur twice.
    pub(super) header: Vec<String>,
    pub(super) cells: Cells,
    /// The line of each row, from 1.
    pub(super) lines: Vec<usize>,
    /// Rows that do not fit the header: their lines, and what is wrong.
    pub(super) bad: Vec<(usize, String)>,
    /// What was detected: the delimiter, the encoding.
    pub(super) detected: Vec<String>,
    /// What the file declares of its columns.
    pub(super) declared: Option<Declared>,
    /// Whether a decimal comma cannot be confused with the delimiter.
    pub(super) decimal_comma: bool,
}

/// The keys that a database declares.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "sqlite"),
    allow(dead_code, reason = "only a database declares keys")
)]
pub(super) struct Declared {
    /// The column that identifies the rows.
    pub(super) id: Option<String>,
    /// The columns that refer to other tables, with the names of these.
    pub(super) references: Vec<(String, String)>,
}

/// The cells of a table, row by row.
#[derive(Debug)]
pub(super) enum Cells {
    /// Texts, with the end of each; an empty text is an absent value.
    Texts(String, Vec<usize>),
    Values(Vec<Value>),
}

/// A cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'t> {
    Text(&'t str),
    Value(&'t Value),
}

impl Cell<'_> {
    /// The text by which the cell identifies a node; `None` if it is absent.
    pub(super) fn id(self) -> Option<String> {
        match self {
            Self::Text(text) => (!text.is_empty()).then(|| text.trim().to_owned()),
            Self::Value(value) => text_of(value).map(Cow::into_owned),
        }
    }
}

impl Table {
    /// A table of typed records. A column of a record that another one lacks is absent in it.
    pub(super) fn of_values(
        file: &str,
        stem: &str,
        columns: Vec<String>,
        rows: Vec<Vec<Value>>,
    ) -> Self {
        let lines = (1..=rows.len()).collect();
        let width = columns.len();
        let mut values = Vec::with_capacity(rows.len() * width);
        for mut row in rows {
            row.resize(width, Value::Null);
            values.append(&mut row);
        }
        Self {
            file: file.to_owned(),
            stem: stem.to_owned(),
            header: columns.clone(),
            columns,
            cells: Cells::Values(values),
            lines,
            bad: Vec::new(),
            detected: Vec::new(),
            declared: None,
            decimal_comma: false,
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let at = row * self.columns.len() + column;
        match &self.cells {
            Cells::Texts(text, ends) => {
                let start = at.checked_sub(1).map_or(0, |before| ends[before]);
                Cell::Text(&text[start..ends[at]])
            }
            Cells::Values(values) => Cell::Value(&values[at]),
        }
    }

    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|known| known == name)
    }

    /// The name of the file without its folder, which a mapping uses.
    pub(super) fn name(&self) -> &str {
        file_name(&self.file)
    }
}

/// A row that was left out.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}
