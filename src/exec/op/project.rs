//! `Project`: each row with more slots.

use crate::{
    exec::{
        context::Context,
        eval::eval,
        operator::{Operator, Source, Step},
    },
    plan::{Expr, Slot, SlotSet},
};

pub(crate) struct Project<'p> {
    input: Source<'p>,
    items: &'p [(Slot, Expr)],
    live: &'p SlotSet,
}

impl<'p> Project<'p> {
    pub(crate) fn new(input: Source<'p>, items: &'p [(Slot, Expr)], live: &'p SlotSet) -> Self {
        Self { input, items, live }
    }
}

impl Operator for Project<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        let mut out = chunk.select(self.live);
        // Items that nobody reads are evaluated all the same: what is wrong with them must be told.
        for (slot, expr) in self.items {
            let mut column = eval(expr, &chunk, cx)?;
            if cx.may_write() {
                // Rows that keep a dictionary of the graph make the next new string copy it.
                column = column.detached();
            }
            out.put_live(*slot, column, self.live);
        }
        Ok(Some(out))
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
