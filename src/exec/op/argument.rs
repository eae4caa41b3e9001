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

/// The outer rows of the enclosing inner plan, each once and with its number.
pub(crate) struct Argument {
    outer: Outer,
    row: Slot,
    /// The live slots of the outer rows.
    slots: SlotSet,
    done: bool,
}

impl Argument {
    pub(crate) fn new(outer: Outer, row: Slot, slots: &[Slot], live: &SlotSet) -> Self {
        let slots = slots.iter().copied();
        Self {
            outer,
            row,
            slots: slots.filter(|slot| live.contains(*slot)).collect(),
            done: false,
        }
    }
}

impl Operator for Argument {
    fn next(&mut self, _cx: &mut Context<'_>) -> Step {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        let mut rows = self.outer.with(|outer| outer.select(&self.slots));
        rows.set_multiplicities(None);
        let numbers = (0..).take(rows.len()).collect();
        rows.put(self.row, Column::integers(numbers));
        Ok(Some(rows))
    }

    fn reset(&mut self) {
        self.done = false;
    }
}

/// One row without slots.
#[derive(Default)]
pub(crate) struct Unit {
    done: bool,
}

impl Operator for Unit {
    fn next(&mut self, _cx: &mut Context<'_>) -> Step {
        let first = !std::mem::replace(&mut self.done, true);
        Ok(first.then(|| Chunk::of_len(1)))
    }

    fn reset(&mut self) {
        self.done = false;
    }
}

/// No rows.
pub(crate) struct Empty;

impl Operator for Empty {
    fn next(&mut self, _cx: &mut Context<'_>) -> Step {
        Ok(None)
    }

    fn reset(&mut self) {}
}
