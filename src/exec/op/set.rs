//! `Set`: sets and removes properties and labels, row by row.

use crate::{
    exec::{
        context::Context,
        op::store::set_items,
        operator::{Operator, Source, Step},
    },
    plan::{SetItem, SlotSet},
};

pub(crate) struct Set<'p> {
    input: Source<'p>,
    items: &'p [SetItem],
    reads: SlotSet,
    live: &'p SlotSet,
}

impl<'p> Set<'p> {
    pub(crate) fn new(input: Source<'p>, items: &'p [SetItem], live: &'p SlotSet) -> Self {
        let mut reads = SlotSet::default();
        for item in items {
            for expr in item.expressions() {
                expr.add_slots(&mut reads);
            }
        }
        Self {
            input,
            items,
            reads,
            live,
        }
    }
}

impl Operator for Set<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        for row in 0..chunk.len() {
            // Each row sees what the rows before it changed.
            set_items(self.items, &chunk.repeat(row, 1, &self.reads), cx)?;
        }
        Ok(Some(chunk.select(self.live)))
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
