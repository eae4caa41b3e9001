//! How the changes of a statement end: committed with its answer, or undone.

use std::sync::Arc;

use crate::{
    answer::Answer,
    base::Diagnostic,
    engine::{Database, guard::caught, origin::Origin},
    graph::{Breach, Savepoint, check},
    plan::Plan,
};

impl Database {
    /// Undoes the changes since a savepoint.
    pub(super) fn undo(&mut self, savepoint: Savepoint) {
        if self.graph.has_changed() {
            self.graph_mut().rollback(savepoint);
        }
    }

    /// Undoes the changes of a statement that panicked, and checks the graph. Linear in the size of the graph.
    pub(super) fn restore(&mut self, savepoint: Savepoint) {
        let restored = caught(|| {
            self.undo(savepoint);
            self.graph.inconsistencies().is_empty()
        });
        self.damaged = restored != Ok(true);
        self.changed();
    }

    /// Gives up a graph that is half changed.
    pub(super) fn abandon(&mut self) {
        self.damaged = true;
        self.changed();
    }

    /// The first constraint or rule that the changes since the savepoint break, or `None`.
    pub(super) fn violation(&mut self, savepoint: Savepoint) -> Option<Breach> {
        let (graph, origin) = (Arc::make_mut(&mut self.graph), &self.origin);
        if let Some(breach) = graph.breach(savepoint) {
            return Some(breach);
        }
        check::violation(graph, origin.manifest()?, origin.overlays(), savepoint)
    }

    /// Whether statements may have constraints or rules to keep.
    pub(super) fn has_rules(&self) -> bool {
        self.graph.has_constraints() || !matches!(*self.origin, Origin::Unknown)
    }

    /// Adds the changes of a completed statement to its answer, and commits them outside of a transaction.
    ///
    /// # Errors
    /// If they cannot be written to the journal. Then they are undone.
    pub(super) fn settled(
        &mut self,
        plan: &Plan,
        savepoint: Savepoint,
        mut answer: Answer,
    ) -> Result<Answer, Box<Diagnostic>> {
        if !plan.writes {
            return Ok(answer);
        }
        self.changed();
        answer.changes = self.graph.changes_since(savepoint).into();
        if self.transaction.is_none() {
            if let Err(fault) = self.keep() {
                self.undo(savepoint);
                return Err(Box::new(fault.into()));
            }
            match self.keeps_ids {
                true => self.graph_mut().commit_keeping_ids(),
                false => self.graph_mut().commit(),
            }
            self.has_committed();
        }
        self.revision += u64::from(!answer.changes.is_empty());
        Ok(answer)
    }
}
