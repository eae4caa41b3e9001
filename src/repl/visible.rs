//! Keeps what data contains from commanding the terminal: a control character in a name, a value or an error appears as a
//! sign instead of moving the cursor, setting the title or turning text around.

use std::{
    io::{self, Write},
    str,
};

/// A writer for a terminal. It writes control characters as signs, except for line breaks and tabs, and except for colours if
/// the shell uses them.
#[derive(Debug)]
pub(crate) struct Visible<W> {
    out: W,
    colors: bool,
    /// The first bytes of a character or of an escape sequence whose rest has not been written yet.
    pending: Vec<u8>,
}

impl<W: Write> Visible<W> {
    /// A writer to `out`.
    pub(crate) fn new(out: W, colors: bool) -> Self {
        Self {
            out,
            colors,
            pending: Vec::new(),
        }
    }

    fn pass(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(visible(text, self.colors).as_bytes())
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        let all = std::mem::take(&mut self.pending);
        let valid = match str::from_utf8(&all) {
            Ok(text) => text,
            Err(error) => str::from_utf8(&all[..error.valid_up_to()]).unwrap_or_default(),
        };
        let text = &valid[..valid.len() - open_sequence(valid)];
        self.pending = all[text.len()..].to_vec();
        self.pass(text)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.pending);
        self.pass(&String::from_utf8_lossy(&rest))?;
        self.out.flush()
    }
}

/// The longest escape sequence of a colour.
const LONGEST: usize = 20;

/// The length of the escape sequence that a text ends in the middle of.
fn open_sequence(text: &str) -> usize {
    let start = text.rfind('\x1b').filter(|at| text.len() - at < LONGEST);
    let open = start.filter(|at| color(&text[*at..]).is_none());
    let begun = open.filter(|at| {
        let rest = text[at + 1..].strip_prefix('[');
        text.len() == at + 1 || rest.is_some_and(|rest| rest.bytes().all(is_parameter))
    });
    begun.map_or(0, |at| text.len() - at)
}

fn is_parameter(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b';'
}

/// The length of the sequence for a colour at the start of a text.
fn color(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\x1b[")?;
    let end = rest.bytes().position(|byte| !is_parameter(byte))?;
    (rest.as_bytes()[end] == b'm').then_some(end + 3)
}

/// The text with signs in place of control characters.
pub(crate) fn visible(text: &str, colors: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = match color(rest).filter(|_| colors) {
            Some(length) => {
                out.push_str(&rest[..length]);
                length
            }
            None => {
                out.push(sign(letter));
                letter.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

/// The character, or the sign for it.
fn sign(letter: char) -> char {
    match letter {
        '\n' | '\t' => letter,
        '\x7f' => '\u{2421}',
        _ if letter.is_ascii_control() => {
            char::from_u32(0x2400 + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ if letter.is_control() || turns(letter) => char::REPLACEMENT_CHARACTER,
        _ => letter,
    }
}

/// Whether a character changes the direction of the text after it, so that it reads as something else.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as a terminal gets it, in pieces of every length.
    fn shown(text: &str, colors: bool) -> String {
        let whole = visible(text, colors);
        for size in 1..=text.len().max(1) {
            let mut out = Visible::new(Vec::new(), colors);
            for piece in text.as_bytes().chunks(size) {
                out.write_all(piece).unwrap();
            }
            out.flush().unwrap();
            assert_eq!(String::from_utf8(out.out).unwrap(), whole, "{size}");
        }
        whole
    }

    #[test]
    fn control_characters_become_signs() {
        assert_eq!(shown("a\tb\n", false), "a\tb\n");
        assert_eq!(shown("\x1b]0;title\x07", true), "␛]0;title␇");
        assert_eq!(shown("\x1b[2J\r\u{9b}", true), "␛[2J␍\u{fffd}");
        assert_eq!(shown("\u{202e}abc\x7f é日", false), "\u{fffd}abc␡ é日");
    }

    #[test]
    fn only_colours_pass_and_only_where_they_are_used() {
        assert_eq!(
            shown("\x1b[34;1mMATCH\x1b[0m", true),
            "\x1b[34;1mMATCH\x1b[0m"
        );
        assert_eq!(shown("\x1b[34;1mMATCH", false), "␛[34;1mMATCH");
        assert_eq!(shown("\x1b[1", true), "␛[1");
    }
}
