//! `ORDER BY … LIMIT` keeps a heap of the first rows instead of sorting all of them.

use crate::plan::Op;

/// Replaces a limit on a sort, of rows that are counted together, by a [`Op::TopK`].
pub(super) fn use_topk(op: Op) -> Op {
    op.map_bottom_up(&mut |op| match op {
        Op::Limit {
            input,
            count,
            partition: None,
        } => match *input {
            Op::Sort { input, keys } => Op::TopK { input, keys, count },
            other => Op::Limit {
                input: Box::new(other),
                count,
                partition: None,
            },
        },
        other => other,
    })
}
