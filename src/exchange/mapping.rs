//! The file `map.toml`: what the columns of tables mean.
//!
//! `relata import --guess` writes it with the reasons as comments, people edit it, and `relata import --map` reads it.

use std::fmt::{self, Write as _};

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::{
    base::file_name,
    graph::load::{LoadError, Problem},
};

/// What tables mean.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    #[serde(default, rename = "table")]
    pub(super) tables: Vec<TableMap>,
    /// The file and its text, for the places of problems.
    #[serde(skip)]
    source: (String, String),
}

/// Why a text is not a mapping.
pub type MappingError = LoadError;

/// What a table means: its rows are nodes, or relationships if it has a `start` and an `end`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct TableMap {
    pub(super) file: String,
    pub(super) delimiter: Option<char>,
    pub(super) encoding: Option<String>,
    pub(super) header: Option<bool>,
    /// The labels of the nodes.
    #[serde(default)]
    pub(super) labels: Vec<String>,
    /// A column with further labels.
    pub(super) label_column: Option<String>,
    /// The column that identifies the nodes.
    pub(super) id: Option<String>,
    /// The type of the relationships.
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    /// A column with the type of each relationship.
    pub(super) type_column: Option<String>,
    pub(super) start: Option<EndMap>,
    pub(super) end: Option<EndMap>,
    /// Whether the file is not read.
    #[serde(default)]
    pub(super) skip: bool,
    #[serde(default)]
    pub(super) columns: IndexMap<String, ColumnMap>,
    /// The columns that refer to other tables.
    #[serde(default, rename = "key")]
    pub(super) keys: Vec<KeyMap>,
    /// The reasons of a guess.
    #[serde(skip)]
    pub(super) why: Vec<String>,
}

/// An end of the relationships of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndMap {
    pub(super) column: String,
    /// The table of the nodes; without one, each value is a node.
    pub(super) table: Option<String>,
    /// The label of nodes that are made from values.
    pub(super) label: Option<String>,
}

/// How a column becomes a property.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnMap {
    /// The name of the property.
    pub(super) name: Option<String>,
    /// The name of a column type.
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    /// The format of dates.
    pub(super) format: Option<String>,
    pub(super) decimal: Option<char>,
    /// Whether the column is no property.
    #[serde(default)]
    pub(super) skip: bool,
    #[serde(skip)]
    pub(super) why: String,
}

/// A column whose values identify nodes of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyMap {
    pub(super) column: String,
    pub(super) table: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(skip)]
    pub(super) why: String,
    /// Whether it is only proposed.
    #[serde(skip)]
    pub(super) is_weak: bool,
}

impl ColumnMap {
    pub(super) fn of(kind: &str) -> Self {
        Self {
            kind: Some(kind.to_owned()),
            ..Self::default()
        }
    }
}

impl Mapping {
    /// The mapping of a guess.
    pub(super) fn guessed(tables: Vec<TableMap>) -> Self {
        Self {
            tables,
            ..Self::default()
        }
    }

    /// Reads a mapping.
    ///
    /// # Errors
    /// If the text is not a mapping; with its place.
    pub fn parse(file: &str, text: &str) -> Result<Self, MappingError> {
        let parsed: Result<Spanned<Self>, _> = toml::from_str(text);
        let mapping = parsed.map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Problem::at(file, text, at, error.message().trim())
        })?;
        let mut mapping = mapping.into_inner();
        mapping.source = (file.to_owned(), text.to_owned());
        Ok(mapping)
    }

    /// What the table of a file means.
    pub(super) fn of(&self, file: &str) -> Option<&TableMap> {
        let name = file_name(file);
        let mut tables = self.tables.iter();
        tables.find(|table| table.file == file || table.file == name)
    }

    /// A problem at a word of the file.
    pub(super) fn problem(&self, word: &str, message: impl Into<String>) -> Problem {
        let (file, text) = &self.source;
        match text.find(word) {
            Some(at) => Problem::at(file, text, at, message),
            None => Problem::whole(file, message),
        }
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "# What the tables mean. Edit it, then run `relata import FILES --map map.toml -o DIR`.\n\
             # Rows are nodes, or relationships if the table has a `start` and an `end`. A `key` is a column that refers to\n\
             # another table. Types: string, integer, double, boolean, date, localdatetime, datetime, localtime, duration.\n",
        )?;
        self.tables
            .iter()
            .try_for_each(|table| write!(f, "{table}"))
    }
}

impl fmt::Display for TableMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n[[table]]\nfile = {}", text(&self.file))?;
        for why in &self.why {
            writeln!(f, "# {why}")?;
        }
        if let Some(header) = self.header {
            writeln!(f, "header = {header}")?;
        }
        if !self.labels.is_empty() {
            let labels: Vec<_> = self.labels.iter().map(|label| text(label)).collect();
            writeln!(f, "labels = [{}]", labels.join(", "))?;
        }
        let lines = [
            ("id", &self.id),
            ("type", &self.kind),
            ("type-column", &self.type_column),
        ];
        for (key, value) in lines {
            if let Some(value) = value {
                writeln!(f, "{key} = {}", text(value))?;
            }
        }
        for (key, end) in [("start", &self.start), ("end", &self.end)] {
            if let Some(end) = end {
                writeln!(f, "{key} = {end}")?;
            }
        }
        if !self.columns.is_empty() {
            writeln!(f, "[table.columns]")?;
        }
        for (name, column) in &self.columns {
            let why = if column.why.is_empty() {
                String::new()
            } else {
                format!("  # {}", column.why)
            };
            writeln!(f, "{} = {column}{why}", text(name))?;
        }
        self.keys.iter().try_for_each(|key| write!(f, "{key}"))
    }
}

impl fmt::Display for EndMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{ column = {}", text(&self.column))?;
        if let Some(table) = &self.table {
            write!(f, ", table = {}", text(table))?;
        }
        if let Some(label) = &self.label {
            write!(f, ", label = {}", text(label))?;
        }
        f.write_str(" }")
    }
}

impl fmt::Display for ColumnMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let texts = [
            ("name", &self.name),
            ("type", &self.kind),
            ("format", &self.format),
        ];
        for (key, value) in texts {
            parts.extend(
                value
                    .as_ref()
                    .map(|value| format!("{key} = {}", text(value))),
            );
        }
        parts.extend(self.decimal.map(|sign| format!("decimal = \"{sign}\"")));
        if self.skip {
            parts.push("skip = true".to_owned());
        }
        write!(f, "{{ {} }}", parts.join(", "))
    }
}

impl fmt::Display for KeyMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_weak { "# " } else { "" };
        writeln!(f, "\n{mark}[[table.key]]  # {}", self.why)?;
        writeln!(f, "{mark}column = {}", text(&self.column))?;
        writeln!(f, "{mark}table = {}", text(&self.table))?;
        writeln!(f, "{mark}type = {}", text(&self.kind))
    }
}

/// A text in TOML.
fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\0'..='\x1F' | '\x7F' => {
                let _ = write!(out, "\\u{:04X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}
