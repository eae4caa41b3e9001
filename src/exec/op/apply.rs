//! `Apply`: runs an inner plan for the rows of its input, a chunk at a time. Inner rows carry the number of their outer
//! row (Galindo-Legaria and Joshi 2001).

use crate::{
    exec::{
        chunk::{Chunk, too_many},
        context::{Answered, Context, Failure, Reservation, row_number},
        operator::{Inner, Operator, Source, Step},
    },
    plan::{self, ApplyKind, Node, Op, Slot, SlotSet},
    value::{Column, Value, column::ABSENT},
};

pub(crate) struct Apply<'p> {
    input: Source<'p>,
    inner: Inner<'p>,
    plan: &'p plan::Apply,
    live: &'p SlotSet,
    /// Whether the inner plan changes the graph. Then it runs for one outer row at a time, and each run sees the changes
    /// of those before it.
    writes: bool,
    /// Whether inner rows come in the order of their outer rows.
    ordered: bool,
    /// The chunk whose rows run one at a time, and the next of them.
    waiting: Option<(Chunk, usize)>,
    running: Option<Running>,
}

/// The outer rows whose inner rows extend them.
struct Running {
    outer: Chunk,
    /// For each outer row, whether it has an inner row.
    matched: Vec<bool>,
    /// All outer rows before this one are finished, if inner rows come in order.
    next: usize,
}

impl<'p> Apply<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        inner: Inner<'p>,
        node: &Node,
        plan: &'p plan::Apply,
        live: &'p SlotSet,
    ) -> Self {
        Self {
            input,
            inner,
            plan,
            live,
            writes: node.writes(),
            ordered: keeps_order(node),
            waiting: None,
            running: None,
        }
    }

    /// The next outer rows to run the inner plan for.
    fn next_outer(&mut self, cx: &mut Context<'_>) -> Step {
        if !self.writes {
            return self.input.next(cx);
        }
        if self.waiting.is_none() {
            self.waiting = self.input.next(cx)?.map(|chunk| (chunk, 0));
        }
        let Some((chunk, row)) = &mut self.waiting else {
            return Ok(None);
        };
        let outer = chunk.row(*row);
        *row += 1;
        if *row == chunk.len() {
            self.waiting = None;
        }
        Ok(Some(outer))
    }

    /// The outer rows with the result of the inner plan for each.
    fn answer(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(outer) = self.next_outer(cx)? else {
            return Ok(None);
        };
        self.inner.begin(outer.clone());
        let out = self.answered(&outer, cx)?;
        self.inner.end();
        Ok(Some(out))
    }

    fn answered(&mut self, outer: &Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        let mut out = outer.select(self.live);
        match &self.plan.kind {
            ApplyKind::Inner { .. } | ApplyKind::Optional { .. } => {
                unreachable!("these extend their rows")
            }
            ApplyKind::Exists(slot) => {
                let found = self.exists(outer.len(), cx)?;
                out.put(
                    *slot,
                    Column::booleans(found.into_iter().map(Some).collect()),
                );
            }
            ApplyKind::Count(slot) => out.put(*slot, self.count(outer.len(), cx)?),
            ApplyKind::Collect { list, value } => {
                out.put(*list, self.collect(*value, outer.len(), cx)?);
            }
            ApplyKind::Semi => return self.choose(outer, true, cx),
            ApplyKind::Anti => return self.choose(outer, false, cx),
            ApplyKind::Effect => while self.inner.next(cx)?.is_some() {},
        }
        Ok(out)
    }

    fn choose(
        &mut self,
        outer: &Chunk,
        wanted: bool,
        cx: &mut Context<'_>,
    ) -> Result<Chunk, Failure> {
        let found = self.exists(outer.len(), cx)?;
        let kept = (0..).zip(found).filter(|(_, found)| *found == wanted);
        let kept: Vec<u32> = kept.map(|(row, _)| row).collect();
        Ok(outer.gather(&kept, self.live))
    }

    /// For each outer row, whether it has an inner row. Stops when all have one.
    fn exists(&mut self, len: usize, cx: &mut Context<'_>) -> Result<Vec<bool>, Failure> {
        cx.answered.push(Answered {
            row: self.plan.row,
            done: vec![false; len],
        });
        let outcome = self.mark(len, cx);
        let answered = cx.answered.pop().map(|answered| answered.done);
        outcome.map(|()| answered.unwrap_or_default())
    }

    fn mark(&mut self, len: usize, cx: &mut Context<'_>) -> Result<(), Failure> {
        let mut open = len;
        while open > 0 {
            let Some(chunk) = self.inner.next(cx)? else {
                break;
            };
            let Some(answered) = cx.answered.last_mut() else {
                break;
            };
            for outer in numbers(&chunk, self.plan.row) {
                open -= usize::from(!std::mem::replace(&mut answered.done[outer as usize], true));
            }
        }
        Ok(())
    }

    fn count(&mut self, len: usize, cx: &mut Context<'_>) -> Result<Column, Failure> {
        let mut counts = vec![0_i64; len];
        while let Some(chunk) = self.inner.next(cx)? {
            for (row, outer) in numbers(&chunk, self.plan.row).into_iter().enumerate() {
                let more = i64::try_from(chunk.multiplicity(row)).map_err(|_| too_many())?;
                let count = &mut counts[outer as usize];
                *count = count.checked_add(more).ok_or_else(too_many)?;
            }
        }
        Ok(Column::integers(counts))
    }

    fn collect(
        &mut self,
        value: Slot,
        len: usize,
        cx: &mut Context<'_>,
    ) -> Result<Column, Failure> {
        let mut lists = vec![Vec::new(); len];
        let mut reserved = Reservation::default();
        while let Some(chunk) = self.inner.next(cx)? {
            let values = chunk.column(value);
            cx.reserve(&mut reserved, values.bytes(chunk.len()))?;
            for (row, outer) in numbers(&chunk, self.plan.row).into_iter().enumerate() {
                let times = chunk.multiplicity(row);
                let bytes = times
                    .saturating_sub(1)
                    .saturating_mul(size_of::<Value>() as u64);
                cx.reserve(&mut reserved, bytes)?;
                let times = usize::try_from(times).map_err(|_| too_many())?;
                let list = &mut lists[outer as usize];
                list.resize(list.len() + times, values.value(row));
            }
        }
        Ok(Column::values(lists.into_iter().map(Value::list).collect()))
    }

    /// Outer rows extended by inner ones.
    fn extend(&mut self, optional: bool, cx: &mut Context<'_>) -> Step {
        loop {
            if self.running.is_none() {
                let Some(outer) = self.next_outer(cx)? else {
                    return Ok(None);
                };
                self.inner.begin(outer.clone());
                let matched = vec![false; outer.len()];
                self.running = Some(Running {
                    outer,
                    matched,
                    next: 0,
                });
            }
            let Some(running) = &mut self.running else {
                continue;
            };
            let ordered = self.ordered && optional;
            match self.inner.next(cx)? {
                Some(chunk) => {
                    let (rows, partners) = running.pairs(numbers(&chunk, self.plan.row), ordered);
                    return self.joined(&rows, &partners, &chunk).map(Some);
                }
                None if optional => {
                    let rows = running.unmatched();
                    let partners = vec![ABSENT; rows.len()];
                    let out = self.joined(&rows, &partners, &Chunk::default())?;
                    self.finish();
                    if !out.is_empty() {
                        return Ok(Some(out));
                    }
                }
                None => self.finish(),
            }
        }
    }

    /// Ends the run of the inner plan.
    fn finish(&mut self) {
        self.running = None;
        self.inner.end();
    }

    /// Outer rows joined with inner rows, or with nulls.
    fn joined(&self, rows: &[u32], partners: &[u32], inner: &Chunk) -> Result<Chunk, Failure> {
        let Some(running) = &self.running else {
            return Ok(Chunk::default());
        };
        let mut out = running.outer.gather(rows, self.live);
        if let Some(counts) = inner.multiplicities() {
            let count = |at: &u32| counts.get(*at as usize).copied().unwrap_or(1);
            out.multiply(&partners.iter().map(count).collect::<Vec<_>>())?;
        }
        let adds = self.plan.kind.adds().iter();
        for slot in adds.filter(|slot| self.live.contains(**slot)) {
            let column = inner
                .get(*slot)
                .map_or(Column::NULL, |column| column.gather_or_null(partners));
            out.put(*slot, column);
        }
        Ok(out)
    }
}

impl Running {
    /// The pairs of outer and inner rows. If inner rows come in order, outer rows without inner rows are placed among
    /// them, with [`ABSENT`].
    fn pairs(&mut self, numbers: Vec<u32>, ordered: bool) -> (Vec<u32>, Vec<u32>) {
        let mut rows = Vec::with_capacity(numbers.len());
        let mut partners = Vec::with_capacity(numbers.len());
        for (partner, outer) in (0..).zip(numbers) {
            while ordered && self.next < outer as usize {
                if !std::mem::replace(&mut self.matched[self.next], true) {
                    rows.push(self.next as u32);
                    partners.push(ABSENT);
                }
                self.next += 1;
            }
            self.matched[outer as usize] = true;
            rows.push(outer);
            partners.push(partner);
        }
        (rows, partners)
    }

    fn unmatched(&self) -> Vec<u32> {
        let rows = (0..).zip(&self.matched).filter(|(_, matched)| !**matched);
        rows.map(|(row, _)| row).collect()
    }
}

/// The outer row of each inner row.
fn numbers(chunk: &Chunk, row: Slot) -> Vec<u32> {
    let column = chunk.column(row);
    // Outer rows are at most a chunk.
    if let Column::Integers(numbers) = column {
        return numbers.values().iter().map(|row| *row as u32).collect();
    }
    let number =
        |at| row_number(&column.peek(at)).expect("inner rows carry the number of their outer row");
    (0..chunk.len()).map(|at| number(at) as u32).collect()
}

impl Operator for Apply<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        match self.plan.kind {
            ApplyKind::Inner { .. } => self.extend(false, cx),
            ApplyKind::Optional { .. } => self.extend(true, cx),
            ApplyKind::Exists(_)
            | ApplyKind::Count(_)
            | ApplyKind::Collect { .. }
            | ApplyKind::Semi
            | ApplyKind::Anti
            | ApplyKind::Effect => self.answer(cx),
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.inner.end();
        (self.waiting, self.running) = (None, None);
    }
}

/// Whether an inner plan returns its rows in the order of the outer rows' numbers.
fn keeps_order(inner: &Node) -> bool {
    let mut keeps = true;
    inner.each(&mut |node| {
        keeps &= !matches!(
            node.op,
            Op::Sort { .. } | Op::TopK { .. } | Op::Union { .. }
        );
    });
    keeps
}
