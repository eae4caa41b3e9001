//! From a text to the pieces that completion and colours look at. Unlike the grammar this reads every text, since what
//! is being typed is mostly not a statement yet.

use crate::repl::complete::piece::{Piece, Sort};

/// The pieces of a text, without the blank space between them.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let (mut sort, length) = piece(rest, first);
        let is_member = pieces.last().is_some_and(|last| last.is("."));
        if sort == Sort::Name && !is_member && is_keyword(&rest[..length]) {
            sort = Sort::Keyword;
        }
        pieces.push(Piece {
            sort,
            text: &rest[..length],
            start: at,
        });
        at += length;
    }
    pieces
}

/// What `rest` begins with, and how many bytes of it.
fn piece(rest: &str, first: char) -> (Sort, usize) {
    match first {
        '\'' | '"' => closed(rest, first, Sort::Text, text_end),
        '`' => closed(rest, first, Sort::Name, |rest, _| {
            rest[1..].find('`').map(|end| end + 2)
        }),
        '/' if rest.starts_with("/*") => closed(rest, first, Sort::Comment, |rest, _| {
            rest[2..].find("*/").map(|end| end + 4)
        }),
        '/' if rest.starts_with("//") => (Sort::Comment, rest.find('\n').unwrap_or(rest.len())),
        '$' => (Sort::Parameter, 1 + word(&rest[1..])),
        _ if first.is_ascii_digit() => (Sort::Number, number(rest)),
        _ if first.is_alphabetic() || first == '_' => (Sort::Name, word(rest)),
        _ => (Sort::Symbol, symbol(rest, first)),
    }
}

/// A piece that needs an end, or the whole rest where there is none.
fn closed(
    rest: &str,
    mark: char,
    sort: Sort,
    end: fn(&str, char) -> Option<usize>,
) -> (Sort, usize) {
    match end(rest, mark) {
        Some(length) => (sort, length),
        None => (Sort::Unclosed, rest.len()),
    }
}

/// The length of a text in quotes.
fn text_end(rest: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len())
}

/// The length of a number. A point belongs to it where a digit follows, so that `1..3` is a range.
fn number(rest: &str) -> usize {
    let end = word(rest);
    let fraction = rest[end..].strip_prefix('.').unwrap_or_default();
    if fraction.starts_with(|c: char| c.is_ascii_digit()) {
        end + 1 + word(fraction)
    } else {
        end
    }
}

/// The symbols that are longer than one character.
const SYMBOLS: &[&str] = &["<=", ">=", "<>", "=~", "..", "+="];

fn symbol(rest: &str, first: char) -> usize {
    let known = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
    known.map_or(first.len_utf8(), |symbol| symbol.len())
}

/// The words of the grammar, in upper case.
const KEYWORDS: &[&str] = &[
    "ALL",
    "ANALYZE",
    "AND",
    "AS",
    "ASC",
    "ASCENDING",
    "BEGIN",
    "BY",
    "CALL",
    "CASE",
    "COLLECT",
    "COMMIT",
    "CONTAINS",
    "COUNT",
    "CREATE",
    "DELETE",
    "DESC",
    "DESCENDING",
    "DETACH",
    "DISTINCT",
    "ELSE",
    "END",
    "ENDS",
    "EXISTS",
    "EXPLAIN",
    "FALSE",
    "FOREACH",
    "IN",
    "IS",
    "LIMIT",
    "MATCH",
    "MERGE",
    "NOT",
    "NULL",
    "OFFSET",
    "ON",
    "OPTIONAL",
    "OR",
    "ORDER",
    "PROFILE",
    "REMOVE",
    "RETURN",
    "ROLLBACK",
    "SET",
    "SKIP",
    "STARTS",
    "THEN",
    "TRUE",
    "UNION",
    "UNWIND",
    "WHEN",
    "WHERE",
    "WITH",
    "XOR",
    "YIELD",
];

fn is_keyword(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    KEYWORDS.binary_search(&upper.as_str()).is_ok()
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

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }
}
