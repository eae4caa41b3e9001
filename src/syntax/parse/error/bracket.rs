//! Brackets that are missing, unexpected or mismatched.

use super::{super::grammar::Rule, failure::Failure};
use crate::base::{Code, Diagnostic, Span};

/// The diagnostic if the error is in a bracket.
pub(super) fn explain(failure: &Failure<'_>) -> Option<Diagnostic> {
    match (failure.open_bracket(), failure.token(0)) {
        (None, close @ (")" | "]" | "}")) => Some(left_over(failure, close)),
        (Some((open, place)), close @ (")" | "]" | "}")) if closing(open) != close => {
            Some(missing(failure, open, place))
        }
        (Some((open, place)), _) if ends_early(failure, open) => {
            Some(missing(failure, open, place))
        }
        _ => None,
    }
}

fn left_over(failure: &Failure<'_>, close: &str) -> Diagnostic {
    let message = format!("found `{close}`, but no bracket is open");
    Diagnostic::new(Code::UnexpectedSyntax, failure.span(), message)
        .help(format!("remove `{close}`, or open a bracket before it"))
}

fn missing(failure: &Failure<'_>, open: &str, place: Span) -> Diagnostic {
    let close = closing(open);
    let message = format!("expected `{close}`, found {}", failure.found());
    Diagnostic::new(Code::UnexpectedSyntax, failure.span(), message)
        .label(place, "opened here")
        .help(format!("add `{close}`"))
}

fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

/// True if the bracket could close here, and the next token cannot be inside it: the end of the statement, a clause, or
/// the dash after a relationship.
fn ends_early(failure: &Failure<'_>, open: &str) -> bool {
    const CLAUSES: &[&str] = &[
        "AS", "MATCH", "OPTIONAL", "RETURN", "WITH", "UNWIND", "CREATE", "MERGE", "SET", "REMOVE",
        "DELETE", "DETACH", "UNION", "ORDER",
    ];
    let clause = failure
        .word(0)
        .is_some_and(|word| CLAUSES.contains(&&*word));
    let dash = failure.token(0) == "-" && failure.expects(&[Rule::length]);
    let ended = failure.follows_operand() || failure.token(-1) == "*";
    failure.expects(&[closing_rule(open)])
        && ended
        && (failure.at_end() || failure.token(0) == ";" || clause || dash)
}

fn closing_rule(open: &str) -> Rule {
    match open {
        "(" => Rule::close_round,
        "[" => Rule::close_square,
        _ => Rule::close_curly,
    }
}
