//! The access mode and the savepoints of a transaction.

use crate::{
    answer::Answer,
    base::{Code, Diagnostic, did_you_mean},
    engine::{Database, Error, database::none_open},
    syntax::ast,
};

impl Database {
    /// Whether the open transaction may only read.
    pub(super) fn reads_only(&self) -> bool {
        self.transaction
            .as_ref()
            .is_some_and(|open| open.reads_only)
    }

    pub(super) fn set_savepoint(&mut self, name: &ast::Name) -> Result<(), Error> {
        let (savepoint, revision) = (self.graph.savepoint(), self.revision);
        let open = self.transaction.as_mut().ok_or_else(none_open)?;
        open.savepoints
            .push((name.text.clone(), savepoint, revision));
        Ok(())
    }

    /// Undoes the changes since a savepoint, which stays; later ones end. A failed transaction then works again.
    pub(super) fn rollback_to(&mut self, name: &ast::Name) -> Result<Answer, Box<Diagnostic>> {
        let position = self.savepoint_at(name)?;
        if let Some(open) = &mut self.transaction {
            open.savepoints.truncate(position + 1);
            open.failed = false;
            let (_, savepoint, revision) = &open.savepoints[position];
            let (savepoint, revision) = (*savepoint, *revision);
            self.undo(savepoint);
            self.revision = revision;
            self.changed();
        }
        Ok(Answer::default())
    }

    /// Ends a savepoint and later ones; their changes stay.
    pub(super) fn release(&mut self, name: &ast::Name) -> Result<Answer, Box<Diagnostic>> {
        let position = self.savepoint_at(name)?;
        if let Some(open) = &mut self.transaction {
            open.savepoints.truncate(position);
        }
        Ok(Answer::default())
    }

    /// The position of the last savepoint of a name.
    fn savepoint_at(&self, name: &ast::Name) -> Result<usize, Box<Diagnostic>> {
        let open = self.transaction.as_ref();
        let open = open.ok_or_else(|| Box::new(none_open().diagnostic().clone()))?;
        let known = open.savepoints.iter().map(|(known, ..)| known.as_str());
        let mut known: Vec<_> = known.collect();
        known
            .iter()
            .rposition(|known| *known == name.text)
            .ok_or_else(|| {
                known.dedup();
                let message = format!("there is no savepoint `{}`", name.text);
                let help = did_you_mean(&name.text, known.iter().copied());
                let fault = Diagnostic::new(Code::InvalidTransactionState, name.span, message);
                Box::new(fault.maybe_help(help))
            })
    }
}
