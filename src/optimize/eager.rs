//! Barriers between reading and writing that keep nothing apart.

use crate::plan::Op;

/// Takes away a barrier on a barrier, and a barrier on rows that no look at the graph has given.
pub(super) fn drop_needless_barriers(op: Op) -> Op {
    op.map_bottom_up(&mut |op| match op {
        Op::Eager { input } if matches!(*input, Op::Eager { .. }) || !touches_graph(&input) => {
            *input
        }
        other => other,
    })
}

/// Whether an operator, or one below it, reads or writes the graph. Expressions may always read it.
fn touches_graph(op: &Op) -> bool {
    match op {
        Op::Unit => false,
        Op::Unwind { input, list, .. } => touches_graph(input) || !list.slots().is_empty(),
        _ => true,
    }
}
