//! `TopK`: the first rows in order, of which never many more are kept.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure, Held},
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
    held: Held,
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
            held: Held::default(),
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
        // Whether `best` is in order and full, so that its last row is the one to beat.
        let mut full = false;
        while let Some(chunk) = self.input.next(cx)? {
            let mut keyed = Keyed::new(&chunk, self.keys, self.live, cx)?;
            if full {
                keyed = self.better(&keyed, &best, count);
            }
            best.append(keyed);
            if best.rows.len() >= count.saturating_mul(2).saturating_add(CAPACITY) {
                best = self.prune(&best, count);
                full = true;
            } else {
                full &= best.rows.len() == count;
            }
            self.held.release();
            cx.hold(&mut self.held, best.bytes())?;
        }
        let best = self.prune(&best, count);
        Ok(cut(&best.rows, count, self.live))
    }

    /// The rows that come before the last of the best.
    fn better(&self, keyed: &Keyed, best: &Keyed, count: usize) -> Keyed {
        let last = count - 1;
        let better = |row: &u32| keyed.compare(*row as usize, best, last, self.keys).is_lt();
        let rows: Vec<u32> = (0..).take(keyed.rows.len()).filter(better).collect();
        keyed.gather(&rows)
    }

    fn prune(&self, rows: &Keyed, count: usize) -> Keyed {
        let mut order = rows.order(self.keys);
        order.truncate(count);
        rows.gather(&order)
    }
}

/// The first rows of a chunk, counting what they stand for.
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
        self.held.release();
    }
}
