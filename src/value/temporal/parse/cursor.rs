//! A place in a text that is read from left to right.

use crate::base::Fault;

/// What was read, or else a fault; none where the text just has another shape.
pub(super) type Parsed<T> = Result<T, Option<Fault>>;

/// The part of a text that is not read yet.
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Whether everything is read.
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

    /// Steps over a character, if it comes next.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Steps over any one character.
    pub(super) fn next(&mut self) -> Parsed<char> {
        let next = self.peek().ok_or(None)?;
        self.rest = &self.rest[next.len_utf8()..];
        Ok(next)
    }

    /// How many decimal digits come next.
    pub(super) fn digits_ahead(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    /// Steps over all digits that come next, of which there may be none.
    pub(super) fn digits(&mut self) -> &'a str {
        let (digits, rest) = self.rest.split_at(self.digits_ahead());
        self.rest = rest;
        digits
    }

    /// A number of exactly so many digits, of which more may follow.
    pub(super) fn number(&mut self, digits: usize) -> Parsed<i64> {
        if self.digits_ahead() < digits {
            return Err(None);
        }
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        number.parse().map_err(|_| None)
    }

    /// The text in square brackets, if there are any.
    pub(super) fn bracketed(&mut self) -> Parsed<Option<&'a str>> {
        if !self.eat('[') {
            return Ok(None);
        }
        let (inner, rest) = self.rest.split_once(']').ok_or(None)?;
        self.rest = rest;
        Ok(Some(inner))
    }

    /// Runs `read`, and goes back if the text has another shape.
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
