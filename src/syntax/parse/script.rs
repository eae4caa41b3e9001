//! Scripts: several statements, separated by semicolons.

use pest::Parser;

use super::{
    cursor::place,
    grammar::{Grammar, Rule},
};
use crate::base::Span;

/// The span of one statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementSpan {
    /// The statement without its semicolon and without blank space at its ends.
    pub span: Span,
    /// True if a semicolon ends the statement. Only the last statement may lack it.
    pub complete: bool,
}

/// The statements of a text: semicolons in strings, quoted names and comments do not separate. Statements of
/// blank space and comments only are left out.
#[must_use]
pub fn split(text: &str) -> Vec<StatementSpan> {
    let mut script = Grammar::parse(Rule::script, text).expect("every text is a script");
    let mut statements: Vec<StatementSpan> = Vec::new();
    for part in script.next().expect("a script is one pair").into_inner() {
        match part.as_rule() {
            Rule::statement_span => statements.push(StatementSpan {
                span: place(&part),
                complete: false,
            }),
            _ => close_last(&mut statements, part.as_rule()),
        }
    }
    statements
}

fn close_last(statements: &mut [StatementSpan], rule: Rule) {
    if let (Rule::semicolon, Some(last)) = (rule, statements.last_mut()) {
        last.complete = true;
    }
}
