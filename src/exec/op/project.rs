//! `Project`: adds slots to each row. Items whose slots are dead are not evaluated, and so raise no error.

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
        let live = |(slot, _): &&(Slot, Expr)| self.live.contains(*slot);
        for (slot, expr) in self.items.iter().filter(live) {
            let column = cx.kept(eval(expr, &chunk, cx)?);
            out.put(*slot, column);
        }
        Ok(Some(out))
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
