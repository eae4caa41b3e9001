//! Tokens as completion sees them: a few sorts, with their text.

use relata::syntax::{Keyword, keyword};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `MATCH`, `where`
    Keyword,
    /// `n`, `Course`, `` `two words` ``
    Name,
    /// `'text'`
    Text,
    /// `'tex`, `/* wh`, `` `na ``: not closed before the end
    Unclosed,
    /// `42`
    Number,
    /// `$x`, or `$` at the end
    Parameter,
    /// `// …`, `/* … */`
    Comment,
    /// `(`, `->`, `<=`
    Symbol,
}

/// A token of an incomplete statement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) sort: Sort,
    /// The source text.
    pub(crate) text: &'a str,
    /// The byte position of its start.
    pub(crate) start: usize,
}

impl<'a> Piece<'a> {
    /// The byte position of its end.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this symbol.
    pub(crate) fn is(&self, symbol: &str) -> bool {
        self.sort == Sort::Symbol && self.text == symbol
    }

    /// Whether it is this keyword, ignoring case.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.sort == Sort::Keyword && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is one of the keywords.
    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(word))
    }

    /// Whether it is a keyword that begins a clause or a part of one.
    pub(crate) fn begins_clause(&self) -> bool {
        self.sort == Sort::Keyword && keyword(self.text).is_some_and(Keyword::begins_clause)
    }

    /// Whether it is a name, or a keyword that may stand as one.
    pub(crate) fn is_wordlike(&self) -> bool {
        matches!(self.sort, Sort::Keyword | Sort::Name)
    }

    /// The name without back quotes.
    pub(crate) fn name(&self) -> &'a str {
        let inner = self.text.strip_prefix('`').unwrap_or(self.text);
        inner.strip_suffix('`').unwrap_or(inner)
    }

    /// Whether it opens a bracket.
    pub(crate) fn opens(&self) -> bool {
        ["(", "[", "{"].iter().any(|symbol| self.is(symbol))
    }

    /// Whether it closes a bracket.
    pub(crate) fn closes(&self) -> bool {
        [")", "]", "}"].iter().any(|symbol| self.is(symbol))
    }
}
