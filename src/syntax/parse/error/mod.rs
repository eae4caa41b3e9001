//! Explains syntax errors: what was expected, what was found, and how to fix it.
//!
//! pest reports how far it parsed and which rules it tried there. `expected` describes the rules; `lexical`, `bracket`
//! and `habit` recognise the likely intention from the tokens around the error.

mod bracket;
mod expected;
mod failure;
mod habit;
mod lexical;

use pest::error::Error;

use self::failure::Failure;
use super::grammar::Rule;
use crate::base::{Code, Diagnostic};

/// The diagnostic for a text that the grammar rejects.
pub(super) fn explain(text: &str, error: &Error<Rule>) -> Box<Diagnostic> {
    let failure = Failure::new(text, error);
    let special = [lexical::explain, bracket::explain, habit::explain];
    let found = special.iter().find_map(|explain| explain(&failure));
    Box::new(found.unwrap_or_else(|| general(&failure)))
}

fn general(failure: &Failure<'_>) -> Diagnostic {
    let message = format!(
        "expected {}, found {}",
        expected::words(failure),
        failure.found()
    );
    Diagnostic::new(Code::UnexpectedSyntax, failure.span(), message)
        .maybe_help(expected::help(failure))
}
