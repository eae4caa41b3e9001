//! Colours, where the person wants them.

use std::env;

/// A way to draw text, as the parameters of the terminal's sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Headings.
    Strong,
    /// What is beside the point.
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
    /// A bracket and its other half.
    Match,
    /// A word that nobody knows.
    Unknown,
    /// What is wrong.
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

    /// The text in this style, if colours are on.
    pub(crate) fn paint(self, text: &str, on: bool) -> String {
        if on && !text.is_empty() {
            format!("\x1b[{}m{text}\x1b[0m", self.sequence())
        } else {
            text.to_owned()
        }
    }
}

/// Whether the surroundings allow colours: NO_COLOR is not set, and the terminal is not a dumb one.
pub(crate) fn allowed() -> bool {
    let forbidden = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
    !forbidden && !dumb
}
