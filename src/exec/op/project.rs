//! `Project`: adds slots to each row. Items whose slots are dead are not evaluated, and so raise no error.

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::eval,
    },
    plan::{Expr, Slot, SlotSet},
};

pub(crate) fn project(
    items: &[(Slot, Expr)],
    live: &SlotSet,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Result<Chunk, Failure> {
    let mut out = chunk.select(live);
    for (slot, expr) in items.iter().filter(|(slot, _)| live.contains(*slot)) {
        out.put(*slot, cx.kept(eval(expr, chunk, cx)?));
    }
    Ok(out)
}
