//! Standard input as a script that is still being written: each statement runs as soon as it is complete, so that a
//! program can send statements one by one and read the answers in between.

use std::{
    io::{self, BufRead, ErrorKind},
    mem,
    path::Path,
    sync::Arc,
};

use relata::{Source, Span, base::LONGEST_TEXT};

use crate::repl::{
    command::Flow,
    error::ShellError,
    script::{self, Item, items},
    shell::Shell,
};

/// Pending text longer than this without a complete statement is parsed again only after it has doubled, so that the
/// total time stays linear in its length.
const SHORT: usize = 1 << 16;

/// Runs statements and commands until the input ends.
///
/// # Errors
/// The error that ends the run, or an input error.
pub(crate) fn run(shell: &mut Shell, input: &mut impl BufRead) -> Result<Flow, ShellError> {
    let mut stream = Stream::default();
    loop {
        let lines = read_lines(input)?;
        let ended = lines.is_empty();
        stream.take(lines)?;
        if stream.run(shell, ended)? == Flow::Leave {
            return Ok(Flow::Leave);
        }
        if ended {
            return Ok(Flow::Stay);
        }
    }
}

/// The lines available without waiting, but at least one; empty at the end of the input.
fn read_lines(input: &mut impl BufRead) -> Result<Vec<u8>, ShellError> {
    let error = |error| ShellError::file(Path::new("standard input"), error);
    let mut lines = Vec::new();
    loop {
        let there = match input.fill_buf() {
            Ok(there) => there,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(source) => return Err(error(source)),
        };
        let whole = there
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map(|end| end + 1);
        let length = whole.unwrap_or(there.len());
        let ended = length == 0;
        lines.extend_from_slice(&there[..length]);
        input.consume(length);
        fits(lines.len())?;
        if ended || whole.is_some() {
            return Ok(lines);
        }
    }
}

/// An error if the text of a statement is too long to wait for its end.
fn fits(length: usize) -> Result<(), ShellError> {
    if length as u64 <= LONGEST_TEXT {
        return Ok(());
    }
    let message = format!("expected statements of at most {} MiB", LONGEST_TEXT >> 20);
    let error = io::Error::new(ErrorKind::FileTooLarge, message);
    Err(ShellError::file(Path::new("standard input"), error))
}

/// Text with an incomplete statement.
#[derive(Debug, Default)]
struct Stream {
    pending: String,
    /// The number of lines before the pending text.
    lines: usize,
    /// The number of characters before the pending text in its first line.
    column: usize,
    /// The length of the pending text when it was last parsed without result.
    looked: usize,
}

impl Stream {
    /// Appends lines.
    fn take(&mut self, lines: Vec<u8>) -> Result<(), ShellError> {
        let before = self.lines + self.pending.matches('\n').count();
        let text = script::decode(lines, before + 1)
            .map_err(|error| ShellError::file(Path::new("standard input"), error))?;
        let first = before == 0 && self.pending.is_empty();
        self.pending += &if first {
            script::without_mark(text)
        } else {
            text
        };
        Ok(())
    }

    /// Runs the complete statements; at the end of the input, everything.
    fn run(&mut self, shell: &mut Shell, ended: bool) -> Result<Flow, ShellError> {
        if !ended && self.pending.len() > SHORT && self.pending.len() < self.looked * 2 {
            return Ok(Flow::Stay);
        }
        let mut ready: Vec<_> = items(&self.pending, shell.asked()).collect();
        if !ended && let Some(open) = ready.iter().position(|item| !item.is_complete) {
            let rest = ready[open].span.start as usize;
            ready.truncate(open);
            return self.run_before(shell, ready, rest);
        }
        self.run_before(shell, ready, self.pending.len())
    }

    /// Runs the items, which end before `rest`, and keeps the text from `rest` on.
    fn run_before(
        &mut self,
        shell: &mut Shell,
        ready: Vec<Item>,
        rest: usize,
    ) -> Result<Flow, ShellError> {
        if ready.is_empty() && rest < self.pending.len() {
            fits(self.pending.len())?;
            self.looked = self.pending.len();
            return Ok(Flow::Stay);
        }
        // Blanks in place of earlier text of the first line give errors the right column.
        let mut text = " ".repeat(self.column);
        let first_line = self.lines + 1;
        let shift = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let pending = mem::take(&mut self.pending);
        self.pending = pending[rest..].to_owned();
        self.skip(&pending[..rest]);
        text += &pending;
        let source = Arc::new(Source::new("stdin", text).at_line(first_line));
        let shifted = ready.into_iter().map(|item| Item {
            span: Span::shifted(item.span, shift),
            ..item
        });
        script::run_items(shell, &source, shifted)
    }

    /// Counts the lines and columns of processed text.
    fn skip(&mut self, done: &str) {
        self.looked = 0;
        match done.rsplit_once('\n') {
            None => self.column += done.chars().count(),
            Some((_, last)) => {
                self.lines += done.matches('\n').count();
                self.column = last.chars().count();
            }
        }
    }
}
