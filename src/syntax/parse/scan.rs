//! Skips what a text is read past as one piece: strings, quoted names, comments and whitespace. The functions that scan a text
//! without the parser agree with its grammar by these.

/// The end of the string, quoted name or comment that starts at `at`; that of the text if it is not closed. `None` if there is
/// none of them.
pub(super) fn opaque_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match *bytes.get(at)? {
        b'\'' | b'"' => Some(string_end(bytes, at)),
        b'`' => Some(closed_by(text, at + 1, "`").unwrap_or(text.len())),
        b'/' => match bytes.get(at + 1)? {
            b'*' => Some(closed_by(text, at + 2, "*/").unwrap_or(text.len())),
            b'/' => Some(line_end(text, at + 2)),
            _ => None,
        },
        _ => None,
    }
}

/// The end of the whitespace and comments at `at`.
pub(super) fn blank_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        at = match (byte, bytes.get(at + 1)) {
            (b'\t'..=b'\r' | 0x1C..=b' ', _) => at + 1,
            (b'/', Some(b'/')) => line_end(text, at + 2),
            (b'/', Some(b'*')) => match closed_by(text, at + 2, "*/") {
                Some(end) => end,
                None => return at,
            },
            (0x80.., _) => match text[at..].chars().next() {
                Some(space) if space.is_whitespace() || space == '\u{FEFF}' => {
                    at + space.len_utf8()
                }
                _ => return at,
            },
            _ => return at,
        };
    }
    at
}

/// The end of the first `close` from `from` on.
fn closed_by(text: &str, from: usize, close: &str) -> Option<usize> {
    let found = text[from..].find(close)?;
    Some(from + found + close.len())
}

/// The end of the line, without its line break.
pub(super) fn line_end(text: &str, from: usize) -> usize {
    let length = text[from..].find(['\n', '\r']);
    length.map_or(text.len(), |length| from + length)
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
