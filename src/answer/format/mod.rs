//! Answers as text. Each format is one file and one entry of the table.

#[cfg(feature = "parquet")]
mod columnar;
mod csv;
mod drawing;
mod html;
mod json;
mod jsonl;
mod markdown;
mod table;
mod tsv;
mod vertical;
pub(super) mod width;

use std::io::{self, Write};

use crate::{answer::Answer, value::Text};

pub use self::json::write_array;

/// A format for answers.
#[derive(Debug)]
pub struct Format {
    /// The name that selects the format.
    pub name: &'static str,
    /// One line for the manual.
    pub doc: &'static str,
    write: fn(&Answer, Layout, &mut dyn Write) -> io::Result<()>,
}

/// The space for the output, which only `table` uses; all other formats write the whole answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Maximum width of a line in terminal columns; `None` means unlimited.
    pub width: Option<usize>,
    /// Maximum number of rows to show; the others are counted. `None` means all.
    pub rows: Option<usize>,
    /// Whether CSV and TSV have no line with the names of the columns.
    pub no_header: bool,
    /// The sign for null in `table` and `vertical`; `None` means `null`.
    pub null: Option<Text>,
}

impl Layout {
    /// The number of columns of an answer that `table` leaves out, because they do not fit the width.
    #[must_use]
    pub fn hidden_columns(&self, answer: &Answer) -> usize {
        table::hidden_columns(answer, self)
    }

    /// The number of rows of an answer that `table` leaves out.
    #[must_use]
    pub fn hidden_rows(&self, answer: &Answer) -> usize {
        table::hidden_rows(answer, self)
    }

    /// The sign for null.
    fn null(&self) -> &str {
        self.null.as_deref().unwrap_or("null")
    }
}

/// All formats.
static FORMATS: &[Format] = &[
    table::FORMAT,
    self::csv::FORMAT,
    tsv::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    markdown::FORMAT,
    vertical::FORMAT,
    html::FORMAT,
    drawing::DOT,
    drawing::MERMAID,
    #[cfg(feature = "parquet")]
    columnar::PARQUET,
    #[cfg(feature = "parquet")]
    columnar::ARROW,
];

impl Format {
    /// All formats, in the order of the manual.
    #[must_use]
    pub fn all() -> &'static [Self] {
        FORMATS
    }

    /// The format with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Writes an answer to `out`; writes nothing if the answer has no columns.
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
