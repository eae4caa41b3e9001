//! `Argument`, `Unit` and `Empty`: the leaves of plans.

use crate::{
    exec::{
        chunk::Chunk,
        context::Context,
        operator::{Operator, Outer, Step},
    },
    plan::{Slot, SlotSet},
    value::Column,
};

/// The rows that a function returns, once.
pub(crate) struct Leaf<F> {
    rows: F,
    done: bool,
}

impl<F: Fn() -> Chunk> Leaf<F> {
    pub(crate) fn new(rows: F) -> Self {
        Self { rows, done: false }
    }
}

impl<F: Fn() -> Chunk> Operator for Leaf<F> {
    fn next(&mut self, _cx: &mut Context<'_>) -> Step {
        let first = !std::mem::replace(&mut self.done, true);
        let rows = first.then(|| (self.rows)());
        Ok(rows.filter(|rows| !rows.is_empty()))
    }

    fn reset(&mut self) {
        self.done = false;
    }
}

/// The outer rows of the enclosing inner plan, each once and with its number in `row`.
pub(crate) fn argument(outer: &Outer, row: Slot, slots: &SlotSet) -> Chunk {
    let mut rows = outer.with(|outer| outer.select(slots));
    rows.set_multiplicities(None);
    let numbers = (0..).take(rows.len()).collect();
    rows.put(row, Column::integers(numbers));
    rows
}
