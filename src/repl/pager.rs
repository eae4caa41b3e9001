//! Shows text longer than the screen in a pager.

use std::{
    env,
    io::{self, ErrorKind, Write as _},
    process::{Child, Command, Stdio},
};

use unicode_width::UnicodeWidthStr as _;

/// The default pager, if `PAGER` is not set: long lines can be scrolled, colours are kept, and what fits is only printed.
const USUAL: &str = "less -SRFX";

/// The exit code of a shell for an unknown program.
const UNKNOWN: i32 = 127;

/// The pager: `PAGER`, or the default. `None` if `PAGER` is empty.
pub(crate) fn wanted() -> Option<String> {
    let given = env::var("PAGER").unwrap_or_else(|_| USUAL.to_owned());
    (!given.trim().is_empty()).then_some(given)
}

/// Shows the text and waits for the pager to exit. Returns false if the pager cannot be started.
pub(crate) fn show(program: &str, text: &str) -> io::Result<bool> {
    let mut child = match start(program) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        started => started?,
    };
    if let Some(mut input) = child.stdin.take() {
        // The pager may exit before it reads all input.
        let _ = input.write_all(text.as_bytes());
    }
    Ok(child.wait()?.code() != Some(UNKNOWN))
}

/// Starts the default pager directly, to detect that it is missing; any other runs in a shell, because it may have
/// arguments.
fn start(program: &str) -> io::Result<Child> {
    let mut command = if program == USUAL {
        let mut less = Command::new("less");
        less.arg("-SRFX");
        less
    } else {
        let mut shell = Command::new("sh");
        shell.args(["-c", program]);
        shell
    };
    if env::var_os("LESS").is_none() {
        // Keep colours, exit if the text fits, and leave the text on the screen.
        command.env("LESS", "SRFX");
    }
    command.stdin(Stdio::piped()).spawn()
}

/// When the pager is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    /// For what does not fit the screen.
    Auto,
    /// For every answer.
    Always,
    /// Never.
    Never,
}

/// A pager and the screen that it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page<'p> {
    /// The program.
    pub(crate) program: &'p str,
    pub(crate) height: usize,
    pub(crate) width: usize,
    /// Whether it is used for what fits, too.
    pub(crate) always: bool,
}

impl Page<'_> {
    /// Whether the text does not fit. Two lines are for the footer and the prompt.
    pub(crate) fn is_needed(&self, text: &str) -> bool {
        self.always
            || text.lines().count() + 2 > self.height
            || text.lines().any(|line| line.width() > self.width)
    }
}

/// A writer to the screen that starts the pager as soon as the text does not fit.
pub(crate) struct Paged<'p> {
    page: Page<'p>,
    /// What was written before the pager started.
    held: Vec<u8>,
    child: Option<Child>,
    /// Whether the default pager is not installed, so that all goes to the screen.
    missing: bool,
}

impl<'p> Paged<'p> {
    /// A writer that has written nothing.
    pub(crate) fn new(page: Page<'p>) -> Self {
        Self {
            page,
            held: Vec::new(),
            child: None,
            missing: false,
        }
    }

    /// Whether the pager was started.
    pub(crate) fn is_started(&self) -> bool {
        self.child.is_some()
    }

    /// Waits for the pager, or prints what fits the screen or has no pager.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if let Some(mut child) = self.child.take() {
            drop(child.stdin.take());
            if child.wait()?.code() == Some(UNKNOWN) {
                let message = format!("the pager `{}` cannot be started", self.page.program);
                return Err(io::Error::new(ErrorKind::NotFound, message));
            }
            return Ok(());
        }
        let mut out = io::stdout().lock();
        out.write_all(&self.held)?;
        out.flush()
    }

    fn start(&mut self) -> io::Result<()> {
        let mut child = match start(self.page.program) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.missing = true;
                io::stdout().write_all(&self.held)?;
                self.held.clear();
                return Ok(());
            }
            started => started?,
        };
        let held = child
            .stdin
            .as_mut()
            .map(|input| input.write_all(&self.held));
        self.child = Some(child);
        held.unwrap_or(Ok(()))
    }
}

impl io::Write for Paged<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(input) = self.child.as_mut().and_then(|child| child.stdin.as_mut()) {
            return input.write(bytes);
        }
        if self.missing {
            return io::stdout().write(bytes);
        }
        self.held.extend_from_slice(bytes);
        if self.page.is_needed(&String::from_utf8_lossy(&self.held)) {
            self.start()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_program_that_is_not_there_is_noticed() {
        assert!(show("true --", "text").expect("there is a shell"));
        assert!(!show("no-such-program-at-all 2>/dev/null", "text").expect("there is a shell"));
    }
}
