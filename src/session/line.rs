//! Reads lines of bounded length.

use std::io::{self, BufRead};

/// The result of a read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its line break.
    Whole,
    /// A line of only whitespace.
    Blank,
    /// A line beyond the limit, which is skipped.
    TooLong,
    /// The end of the input.
    End,
}

/// Reads the next line into `buffer`, which is cleared first and never grows beyond `longest` bytes.
pub(super) fn read(
    input: &mut impl BufRead,
    buffer: &mut Vec<u8>,
    longest: usize,
) -> io::Result<Line> {
    buffer.clear();
    let (mut any, mut fits) = (false, true);
    loop {
        let available = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            available => available?,
        };
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = &available[..end.unwrap_or(available.len())];
        fits &= buffer.len() + part.len() <= longest;
        if fits {
            buffer.extend_from_slice(part);
        }
        any |= !available.is_empty();
        let (at_end, used) = (
            available.is_empty(),
            part.len() + usize::from(end.is_some()),
        );
        input.consume(used);
        if end.is_some() || at_end {
            return Ok(match (any, fits) {
                (false, _) => Line::End,
                (true, false) => Line::TooLong,
                (true, true) if buffer.iter().all(u8::is_ascii_whitespace) => Line::Blank,
                (true, true) => Line::Whole,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn lines_are_read_however_the_input_is_cut() {
        for capacity in [1, 2, 5, 100] {
            let mut input = BufReader::with_capacity(capacity, &b"abc\n \r\nabcdef\nxy"[..]);
            let mut buffer = Vec::new();
            let mut next = || {
                let line = read(&mut input, &mut buffer, 4).unwrap();
                (line, String::from_utf8(buffer.clone()).unwrap())
            };
            assert_eq!(next(), (Line::Whole, "abc".into()));
            assert_eq!(next().0, Line::Blank);
            assert_eq!(next().0, Line::TooLong);
            assert_eq!(next(), (Line::Whole, "xy".into()));
            assert_eq!(next().0, Line::End);
        }
    }
}
