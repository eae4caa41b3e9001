//! Syntax errors in words: what was expected, what was found, and what to do.
//!
//! pest tells how far it came and which rules it tried there. The rules become words in `expected`; the tokens around the
//! place tell what the writer most likely meant, in `lexical`, `bracket` and `habit`.

mod bracket;
mod expected;
mod failure;
mod habit;
mod lexical;

use pest::error::Error;

use self::failure::Failure;
use super::grammar::Rule;
use crate::base::{Code, Diagnostic};

/// The diagnostic for a text that the grammar refuses.
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
