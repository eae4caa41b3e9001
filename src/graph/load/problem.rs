//! What is wrong with the files of a graph, and where.
//!
//! A load reports all it finds, up to [`LIMIT`]; a [`Problems`] keeps the first ones and counts the rest.

use std::{error::Error, fmt};

use crate::base::{Code, Diagnostic};

/// How many problems a load spells out.
pub const LIMIT: usize = 100;

/// One thing that is wrong with a file of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the caller named it.
    pub file: String,
    /// Line and column from 1, the column in characters; absent where the whole file is meant.
    pub place: Option<(usize, usize)>,
    /// What was expected and what was found.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with a file as a whole.
    #[must_use]
    pub fn whole(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            place: None,
            message: message.into(),
            help: None,
        }
    }

    /// A problem at the byte `at` of the text of a file.
    #[must_use]
    pub fn at(file: &str, text: &str, at: usize, message: impl Into<String>) -> Self {
        Self {
            place: Some(line_column(text, at)),
            ..Self::whole(file, message)
        }
    }

    /// Adds what to do, if anything is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
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

/// Line and column, both from 1, of the byte `at` of a text.
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

/// The problems found so far: the first ones, and how many more there were.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// Notes a problem. It is described only if it is among those that are spelt out, since that may take time.
    pub(crate) fn push(&mut self, describe: impl FnOnce() -> Problem) {
        if self.found.len() < LIMIT {
            self.found.push(describe());
        } else {
            self.more += 1;
        }
    }

    /// Notes the problems of another collection after its own.
    pub(crate) fn append(&mut self, other: Self) {
        self.more += other.more;
        for problem in other.found {
            self.push(|| problem);
        }
    }

    /// Puts the problems of one file in the order of their places.
    pub(crate) fn sort(&mut self) {
        self.found.sort_by_key(|problem| problem.place);
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The error that reports them, if there are any.
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

/// A graph that could not be loaded, with every reason why, up to [`LIMIT`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The problems that are spelt out, in the order of the files and of their lines.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}

impl LoadError {
    /// The problems as diagnostics without a span: the place is in the message.
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
            1 => "… and 1 more problem".to_owned(),
            more => format!("… and {more} more problems"),
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
