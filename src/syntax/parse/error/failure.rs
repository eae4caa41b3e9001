//! The place where the grammar gave up, and the tokens around it.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::super::{
    grammar::Rule,
    tokens::{TokenKind, tokens},
};
use crate::base::Span;

/// How many characters of a token a message shows.
const SHOWN: usize = 24;

/// Where the grammar gave up.
pub(super) struct Failure<'t> {
    text: &'t str,
    tokens: Vec<(Span, TokenKind)>,
    /// The position in `tokens` of the first that does not fit; beyond the last at the end of the text.
    index: usize,
    /// The rules that were tried there.
    expected: Vec<Rule>,
}

impl<'t> Failure<'t> {
    /// What `error` says of `text`.
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

    /// Whether one of `rules` was tried.
    pub(super) fn expects(&self, rules: &[Rule]) -> bool {
        rules.iter().any(|rule| self.expected.contains(rule))
    }

    /// The rules that were tried.
    pub(super) fn expected(&self) -> &[Rule] {
        &self.expected
    }

    /// The place of the token that does not fit.
    pub(super) fn span(&self) -> Span {
        match self.tokens.get(self.index) {
            Some((span, _)) => *span,
            None => self.end(),
        }
    }

    /// The place behind the last token.
    pub(super) fn end(&self) -> Span {
        let end = self.tokens.last().map_or(0, |(span, _)| span.end as usize);
        Span::new(end, end)
    }

    /// The text of a token, counted from the one that does not fit; empty beyond the ends.
    pub(super) fn token(&self, offset: isize) -> &'t str {
        self.at(offset)
            .map_or("", |(span, _)| &self.text[span.range()])
    }

    /// The place of a token, counted from the one that does not fit.
    pub(super) fn place(&self, offset: isize) -> Span {
        self.at(offset).map_or(self.end(), |(span, _)| span)
    }

    /// The kind of a token, counted from the one that does not fit.
    pub(super) fn kind(&self, offset: isize) -> Option<TokenKind> {
        self.at(offset).map(|(_, kind)| kind)
    }

    fn at(&self, offset: isize) -> Option<(Span, TokenKind)> {
        let index = self.index.checked_add_signed(offset)?;
        self.tokens.get(index).copied()
    }

    /// A token in upper case, counted from the one that does not fit, if it is a word.
    pub(super) fn word(&self, offset: isize) -> Option<String> {
        match self.kind(offset)? {
            TokenKind::Keyword | TokenKind::Name | TokenKind::Label => {
                Some(self.token(offset).to_uppercase())
            }
            _ => None,
        }
    }

    /// Whether a token, counted from the one that does not fit, is the given word in any case.
    pub(super) fn is_word(&self, offset: isize, word: &str) -> bool {
        self.word(offset).is_some_and(|found| found == word)
    }

    /// Whether the text ends too early.
    pub(super) fn at_end(&self) -> bool {
        self.index >= self.tokens.len()
    }

    /// Whether nothing but `EXPLAIN` or `PROFILE` stands before.
    pub(super) fn at_start(&self) -> bool {
        self.index == 0
            || self.index == 1 && (self.is_word(-1, "EXPLAIN") || self.is_word(-1, "PROFILE"))
    }

    /// The tokens before the one that does not fit.
    pub(super) fn before(&self) -> impl DoubleEndedIterator<Item = (&'t str, Span)> + '_ {
        self.tokens[..self.index.min(self.tokens.len())]
            .iter()
            .map(|(span, _)| (&self.text[span.range()], *span))
    }

    /// The innermost bracket that is open where the text does not fit.
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

    /// Whether the token before ends an operand.
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

    /// The token that does not fit, as a message names it.
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
