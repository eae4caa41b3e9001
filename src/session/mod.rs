//! Layer 7: the session protocol, JSON lines for programs that drive the engine. `docs/SESSION.md` specifies it.
//!
//! One request per line, one reply per line, in order. `line` reads bounded lines, `request` parses requests, `execute`
//! executes them, `reply` serializes their replies.

mod execute;
mod line;
mod procedure;
mod reply;
mod request;

use std::io::{self, BufRead, Write};

use self::{line::Line, reply::Reply};
use crate::engine::Database;

/// The maximum length of a request in bytes; a longer one is skipped and answered with an error.
pub const LONGEST_REQUEST: usize = 64 * 1024 * 1024;

/// Answers requests, one per line, until the input ends. Each reply is one line and is flushed. Blank lines are
/// skipped.
///
/// ```
/// # fn main() -> std::io::Result<()> {
/// let mut database = relata::Database::empty();
/// let mut output = Vec::new();
/// relata::session::serve(&mut database, &b"{\"query\": \"RETURN 1 AS one\"}\n"[..], &mut output)?;
/// assert!(output.starts_with(b"{\"columns\":[\"one\"],\"rows\":[[{\"$type\":\"Integer\",\"_value\":\"1\"}]]"));
/// # Ok(()) }
/// ```
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn serve(database: &mut Database, input: impl BufRead, output: impl Write) -> io::Result<()> {
    serve_within(database, input, output, LONGEST_REQUEST)
}

fn serve_within(
    database: &mut Database,
    mut input: impl BufRead,
    mut output: impl Write,
    longest: usize,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let reply = match line::read(&mut input, &mut buffer, longest)? {
            Line::End => return Ok(()),
            Line::Blank => continue,
            Line::TooLong => Reply::too_long(longest),
            Line::Whole => answer(database, &buffer),
        };
        serde_json::to_writer(&mut output, &reply)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
}

fn answer<'d>(database: &'d mut Database, line: &[u8]) -> Reply<'d> {
    match request::read(line) {
        Ok(request) => execute::execute(database, request),
        Err(message) => Reply::refused(&message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_beyond_the_limit_is_refused_and_the_next_is_answered() {
        let mut output = Vec::new();
        let input = format!(
            "{{\"query\": \"RETURN '{}'\"}}\n{{\"hello\": 1}}\n",
            "x".repeat(100)
        );
        serve_within(&mut Database::empty(), input.as_bytes(), &mut output, 64).unwrap();
        let output = String::from_utf8(output).unwrap();
        let replies: Vec<_> = output.lines().collect();
        assert_eq!(replies.len(), 2);
        assert!(replies[0].contains("expected a request of at most 64 bytes"));
        assert!(replies[1].contains("relata"));
    }
}
