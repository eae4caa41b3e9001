//! Splits text into records: CSV as in RFC 4180, with any one-byte delimiter.
//!
//! A field is a slice of the text unless it contains doubled quotes. Blank lines are skipped. Positions are byte
//! offsets, converted to line and column only when a problem is reported.

use std::borrow::Cow;

/// One field of a record.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    /// The content, without surrounding quotes.
    pub(super) text: Cow<'a, str>,
    /// Whether the field was quoted: `""` is an empty string, an unquoted empty field is an absent value.
    pub(super) quoted: bool,
    /// The byte position of the field.
    pub(super) at: usize,
}

impl<'a> Field<'a> {
    /// A field that is not absent.
    pub(super) fn quoted(text: &'a str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            quoted: true,
            at: 0,
        }
    }

    /// Whether the field is an absent value.
    pub(super) fn is_absent(&self) -> bool {
        self.text.is_empty() && !self.quoted
    }
}

/// A misplaced quote: its position and what was expected.
#[derive(Debug)]
pub(super) struct BrokenQuote {
    pub(super) at: usize,
    pub(super) message: &'static str,
}

/// An iterator over records.
#[derive(Clone, Debug)]
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: u8,
}

impl<'a> Records<'a> {
    /// A reader that starts at byte `at`.
    pub(super) fn new(text: &'a str, at: usize, delimiter: u8) -> Self {
        Self {
            text,
            at,
            delimiter,
        }
    }

    /// The byte position of the next record.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Reads the next record into `fields`. Returns false at the end of the text. After a broken quote, reading
    /// continues on the next line.
    pub(super) fn read(&mut self, fields: &mut Vec<Field<'a>>) -> Result<bool, BrokenQuote> {
        fields.clear();
        self.skip_blank_lines();
        if self.at == self.text.len() {
            return Ok(false);
        }
        loop {
            let field = self.field()?;
            fields.push(field);
            if !self.step_over_delimiter() {
                self.step_over_line_end();
                return Ok(true);
            }
        }
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn skip_blank_lines(&mut self) {
        while self.step_over_line_end() {}
    }

    fn step_over_delimiter(&mut self) -> bool {
        let there = self.bytes().get(self.at) == Some(&self.delimiter);
        self.at += usize::from(there);
        there
    }

    fn step_over_line_end(&mut self) -> bool {
        let length = match self.bytes()[self.at..] {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => 0,
        };
        self.at += length;
        length > 0
    }

    fn field(&mut self) -> Result<Field<'a>, BrokenQuote> {
        if self.bytes().get(self.at) == Some(&b'"') {
            self.quoted_field()
        } else {
            Ok(self.plain_field())
        }
    }

    fn plain_field(&mut self) -> Field<'a> {
        let start = self.at;
        let rest = &self.bytes()[start..];
        let length = find_either(rest, self.delimiter, b'\n');
        let mut end = start + length;
        if rest.get(length) == Some(&b'\n') && rest[..length].ends_with(b"\r") {
            end -= 1;
        }
        self.at = end;
        Field {
            text: Cow::Borrowed(&self.text[start..end]),
            quoted: false,
            at: start,
        }
    }

    fn quoted_field(&mut self) -> Result<Field<'a>, BrokenQuote> {
        let start = self.at;
        let mut from = start + 1;
        let mut text = Cow::Borrowed("");
        loop {
            let Some(length) = self.text[from..].find('"') else {
                self.at = self.text.len();
                return Err(BrokenQuote {
                    at: start,
                    message: "expected a closing quote, found the end of the file",
                });
            };
            text += &self.text[from..from + length];
            self.at = from + length + 1;
            if self.bytes().get(self.at) != Some(&b'"') {
                break;
            }
            text += "\"";
            from = self.at + 1;
        }
        self.expect_end_of_field()?;
        Ok(Field {
            text,
            quoted: true,
            at: start,
        })
    }

    fn expect_end_of_field(&mut self) -> Result<(), BrokenQuote> {
        match self.bytes()[self.at..] {
            [] | [b'\n', ..] | [b'\r', b'\n', ..] => Ok(()),
            [byte, ..] if byte == self.delimiter => Ok(()),
            _ => {
                let broken = BrokenQuote {
                    at: self.at,
                    message: "expected the delimiter or the end of the line after a closing quote",
                };
                self.at = self.text[self.at..]
                    .find('\n')
                    .map_or(self.text.len(), |length| self.at + length + 1);
                Err(broken)
            }
        }
    }
}

/// The position of the first occurrence of either byte, or the length of `bytes`. Tests eight bytes per step: of the
/// bytes that the zero test marks, only the lowest is reliable, and that is the one used.
fn find_either(bytes: &[u8], first: u8, second: u8) -> usize {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (firsts, seconds) = (ONES * u64::from(first), ONES * u64::from(second));
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ firsts) | zeros(word ^ seconds);
        if found != 0 {
            return at * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_either = |byte: &u8| *byte == first || *byte == second;
    let in_rest = rest.iter().position(is_either).unwrap_or(rest.len());
    words.len() * 8 + in_rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let mut records = Records::new(text, 0, b',');
        let mut fields = Vec::new();
        let mut found = Vec::new();
        while records.read(&mut fields).unwrap() {
            found.push(
                fields
                    .iter()
                    .map(|f| f.text.to_string())
                    .collect::<Vec<_>>(),
            );
        }
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn records_end_with_their_line_and_blank_lines_are_none() {
        check("a,b\n1,2", &[&["a", "b"], &["1", "2"]]);
        check("a,b\r\n\r\n1,2\r\n", &[&["a", "b"], &["1", "2"]]);
        check("a,\n,b\n,\n", &[&["a", ""], &["", "b"], &["", ""]]);
        check("", &[]);
        check("\n\n", &[]);
        check("é,ü\n", &[&["é", "ü"]]);
    }

    #[test]
    fn quotes_keep_delimiters_line_ends_and_quotes() {
        check("\"a,b\",c\n", &[&["a,b", "c"]]);
        check("\"a\nb\",\"\"\"c\"\"\"\n", &[&["a\nb", "\"c\""]]);
        check("5\" pipe,\"\"\n", &[&["5\" pipe", ""]]);
    }

    #[test]
    fn the_first_of_two_bytes_is_found_wherever_it_stands() {
        for length in 0..40 {
            for at in 0..=length {
                for noise in [0x00, 0x01, b'+', b'-', 0x7F, 0x80, 0xAC, 0xFF] {
                    let mut bytes = vec![noise; length];
                    bytes[at..].fill(b',');
                    assert_eq!(find_either(&bytes, b',', b'\n'), at);
                    bytes[at..].fill(b'\n');
                    assert_eq!(find_either(&bytes, b',', b'\n'), at);
                }
            }
        }
    }

    #[test]
    fn an_empty_field_in_quotes_is_not_absent() {
        let mut fields = Vec::new();
        Records::new("\"\",", 0, b',').read(&mut fields).unwrap();
        assert!(!fields[0].is_absent() && fields[1].is_absent());
    }

    #[test]
    fn reading_goes_on_after_a_broken_quote() {
        let mut fields = Vec::new();
        let mut records = Records::new("\"a\"b,c\nd,e\n\"f", 0, b',');
        assert_eq!(records.read(&mut fields).unwrap_err().at, 3);
        assert!(records.read(&mut fields).unwrap());
        assert_eq!(fields[1].text, "e");
        assert_eq!(records.read(&mut fields).unwrap_err().at, 11);
        assert!(!records.read(&mut fields).unwrap());
    }
}
