//! Standard input as a script that may still be written: each statement runs as soon as it is complete, so that a
//! program can feed statements one by one and read the answers in between.

use std::{
    io::{BufRead, ErrorKind},
    mem,
    path::Path,
    sync::Arc,
};

use relata::{Source, Span};

use crate::repl::{
    command::Flow,
    failure::Failure,
    script::{self, Item, items},
    shell::Shell,
};

/// Text that is longer than this and has no complete statement is looked at again when it has doubled, so that the time
/// for a long statement stays proportional to its length.
const SHORT: usize = 1 << 16;

/// Runs statements and commands until the input ends.
///
/// # Errors
/// The first failure, if the shell stops there, or that the input cannot be read.
pub(crate) fn run(shell: &mut Shell, input: &mut impl BufRead) -> Result<Flow, Failure> {
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

/// The lines that are there to be read without waiting, and at least one; none at the end.
fn read_lines(input: &mut impl BufRead) -> Result<Vec<u8>, Failure> {
    let failure = |error| Failure::file(Path::new("standard input"), error);
    let mut lines = Vec::new();
    loop {
        let there = match input.fill_buf() {
            Ok(there) => there,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(failure(error)),
        };
        let whole = there
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map(|end| end + 1);
        let length = whole.unwrap_or(there.len());
        let ended = length == 0;
        lines.extend_from_slice(&there[..length]);
        input.consume(length);
        if ended || whole.is_some() {
            return Ok(lines);
        }
    }
}

/// Text that waits for the rest of a statement.
#[derive(Debug, Default)]
struct Stream {
    pending: String,
    /// Lines before the pending text.
    lines: usize,
    /// Characters before the pending text in its first line.
    column: usize,
    /// How long the pending text was when it was last looked at in vain.
    looked: usize,
}

impl Stream {
    /// Takes lines up.
    fn take(&mut self, lines: Vec<u8>) -> Result<(), Failure> {
        let before = self.lines + self.pending.matches('\n').count();
        let text = script::decode(lines, before + 1)
            .map_err(|error| Failure::file(Path::new("standard input"), error))?;
        let first = before == 0 && self.pending.is_empty();
        self.pending += &if first {
            script::without_mark(text)
        } else {
            text
        };
        Ok(())
    }

    /// Runs what is complete; at the end, everything.
    fn run(&mut self, shell: &mut Shell, ended: bool) -> Result<Flow, Failure> {
        if !ended && self.pending.len() > SHORT && self.pending.len() < self.looked * 2 {
            return Ok(Flow::Stay);
        }
        let mut ready = items(&self.pending, shell.asked());
        if !ended && let Some(open) = ready.iter().position(|item| !item.is_complete) {
            let rest = ready[open].span.start as usize;
            ready.truncate(open);
            return self.run_before(shell, ready, rest);
        }
        self.run_before(shell, ready, self.pending.len())
    }

    /// Runs the items, which end before `rest`, and keeps what follows.
    fn run_before(
        &mut self,
        shell: &mut Shell,
        ready: Vec<Item>,
        rest: usize,
    ) -> Result<Flow, Failure> {
        if ready.is_empty() && rest < self.pending.len() {
            self.looked = self.pending.len();
            return Ok(Flow::Stay);
        }
        // Blank space in place of what was before gives errors their lines and columns.
        let mut text = "\n".repeat(self.lines) + &" ".repeat(self.column);
        let shift = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let pending = mem::take(&mut self.pending);
        self.pending = pending[rest..].to_owned();
        self.skip(&pending[..rest]);
        text += &pending;
        let source = Arc::new(Source::new("stdin", text));
        let shifted = ready.into_iter().map(|item| Item {
            span: Span::shifted(item.span, shift),
            ..item
        });
        script::run_items(shell, &source, shifted)
    }

    /// Counts the lines and columns of text that is done with.
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
