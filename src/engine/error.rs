//! Errors of the engine: one or more diagnostics with the text that their spans refer to.

use std::{fmt, sync::Arc};

use crate::{
    base::{Class, Code, Diagnostic, Phase, Rendering, Source, Span, Status, render},
    engine::Alternative,
};

/// The reason why a statement did not run or was undone, or why a graph was not opened.
///
/// `Display` writes only the message; [`Error::render`] also draws the statement with carets.
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
    /// An error with a single diagnostic that refers to no text.
    #[must_use]
    pub fn new(diagnostic: Diagnostic) -> Self {
        Self(Box::new(Inner {
            first: diagnostic,
            rest: Vec::new(),
            text: None,
            candidates: Vec::new(),
        }))
    }

    /// An error with a single diagnostic and the text that its span refers to.
    #[must_use]
    pub fn within(diagnostic: Diagnostic, text: Arc<Source>) -> Self {
        Self(Box::new(Inner {
            first: diagnostic,
            rest: Vec::new(),
            text: Some(text),
            candidates: Vec::new(),
        }))
    }

    /// The first diagnostic. There are more only after loading a graph.
    #[must_use]
    pub fn diagnostic(&self) -> &Diagnostic {
        &self.0.first
    }

    /// Every diagnostic. An error of loading a graph has one per problem of its files.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        std::iter::once(&self.0.first).chain(&self.0.rest)
    }

    /// The status of each diagnostic; the first is the primary one.
    pub fn statuses(&self) -> Vec<Status> {
        self.diagnostics().map(Status::of_diagnostic).collect()
    }

    /// The message of the first diagnostic.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.first.message
    }

    /// The code of the first diagnostic.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.first.code
    }

    /// The class of the code.
    #[must_use]
    pub fn class(&self) -> Class {
        self.code().class()
    }

    /// The phase of the code: before or during execution.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.code().phase()
    }

    /// The span, as a range of bytes in [`Error::text`].
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.0.first.span
    }

    /// How to fix it.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.0.first.help.as_deref()
    }

    /// The text that spans refer to: the statement, or the script that contains it.
    #[must_use]
    pub fn text(&self) -> Option<&Source> {
        self.0.text.as_deref()
    }

    /// The interpretations to choose from, if a question is ambiguous.
    #[must_use]
    pub fn candidates(&self) -> &[Alternative] {
        &self.0.candidates
    }

    /// The same error with interpretations to choose from.
    pub(super) fn with_candidates(mut self, candidates: Vec<Alternative>) -> Self {
        self.0.candidates = candidates;
        self
    }

    /// The diagnostics with the source lines and carets under the spans. Does not end in a line break.
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

    /// An error with several diagnostics, or `None` if there are none.
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
    /// Writes [`Error::render`], because `unwrap` shows `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Rendering::default()))
    }
}

impl std::error::Error for Error {}
