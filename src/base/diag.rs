//! What is told to the person asking: errors and warnings with a place, and faults that have none yet.

use std::{error::Error, fmt};

use crate::base::{Class, Code, Span};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The statement was not run, or was undone.
    Error,
    /// The statement is legal, but probably not what was meant.
    Warning,
}

/// A second place that matters, with what to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What holds there.
    pub message: String,
}

/// An error or a warning about a statement.
///
/// Messages are lower case with names in backticks, and say what was expected before what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Where it is wrong, as a range of the statement's bytes.
    pub span: Option<Span>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at a place.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span: Some(span),
            labels: Vec::new(),
            help: None,
        }
    }

    /// A diagnostic that concerns the whole statement.
    #[must_use]
    pub fn whole(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do, if anything is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// The same, where `offset` bytes stand before the text it points into.
    #[must_use]
    pub fn shifted(mut self, offset: u32) -> Self {
        self.span = self.span.map(|span| span.shifted(offset));
        for label in &mut self.labels {
            label.span = label.span.shifted(offset);
        }
        self
    }

    /// Whether it stops the statement.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code.class() == Class::Warning {
            Severity::Warning
        } else {
            Severity::Error
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Diagnostic {}

/// What an operation on values reports: a problem whose place only the caller knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Fault {
    /// A fault of the given kind.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Fault {}

impl From<Fault> for Diagnostic {
    fn from(fault: Fault) -> Self {
        Self {
            help: fault.help,
            ..Self::whole(fault.code, fault.message)
        }
    }
}

/// Gives a fault its place.
pub trait At<T> {
    /// The value, or the fault as a diagnostic at `span`.
    ///
    /// # Errors
    /// The fault, with its place.
    fn at(self, span: Span) -> Result<T, Box<Diagnostic>>;
}

impl<T> At<T> for Result<T, Fault> {
    fn at(self, span: Span) -> Result<T, Box<Diagnostic>> {
        self.map_err(|fault| {
            Box::new(Diagnostic {
                span: Some(span),
                ..fault.into()
            })
        })
    }
}
