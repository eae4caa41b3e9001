//! Problems in the files of a graph, with their places.
//!
//! A load reports all problems, up to [`LIMIT`]; [`Problems`] keeps the first ones and counts the rest.

use std::{error::Error, fmt};

use crate::base::{Code, Diagnostic, shortened};

/// The maximum number of problems that a load describes.
pub const LIMIT: usize = 100;

/// A problem in a file of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as named by the caller.
    pub file: String,
    /// Line and column, both from 1, the column in characters; `None` if the problem concerns the whole file.
    pub place: Option<(usize, usize)>,
    /// What was expected and what was found.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem that concerns a whole file.
    #[must_use]
    pub fn whole(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            place: None,
            message: shortened(message.into()),
            help: None,
        }
    }

    /// A problem at byte `at` of the text of a file.
    #[must_use]
    pub fn at(file: &str, text: &str, at: usize, message: impl Into<String>) -> Self {
        Self {
            place: Some(line_column(text, at)),
            ..Self::whole(file, message)
        }
    }

    /// Adds advice, if any.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.map(shortened).or(self.help);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// Line and column, both from 1, of byte `at` of a text; the column is in characters.
pub(crate) fn line_column(text: &str, at: usize) -> (usize, usize) {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (
        before.matches('\n').count() + 1,
        before[start..].chars().count() + 1,
    )
}

/// The first problems, and the number of further ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// Records a problem. `describe` is called only below the limit, because it can be slow.
    pub(crate) fn push(&mut self, describe: impl FnOnce() -> Problem) {
        if self.found.len() < LIMIT {
            self.found.push(describe());
        } else {
            self.more += 1;
        }
    }

    /// Appends the problems of another collection.
    pub(crate) fn append(&mut self, other: Self) {
        self.more += other.more;
        for problem in other.found {
            self.push(|| problem);
        }
    }

    /// Sorts the problems of one file by place.
    pub(crate) fn sort(&mut self) {
        self.found.sort_by_key(|problem| problem.place);
    }

    /// Whether there are no problems.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns the problems as an error, if there are any.
    pub(crate) fn into_result(self) -> Result<(), LoadError> {
        if self.is_empty() {
            return Ok(());
        }
        Err(LoadError {
            problems: self.found,
            more: self.more,
        })
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self {
            found: vec![problem],
            more: 0,
        }
    }
}

/// The reasons why a graph could not be loaded, up to [`LIMIT`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The described problems, ordered by file and line.
    pub problems: Vec<Problem>,
    /// The number of further problems.
    pub more: usize,
}

impl LoadError {
    /// The problems as diagnostics without a span; the message contains the place.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let diagnostic = |text: String| Diagnostic::whole(Code::LoadProblem, text);
        self.problems
            .iter()
            .map(|problem| diagnostic(problem.to_string()))
            .chain((self.more > 0).then(|| diagnostic(self.rest())))
            .collect()
    }

    fn rest(&self) -> String {
        match self.more {
            1 => "… and 1 more error".to_owned(),
            more => format!("… and {more} more errors"),
        }
    }
}

impl From<Problem> for LoadError {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            more: 0,
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.problems.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        if self.more > 0 {
            write!(f, "\n{}", self.rest())?;
        }
        Ok(())
    }
}

impl Error for LoadError {}

/// The error of a load that ends early. The caller knows the reason.
pub(crate) fn stopped() -> LoadError {
    Problem::whole("graph", "loading was stopped").into()
}
