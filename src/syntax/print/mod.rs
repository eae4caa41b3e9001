//! Prints a tree as canonical text: one line, keywords in upper case, brackets and backticks only where necessary.
//!
//! The text parses to the same tree, apart from spans. Everything prints through `Display`.

mod clause;
mod expr;
mod label;
mod literal;
mod name;
mod pattern;
mod schema;
mod session;

use std::fmt::{self, Display, Formatter};

use crate::syntax::ast::{Body, ConjunctionKind, Mode, Query, SingleQuery, Statement, Subquery};

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.mode {
            Mode::Run => "",
            Mode::Explain => "EXPLAIN ",
            Mode::Profile => "PROFILE ",
        })?;
        match &self.body {
            Body::Query(query) => query.fmt(f),
            Body::Begin { reads_only: false } => f.write_str("BEGIN"),
            Body::Begin { reads_only: true } => f.write_str("BEGIN READ ONLY"),
            Body::Commit => f.write_str("COMMIT"),
            Body::Rollback(None) => f.write_str("ROLLBACK"),
            Body::Rollback(Some(to)) => write!(f, "ROLLBACK TO SAVEPOINT {to}"),
            Body::Savepoint(name) => write!(f, "SAVEPOINT {name}"),
            Body::Release(name) => write!(f, "RELEASE SAVEPOINT {name}"),
            Body::Session(commands) => joined(f, commands, " "),
        }
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        for (conjunction, part) in &self.rest {
            write!(f, " {} {part}", conjunction.kind)?;
        }
        Ok(())
    }
}

impl Display for ConjunctionKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Union { all: false } => "UNION",
            Self::Union { all: true } => "UNION ALL",
            Self::Except { all: false } => "EXCEPT",
            Self::Except { all: true } => "EXCEPT ALL",
            Self::Intersect { all: false } => "INTERSECT",
            Self::Intersect { all: true } => "INTERSECT ALL",
            Self::Otherwise => "OTHERWISE",
            Self::Next => "NEXT",
        })
    }
}

impl Display for SingleQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        joined(f, &self.clauses, " ")
    }
}

impl Display for Subquery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern { pattern, predicate } => {
                pattern.fmt(f)?;
                optional(f, " WHERE ", predicate.as_ref())
            }
            Self::Query(query) => query.fmt(f),
        }
    }
}

/// Prints the items with `separator` between them.
fn joined<T: Display>(f: &mut Formatter<'_>, items: &[T], separator: &str) -> fmt::Result {
    each(f, items, separator, |f, item| item.fmt(f))
}

/// Prints each item with `write`, and `separator` between them.
fn each<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    separator: &str,
    mut write: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            f.write_str(separator)?;
        }
        write(f, item)?;
    }
    Ok(())
}

/// Prints `before` and the item; nothing if the item is `None`.
fn optional<T: Display>(f: &mut Formatter<'_>, before: &str, item: Option<T>) -> fmt::Result {
    match item {
        Some(item) => write!(f, "{before}{item}"),
        None => Ok(()),
    }
}
