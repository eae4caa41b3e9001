//! A cursor over a text that is read from left to right.

use crate::base::Fault;

/// A parsed value, or an error: a fault, or `None` if the text has another form.
pub(super) type Parsed<T> = Result<T, Option<Fault>>;

/// The part of a text that is not yet read.
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Succeeds at the end of the text.
    pub(super) fn end(&self) -> Parsed<()> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(None)
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Skips `wanted` if it is the next character; returns true if it is.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Reads one character.
    pub(super) fn next(&mut self) -> Parsed<char> {
        let next = self.peek().ok_or(None)?;
        self.rest = &self.rest[next.len_utf8()..];
        Ok(next)
    }

    /// The number of decimal digits that come next.
    pub(super) fn digits_ahead(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    /// Reads all digits that come next, possibly none.
    pub(super) fn digits(&mut self) -> &'a str {
        let (digits, rest) = self.rest.split_at(self.digits_ahead());
        self.rest = rest;
        digits
    }

    /// Reads a number of exactly `digits` digits; more digits may follow.
    pub(super) fn number(&mut self, digits: usize) -> Parsed<i64> {
        if self.digits_ahead() < digits {
            return Err(None);
        }
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        number.parse().map_err(|_| None)
    }

    /// Reads a text in square brackets; `None` if the next character is not `[`.
    pub(super) fn bracketed(&mut self) -> Parsed<Option<&'a str>> {
        if !self.eat('[') {
            return Ok(None);
        }
        let (inner, rest) = self.rest.split_once(']').ok_or(None)?;
        self.rest = rest;
        Ok(Some(inner))
    }

    /// Runs `read`; goes back and returns `None` if the text has another form.
    pub(super) fn attempt<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Parsed<T>,
    ) -> Parsed<Option<T>> {
        let before = self.rest;
        match read(self) {
            Ok(value) => Ok(Some(value)),
            Err(None) => {
                self.rest = before;
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }
}
