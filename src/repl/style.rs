//! Colours for terminal output.

use std::env;

/// A text style; the value is the parameter of the ANSI escape sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Headings.
    Strong,
    /// Secondary text.
    Faint,
    /// `MATCH`
    Keyword,
    /// `:Course`, `[:COVERS]`
    Class,
    /// `toUpper`
    Function,
    /// `'text'`
    Text,
    /// `42`, `true`
    Number,
    /// `$x`
    Parameter,
    /// `:help`
    Command,
    /// A bracket and its match.
    Match,
    /// An unknown word.
    Unknown,
    /// An error.
    Error,
}

impl Style {
    fn sequence(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Keyword => "34;1",
            Self::Class => "36",
            Self::Function => "35",
            Self::Text => "32",
            Self::Number => "33",
            Self::Parameter => "33;1",
            Self::Command => "34",
            Self::Match => "1;7",
            Self::Unknown => "4",
            Self::Error => "31;1",
        }
    }

    /// The text in this style if `on`, else unchanged.
    pub(crate) fn paint(self, text: &str, on: bool) -> String {
        if on && !text.is_empty() {
            format!("\x1b[{}m{text}\x1b[0m", self.sequence())
        } else {
            text.to_owned()
        }
    }
}

/// Whether the environment allows colours: `NO_COLOR` is not set, and the terminal is not `dumb`.
pub(crate) fn allowed() -> bool {
    let forbidden = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
    !forbidden && !dumb
}
