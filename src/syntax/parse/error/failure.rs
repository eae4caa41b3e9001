//! The position of a syntax error, and the tokens around it.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::super::{
    grammar::Rule,
    tokens::{TokenKind, tokens},
};
use crate::base::Span;

/// Maximum number of characters of a token in a message.
const SHOWN: usize = 24;

/// The position of a syntax error.
pub(super) struct Failure<'t> {
    text: &'t str,
    tokens: Vec<(Span, TokenKind)>,
    /// The index in `tokens` of the unexpected token; the number of tokens at the end of the text.
    index: usize,
    /// The rules that pest tried there.
    expected: Vec<Rule>,
}

impl<'t> Failure<'t> {
    /// Locates `error` in `text`.
    pub(super) fn new(text: &'t str, error: &Error<Rule>) -> Self {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        let expected = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives.clone(),
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        let mut tokens = tokens(text);
        tokens.retain(|(_, kind)| *kind != TokenKind::Comment);
        let index = tokens.partition_point(|(span, _)| span.end as usize <= at);
        Self {
            text,
            tokens,
            index,
            expected,
        }
    }

    /// True if pest tried one of `rules`.
    pub(super) fn expects(&self, rules: &[Rule]) -> bool {
        rules.iter().any(|rule| self.expected.contains(rule))
    }

    /// The rules that pest tried.
    pub(super) fn expected(&self) -> &[Rule] {
        &self.expected
    }

    /// The span of the unexpected token.
    pub(super) fn span(&self) -> Span {
        match self.tokens.get(self.index) {
            Some((span, _)) => *span,
            None => self.end(),
        }
    }

    /// The empty span after the last token.
    pub(super) fn end(&self) -> Span {
        let end = self.tokens.last().map_or(0, |(span, _)| span.end as usize);
        Span::new(end, end)
    }

    /// The text of the token at `offset` from the unexpected one; empty if there is none.
    pub(super) fn token(&self, offset: isize) -> &'t str {
        self.at(offset)
            .map_or("", |(span, _)| &self.text[span.range()])
    }

    /// The span of the token at `offset` from the unexpected one.
    pub(super) fn place(&self, offset: isize) -> Span {
        self.at(offset).map_or(self.end(), |(span, _)| span)
    }

    /// The kind of the token at `offset` from the unexpected one.
    pub(super) fn kind(&self, offset: isize) -> Option<TokenKind> {
        self.at(offset).map(|(_, kind)| kind)
    }

    fn at(&self, offset: isize) -> Option<(Span, TokenKind)> {
        let index = self.index.checked_add_signed(offset)?;
        self.tokens.get(index).copied()
    }

    /// The token at `offset` from the unexpected one, in upper case; `None` if it is not a word.
    pub(super) fn word(&self, offset: isize) -> Option<String> {
        match self.kind(offset)? {
            TokenKind::Keyword | TokenKind::Name | TokenKind::Label => {
                Some(self.token(offset).to_uppercase())
            }
            _ => None,
        }
    }

    /// True if the token at `offset` from the unexpected one is the word `word`, ignoring case.
    pub(super) fn is_word(&self, offset: isize, word: &str) -> bool {
        self.word(offset).is_some_and(|found| found == word)
    }

    /// True if the text ends too early.
    pub(super) fn at_end(&self) -> bool {
        self.index >= self.tokens.len()
    }

    /// True if at most `EXPLAIN` or `PROFILE` precedes the error.
    pub(super) fn at_start(&self) -> bool {
        self.index == 0
            || self.index == 1 && (self.is_word(-1, "EXPLAIN") || self.is_word(-1, "PROFILE"))
    }

    /// True if the unexpected token is the second of the statement.
    pub(super) fn at_second(&self) -> bool {
        self.index == 1
            || self.index == 2 && (self.is_word(-2, "EXPLAIN") || self.is_word(-2, "PROFILE"))
    }

    /// The tokens before the unexpected one.
    pub(super) fn before(&self) -> impl DoubleEndedIterator<Item = (&'t str, Span)> + '_ {
        self.tokens[..self.index.min(self.tokens.len())]
            .iter()
            .map(|(span, _)| (&self.text[span.range()], *span))
    }

    /// The innermost bracket that is open at the error.
    pub(super) fn open_bracket(&self) -> Option<(&'t str, Span)> {
        let mut open = Vec::new();
        for (token, span) in self.before() {
            match token {
                "(" | "[" | "{" => open.push((token, span)),
                ")" | "]" | "}" => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }

    /// True if the previous token ends an operand.
    pub(super) fn follows_operand(&self) -> bool {
        match self.kind(-1) {
            Some(TokenKind::Bracket) => matches!(self.token(-1), ")" | "]" | "}"),
            Some(
                TokenKind::Name
                | TokenKind::Number
                | TokenKind::String
                | TokenKind::Parameter
                | TokenKind::Label,
            ) => true,
            _ => false,
        }
    }

    /// The unexpected token, for a message.
    pub(super) fn found(&self) -> String {
        if self.at_end() {
            return "the end of the statement".to_owned();
        }
        let token = self.token(0);
        let line = token.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(SHOWN).collect();
        let rest = if shown.len() < token.len() { "…" } else { "" };
        format!("`{shown}{rest}`")
    }
}
