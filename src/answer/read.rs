//! The error of reading an answer from Rust.

use std::{error::Error, fmt};

/// The error of a request for something that a row does not contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    message: String,
}

impl ReadError {
    /// An error that states what was expected and what was found.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }

    /// The error with the name of the column.
    pub(crate) fn in_column(self, column: &str) -> Self {
        Self::new(format!("column `{column}`: {}", self.message))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for ReadError {}

impl serde::de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}
