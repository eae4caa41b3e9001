//! Scripts: several statements, separated by semicolons.

use super::scan::{blank_end, opaque_end};
use crate::base::Span;

/// The span of one statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementSpan {
    /// The statement without its semicolon and without blank space at its ends.
    pub span: Span,
    /// True if a semicolon ends the statement. Only the last statement may lack it.
    pub complete: bool,
}

/// The statements of a text: semicolons in strings, quoted names and comments do not separate. Statements of
/// blank space and comments only are left out.
#[must_use]
pub fn split(text: &str) -> Split<'_> {
    Split { text, at: 0 }
}

/// The length of the whitespace and comments at the start of a text.
#[must_use]
pub fn blank(text: &str) -> usize {
    blank_end(text, 0)
}

/// The statements of a text in order; see [`split`]. The text is read up to the last statement that was asked for.
#[derive(Clone, Debug)]
pub struct Split<'t> {
    text: &'t str,
    /// The end of the text that has been read.
    at: usize,
}

impl Split<'_> {
    /// Reads a statement from its first token on.
    fn statement(&mut self) -> StatementSpan {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start;
        let complete = loop {
            match bytes.get(self.at) {
                None => break false,
                Some(b';') => break true,
                // Most bytes: no token that starts with them can contain a semicolon.
                Some(b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') => self.at += 1,
                Some(_) => {
                    let blank = blank_end(self.text, self.at);
                    if blank > self.at {
                        self.at = blank;
                        continue;
                    }
                    self.at = opaque_end(self.text, self.at).unwrap_or_else(|| {
                        self.at
                            + self.text[self.at..]
                                .chars()
                                .next()
                                .map_or(1, char::len_utf8)
                    });
                }
            }
            end = self.at;
        };
        StatementSpan {
            span: Span::new(start, end),
            complete,
        }
    }
}

impl Iterator for Split<'_> {
    type Item = StatementSpan;

    fn next(&mut self) -> Option<StatementSpan> {
        loop {
            self.at = blank_end(self.text, self.at);
            match self.text.as_bytes().get(self.at)? {
                b';' => self.at += 1,
                _ => return Some(self.statement()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{TokenKind, tokens};

    /// The statements of a text by the tokens of the grammar.
    fn by_tokens(text: &str) -> Vec<StatementSpan> {
        let mut found: Vec<StatementSpan> = Vec::new();
        let mut open = false;
        for (token, kind) in tokens(text) {
            match (&text[token.range()], kind) {
                (_, TokenKind::Comment) => {}
                (";", TokenKind::Operator) => {
                    if let Some(last) = found.last_mut() {
                        last.complete = true;
                    }
                    open = false;
                }
                _ if open => {
                    let last = found.last_mut().expect("an open statement");
                    last.span = last.span.to(token);
                }
                _ => {
                    found.push(StatementSpan {
                        span: token,
                        complete: false,
                    });
                    open = true;
                }
            }
        }
        found
    }

    #[test]
    fn the_tokens_of_the_grammar_give_the_same_statements() {
        let pieces = [
            "a", " ", ";", "'", "\"", "`", "\\", "/", "*", "\n", "\r", "\u{A0}", "é",
        ];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer = |text: &String| pieces.map(|piece| format!("{text}{piece}"));
            texts = texts.iter().flat_map(longer).collect();
            for text in &texts {
                assert_eq!(split(text).collect::<Vec<_>>(), by_tokens(text), "{text:?}");
            }
        }
    }

    #[test]
    fn a_long_text_is_split_in_linear_time() {
        let text = "RETURN 'a;b' /* ; */ AS x; // ;\n".repeat(1 << 15);
        assert_eq!(split(&text).count(), 1 << 15);
    }
}
