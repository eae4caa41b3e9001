//! Shows text longer than the screen in a pager.

use std::{
    env,
    io::{self, ErrorKind, Write as _},
    process::{Child, Command, Stdio},
};

/// The default pager, if `PAGER` is not set.
const USUAL: &str = "less";

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
        Command::new(USUAL)
    } else {
        let mut shell = Command::new("sh");
        shell.args(["-c", program]);
        shell
    };
    if env::var_os("LESS").is_none() {
        // Keep colours, exit if the text fits, and leave the text on the screen.
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
