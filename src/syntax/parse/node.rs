//! The shared state of the builders: the text, the depth in the tree, and the number of clauses.

use std::cell::Cell;

use super::{
    Result,
    cursor::{Cursor, Pair, place, trimmed},
    limits,
};
use crate::{
    base::{Code, Diagnostic, Span},
    syntax::ast::{ExprKind, Literal, Name},
};

/// Builds the tree of a text from its pairs.
pub(super) struct Builder<'i> {
    text: &'i str,
    depth: Cell<usize>,
    clauses: Cell<usize>,
    /// The spans of lifted literals, ascending, and how many were built.
    lifted: &'i [Span],
    found: Cell<usize>,
    /// Whether the name of a column contains one of them.
    named: Cell<bool>,
    /// Whether the statement begins with `GQL`.
    pub(super) gql: Cell<bool>,
}

impl<'i> Builder<'i> {
    /// A builder for the pairs of `text`.
    pub(super) fn new(text: &'i str) -> Self {
        Self {
            text,
            depth: Cell::new(0),
            clauses: Cell::new(0),
            lifted: &[],
            found: Cell::new(0),
            named: Cell::new(false),
            gql: Cell::new(false),
        }
    }

    /// A builder that makes lifted literals of those at `spans`.
    pub(super) fn lifting(text: &'i str, spans: &'i [Span]) -> Self {
        Self {
            lifted: spans,
            ..Self::new(text)
        }
    }

    /// Whether all literals that are to be lifted were built, and none of them is part of the name of a column.
    pub(super) fn has_lifted_all(&self) -> bool {
        self.found.get() == self.lifted.len() && !self.named.get()
    }

    /// The text of an expression, which names a column.
    pub(super) fn column_name(&self, span: Span) -> String {
        let inside = |literal: &Span| span.start <= literal.start && literal.end <= span.end;
        if self.lifted.iter().any(inside) {
            self.named.set(true);
        }
        self.slice(span).to_owned()
    }

    /// A literal, which may be lifted.
    pub(super) fn literal(&self, literal: Literal, span: Span) -> ExprKind {
        match self.lifted.binary_search(&span) {
            Ok(position) => {
                self.found.set(self.found.get() + 1);
                ExprKind::Lifted(position, literal)
            }
            Err(_) => ExprKind::Literal(literal),
        }
    }

    /// The span of a pair, without trailing whitespace.
    pub(super) fn span(&self, pair: &Pair<'_>) -> Span {
        trimmed(pair, self.text)
    }

    /// The text of a span.
    pub(super) fn slice(&self, span: Span) -> &'i str {
        &self.text[span.range()]
    }

    /// Counts a clause of the statement, including its subqueries; an error beyond the limit.
    pub(super) fn count_clause(&self, span: Span) -> Result<()> {
        self.clauses.set(self.clauses.get() + 1);
        if self.clauses.get() > limits::MAX_CLAUSES {
            return Err(limits::too_many_clauses(span));
        }
        Ok(())
    }

    /// Runs `build` with the depth increased by `levels`; an error beyond the limit.
    pub(super) fn deeper<T>(
        &self,
        levels: usize,
        span: Span,
        build: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let depth = self.depth.get();
        if depth + levels > limits::MAX_DEPTH {
            return Err(limits::too_deep(span));
        }
        self.depth.set(depth + levels);
        let result = build();
        self.depth.set(depth);
        result
    }

    /// `test.proc`
    pub(super) fn dotted_name(&self, pair: Pair<'i>) -> Result<Vec<Name>> {
        Cursor::inside(pair).rest(|part| Ok(name(&part)))
    }
}

/// A name or a variable, without backticks.
pub(super) fn name(pair: &Pair<'_>) -> Name {
    Name {
        text: unquoted(pair.as_str()),
        span: place(pair),
    }
}

fn unquoted(text: &str) -> String {
    match text
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'))
    {
        Some(inner) => inner.replace("``", "`"),
        None => text.to_owned(),
    }
}

/// A syntax error that a builder detects.
pub(super) fn refuse<T>(
    code: Code,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Result<T> {
    Err(Box::new(Diagnostic::new(code, span, message).help(help)))
}
