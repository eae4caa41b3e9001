//! The warnings that are shown.

use std::fmt;

use relata::{Code, Diagnostic};

/// Which warnings are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Warnings {
    /// Every one.
    #[default]
    All,
    /// None.
    Off,
    /// Those with these codes.
    Some(Vec<Code>),
}

impl Warnings {
    /// The warnings of a statement that are shown.
    pub(crate) fn shown(&self, warnings: &[Diagnostic]) -> Vec<Diagnostic> {
        let shown = warnings.iter().filter(|warning| match self {
            Self::All => true,
            Self::Off => false,
            Self::Some(codes) => codes.contains(&warning.code),
        });
        shown.cloned().collect()
    }
}

impl fmt::Display for Warnings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Off => f.write_str("off"),
            Self::Some(codes) => {
                let names: Vec<_> = codes.iter().map(|code| code.detail()).collect();
                f.write_str(&names.join(" "))
            }
        }
    }
}
