//! Scripts: several statements divided by semicolons.

use pest::Parser;

use super::{
    cursor::place,
    grammar::{Grammar, Rule},
};
use crate::base::Span;

/// One statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The statement without its semicolon and without blank space at its ends.
    pub span: Span,
    /// Whether a semicolon ends it. Only the last one may lack it.
    pub complete: bool,
}

/// The statements of a text: semicolons in strings, quoted names and comments divide nothing. Pieces that hold only
/// blank space and comments are left out.
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
