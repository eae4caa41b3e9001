//! Where answers go: to standard output or to a file, for one answer or for all.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use relata::Format;

use crate::repl::error::ShellError;

/// The place of answers.
#[derive(Debug, Default)]
pub(crate) struct Output {
    file: Option<(PathBuf, File)>,
    /// Whether the file is only for the next answer.
    once: bool,
    /// The format by the ending of the file.
    format: Option<&'static Format>,
}

impl Output {
    /// Answers to a file, which is created or replaced.
    pub(crate) fn to(path: &Path, once: bool) -> Result<Self, ShellError> {
        let file = File::create(path).map_err(|error| ShellError::file(path, error))?;
        Ok(Self {
            format: format_of(path),
            file: Some((path.to_owned(), file)),
            once,
        })
    }

    /// The file, if answers go to one.
    pub(crate) fn file(&self) -> Option<&File> {
        self.file.as_ref().map(|(_, file)| file)
    }

    /// The path of the file.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    /// The format that the name of the file asks for.
    pub(crate) fn format(&self) -> Option<&'static Format> {
        self.format
    }

    /// Returns to standard output if the file was for one answer.
    pub(crate) fn answered(&mut self) {
        if self.once {
            *self = Self::default();
        }
    }
}

/// The format of answers in a file with this name.
fn format_of(path: &Path) -> Option<&'static Format> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    let name = match &*ending {
        "md" => "markdown",
        "ndjson" => "jsonl",
        "htm" => "html",
        "gv" => "dot",
        "mmd" => "mermaid",
        other => other,
    };
    Format::find(name)
}

/// The writer of answers.
pub(crate) fn writer(file: Option<&File>) -> Box<dyn Write + '_> {
    match file {
        Some(file) => Box::new(file),
        None => Box::new(io::stdout().lock()),
    }
}
