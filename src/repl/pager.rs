//! Texts that are longer than the screen, shown by a program that turns pages.

use std::{
    env,
    io::{self, ErrorKind, Write as _},
    process::{Child, Command, Stdio},
};

/// What turns pages where `PAGER` does not say.
const USUAL: &str = "less";

/// What a shell answers that does not know a program.
const UNKNOWN: i32 = 127;

/// The program that the user wants: `PAGER`, or else the usual one. None, where `PAGER` is empty.
pub(crate) fn wanted() -> Option<String> {
    let given = env::var("PAGER").unwrap_or_else(|_| USUAL.to_owned());
    (!given.trim().is_empty()).then_some(given)
}

/// Shows the text and waits until the reader has had enough. False, where the program cannot be started.
pub(crate) fn show(program: &str, text: &str) -> io::Result<bool> {
    let mut child = match start(program) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        started => started?,
    };
    if let Some(mut input) = child.stdin.take() {
        // Whoever leaves early has read what was wanted.
        let _ = input.write_all(text.as_bytes());
    }
    Ok(child.wait()?.code() != Some(UNKNOWN))
}

/// The usual program is started by itself, so that it is noticed if there is none; any other may have arguments.
fn start(program: &str) -> io::Result<Child> {
    let mut command = if program == USUAL {
        Command::new(USUAL)
    } else {
        let mut shell = Command::new("sh");
        shell.args(["-c", program]);
        shell
    };
    if env::var_os("LESS").is_none() {
        // Colours are kept, and a text that fits after all is left on the screen.
        command.env("LESS", "FRX");
    }
    command.stdin(Stdio::piped()).spawn()
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
