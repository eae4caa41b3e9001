//! What may go wrong in reading an answer from Rust.

use std::{error::Error, fmt};

/// A row was asked for something it does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    message: String,
}

impl ReadError {
    /// An error that says what was expected and what was found.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }

    /// The same, with the column it happened in.
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
