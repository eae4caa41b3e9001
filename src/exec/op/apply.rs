//! `Apply`: runs an inner plan for the rows of its input, a chunk of them at a time. Inner rows carry the number of their
//! outer row.

use crate::{
    exec::{
        build::build,
        chunk::{Chunk, too_many},
        column::Column,
        context::{Answered, Context, Failure, Held, row_number},
        group::ABSENT,
        op::{Operator, Source, Step, flatten::Flatten},
    },
    plan::{self, ApplyKind, Op, Slot, SlotSet},
    value::Value,
};

pub(crate) struct Apply<'p> {
    input: Source<'p>,
    plan: &'p plan::Apply,
    live: SlotSet,
    inner_live: SlotSet,
    /// Whether the inner plan changes the graph: then it runs for one outer row at a time, and each run sees what those
    /// before it changed.
    writes: bool,
    /// Whether inner rows come in the order of their outer rows.
    ordered: bool,
    /// The chunk at work: the rows that are still to be taken one by one, then the one that runs.
    waiting: Option<(Chunk, usize)>,
    running: Option<Running<'p>>,
}

/// An inner plan at work, of an apply whose inner rows extend the outer ones.
struct Running<'p> {
    outer: Chunk,
    inner: Source<'p>,
    /// For each outer row whether an inner row has come.
    matched: Vec<bool>,
    /// All outer rows before this one have been dealt with, where inner rows come in order.
    next: usize,
}

impl<'p> Apply<'p> {
    pub(crate) fn new(input: Source<'p>, plan: &'p plan::Apply, live: &SlotSet) -> Self {
        let inner_live = plan.inner_needs(live);
        Self {
            input,
            plan,
            live: live.clone(),
            inner_live,
            writes: plan.inner.writes(),
            ordered: keeps_order(&plan.inner),
            waiting: None,
            running: None,
        }
    }

    /// The next outer rows to run the inner plan for.
    fn outer(&mut self, cx: &mut Context<'_>) -> Step {
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

    fn inner(&self, outer: &Chunk, cx: &Context<'_>) -> Source<'p> {
        let inner = build(&self.plan.inner, &self.inner_live, Some(outer), cx);
        match self.plan.kind {
            ApplyKind::Collect { .. } => Source::new(Flatten::new(inner), None),
            _ => inner,
        }
    }

    /// The outer rows with what the inner plan says of each.
    fn answer(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(outer) = self.outer(cx)? else {
            return Ok(None);
        };
        let mut inner = self.inner(&outer, cx);
        let mut out = outer.select(&self.live);
        match &self.plan.kind {
            ApplyKind::Inner { .. } | ApplyKind::Optional { .. } => {
                unreachable!("these extend their rows")
            }
            ApplyKind::Exists(slot) => {
                let found = self.exists(&mut inner, outer.len(), cx)?;
                out.put(
                    *slot,
                    Column::booleans(found.into_iter().map(Some).collect()),
                );
            }
            ApplyKind::Count(slot) => out.put(*slot, self.count(&mut inner, outer.len(), cx)?),
            ApplyKind::Collect { list, value } => {
                out.put(*list, self.collect(&mut inner, *value, outer.len(), cx)?);
            }
            ApplyKind::Semi => return self.choose(&outer, &mut inner, true, cx).map(Some),
            ApplyKind::Anti => return self.choose(&outer, &mut inner, false, cx).map(Some),
            ApplyKind::Effect => while inner.next(cx)?.is_some() {},
        }
        Ok(Some(out))
    }

    fn choose(
        &self,
        outer: &Chunk,
        inner: &mut Source<'p>,
        wanted: bool,
        cx: &mut Context<'_>,
    ) -> Result<Chunk, Failure> {
        let found = self.exists(inner, outer.len(), cx)?;
        let kept = (0..).zip(found).filter(|(_, found)| *found == wanted);
        let kept: Vec<u32> = kept.map(|(row, _)| row).collect();
        Ok(outer.gather(&kept, &self.live))
    }

    /// For each outer row whether it has an inner one; stops when all have.
    fn exists(
        &self,
        inner: &mut Source<'p>,
        len: usize,
        cx: &mut Context<'_>,
    ) -> Result<Vec<bool>, Failure> {
        cx.answered.push(Answered {
            row: self.plan.row,
            done: vec![false; len],
        });
        let outcome = self.mark(inner, len, cx);
        let answered = cx.answered.pop().map(|answered| answered.done);
        outcome.map(|()| answered.unwrap_or_default())
    }

    fn mark(
        &self,
        inner: &mut Source<'p>,
        len: usize,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let mut open = len;
        while open > 0 {
            let Some(chunk) = inner.next(cx)? else { break };
            let Some(answered) = cx.answered.last_mut() else {
                break;
            };
            for outer in numbers(&chunk, self.plan.row) {
                open -= usize::from(!std::mem::replace(&mut answered.done[outer as usize], true));
            }
        }
        Ok(())
    }

    fn count(
        &self,
        inner: &mut Source<'p>,
        len: usize,
        cx: &mut Context<'_>,
    ) -> Result<Column, Failure> {
        let mut counts = vec![0_i64; len];
        while let Some(chunk) = inner.next(cx)? {
            for (row, outer) in numbers(&chunk, self.plan.row).into_iter().enumerate() {
                let more = i64::try_from(chunk.multiplicity(row)).map_err(|_| too_many())?;
                let count = &mut counts[outer as usize];
                *count = count.checked_add(more).ok_or_else(too_many)?;
            }
        }
        Ok(Column::integers(counts))
    }

    fn collect(
        &self,
        inner: &mut Source<'p>,
        value: Slot,
        len: usize,
        cx: &mut Context<'_>,
    ) -> Result<Column, Failure> {
        let mut lists = vec![Vec::new(); len];
        let mut held = Held::default();
        while let Some(chunk) = inner.next(cx)? {
            let values = chunk.column(value);
            cx.hold(&mut held, values.bytes(chunk.len()))?;
            for (row, outer) in numbers(&chunk, self.plan.row).into_iter().enumerate() {
                let times = chunk.multiplicity(row);
                let bytes = times
                    .saturating_sub(1)
                    .saturating_mul(size_of::<Value>() as u64);
                cx.hold(&mut held, bytes)?;
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
                let Some(outer) = self.outer(cx)? else {
                    return Ok(None);
                };
                let inner = self.inner(&outer, cx);
                let matched = vec![false; outer.len()];
                self.running = Some(Running {
                    outer,
                    inner,
                    matched,
                    next: 0,
                });
            }
            let Some(running) = &mut self.running else {
                continue;
            };
            let ordered = self.ordered && optional;
            match running.inner.next(cx)? {
                Some(chunk) => {
                    let (rows, partners) = running.pairs(numbers(&chunk, self.plan.row), ordered);
                    return self.joined(&rows, &partners, &chunk).map(Some);
                }
                None if optional => {
                    let rows = running.unmatched();
                    let partners = vec![ABSENT; rows.len()];
                    let out = self.joined(&rows, &partners, &Chunk::default())?;
                    self.running = None;
                    if !out.is_empty() {
                        return Ok(Some(out));
                    }
                }
                None => self.running = None,
            }
        }
    }

    /// Outer rows beside inner rows, or beside nulls.
    fn joined(&self, rows: &[u32], partners: &[u32], inner: &Chunk) -> Result<Chunk, Failure> {
        let Some(running) = &self.running else {
            return Ok(Chunk::default());
        };
        let mut out = running.outer.gather(rows, &self.live);
        if let Some(counts) = inner.multiplicities() {
            let count = |at: &u32| counts.get(*at as usize).copied().unwrap_or(1);
            out.multiply(&partners.iter().map(count).collect::<Vec<_>>())?;
        }
        for slot in self
            .plan
            .kind
            .adds()
            .iter()
            .filter(|slot| self.live.contains(*slot))
        {
            let column = inner
                .get(slot)
                .map_or(Column::NULL, |column| column.gather_or_null(partners));
            out.put(slot, column);
        }
        Ok(out)
    }
}

impl Running<'_> {
    /// Which outer row stands beside which inner row. Where inner rows come in order, outer rows that were passed over
    /// come in their places, beside nothing.
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
    let number =
        |at| row_number(&column.peek(at)).expect("inner rows carry the number of their outer row");
    // Outer rows are at most a chunk.
    (0..chunk.len()).map(|at| number(at) as u32).collect()
}

/// Whether an inner plan gives its rows in the order of the outer rows' numbers.
fn keeps_order(inner: &Op) -> bool {
    let mut keeps = true;
    inner.each(&mut |op| {
        keeps &= !matches!(
            op,
            Op::Sort { .. } | Op::TopK { .. } | Op::Union(_) | Op::HashJoin(_)
        );
    });
    keeps
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
}
