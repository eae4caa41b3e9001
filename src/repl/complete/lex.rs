//! Splits text into pieces for completion and highlighting. It uses the token rule of the grammar, which accepts any
//! text, because an incomplete statement does not parse.

use relata::syntax::{TokenKind, tokens};

use crate::repl::complete::piece::{Piece, Sort};

/// The pieces of a text, without the whitespace between them.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let piece = |(span, kind): (relata::Span, TokenKind)| {
        let range = span.range();
        Piece {
            start: range.start,
            sort: sort(kind, &text[range.clone()]),
            text: &text[range],
        }
    };
    tokens(text).into_iter().map(piece).collect()
}

fn sort(kind: TokenKind, text: &str) -> Sort {
    match kind {
        TokenKind::Keyword => Sort::Keyword,
        TokenKind::Name | TokenKind::Label => Sort::Name,
        TokenKind::String => Sort::Text,
        TokenKind::Number => Sort::Number,
        TokenKind::Parameter => Sort::Parameter,
        TokenKind::Operator | TokenKind::Bracket => Sort::Symbol,
        TokenKind::Comment => Sort::Comment,
        TokenKind::Error => broken(text),
    }
}

/// The sort of a token that is not valid in the language.
fn broken(text: &str) -> Sort {
    if text.starts_with(['\'', '"', '`']) || text.starts_with("/*") {
        Sort::Unclosed
    } else if text == "$" {
        Sort::Parameter
    } else {
        Sort::Symbol
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |piece: &Piece<'_>| format!("{:?} {}", piece.sort, piece.text);
        pieces(text).iter().map(show).collect()
    }

    #[test]
    fn a_statement_falls_into_its_pieces() {
        assert_eq!(
            shown("match (n:`A B` {x: 'it\\'s'}) // why\n<=$p 1.5 1..3"),
            [
                "Keyword match",
                "Symbol (",
                "Name n",
                "Symbol :",
                "Name `A B`",
                "Symbol {",
                "Name x",
                "Symbol :",
                "Text 'it\\'s'",
                "Symbol }",
                "Symbol )",
                "Comment // why",
                "Symbol <=",
                "Parameter $p",
                "Number 1.5",
                "Number 1",
                "Symbol ..",
                "Number 3",
            ]
        );
    }

    #[test]
    fn what_is_not_closed_reaches_to_the_end() {
        assert_eq!(shown("RETURN 'a b"), ["Keyword RETURN", "Unclosed 'a b"]);
        assert_eq!(shown("/* a"), ["Unclosed /* a"]);
        assert_eq!(shown("`a"), ["Unclosed `a"]);
        assert_eq!(
            shown("n.count $"),
            ["Name n", "Symbol .", "Name count", "Parameter $"]
        );
    }

    #[test]
    fn pieces_cover_all_but_blank_space() {
        for text in ["§ ¶ 'ü' `ö", "a\u{A0}b", "\\", "1e5x.y", "''\"\"``"] {
            let pieces = pieces(text);
            let mut end = 0;
            for piece in &pieces {
                assert!(text[end..piece.start].trim().is_empty(), "{text}");
                end = piece.end();
            }
            assert!(text[end..].trim().is_empty(), "{text}");
        }
    }
}
