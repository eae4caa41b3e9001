//! Limits that are checked before pest parses: pest has no limits and would overflow the stack.

use super::{
    Result,
    scan::{blank_end, opaque_end},
    type_name::is_type_word,
};
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

/// Counts open brackets, `CASE`s and types in types outside strings, quoted names and comments.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The weight of each open bracket and the number of `CASE`s directly inside it; the outer level first.
    open: Vec<(usize, usize)>,
    /// The number of open `<` of types: `LIST<ANY<`.
    types: usize,
    /// Whether a type of elements may follow the last token.
    before_elements: bool,
    depth: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            open: vec![(0, 0)],
            types: 0,
            before_elements: false,
            depth: 0,
        }
    }

    fn run(mut self) -> Result<()> {
        self.at = blank_end(self.text, 0);
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let start = self.at;
            let before_elements = std::mem::take(&mut self.before_elements);
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(),
                b'<' if before_elements => self.open_type(),
                b'>' if self.types > 0 => self.close_type(),
                b'|' | b'!' => self.at += 1,
                _ => self.other(byte),
            }
            if self.depth > MAX_NESTING {
                return Err(too_nested(Span::new(start, self.at)));
            }
            self.at = blank_end(self.text, self.at);
        }
        Ok(())
    }

    /// Reads a token that is no part of a type.
    fn other(&mut self, byte: u8) {
        self.end_types();
        match byte {
            b'(' | b'[' => self.open(1),
            b'{' => self.open(2),
            b')' | b']' | b'}' => self.close(),
            b',' => self.next_item(),
            _ => self.at = opaque_end(self.text, self.at).unwrap_or(self.at + 1),
        }
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

    fn open_type(&mut self) {
        self.at += 1;
        self.types += 1;
        self.depth += 1;
    }

    fn close_type(&mut self) {
        self.at += 1;
        self.types -= 1;
        self.depth -= 1;
    }

    /// A `<` after a word such as `list` may be a comparison: then no word of a type follows.
    fn end_types(&mut self) {
        self.depth -= std::mem::take(&mut self.types);
    }

    /// Each `CASE` counts until the next comma or closing bracket, since only the grammar can match its `END`.
    fn word(&mut self) {
        let rest = &self.text[self.at..];
        let end = rest.find(|char: char| !is_word(char));
        let word = &rest[..end.unwrap_or(rest.len())];
        // A character that is neither a part of a word nor blank.
        self.at += word
            .len()
            .max(rest.chars().next().map_or(1, char::len_utf8));
        let is = |other: &&str| word.eq_ignore_ascii_case(other);
        if self.types > 0 && !is_type_word(word) {
            self.end_types();
        }
        self.before_elements = ["list", "array", "any", "value"].iter().any(is);
        if is(&"case") {
            self.depth += 1;
            if let Some((_, cases)) = self.open.last_mut() {
                *cases += 1;
            }
        }
    }
}

fn is_word(char: char) -> bool {
    match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => true,
        other => !other.is_ascii() && !other.is_whitespace() && other != '\u{FEFF}',
    }
}
