//! `Union`: the rows of one input, then those of another.

use crate::{
    exec::{
        context::Context,
        operator::{Operator, Source, Step},
    },
    plan::{Slot, SlotSet},
};

pub(crate) struct Union<'p> {
    left: Source<'p>,
    right: Source<'p>,
    /// The slots of the output, each with its slot in the input.
    left_names: Vec<(Slot, Slot)>,
    right_names: Vec<(Slot, Slot)>,
    left_done: bool,
}

impl<'p> Union<'p> {
    pub(crate) fn new(
        left: Source<'p>,
        right: Source<'p>,
        columns: &[(Slot, Slot, Slot)],
        live: &SlotSet,
    ) -> Self {
        let wanted = || columns.iter().filter(|(slot, ..)| live.contains(*slot));
        Self {
            left,
            right,
            left_names: wanted().map(|(slot, left, _)| (*slot, *left)).collect(),
            right_names: wanted().map(|(slot, _, right)| (*slot, *right)).collect(),
            left_done: false,
        }
    }
}

impl Operator for Union<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if !self.left_done {
            if let Some(chunk) = self.left.next(cx)? {
                return Ok(Some(chunk.renamed(&self.left_names)));
            }
            self.left_done = true;
        }
        let chunk = self.right.next(cx)?;
        Ok(chunk.map(|chunk| chunk.renamed(&self.right_names)))
    }

    fn reset(&mut self) {
        self.left.reset();
        self.right.reset();
        self.left_done = false;
    }
}
