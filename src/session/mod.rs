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

use self::line::Line;
pub use self::request::Request;
use crate::engine::{CancelToken, Database};

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
pub fn serve(
    database: &mut Database,
    input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    for request in Requests::new(input) {
        request?.answer(database, &CancelToken::new(), &mut output)?;
    }
    Ok(())
}

/// The requests of an input, one per line. Blank lines are skipped.
///
/// A program that reads requests on one thread while another answers them can cancel requests, as [`serve`] cannot:
/// [`Request::cancels`] tells which.
#[derive(Debug)]
pub struct Requests<R> {
    input: R,
    buffer: Vec<u8>,
    longest: usize,
}

impl<R: BufRead> Requests<R> {
    /// The requests of an input.
    pub fn new(input: R) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            longest: LONGEST_REQUEST,
        }
    }
}

impl<R: BufRead> Iterator for Requests<R> {
    type Item = io::Result<Request>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            return match line::read(&mut self.input, &mut self.buffer, self.longest) {
                Ok(Line::End) => None,
                Ok(Line::Blank) => continue,
                Ok(Line::TooLong) => Some(Ok(Request::too_long(self.longest))),
                Ok(Line::Whole) => Some(Ok(Request::parse(&self.buffer))),
                Err(error) => Some(Err(error)),
            };
        }
    }
}

impl Request {
    /// Executes the request and writes its reply: one line, which is flushed. Cancelling the token ends the statement, or
    /// keeps it from beginning.
    ///
    /// # Errors
    /// If the output cannot be written.
    pub fn answer(
        mut self,
        database: &mut Database,
        token: &CancelToken,
        output: &mut impl Write,
    ) -> io::Result<()> {
        let id = self.id.take();
        let reply = execute::execute(database, self, token).with_id(id);
        serde_json::to_writer(&mut *output, &reply)?;
        output.write_all(b"\n")?;
        output.flush()
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
        let mut requests = Requests::new(input.as_bytes());
        requests.longest = 64;
        for request in requests {
            let request = request.unwrap();
            request
                .answer(&mut Database::empty(), &CancelToken::new(), &mut output)
                .unwrap();
        }
        let output = String::from_utf8(output).unwrap();
        let replies: Vec<_> = output.lines().collect();
        assert_eq!(replies.len(), 2);
        assert!(replies[0].contains("expected a request of at most 64 bytes"));
        assert!(replies[1].contains("relata"));
    }
}
