//! Scripts: statements separated by semicolons.

use pest::Parser;

use super::{
    cursor::place,
    grammar::{Grammar, Rule},
};
use crate::base::Span;

/// A statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The span of the statement, without its semicolon and without whitespace at both ends.
    pub span: Span,
    /// True if a semicolon ends the statement. Only the last statement may lack it.
    pub complete: bool,
}

/// Splits a text into statements. Semicolons in strings, quoted names and comments do not separate; a piece that
/// contains only whitespace and comments is dropped.
#[must_use]
pub fn split(text: &str) -> Vec<Piece> {
    let mut script = Grammar::parse(Rule::script, text).expect("every text is a script");
    let mut pieces: Vec<Piece> = Vec::new();
    for part in script.next().expect("a script is one pair").into_inner() {
        match part.as_rule() {
            Rule::piece => pieces.push(Piece {
                span: place(&part),
                complete: false,
            }),
            _ => close_last(&mut pieces, part.as_rule()),
        }
    }
    pieces
}

fn close_last(pieces: &mut [Piece], rule: Rule) {
    if let (Rule::semicolon, Some(last)) = (rule, pieces.last_mut()) {
        last.complete = true;
    }
}
