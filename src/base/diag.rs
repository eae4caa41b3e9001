//! Diagnostics, which are errors and warnings with a span, and faults, which are errors without a span.

use std::{error::Error, fmt};

use crate::base::{Class, Code, Span, shortened};

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The statement was not run, or was rolled back.
    Error,
    /// The statement is legal, but probably not what was intended.
    Warning,
}

/// A secondary span with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The span.
    pub span: Span,
    /// What holds at the span.
    pub message: String,
}

/// An error or a warning about a statement.
///
/// A message starts in lower case, puts names in backticks, and states what was expected before what was found. It quotes
/// at most 200 characters of a text; see [`shortened`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// The byte range that is wrong; `None` if the diagnostic concerns the whole statement.
    pub span: Option<Span>,
    /// Secondary spans.
    pub labels: Vec<Label>,
    /// How to fix it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at a span.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: shortened(message.into()),
            span: Some(span),
            labels: Vec::new(),
            help: None,
        }
    }

    /// A diagnostic about the whole statement, without a span.
    #[must_use]
    pub fn whole(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: shortened(message.into()),
            span: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Sets the help text if `help` is `Some`.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.map(shortened).or(self.help);
        self
    }

    /// Adds a secondary span.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            message: shortened(message.into()),
        });
        self
    }

    /// Moves all spans right by `offset` bytes.
    #[must_use]
    pub fn shifted(self, offset: u32) -> Self {
        self.moved(|span| span.shifted(offset))
    }

    /// Moves all spans.
    #[must_use]
    pub fn moved(mut self, place: impl Fn(Span) -> Span) -> Self {
        self.span = self.span.map(&place);
        for label in &mut self.labels {
            label.span = place(label.span);
        }
        self
    }

    /// The severity, which follows from the class of the code.
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

/// An error of an operation on values. It has no span; the caller adds it with [`At::at`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
}

impl Fault {
    /// A fault with a code and a message.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: shortened(message.into()),
            help: None,
        }
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
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

/// Adds a span to a fault.
pub trait At<T> {
    /// Returns the value, or the fault as a diagnostic at `span`.
    ///
    /// # Errors
    /// The fault, with the span.
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
