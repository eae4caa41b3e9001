//! A named source text, and spans in it.

use std::ops::Range;

use serde::Serialize;

/// A half-open byte range of a source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`, both on character boundaries.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// The smallest span that contains both spans.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The span as a range of byte offsets.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span moved right by `offset` bytes.
    #[must_use]
    pub fn shifted(self, offset: u32) -> Self {
        Self {
            start: self.start.saturating_add(offset),
            end: self.end.saturating_add(offset),
        }
    }
}

/// A source text with a display name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A file name, or a generic name such as `query`.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// The number of the first line of the text; greater than 1 for a part of a longer text.
    pub first_line: usize,
}

impl Source {
    /// A source named `name`.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            first_line: 1,
        }
    }

    /// The source with another number for its first line.
    #[must_use]
    pub fn at_line(self, first_line: usize) -> Self {
        Self { first_line, ..self }
    }

    /// The text of `span`; empty if `span` is not within the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The number of the line, and the column, counted from 1 in characters, of a byte offset. Linear in `at`.
    #[must_use]
    pub fn line_column(&self, at: u32) -> (usize, usize) {
        let mut end = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (
            self.first_line + before.matches('\n').count(),
            before[line_start..].chars().count() + 1,
        )
    }
}
