//! What was made of statements that were run before, so that running them again begins at execution.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{
    base::Diagnostic,
    engine::{Level, stack::SHALLOW},
    plan::Plan,
    syntax::ast,
};

/// Statements that are kept at a time.
const CAPACITY: usize = 256;

/// Longer statements are not kept: they are hardly run twice, and may be too deep to be dropped on any stack.
const LONGEST: usize = SHALLOW;

/// A statement that is ready to be run.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The plan.
    pub(super) plan: Plan,
    /// What the person asking should know, with places in the statement.
    pub(super) warnings: Vec<Diagnostic>,
}

/// The statements that were used last, with their trees, and with their plans as long as these hold.
#[derive(Debug, Default)]
pub(super) struct Cache {
    known: FxHashMap<Arc<str>, Entry>,
    /// Counts uses.
    time: u64,
}

#[derive(Debug)]
struct Entry {
    tree: Arc<ast::Statement>,
    /// The plan for a level, with the version of the graph it was made for.
    prepared: Option<(u64, Level, Arc<Prepared>)>,
    used: u64,
}

impl Cache {
    /// The tree of a statement.
    pub(super) fn tree(&mut self, text: &str) -> Option<Arc<ast::Statement>> {
        self.time += 1;
        let entry = self.known.get_mut(text)?;
        entry.used = self.time;
        Some(entry.tree.clone())
    }

    /// Keeps the tree of a statement, and forgets the one that was not used for the longest time.
    pub(super) fn keep_tree(&mut self, text: &str, tree: &Arc<ast::Statement>) {
        if text.len() > LONGEST {
            return;
        }
        if self.known.len() >= CAPACITY {
            let oldest = self.known.iter().min_by_key(|(_, entry)| entry.used);
            let oldest = oldest.map(|(text, _)| text.clone());
            oldest.and_then(|text| self.known.remove(&text));
        }
        let entry = Entry {
            tree: tree.clone(),
            prepared: None,
            used: self.time,
        };
        self.known.insert(text.into(), entry);
    }

    /// The plan of a statement, if it was made for this version of the graph.
    pub(super) fn plan(&self, text: &str, version: u64, level: Level) -> Option<Arc<Prepared>> {
        let (made_for, at, prepared) = self.known.get(text)?.prepared.as_ref()?;
        (*made_for == version && *at == level).then(|| prepared.clone())
    }

    /// Keeps the plan of a statement whose tree is kept.
    pub(super) fn keep_plan(
        &mut self,
        text: &str,
        version: u64,
        level: Level,
        prepared: &Arc<Prepared>,
    ) {
        if let Some(entry) = self.known.get_mut(text) {
            entry.prepared = Some((version, level, prepared.clone()));
        }
    }
}
