//! Escapes text for XML.

use std::fmt::Write as _;

use crate::base::{Code, Fault};

/// Text between elements.
pub(in crate::exchange) fn text(text: &str) -> Result<String, Fault> {
    escaped(text, &['\r'])
}

/// The value of an attribute, without its quotes. Readers turn line ends into blanks unless they are escaped.
pub(in crate::exchange) fn attribute(text: &str) -> Result<String, Fault> {
    escaped(text, &['\r', '\n', '\t', '"'])
}

fn escaped(text: &str, by_number: &[char]) -> Result<String, Fault> {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if by_number.contains(&'"') => out.push_str("&quot;"),
            _ if by_number.contains(&character) => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            '\t' | '\n' | '\r' => out.push(character),
            '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => return Err(unfit(character)),
            _ => out.push(character),
        }
    }
    Ok(out)
}

fn unfit(character: char) -> Fault {
    let code = u32::from(character);
    let message = format!("cannot write the character U+{code:04X}: XML cannot contain it");
    Fault::new(Code::SaveProblem, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_line_ends_are_escaped() {
        assert_eq!(text("a<b>&\"\r\n").unwrap(), "a&lt;b&gt;&amp;\"&#13;\n");
        assert_eq!(attribute("\"\n").unwrap(), "&quot;&#10;");
        assert!(text("\u{1}").is_err());
    }
}
