//! Variables of patterns that nothing reads.
//!
//! A name that stands twice, in one pattern or in several, is read: it ties the two together. A variable without a
//! reader is often one that was meant to. There is one warning for all of a statement.

use std::collections::BTreeSet;

use crate::{
    base::{Code, Diagnostic, Span},
    plan::Slot,
    syntax::ast,
};

/// The variables of patterns, and what is read.
#[derive(Default)]
pub(in crate::analyze) struct Variables {
    bound: Vec<(Slot, String, Span)>,
    read: BTreeSet<Slot>,
}

impl Variables {
    /// Notes that a pattern binds a name.
    pub(in crate::analyze) fn bind(&mut self, slot: Slot, name: &ast::Name) {
        self.bound.push((slot, name.text.clone(), name.span));
    }

    /// Notes that a name is read.
    pub(in crate::analyze) fn read(&mut self, slot: Slot) {
        self.read.insert(slot);
    }

    /// How many names patterns have bound so far.
    pub(in crate::analyze) fn len(&self) -> usize {
        self.bound.len()
    }

    /// Forgets the names that were bound since there were so many: what a pattern creates needs no reader.
    pub(in crate::analyze) fn truncate(&mut self, len: usize) {
        self.bound.truncate(len);
    }

    /// What is to be said. A name that begins with `_` says itself that nothing reads it.
    pub(in crate::analyze) fn warning(mut self) -> Option<Diagnostic> {
        self.bound.sort_by_key(|(_, _, span)| *span);
        let unread = self
            .bound
            .iter()
            .filter(|(slot, name, _)| !self.read.contains(slot) && !name.starts_with('_'));
        let unread: Vec<_> = unread.collect();
        let ((_, _, first), others) = unread.split_first()?;
        let names: Vec<_> = unread
            .iter()
            .map(|(_, name, _)| format!("`{name}`"))
            .collect();
        let (message, help) = match names.as_slice() {
            [name] => (
                format!("variable {name} is never read"),
                "leave the name out, or begin it with `_`",
            ),
            names => (
                format!("variables {} are never read", listed(names)),
                "leave the names out, or begin them with `_`",
            ),
        };
        let warning = Diagnostic::new(Code::UnusedVariable, *first, message).help(help);
        Some(others.iter().fold(warning, |warning, (_, _, span)| {
            warning.label(*span, "nor is this")
        }))
    }
}

/// `a, b and c`
fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}
