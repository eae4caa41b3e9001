//! `TopK`: the first `k` rows in the order of the sort keys. Ties keep their input order, as with `Sort`.
//!
//! Rows are kept until there are `2k` and a chunk of them; a selection then keeps the first `k`, in input order, and the
//! last of these in the order of the keys becomes the bar: later rows are kept only if they come before it. A tie with
//! the bar comes after it, because it arrives later. The first `k` rows are sorted at the end.
//!
//! Every selection takes time linear in its rows and drops at least a chunk and `k` of them, so that `n` rows take
//! O(n + k log k) comparisons on average, and memory for `2k` rows and two chunks.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure, Reservation},
        op::{
            limit::constant_count,
            sort::{Keyed, part},
        },
        operator::{Operator, Source, Step},
    },
    plan::{Expr, SlotSet, SortKey},
};

pub(crate) struct TopK<'p> {
    input: Source<'p>,
    keys: &'p [SortKey],
    count: &'p Expr,
    live: &'p SlotSet,
    first: Option<(Chunk, usize)>,
    reserved: Reservation,
    drains: bool,
}

impl<'p> TopK<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        keys: &'p [SortKey],
        count: &'p Expr,
        live: &'p SlotSet,
        drains: bool,
    ) -> Self {
        Self {
            input,
            keys,
            count,
            live,
            first: None,
            reserved: Reservation::default(),
            drains,
        }
    }

    fn collect(&mut self, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        let count = constant_count(self.count, cx)?;
        if count == 0 {
            while self.drains && self.input.next(cx)?.is_some() {}
            return Ok(Chunk::default());
        }
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let mut best = Keyed::default();
        let mut bar = None;
        while let Some(chunk) = self.input.next(cx)? {
            let mut keyed = Keyed::new(&chunk, self.keys, self.live, cx)?;
            if let Some(bar) = bar {
                keyed = self.before(&keyed, &best, bar);
            }
            best.append(keyed);
            if best.rows.len() >= count.saturating_mul(2).saturating_add(CAPACITY) {
                let (rows, last) = best.first(count, self.keys);
                (best, bar) = (best.gather(&rows), Some(last));
            }
            self.reserved.release();
            cx.reserve(&mut self.reserved, best.bytes())?;
        }
        let rows = best.order(self.keys);
        let rows = best.gather(&rows[..count.min(rows.len())]);
        Ok(cut(&rows.rows, count, self.live))
    }

    /// The rows that come before the bar, a row of the best.
    fn before(&self, keyed: &Keyed, best: &Keyed, bar: usize) -> Keyed {
        let is_before = |row: &u32| keyed.compare(*row as usize, best, bar, self.keys).is_lt();
        let rows: Vec<u32> = (0..).take(keyed.rows.len()).filter(is_before).collect();
        keyed.gather(&rows)
    }
}

/// The first `count` rows of a chunk, multiplicities included.
fn cut(rows: &Chunk, count: usize, live: &SlotSet) -> Chunk {
    let mut left = count as u64;
    let mut counts = Vec::new();
    for row in 0..rows.len() {
        let taken = rows.multiplicity(row).min(left);
        if taken == 0 {
            break;
        }
        counts.push(taken);
        left -= taken;
    }
    let mut out = rows.slice(0..counts.len(), live);
    if rows.multiplicities().is_some() {
        out.set_multiplicities(Some(counts));
    }
    out
}

impl Operator for TopK<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if self.first.is_none() {
            self.first = Some((self.collect(cx)?, 0));
        }
        let first = self.first.as_mut();
        Ok(first.and_then(|(rows, given)| part(rows, given, self.live)))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.first = None;
        self.reserved.release();
    }
}
