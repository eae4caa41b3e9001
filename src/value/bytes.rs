//! Byte strings (GQL 4.16.5). Their text is `0x` and hexadecimal digits, so that no byte string has an empty text, which some
//! formats of files cannot tell from an absent value.

use std::{fmt::Write, sync::Arc};

/// A byte string that is cheap to clone.
pub type Bytes = Arc<[u8]>;

/// The bytes that pairs of hexadecimal digits spell, with blanks between them and `0x` before them on request; `None` for any
/// other text.
#[must_use]
pub fn parse(text: &str) -> Option<Bytes> {
    let text = text.strip_prefix("0x").unwrap_or(text);
    let digits = text.chars().filter(|char| !char.is_whitespace());
    let digits: Option<Vec<u8>> = digits
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect();
    let pairs = digits?;
    let pairs = pairs.chunks(2).map(|pair| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    });
    pairs.collect()
}

/// `0x` and the bytes as hexadecimal digits.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    format!("0x{}", digits(bytes))
}

/// The bytes as hexadecimal digits.
#[must_use]
pub fn digits(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_pairs_of_digits() {
        assert_eq!(parse("0a Ff").as_deref(), Some(&[10, 255][..]));
        assert_eq!(parse("").as_deref(), Some(&[][..]));
        assert_eq!(text(&[10, 255]), "0x0aff");
        assert_eq!(parse("0x0aff").as_deref(), Some(&[10, 255][..]));
        assert!(parse("abc").is_none() && parse("xy").is_none());
    }
}
