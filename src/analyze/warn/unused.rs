//! Warnings about variables of patterns that are never read.
//!
//! A variable that occurs twice is read: it connects the two places. An unread variable is often a mistake. There is
//! one warning per statement.

use std::collections::BTreeSet;

use crate::{
    base::{Code, Diagnostic, Span},
    plan::Slot,
    syntax::ast,
};

/// Maximum number of labels of the warning.
const LABELS: usize = 20;

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
                "remove the name, or begin it with `_`",
            ),
            names => (
                format!("variables {} are never read", listed(names)),
                "remove the names, or begin them with `_`",
            ),
        };
        let warning = Diagnostic::new(Code::UnusedVariable, *first, message).help(help);
        let labelled = others.iter().take(LABELS);
        Some(labelled.fold(warning, |warning, (_, _, span)| {
            warning.label(*span, "also never read")
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
