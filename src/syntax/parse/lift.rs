//! Finds the literals of a statement that can be parameters, so that statements which differ only in them share a plan.
//!
//! A number or string is lifted if it is compared with a property (`n.key = 1`), or is an entry of the property map of a
//! pattern (`{key: 1}`), and if it is an operand on its own. Literals that name a column stay: those between `RETURN` or
//! `WITH` and the next clause. So do all that can decide a plan or an error of analysis: those of `LIMIT`, of lengths, of
//! lists, of arithmetic. The text is only scanned: the parser confirms the spans.

use crate::{
    base::Span,
    syntax::{
        ast::Literal,
        keyword::{Keyword, KeywordClass, keyword},
    },
};

/// A text without its lifted literals.
#[derive(Debug)]
pub struct Lifted {
    /// The text with a mark of its type in place of each lifted literal.
    pub shape: String,
    /// The literals with their spans, in order.
    pub literals: Vec<(Span, Literal)>,
}

/// Precedes the type of a lifted literal in a shape; a text with it is not lifted.
const MARK: u8 = 1;

/// Integers of so many digits fit in 64 bits.
const DIGITS: usize = 18;

/// Lifts the literals of a statement; `None` if it has none to lift, if it has comments, or if it is to be explained.
#[must_use]
pub fn lift(text: &str) -> Option<Lifted> {
    let mut scan = Scan {
        text,
        at: 0,
        levels: vec![Level::default()],
        last: [Token::Other(""); 4],
        shape: String::new(),
        copied: 0,
        literals: Vec::new(),
    };
    scan.run()?;
    if scan.literals.is_empty() {
        return None;
    }
    scan.shape.push_str(&text[scan.copied..]);
    Some(Lifted {
        shape: scan.shape,
        literals: scan.literals,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Name(&'t str),
    /// A sign, a bracket or a literal.
    Other(&'t str),
}

/// The inside of a bracket, or the outermost level.
#[derive(Clone, Copy, Default)]
struct Level {
    /// Whether it is a brace after a name, as those of property maps are.
    is_map: bool,
    /// Whether it is part of the items of a projection.
    named: bool,
    /// Whether the items of a projection are being read.
    projects: bool,
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    levels: Vec<Level>,
    /// The last tokens, the latest first.
    last: [Token<'t>; 4],
    shape: String,
    /// The end of the text that is copied to the shape.
    copied: usize,
    literals: Vec<(Span, Literal)>,
}

impl<'t> Scan<'t> {
    fn run(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let start = self.at;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => {
                    self.at += 1;
                    continue;
                }
                b'\'' | b'"' => self.string(byte)?,
                b'0'..=b'9' => self.number(),
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word()?,
                b'`' => {
                    self.at += 2 + self.text[start + 1..].find('`')?;
                    self.push(Token::Name(&self.text[start..self.at]));
                }
                b'/' if matches!(bytes.get(start + 1), Some(b'/' | b'*')) => return None,
                b'(' | b'[' | b'{' => self.open(byte),
                b')' | b']' | b'}' => self.close(),
                b'<' | b'>' if matches!(bytes.get(start + 1), Some(b'=' | b'>')) => self.sign(2),
                MARK => return None,
                _ => self.sign(1),
            }
        }
        Some(())
    }

    fn push(&mut self, token: Token<'t>) {
        self.last.rotate_right(1);
        self.last[0] = token;
    }

    fn sign(&mut self, length: usize) {
        let start = self.at;
        self.at += length;
        self.push(Token::Other(&self.text[start..self.at]));
    }

    fn level(&self) -> Level {
        self.levels.last().copied().unwrap_or_default()
    }

    fn open(&mut self, byte: u8) {
        let outer = self.level();
        self.levels.push(Level {
            is_map: byte == b'{' && matches!(self.last[0], Token::Name(_)),
            named: outer.named || outer.projects,
            projects: false,
        });
        self.sign(1);
    }

    fn close(&mut self) {
        if self.levels.len() > 1 {
            self.levels.pop();
        }
        self.sign(1);
    }

    fn word(&mut self) -> Option<()> {
        let start = self.at;
        let bytes = &self.text.as_bytes()[start..];
        self.at += bytes.iter().take_while(|byte| is_word(**byte)).count();
        let word = &self.text[start..self.at];
        let is_name = matches!(
            self.last[0],
            Token::Other("." | ":" | "$" | "|" | "&" | "!")
        );
        if let Some(keyword) = keyword(word).filter(|_| !is_name) {
            self.keyword(keyword)?;
        }
        self.push(Token::Name(word));
        Some(())
    }

    /// Begins or ends the items of a projection; `None` for a command, such as one that explains the statement.
    fn keyword(&mut self, keyword: &Keyword) -> Option<()> {
        let follows = |word: &str| matches!(self.last[0], Token::Name(name) if name.eq_ignore_ascii_case(word));
        let projects = match keyword.word {
            "RETURN" => true,
            "WITH" if follows("STARTS") || follows("ENDS") => return Some(()),
            "WITH" => true,
            "WHERE" => false,
            _ => match keyword.class {
                KeywordClass::Command => return None,
                KeywordClass::Clause | KeywordClass::Update => false,
                _ => return Some(()),
            },
        };
        if let Some(level) = self.levels.last_mut() {
            level.projects = projects;
        }
        Some(())
    }

    fn string(&mut self, quote: u8) -> Option<()> {
        let start = self.at;
        let inside = &self.text.as_bytes()[start + 1..];
        let length = inside
            .iter()
            .position(|byte| *byte == quote || *byte == b'\\')?;
        if inside[length] == b'\\' {
            // An escaped string is not lifted, and neither is anything after it.
            return None;
        }
        self.at += length + 2;
        if self.text.as_bytes().get(self.at) == Some(&quote) {
            return None;
        }
        let value = &self.text[start + 1..self.at - 1];
        self.literal(start, 's', || Some(Literal::String(value.to_owned())));
        Some(())
    }

    fn number(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digits = |from: usize| {
            let rest = bytes[from..].iter();
            rest.take_while(|byte| byte.is_ascii_digit()).count()
        };
        let whole = digits(start);
        let fraction = match bytes.get(start + whole) {
            Some(b'.') => digits(start + whole + 1),
            _ => 0,
        };
        self.at += whole;
        if fraction > 0 {
            self.at += 1 + fraction;
        }
        let text = &self.text[start..self.at];
        let is_whole = fraction == 0;
        let next = bytes.get(self.at).copied().unwrap_or(b' ');
        let is_plain = !is_word(next)
            && next != b'.'
            && whole <= DIGITS
            && (whole == 1 || !text.starts_with('0'));
        if !is_plain {
            let rest = bytes[self.at..].iter();
            self.at += rest.take_while(|byte| is_word(**byte)).count();
            self.push(Token::Other("0"));
            return;
        }
        self.literal(start, if is_whole { 'i' } else { 'f' }, || {
            if is_whole {
                text.parse().ok().map(Literal::Integer)
            } else {
                text.parse().ok().map(Literal::Float)
            }
        });
    }

    /// Lifts the literal from `start` to the present position if it can be a parameter.
    fn literal(&mut self, start: usize, mark: char, value: impl FnOnce() -> Option<Literal>) {
        if self.is_operand()
            && self.ends_operand()
            && let Some(value) = value()
        {
            self.shape.push_str(&self.text[self.copied..start]);
            self.shape.push(char::from(MARK));
            self.shape.push(mark);
            self.copied = self.at;
            self.literals.push((Span::new(start, self.at), value));
        }
        self.push(Token::Other("0"));
    }

    /// Whether a literal after the last tokens is compared with a property, or is an entry of a property map.
    fn is_operand(&self) -> bool {
        let level = self.level();
        if level.named || level.projects {
            return false;
        }
        match self.last {
            [
                Token::Other("=" | "<>" | "<" | "<=" | ">" | ">="),
                Token::Name(_),
                Token::Other("."),
                Token::Name(_),
            ] => true,
            [
                Token::Other(":"),
                Token::Name(_),
                Token::Other("{" | ","),
                _,
            ] => level.is_map,
            _ => false,
        }
    }

    /// Whether an operand ends at the present position.
    fn ends_operand(&self) -> bool {
        let rest = self.text[self.at..].trim_start();
        match rest.as_bytes().first() {
            None | Some(b')' | b'}' | b',' | b';') => true,
            Some(byte) if byte.is_ascii_alphabetic() => {
                let length = rest.bytes().take_while(|byte| is_word(*byte)).count();
                let word = &rest[..length];
                !OPERATORS
                    .iter()
                    .any(|operator| word.eq_ignore_ascii_case(operator))
            }
            Some(_) => false,
        }
    }
}

/// The words that continue an operand.
const OPERATORS: &[&str] = &["IS", "IN", "STARTS", "ENDS", "CONTAINS"];

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shape with `?` and the type for each lifted literal; the text itself if none is lifted.
    fn shape(text: &str) -> String {
        lift(text).map_or(text.to_owned(), |lifted| lifted.shape.replace('\u{1}', "?"))
    }

    fn keeps(text: &str) {
        assert_eq!(shape(text), text);
    }

    #[test]
    fn operands_of_properties_and_entries_of_property_maps_are_lifted() {
        let lifted = [
            (
                "MATCH (n:A {id: 7, s: 'x'}) WHERE n.y >= 1.5 RETURN n",
                "MATCH (n:A {id: ?i, s: ?s}) WHERE n.y >= ?f RETURN n",
            ),
            (
                "MATCH (n) WHERE n.x=1AND n.y<2",
                "MATCH (n) WHERE n.x=1AND n.y<?i",
            ),
            (
                "MATCH (n) WHERE (n.x = 1 OR n.y <> \"b\") SET n.z = 3;",
                "MATCH (n) WHERE (n.x = ?i OR n.y <> ?s) SET n.z = ?i;",
            ),
            (
                "MERGE (n)-[r:R {w: 1}]->(m) ON CREATE SET r.at = 2",
                "MERGE (n)-[r:R {w: ?i}]->(m) ON CREATE SET r.at = ?i",
            ),
            (
                "MATCH (n) WITH n, 1 AS x WHERE n.x = 2 RETURN n.x = 3 AS y",
                "MATCH (n) WITH n, 1 AS x WHERE n.x = ?i RETURN n.x = 3 AS y",
            ),
        ];
        for (text, expected) in lifted {
            assert_eq!(shape(text), expected);
        }
    }

    #[test]
    fn literals_that_name_a_column_or_decide_a_plan_stay() {
        for text in [
            "RETURN 1",
            "MATCH (n) RETURN n.x = 1",
            "MATCH (n) RETURN EXISTS { MATCH (m {id: 1}) WHERE m.x = 2 }",
            "MATCH (n) RETURN [(n)-->(m {id: 1}) | m.x]",
            "MATCH (n) WITH n LIMIT 3 RETURN n SKIP 1",
            "MATCH (n)-[*1..3]->(m) RETURN m",
            "MATCH (n) WHERE n.x = 1 + 2",
            "MATCH (n) WHERE n.x = -1",
            "MATCH (n) WHERE n.x IN [1, 2]",
            "MATCH (n) WHERE n.x = 1 IS NULL",
            "MATCH (n) WHERE n.x = 007",
            "MATCH (n) WHERE n.x = 1e3",
            "MATCH (n) WHERE n.x = 99999999999999999999",
            "MATCH (n) WHERE n.x = 'a\\'b'",
            "UNWIND [{a: 1}] AS row RETURN row",
            "EXPLAIN MATCH (n {id: 1}) RETURN n",
            "MATCH (n {id: 1}) // one\nRETURN n",
        ] {
            keeps(text);
        }
    }
}
