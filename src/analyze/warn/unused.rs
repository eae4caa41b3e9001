//! Warnings about variables of patterns that are never read and look like another variable.
//!
//! To leave a variable unread is usual: a name says what a node is. It is a mistake if the name is that of another variable,
//! misspelt. There is one warning per statement.

use std::collections::BTreeSet;

use crate::{
    base::{Code, Diagnostic, Span, distance},
    plan::Slot,
    syntax::ast,
};

/// The variables of patterns, and the slots that are read.
#[derive(Default)]
pub(in crate::analyze) struct Variables {
    bound: Vec<(Slot, String, Span)>,
    read: BTreeSet<Slot>,
}

impl Variables {
    /// Records that a pattern binds a variable.
    pub(in crate::analyze) fn bind(&mut self, slot: Slot, name: &ast::Name) {
        self.bound.push((slot, name.text.clone(), name.span));
    }

    /// Records that a slot is read.
    pub(in crate::analyze) fn read(&mut self, slot: Slot) {
        self.read.insert(slot);
    }

    /// The number of variables that patterns have bound so far.
    pub(in crate::analyze) fn len(&self) -> usize {
        self.bound.len()
    }

    /// Keeps only the first `len` variables: a variable of a pattern to create need not be read.
    pub(in crate::analyze) fn truncate(&mut self, len: usize) {
        self.bound.truncate(len);
    }

    /// The warning, or `None`. Variables that start with `_` are ignored.
    pub(in crate::analyze) fn warning(mut self) -> Option<Diagnostic> {
        self.bound.sort_by_key(|(_, _, span)| *span);
        let mut unread = self
            .bound
            .iter()
            .filter(|(slot, name, _)| !self.read.contains(slot) && !name.starts_with('_'));
        unread.find_map(|(slot, name, span)| {
            let mut others = self.bound.iter().filter(|(other, ..)| other != slot);
            let (_, other, place) = others
                .find(|(other, text, _)| self.read.contains(other) && is_misspelt(name, text))?;
            let warning = Diagnostic::new(
                Code::UnusedVariable,
                *span,
                format!("variable `{name}` is never read"),
            );
            let help = format!("did you mean `{other}`? Begin the name with `_` if not");
            Some(warning.label(*place, "this variable is read").help(help))
        })
    }
}

/// Whether a name is near another one. Names that differ only in their digits, as `person1` and `person2`, are written so.
fn is_misspelt(name: &str, other: &str) -> bool {
    let letters = |text: &str| text.replace(|letter: char| letter.is_ascii_digit(), "");
    distance(name, other).is_some() && letters(name) != letters(other)
}
