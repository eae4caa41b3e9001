//! `PreAggregate`: rows that agree in all live slots become one row with the sum of their multiplicities.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk, too_many},
        context::{Context, Failure, Reservation},
        group::Groups,
        op::distinct::firsts,
        operator::{Operator, Source, Step},
    },
    plan::{Slot, SlotSet},
};

pub(crate) struct PreAggregate<'p> {
    input: Source<'p>,
    keys: &'p [Slot],
    slots: SlotSet,
    groups: Groups,
    counts: Vec<u64>,
    rows: Chunk,
    /// The number of rows that have been returned, after all input rows are read.
    given: Option<usize>,
    reserved: Reservation,
}

impl<'p> PreAggregate<'p> {
    pub(crate) fn new(input: Source<'p>, keys: &'p [Slot]) -> Self {
        Self {
            input,
            keys,
            slots: keys.iter().copied().collect(),
            groups: Groups::default(),
            counts: Vec::new(),
            rows: Chunk::default(),
            given: None,
            reserved: Reservation::default(),
        }
    }

    fn take_in(&mut self, chunk: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let before = self.groups.len();
        let keys: Vec<_> = self.keys.iter().map(|slot| chunk.column(*slot)).collect();
        let numbers = self.groups.number(&keys, chunk.len());
        self.counts.resize(self.groups.len(), 0);
        for (row, number) in numbers.iter().enumerate() {
            let count = &mut self.counts[*number as usize];
            *count = count
                .checked_add(chunk.multiplicity(row))
                .ok_or_else(too_many)?;
        }
        let fresh = firsts(&numbers, before);
        if fresh.is_empty() {
            return Ok(());
        }
        let mut rows = chunk.gather(&fresh, &self.slots);
        rows.set_multiplicities(None);
        let bytes = rows.bytes() + (8 + self.groups.bytes_per_group()) * fresh.len() as u64;
        cx.reserve(&mut self.reserved, bytes)?;
        self.rows.append(rows);
        Ok(())
    }
}

impl Operator for PreAggregate<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let given = match self.given {
            Some(given) => given,
            None => {
                while let Some(chunk) = self.input.next(cx)? {
                    self.take_in(&chunk, cx)?;
                }
                if self.counts.iter().any(|count| *count != 1) {
                    self.rows
                        .set_multiplicities(Some(std::mem::take(&mut self.counts)));
                }
                0
            }
        };
        let end = self.rows.len().min(given + CAPACITY);
        self.given = Some(end);
        Ok((given < end).then(|| self.rows.slice(given..end, &self.slots)))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.groups = Groups::default();
        self.counts = Vec::new();
        self.rows = Chunk::default();
        self.given = None;
        self.reserved.release();
    }
}
