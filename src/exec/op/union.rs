//! `Union`: the rows of one input, then those of another.

use crate::{
    exec::{
        context::Context,
        operator::{Operator, Source, Step},
    },
    plan::{Slot, SlotSet},
};

pub(crate) struct Union<'p> {
    /// Each input with the slots of the output, each with its slot in the input.
    inputs: [(Source<'p>, Vec<(Slot, Slot)>); 2],
    /// The number of inputs that have no more rows.
    done: usize,
}

impl<'p> Union<'p> {
    pub(crate) fn new(
        [left, right]: [Source<'p>; 2],
        columns: &[(Slot, Slot, Slot)],
        live: &SlotSet,
    ) -> Self {
        let wanted = || columns.iter().filter(|(slot, ..)| live.contains(*slot));
        let left_names = wanted().map(|(slot, left, _)| (*slot, *left)).collect();
        let right_names = wanted().map(|(slot, _, right)| (*slot, *right)).collect();
        Self {
            inputs: [(left, left_names), (right, right_names)],
            done: 0,
        }
    }
}

impl Operator for Union<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        while let Some((input, names)) = self.inputs.get_mut(self.done) {
            if let Some(chunk) = input.next(cx)? {
                return Ok(Some(chunk.renamed(names)));
            }
            self.done += 1;
        }
        Ok(None)
    }

    fn reset(&mut self) {
        self.inputs.iter_mut().for_each(|(input, _)| input.reset());
        self.done = 0;
    }
}
