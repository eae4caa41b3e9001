//! What is refused before pest reads it: pest itself knows no limits and would overflow the stack.

use super::Result;
use crate::base::{Code, Diagnostic, Span};

/// How many levels a tree may have: nested brackets and `CASE`s, and operators on one another in one expression.
/// Chains of `AND`, `OR` and `XOR` become balanced trees, so that they may be of any length.
pub(super) const MAX_DEPTH: usize = 400;

/// How many bytes a statement may have.
const MAX_SIZE: usize = 16 << 20;

/// Refuses a text that is too long or nests too deep.
pub(super) fn check(text: &str) -> Result<()> {
    if text.len() > MAX_SIZE {
        return Err(too_long(text.len()));
    }
    Scan::new(text).run()
}

/// The error for a tree that is too deep at `span`.
pub(super) fn too_deep(span: Span) -> Box<Diagnostic> {
    let message = format!("the statement is nested deeper than {MAX_DEPTH} levels");
    Box::new(
        Diagnostic::new(Code::NestingTooDeep, span, message).help(
            "divide it with `WITH`, pass lists and maps as parameters, or leave out brackets",
        ),
    )
}

fn too_long(size: usize) -> Box<Diagnostic> {
    let message = format!("the statement has {size} bytes, and at most {MAX_SIZE} are read");
    let help = "pass the data as parameters, or divide the statement";
    Box::new(Diagnostic::whole(Code::StatementTooLong, message).help(help))
}

/// Counts open brackets and `CASE`s outside of strings, quoted names and comments.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// For each open bracket, how many `CASE`s may be open directly in it; the first entry is for the outer level.
    cases: Vec<usize>,
    depth: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            cases: vec![0],
            depth: 0,
        }
    }

    fn run(mut self) -> Result<()> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let start = self.at;
            self.step(byte);
            if self.depth > MAX_DEPTH {
                return Err(too_deep(Span::new(start, self.at)));
            }
        }
        Ok(())
    }

    fn step(&mut self, byte: u8) {
        match byte {
            b'\'' | b'"' => self.at = string_end(self.text.as_bytes(), self.at),
            b'`' => self.skip_past(1, "`"),
            b'/' if self.text[self.at..].starts_with("//") => self.skip_past(2, "\n"),
            b'/' if self.text[self.at..].starts_with("/*") => self.skip_past(2, "*/"),
            b'(' | b'[' | b'{' => self.open(),
            b')' | b']' | b'}' => self.close(),
            b',' => self.next_item(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(),
            _ => self.at += 1,
        }
    }

    fn skip_past(&mut self, opening: usize, end: &str) {
        let rest = &self.text[self.at + opening..];
        let length = rest.find(end).map_or(rest.len(), |found| found + end.len());
        self.at += opening + length;
    }

    fn open(&mut self) {
        self.at += 1;
        self.depth += 1;
        self.cases.push(0);
    }

    fn close(&mut self) {
        self.at += 1;
        if self.cases.len() > 1 {
            self.depth -= 1 + self.cases.pop().unwrap_or_default();
        }
    }

    /// A comma stands in no `CASE`, so that those before it are closed.
    fn next_item(&mut self) {
        self.at += 1;
        if let Some(cases) = self.cases.last_mut() {
            self.depth -= std::mem::take(cases);
        }
    }

    /// Every `CASE` counts up to the next comma or bracket: whether an `END` closes it, only the grammar knows.
    fn word(&mut self) {
        let bytes = &self.text.as_bytes()[self.at..];
        let length = bytes.iter().take_while(|byte| is_word(**byte)).count();
        if bytes[..length].eq_ignore_ascii_case(b"case") {
            self.depth += 1;
            if let Some(cases) = self.cases.last_mut() {
                *cases += 1;
            }
        }
        self.at += length;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The position after the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte == bytes[start] {
            break;
        }
        if byte == b'\\' {
            at += 1;
        }
    }
    at.min(bytes.len())
}
