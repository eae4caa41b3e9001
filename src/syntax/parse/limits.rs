//! Limits that are checked before pest parses: pest has no limits and would overflow the stack.

use super::Result;
use crate::base::{Code, Diagnostic, Span};

// Within both limits, every stage handles every statement on a stack of 2 MB, without compiler optimisation.

/// Maximum nesting of brackets and `CASE`s. A brace counts twice, since it may contain a whole query.
pub(crate) const MAX_NESTING: usize = 128;

/// Maximum number of levels of a tree; nested operators count too. Chains of `AND`, `OR` and `XOR` may have any length,
/// since they become balanced trees.
pub(crate) const MAX_DEPTH: usize = 200;

/// Maximum number of clauses of a statement. Each clause is one or more levels of the plan.
pub(crate) const MAX_CLAUSES: usize = 5_000;

/// Maximum size of a statement in bytes.
pub(crate) const MAX_SIZE: usize = 16 << 20;

/// Rejects a text that is too long or nested too deep.
pub(super) fn check(text: &str) -> Result<()> {
    if text.len() > MAX_SIZE {
        return Err(too_long(text.len()));
    }
    Scan::new(text).run()
}

/// The error for a tree that is too deep at `span`.
pub(super) fn too_deep(span: Span) -> Box<Diagnostic> {
    let message = format!("expected at most {MAX_DEPTH} nested operators and brackets, found more");
    let help = "split the expression with `WITH`, or pass lists, maps and strings as parameters";
    Box::new(Diagnostic::new(Code::NestingTooDeep, span, message).help(help))
}

fn too_nested(span: Span) -> Box<Diagnostic> {
    let message = format!("expected at most {MAX_NESTING} nested brackets, found more");
    let help =
        "split the statement with `WITH`, pass lists and maps as parameters, or remove brackets";
    Box::new(Diagnostic::new(Code::NestingTooDeep, span, message).help(help))
}

/// The error for the first clause beyond the limit.
pub(super) fn too_many_clauses(span: Span) -> Box<Diagnostic> {
    let message = format!("expected at most {MAX_CLAUSES} clauses, found more");
    let help = "split the statement, or pass a list as a parameter and `UNWIND` it";
    Box::new(Diagnostic::new(Code::StatementTooLong, span, message).help(help))
}

fn too_long(size: usize) -> Box<Diagnostic> {
    let message = format!("expected a statement of at most {MAX_SIZE} bytes, found {size} bytes");
    let help = "pass the data as parameters, or split the statement";
    Box::new(Diagnostic::whole(Code::StatementTooLong, message).help(help))
}

/// Counts open brackets and `CASE`s outside strings, quoted names and comments.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The weight of each open bracket and the number of `CASE`s directly inside it; the outer level first.
    open: Vec<(usize, usize)>,
    depth: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            open: vec![(0, 0)],
            depth: 0,
        }
    }

    fn run(mut self) -> Result<()> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let start = self.at;
            self.step(byte);
            if self.depth > MAX_NESTING {
                return Err(too_nested(Span::new(start, self.at)));
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
            b'(' | b'[' => self.open(1),
            b'{' => self.open(2),
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

    fn open(&mut self, weight: usize) {
        self.at += 1;
        self.depth += weight;
        self.open.push((weight, 0));
    }

    fn close(&mut self) {
        self.at += 1;
        if self.open.len() > 1
            && let Some((weight, cases)) = self.open.pop()
        {
            self.depth -= weight + cases;
        }
    }

    /// A `CASE` contains no comma of its own, so a comma closes all `CASE`s before it.
    fn next_item(&mut self) {
        self.at += 1;
        if let Some((_, cases)) = self.open.last_mut() {
            self.depth -= std::mem::take(cases);
        }
    }

    /// Each `CASE` counts until the next comma or closing bracket, since only the grammar can match its `END`.
    fn word(&mut self) {
        let bytes = &self.text.as_bytes()[self.at..];
        let length = bytes.iter().take_while(|byte| is_word(**byte)).count();
        if bytes[..length].eq_ignore_ascii_case(b"case") {
            self.depth += 1;
            if let Some((_, cases)) = self.open.last_mut() {
                *cases += 1;
            }
        }
        self.at += length;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The position after the string that starts at `start`.
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
