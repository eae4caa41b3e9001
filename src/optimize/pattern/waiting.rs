//! The predicates of a pattern that are not evaluated yet, by the slots that they read.

use std::collections::{BTreeSet, HashMap};

use crate::plan::{Expr, Slot, SlotSet};

/// Predicates that wait until their slots are filled. A predicate keeps its position.
#[derive(Default)]
pub(super) struct Waiting {
    predicates: Vec<Option<Pending>>,
    /// By slot: the positions of the predicates that read it, ascending.
    readers: HashMap<Slot, Vec<usize>>,
    /// The positions of the predicates whose slots are all filled.
    ready: BTreeSet<usize>,
}

/// A predicate with the slots that it reads.
pub(super) struct Pending {
    pub(super) expr: Expr,
    pub(super) reads: Vec<Slot>,
    /// The number of these slots that are not filled.
    open: usize,
}

impl Waiting {
    /// Adds a predicate that waits for those of its slots that are `missing`; `None` keeps a position free.
    pub(super) fn push(&mut self, predicate: Option<Expr>, missing: &SlotSet) {
        let position = self.predicates.len();
        let pending = predicate.map(|expr| {
            let reads: Vec<Slot> = expr.slots().iter().collect();
            let open = reads.iter().filter(|slot| missing.contains(**slot)).count();
            Pending { expr, reads, open }
        });
        if let Some(pending) = &pending {
            for slot in &pending.reads {
                self.readers.entry(*slot).or_default().push(position);
            }
            if pending.open == 0 {
                self.ready.insert(position);
            }
        }
        self.predicates.push(pending);
    }

    /// All predicates that wait.
    pub(super) fn all(&self) -> impl Iterator<Item = &Pending> {
        self.predicates.iter().flatten()
    }

    /// The predicates that read a slot, with their positions.
    pub(super) fn readers(&self, slot: Slot) -> impl Iterator<Item = (usize, &Pending)> {
        let readers = self.readers.get(&slot).into_iter().flatten();
        readers.filter_map(|at| Some((*at, self.predicates[*at].as_ref()?)))
    }

    /// Removes a predicate that need not be evaluated.
    pub(super) fn drop(&mut self, position: usize) {
        self.predicates[position] = None;
    }

    /// Removes the predicates that read only these slots.
    pub(super) fn drop_within(&mut self, slots: &SlotSet) {
        for predicate in &mut self.predicates {
            predicate.take_if(|it| it.reads.iter().all(|slot| slots.contains(*slot)));
        }
    }

    /// Records that a slot, which was missing, is filled.
    pub(super) fn fill(&mut self, slot: Slot) {
        for position in self.readers.get(&slot).into_iter().flatten() {
            if let Some(pending) = &mut self.predicates[*position] {
                pending.open -= 1;
                if pending.open == 0 {
                    self.ready.insert(*position);
                }
            }
        }
    }

    /// Takes the predicates whose slots are all filled, in order.
    pub(super) fn take_ready(&mut self) -> Vec<Pending> {
        let ready = std::mem::take(&mut self.ready).into_iter();
        ready
            .filter_map(|position| self.predicates[position].take())
            .collect()
    }
}
