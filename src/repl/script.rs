//! Runs texts of several statements and commands.

use std::{
    io,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use relata::{
    Code, Diagnostic, Source, Span,
    base::{LONGEST_TEXT, Stop, read_file},
    question::opens,
    syntax,
};

use crate::repl::{
    command::{self, Flow},
    error::{ShellError, exit},
    foreign::is_foreign,
    shell::{Ask, Shell},
    stream,
};

/// A source of statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// The command line.
    Given(String),
    /// A file.
    File(PathBuf),
    /// Standard input.
    Standard,
}

/// Runs every input in order and returns the exit code of the first error, or 0. A transaction that the inputs leave
/// open is an error.
pub(crate) fn run(shell: &mut Shell, inputs: &[Input]) -> u8 {
    let mut code = exit::OK;
    for input in inputs {
        let outcome = run_input(shell, input);
        match outcome {
            Ok(Flow::Stay) => code = first(code, shell.first_error.take()),
            Ok(Flow::Leave) => {
                code = first(code, shell.first_error.take());
                break;
            }
            Err(error) => {
                shell.console.error(&error);
                code = first(
                    first(code, shell.first_error.take()),
                    Some(error.exit_code()),
                );
                if error.is_final() || !shell.keep_going {
                    return code;
                }
            }
        }
    }
    first(code, ended(shell))
}

/// Reports a transaction that is open at the end of the inputs, and returns the exit code of this error.
fn ended(shell: &Shell) -> Option<u8> {
    if !shell.database.in_transaction() {
        return None;
    }
    let message = "expected the input to end its transaction, found it open: its changes are lost";
    let open = Diagnostic::whole(Code::InvalidTransactionState, message);
    let error = ShellError::Engine(open.help("end the input with `COMMIT`").into());
    shell.console.error(&error);
    Some(error.exit_code())
}

/// The exit code of the first error.
fn first(code: u8, error: Option<u8>) -> u8 {
    if code == exit::OK {
        error.unwrap_or(code)
    } else {
        code
    }
}

fn run_input(shell: &mut Shell, input: &Input) -> Result<Flow, ShellError> {
    let (name, text) = match input {
        Input::Given(text) => ("command".to_owned(), text.clone()),
        Input::File(path) if path.as_os_str() != "-" => {
            (path.display().to_string(), shell.file(path)?)
        }
        Input::File(_) | Input::Standard => return stream::run(shell, &mut io::stdin().lock()),
    };
    run_text(shell, &Arc::new(Source::new(name, text)))
}

/// The text of a file, without a byte order mark.
pub(crate) fn file(path: &Path, stop: &Stop) -> Result<String, ShellError> {
    let bytes = read_file(path, LONGEST_TEXT, stop).map_err(|error| match stop.reason() {
        Some(_) => ShellError::Interrupted,
        None => ShellError::file(path, error),
    })?;
    let text = decode(bytes, 1).map_err(|error| ShellError::file(path, error))?;
    Ok(without_mark(text))
}

/// Decodes bytes that start at the line number `line`.
pub(crate) fn decode(bytes: Vec<u8>, line: usize) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = line + valid.iter().filter(|byte| **byte == b'\n').count();
        let message = format!("line {line} is not UTF-8");
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

/// The text without a byte order mark.
pub(crate) fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// Runs every statement and command of a text. With `keep_going`, errors are reported and recorded, and the run
/// continues.
///
/// # Errors
/// The error that ends the run.
pub(crate) fn run_text(shell: &mut Shell, source: &Arc<Source>) -> Result<Flow, ShellError> {
    run_items(shell, source, items(&source.text, shell.asked()))
}

/// Runs parts of a text.
///
/// # Errors
/// As [`run_text`].
pub(crate) fn run_items(
    shell: &mut Shell,
    source: &Arc<Source>,
    items: impl IntoIterator<Item = Item>,
) -> Result<Flow, ShellError> {
    for item in items {
        match caught(|| run_item(shell, source, item)) {
            Ok(Flow::Stay) if shell.interrupts.came() => return Err(ShellError::Interrupted),
            Ok(Flow::Stay) => {}
            Ok(Flow::Leave) => return Ok(Flow::Leave),
            Err(error) => {
                if let ControlFlow::Break(error) = shell.weigh(error) {
                    return Err(error);
                }
            }
        }
    }
    Ok(Flow::Stay)
}

/// Turns a panic into an error. The engine catches those of statements itself; this catches those of commands and of
/// writing answers.
fn caught<T>(work: impl FnOnce() -> Result<T, ShellError>) -> Result<T, ShellError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(ShellError::Internal))
}

fn run_item(shell: &mut Shell, source: &Arc<Source>, item: Item) -> Result<Flow, ShellError> {
    match item.sort {
        Sort::Command => return command::run(shell, source.slice(item.span)),
        Sort::Statement => shell.run(source, item.span, Ask::Run)?,
        Sort::Question => shell.ask(source, item.span, Ask::Run, None)?,
    }
    Ok(Flow::Stay)
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// The span; for a statement without its semicolon.
    pub(crate) span: Span,
    /// The sort.
    pub(crate) sort: Sort,
    /// Whether no further text can belong to it.
    pub(crate) is_complete: bool,
}

/// The sort of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `MATCH (n) RETURN n`
    Statement,
    /// `:help`, or a command of another program
    Command,
    /// `? which courses cover KSS 7`
    Question,
}

/// The lines that are questions, in addition to those that start with a question mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// No others, so that a misspelt keyword never becomes a question.
    Marked,
    /// Lines that start like a question.
    Opened,
    /// All lines except commands.
    All,
}

impl Asked {
    /// The sort of the line at the start of `rest`, or `None` for a statement.
    pub(crate) fn sort(self, rest: &str) -> Option<Sort> {
        let is_question = match self {
            _ if rest.starts_with(':') => return Some(Sort::Command),
            _ if is_foreign(rest, self != Self::Marked) => return Some(Sort::Command),
            _ if rest.starts_with('?') => true,
            Self::Marked => false,
            Self::Opened => opens(rest),
            Self::All => true,
        };
        is_question.then_some(Sort::Question)
    }
}

/// The parts of a text, in order. No statement starts with a colon or a question mark, so such a line between
/// statements is a command or a question; it ends at the line break, not at a semicolon.
pub(crate) fn items(text: &str, asked: Asked) -> Items<'_> {
    Items { text, asked, at: 0 }
}

/// The parts of a text; see [`items`]. The text is read up to the last part that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Items<'t> {
    text: &'t str,
    asked: Asked,
    /// The end of the text that has been read.
    at: usize,
}

impl Iterator for Items<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let mut rest = &self.text[self.at..];
        rest = &rest[syntax::blank(rest)..];
        while let Some(after) = rest.strip_prefix(';') {
            rest = &after[syntax::blank(after)..];
        }
        if rest.is_empty() {
            return None;
        }
        let start = self.text.len() - rest.len();
        let item = match self.asked.sort(rest) {
            Some(sort) => line(rest, sort),
            None => statement(rest)?,
        };
        self.at = start + item.span.end as usize;
        Some(Item {
            span: item.span.shifted(u32::try_from(start).unwrap_or(u32::MAX)),
            ..item
        })
    }
}

/// The command or question at the start of a text.
fn line(text: &str, sort: Sort) -> Item {
    let end = text.find('\n').unwrap_or(text.len());
    Item {
        span: Span::new(0, end),
        sort,
        is_complete: end < text.len(),
    }
}

/// The statement at the start of a text.
fn statement(text: &str) -> Option<Item> {
    let found = syntax::split(text).next()?;
    Some(Item {
        span: found.span,
        sort: Sort::Statement,
        is_complete: found.complete,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts_of(text: &str, asked: Asked) -> Vec<String> {
        let shown = |item: Item| format!("{:?} {}", item.sort, &text[item.span.range()]);
        items(text, asked).map(shown).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        texts_of(text, Asked::Marked)
    }

    #[test]
    fn statements_and_commands_are_told_apart() {
        assert_eq!(
            texts("RETURN 1; :mode csv\nRETURN ':x';\n// why\n:help don't\nRETURN 2"),
            [
                "Statement RETURN 1",
                "Command :mode csv",
                "Statement RETURN ':x'",
                "Command :help don't",
                "Statement RETURN 2",
            ]
        );
    }

    #[test]
    fn a_question_is_a_line_with_its_mark_or_its_opening_or_any() {
        let text = "? what's this\nwho's there; RETURN 1\n";
        assert_eq!(
            texts(text),
            [
                "Question ? what's this",
                "Statement who's there; RETURN 1\n"
            ]
        );
        assert_eq!(
            texts_of(text, Asked::Opened),
            ["Question ? what's this", "Question who's there; RETURN 1"]
        );
        assert_eq!(
            texts_of("courses\n\n:mode csv\nwebinars", Asked::All),
            ["Question courses", "Command :mode csv", "Question webinars"]
        );
    }

    #[test]
    fn a_panic_is_a_failure() {
        let outcome = caught(|| -> Result<(), ShellError> { panic!("for a test") });
        assert!(matches!(outcome, Err(ShellError::Internal)));
        assert!(matches!(caught(|| Ok(1)), Ok(1)));
    }

    #[test]
    fn a_text_of_nothing_has_no_parts() {
        assert!(texts("").is_empty());
        assert!(texts(" // nothing\n ;; /* at all */").is_empty());
    }

    #[test]
    fn what_is_not_utf_8_is_refused_with_its_line() {
        let refused = decode(b"RETURN 1;\nRETURN '\xFF'".to_vec(), 1).expect_err("is not UTF-8");
        assert_eq!(refused.to_string(), "line 2 is not UTF-8");
        assert_eq!(without_mark("\u{FEFF}x".to_owned()), "x");
    }
}
