//! `TopK`: the first `k` rows in the order of the sort keys. Ties keep their input order, as with `Sort`.
//!
//! Chunks are kept until there are `2k` and a chunk of them; a selection then keeps the first `k`, in input order, and the
//! last of these in the order of the keys becomes the bar: later rows are kept only if they come before it. A tie with
//! the bar comes after it, because it arrives later. The first `k` rows are sorted at the end.
//!
//! Every selection takes time linear in its rows and drops at least a chunk and `k` of them, so that `n` rows take
//! O(n + k log k) comparisons on average, and memory for `2k` rows and two chunks.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, placeless},
        op::{
            blocking::{Collected, Intake, Rows},
            limit::{constant_count, with_counts},
            sort::Keyed,
        },
    },
    plan::{Expr, SlotSet, SortKey},
};

/// `drains` is true if the input changes the graph, so that all of it is read even if no row is returned.
pub(crate) fn top_k(
    keys: &[SortKey],
    count: &Expr,
    live: &SlotSet,
    drains: bool,
    input: &mut Intake<'_>,
    cx: &mut Context<'_>,
) -> Collected {
    let count = constant_count(count, cx)?;
    if count == 0 {
        while drains && input.next(cx)?.is_some() {}
        return Ok(Rows::default());
    }
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let mut best = Keyed::default();
    let mut bar = None;
    while let Some(chunk) = input.next(cx)? {
        let mut keyed = Keyed::new(&chunk, keys, live, cx)?;
        if let Some(bar) = bar {
            keyed = before(&keyed, &best, bar, keys);
        }
        best.append(keyed).map_err(placeless)?;
        if best.rows.len() >= count.saturating_mul(2).saturating_add(CAPACITY) {
            let (rows, last) = best.first(count, keys, cx).map_err(placeless)?;
            (best, bar) = (best.gather(&rows), Some(last));
        }
        input.release();
        input.reserve(best.bytes(), cx)?;
    }
    let rows = best.order(keys, cx)?;
    let rows = best.gather(&rows[..count.min(rows.len())]);
    Ok(cut(&rows.rows, count, live).into())
}

/// The rows that come before the bar, a row of the best.
fn before(keyed: &Keyed, best: &Keyed, bar: usize, keys: &[SortKey]) -> Keyed {
    let is_before = |row: &u32| keyed.compare(*row as usize, best, bar, keys).is_lt();
    let rows: Vec<u32> = (0..).take(keyed.rows.len()).filter(is_before).collect();
    keyed.gather(&rows)
}

/// The first `count` rows of a chunk, multiplicities included.
fn cut(rows: &Chunk, count: usize, live: &SlotSet) -> Chunk {
    let mut left = count as u64;
    let counts = (0..rows.len()).map(|row| {
        let taken = rows.multiplicity(row).min(left);
        left -= taken;
        taken
    });
    with_counts(rows, &counts.collect::<Vec<_>>(), live)
}
