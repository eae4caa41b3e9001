//! Answers as text: one file and one line in the table for each format.

mod csv;
mod json;
mod jsonl;
mod markdown;
mod table;
mod tsv;
mod vertical;
mod width;

use std::io::{self, Write};

use crate::answer::Answer;

/// A way to write answers.
#[derive(Debug)]
pub struct Format {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// One line for the manual.
    pub doc: &'static str,
    write: fn(&Answer, Layout, &mut dyn Write) -> io::Result<()>,
}

/// How much room there is. Formats for programs take no notice of it: what they write is whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// How many columns of text a line may have; any number where there is nothing.
    pub width: Option<usize>,
    /// How many rows are shown, the others being counted; all where there is nothing.
    pub rows: Option<usize>,
}

/// Every format.
static FORMATS: [Format; 7] = [
    table::FORMAT,
    csv::FORMAT,
    tsv::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    markdown::FORMAT,
    vertical::FORMAT,
];

impl Format {
    /// Every format, in the order of the manual.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &FORMATS
    }

    /// The format of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Writes an answer. One without columns is nothing at all.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn write(&self, answer: &Answer, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
        if answer.columns().is_empty() {
            return Ok(());
        }
        (self.write)(answer, layout, out)
    }
}
