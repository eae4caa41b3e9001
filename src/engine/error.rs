//! What the engine reports: one or more diagnostics with the text they point into.

use std::{fmt, sync::Arc};

use crate::{
    base::{Class, Code, Diagnostic, Phase, Rendering, Source, Span, render},
    engine::Alternative,
};

/// Why a statement was not run, or was undone, or why a graph was not opened.
///
/// It displays as its message alone; [`Error::render`] draws the statement with carets.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    first: Diagnostic,
    rest: Vec<Diagnostic>,
    text: Option<Arc<Source>>,
    candidates: Vec<Alternative>,
}

impl Error {
    /// The error of a single diagnostic that concerns no text.
    #[must_use]
    pub fn new(diagnostic: Diagnostic) -> Self {
        Self(Box::new(Inner {
            first: diagnostic,
            rest: Vec::new(),
            text: None,
            candidates: Vec::new(),
        }))
    }

    /// The error of a diagnostic with the text it points into.
    #[must_use]
    pub fn within(diagnostic: Diagnostic, text: Arc<Source>) -> Self {
        Self(Box::new(Inner {
            first: diagnostic,
            rest: Vec::new(),
            text: Some(text),
            candidates: Vec::new(),
        }))
    }

    /// The first diagnostic; the only one, unless a graph was loaded.
    #[must_use]
    pub fn diagnostic(&self) -> &Diagnostic {
        &self.0.first
    }

    /// Every diagnostic: a graph that cannot be loaded has one for each problem of its files.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        std::iter::once(&self.0.first).chain(&self.0.rest)
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.first.message
    }

    /// What kind of problem it is.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.first.code
    }

    /// The class of the code.
    #[must_use]
    pub fn class(&self) -> Class {
        self.code().class()
    }

    /// Whether it was found before any data was looked at.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.code().phase()
    }

    /// The place, as a range of the bytes of [`Error::text`].
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.0.first.span
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.0.first.help.as_deref()
    }

    /// The text that spans point into: the statement, or the script it stands in.
    #[must_use]
    pub fn text(&self) -> Option<&Source> {
        self.0.text.as_deref()
    }

    /// The readings of a question among which somebody has to choose.
    #[must_use]
    pub fn candidates(&self) -> &[Alternative] {
        &self.0.candidates
    }

    /// The same error with readings to choose from.
    pub(super) fn with_candidates(mut self, candidates: Vec<Alternative>) -> Self {
        self.0.candidates = candidates;
        self
    }

    /// The diagnostics with the lines they point at and carets under them. Does not end in a line break.
    #[must_use]
    pub fn render(&self, rendering: Rendering) -> String {
        let nowhere = Source::new("", "");
        let text = self.text().unwrap_or(&nowhere);
        let drawn: Vec<_> = self
            .diagnostics()
            .map(|diagnostic| render(diagnostic, text, rendering))
            .collect();
        drawn.join("\n")
    }

    /// The error of several diagnostics, if there are any.
    pub(super) fn all(diagnostics: Vec<Diagnostic>) -> Option<Self> {
        let mut rest = diagnostics.into_iter();
        let first = rest.next()?;
        Some(Self(Box::new(Inner {
            first,
            rest: rest.collect(),
            text: None,
            candidates: Vec::new(),
        })))
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::new(diagnostic)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, diagnostic) in self.diagnostics().enumerate() {
            let separator = if position == 0 { "" } else { "\n" };
            write!(f, "{separator}{diagnostic}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    /// As [`Error::render`] draws it, since `unwrap` shows errors so.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Rendering::default()))
    }
}

impl std::error::Error for Error {}
