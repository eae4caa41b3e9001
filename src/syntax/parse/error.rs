//! Syntax errors in words: what was expected, what was found, and what to do.

use pest::error::{Error, InputLocation};

use super::grammar::Rule;
use crate::base::{Code, Diagnostic, Span};

/// The diagnostic for a text that the grammar refuses.
pub(super) fn explain(text: &str, failure: &Error<Rule>) -> Box<Diagnostic> {
    let at = match failure.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let found = &text[at..];
    let end = at + found.chars().next().map_or(0, char::len_utf8);
    let span = Span::new(at, end);
    let unusual = found.starts_with(|first: char| !first.is_ascii() && !first.is_alphanumeric());
    let code = if unusual {
        Code::InvalidUnicodeCharacter
    } else {
        Code::UnexpectedSyntax
    };
    Box::new(Diagnostic::new(
        code,
        span,
        "the statement is misspelt here",
    ))
}
