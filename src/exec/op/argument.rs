//! `Argument`: the rows of the enclosing apply.

use crate::{
    exec::{
        chunk::Chunk,
        column::Column,
        context::Context,
        op::{Operator, Step},
    },
    plan::{Slot, SlotSet},
};

/// Gives its one chunk once.
pub(crate) struct Argument {
    chunk: Option<Chunk>,
}

impl Argument {
    /// The outer rows, each once and with its number.
    pub(crate) fn new(outer: &Chunk, row: Slot, slots: &[Slot], live: &SlotSet) -> Self {
        let wanted: SlotSet = slots
            .iter()
            .copied()
            .filter(|slot| live.contains(*slot))
            .collect();
        let mut chunk = outer.select(&wanted);
        chunk.set_multiplicities(None);
        chunk.put(row, Column::integers((0..).take(outer.len()).collect()));
        Self { chunk: Some(chunk) }
    }

    /// One row without slots.
    pub(crate) fn unit() -> Self {
        Self {
            chunk: Some(Chunk::of_len(1)),
        }
    }
}

impl Operator for Argument {
    fn next(&mut self, _cx: &mut Context<'_>) -> Step {
        Ok(self.chunk.take())
    }
}
