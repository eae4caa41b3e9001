//! `Set`: sets and removes properties and labels, row by row.

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure, placeless},
        op::store::{make_room_to_undo, set_items},
    },
    plan::{SetItem, SlotSet},
};

/// The slots that the items read.
pub(crate) fn reads(items: &[SetItem]) -> SlotSet {
    let mut reads = SlotSet::default();
    for item in items {
        for expr in item.expressions() {
            expr.add_slots(&mut reads);
        }
    }
    reads
}

/// Each row sees what the rows before it changed.
pub(crate) fn set(
    items: &[SetItem],
    reads: &SlotSet,
    chunk: &Chunk,
    cx: &mut Context<'_>,
) -> Result<(), Failure> {
    make_room_to_undo(chunk.len(), cx).map_err(placeless)?;
    (0..chunk.len()).try_for_each(|row| set_items(items, &chunk.repeat(row, 1, reads), cx))
}
