//! Errors of the shell and their exit codes.

use std::{fmt, io, path::Path};

use relata::{Class, Error, base::shortened};

/// The exit codes that `--help` lists.
pub(crate) mod exit {
    /// Every statement ran.
    pub(crate) const OK: u8 = 0;
    /// A statement failed.
    pub(crate) const STATEMENT: u8 = 1;
    /// The command line is invalid.
    pub(crate) const USAGE: u8 = 2;
    /// A file or a graph could not be read or written.
    pub(crate) const INPUT_OUTPUT: u8 = 3;
    /// A limit was exceeded.
    pub(crate) const LIMIT: u8 = 4;
    /// A question is ambiguous.
    pub(crate) const AMBIGUOUS: u8 = 5;
    /// Interrupted.
    pub(crate) const INTERRUPTED: u8 = 130;
}

/// The reason why a request failed.
#[derive(Debug)]
pub(crate) enum ShellError {
    /// The engine rejected or undid a statement, or could not open a graph.
    Engine(Error),
    /// A question is ambiguous. The flag tells whether to list the interpretations as JSON.
    Ambiguous(Error, bool),
    /// A command or an option was misused: the message and advice.
    Usage(String, Option<String>),
    /// A file could not be read or written: its name and the error.
    File(String, io::Error),
    /// Standard output could not be written.
    Output(io::Error),
    /// An interrupt between two statements.
    Interrupted,
    /// A panic in a command or while an answer was written.
    Internal,
}

impl ShellError {
    /// A misuse without advice.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into(), None)
    }

    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path, error: io::Error) -> Self {
        Self::File(path.display().to_string(), error)
    }

    /// The exit code of a process that ends with this error.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Engine(error) => class_exit_code(error.class()),
            Self::Ambiguous(..) => exit::AMBIGUOUS,
            Self::Usage(..) => exit::USAGE,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => exit::OK,
            Self::File(..) | Self::Output(_) => exit::INPUT_OUTPUT,
            Self::Interrupted => exit::INTERRUPTED,
            Self::Internal => exit::STATEMENT,
        }
    }

    /// Whether Ctrl-C is the reason.
    pub(crate) fn is_interrupt(&self) -> bool {
        self.exit_code() == exit::INTERRUPTED
    }

    /// Whether the session must end, regardless of `--keep-going`.
    pub(crate) fn is_final(&self) -> bool {
        match self {
            Self::Engine(error) => error.class() == Class::Interrupted,
            Self::Output(_) | Self::Interrupted => true,
            Self::Ambiguous(..) | Self::Usage(..) | Self::File(..) | Self::Internal => false,
        }
    }

    /// Whether to print nothing, because the reader closed standard output.
    pub(crate) fn is_silent(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

fn class_exit_code(class: Class) -> u8 {
    match class {
        Class::LimitExceeded => exit::LIMIT,
        Class::Interrupted => exit::INTERRUPTED,
        Class::LoadError | Class::SaveError => exit::INPUT_OUTPUT,
        _ => exit::STATEMENT,
    }
}

impl fmt::Display for ShellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) | Self::Ambiguous(error, _) => error.fmt(f),
            Self::Usage(message, _) => f.write_str(&shortened(message.clone())),
            Self::File(name, error) => {
                f.write_str(&shortened(format!("`{name}`: {}", reason(error))))
            }
            Self::Output(error) => write!(f, "standard output: {}", reason(error)),
            Self::Interrupted => f.write_str("interrupted"),
            Self::Internal => f.write_str(
                "internal error; report this bug with the input and the output of `relata --version`",
            ),
        }
    }
}

/// The error text of the system, without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => text,
    }
}

impl From<Error> for ShellError {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let closed = ShellError::Output(io::ErrorKind::BrokenPipe.into());
        assert_eq!(closed.exit_code(), exit::OK);
        assert!(closed.is_final() && closed.is_silent());
        let full = ShellError::Output(io::ErrorKind::StorageFull.into());
        assert_eq!(full.exit_code(), exit::INPUT_OUTPUT);
        assert!(!full.is_silent());
    }

    #[test]
    fn the_class_of_an_error_decides_the_exit_code() {
        assert_eq!(class_exit_code(Class::SyntaxError), exit::STATEMENT);
        assert_eq!(class_exit_code(Class::LimitExceeded), exit::LIMIT);
        assert_eq!(class_exit_code(Class::Interrupted), exit::INTERRUPTED);
        assert_eq!(class_exit_code(Class::LoadError), exit::INPUT_OUTPUT);
    }

    #[test]
    fn the_system_is_quoted_without_its_numbers() {
        let missing = std::fs::read("no/such/file").expect_err("there is none");
        let error = ShellError::file(Path::new("no/such/file"), missing);
        assert_eq!(
            error.to_string(),
            "`no/such/file`: no such file or directory"
        );
    }
}
