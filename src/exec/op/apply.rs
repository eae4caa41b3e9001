//! `Apply`: extends each row by the rows that an inner plan returns for it. The inner plan runs for a chunk of rows at a
//! time, and its rows carry the number of their outer row (Galindo-Legaria and Joshi 2001).

use crate::{
    exec::{
        chunk::{Chunk, rows_where},
        context::{Context, Failure},
        op::extend::narrow,
        operator::{Inner, Operator, Source, Step},
    },
    plan::{Node, Op, Slot, SlotSet},
    value::{Column, column::ABSENT},
};

pub(crate) struct Apply<'p> {
    input: Source<'p>,
    inner: Inner<'p>,
    /// The slot of the outer row's number.
    row: Slot,
    /// The live slots of inner rows.
    adds: Vec<Slot>,
    live: &'p SlotSet,
    /// Whether an outer row without inner rows is kept, with nulls.
    optional: bool,
    /// Whether inner rows come in the order of their outer rows.
    ordered: bool,
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
        node: &'p Node,
        (row, adds): (Slot, &[Slot]),
        optional: bool,
    ) -> Self {
        let adds = adds.iter().copied();
        Self {
            input,
            inner,
            row,
            adds: adds.filter(|slot| node.output.contains(*slot)).collect(),
            live: &node.output,
            optional,
            ordered: keeps_order(node.second()),
            running: None,
        }
    }

    /// Outer rows joined with inner rows, or with nulls.
    fn joined(
        &self,
        outer: &Chunk,
        (rows, partners): (&[u32], &[u32]),
        inner: &Chunk,
    ) -> Result<Chunk, Failure> {
        let mut out = outer.gather(rows, self.live);
        if let Some(counts) = inner.multiplicities() {
            let count = |at: &u32| counts.get(*at as usize).copied().unwrap_or(1);
            out.multiply(&partners.iter().map(count).collect::<Vec<_>>())?;
        }
        for slot in &self.adds {
            let column = inner.get(*slot);
            let column = column.map_or(Column::NULL, |column| column.gather_or_null(partners));
            out.put(*slot, column);
        }
        Ok(out)
    }
}

impl Operator for Apply<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        loop {
            let mut running = match self.running.take() {
                Some(running) => running,
                None => match self.input.next(cx)? {
                    Some(outer) => {
                        self.inner.begin(outer.clone());
                        Running::new(outer)
                    }
                    None => return Ok(None),
                },
            };
            let Some(chunk) = self.inner.next(cx)? else {
                self.inner.end();
                let rows = running.unmatched();
                if self.optional && !rows.is_empty() {
                    let partners = vec![ABSENT; rows.len()];
                    let nulls = Chunk::default();
                    let out = self.joined(&running.outer, (&rows, &partners), &nulls);
                    return out.map(Some);
                }
                continue;
            };
            let ordered = self.ordered && self.optional;
            let (rows, partners) = running.pairs(&chunk.row_numbers(self.row), ordered);
            let out = self.joined(&running.outer, (&rows, &partners), &chunk)?;
            self.running = Some(running);
            return Ok(Some(out));
        }
    }

    fn reset(&mut self) {
        self.input.reset();
        self.inner.end();
        self.running = None;
    }
}

impl Running {
    fn new(outer: Chunk) -> Self {
        Self {
            matched: vec![false; outer.len()],
            outer,
            next: 0,
        }
    }

    /// The pairs of outer and inner rows. If inner rows come in order, outer rows without inner rows are placed among
    /// them, with [`ABSENT`].
    fn pairs(&mut self, numbers: &[usize], ordered: bool) -> (Vec<u32>, Vec<u32>) {
        let mut rows = Vec::with_capacity(numbers.len());
        let mut partners = Vec::with_capacity(numbers.len());
        for (partner, outer) in (0..).zip(numbers) {
            while ordered && self.next < *outer {
                if !std::mem::replace(&mut self.matched[self.next], true) {
                    rows.push(narrow(self.next));
                    partners.push(ABSENT);
                }
                self.next += 1;
            }
            self.matched[*outer] = true;
            rows.push(narrow(*outer));
            partners.push(partner);
        }
        (rows, partners)
    }

    fn unmatched(&self) -> Vec<u32> {
        rows_where(&self.matched, |matched| !**matched)
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
