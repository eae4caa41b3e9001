//! `HashJoin`: pairs of rows that agree on keys. The right input is hashed, the left one streams.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk, too_many},
        column::Column,
        context::{Context, Failure, Held},
        group::{ABSENT, Groups},
        op::{
            Operator, Source, Step,
            expand::{Factor, Multiply},
            fan_out::{Cursor, FanOut, Spread, narrow, room},
        },
    },
    plan::{Slot, SlotSet},
};

pub(crate) struct HashJoin<'p> {
    right: Option<Source<'p>>,
    /// The slots of the right side that keys are made of.
    right_keys: Vec<Slot>,
    /// What is kept of the right side.
    payload: SlotSet,
    probe: Probe<'p>,
    held: Held,
}

enum Probe<'p> {
    Pairs(Box<FanOut<'p, Pairs>>),
    Counts(Multiply<'p, Counts>),
}

impl<'p> HashJoin<'p> {
    /// `live` are the slots needed above; `right_slots` those that the right side fills.
    pub(crate) fn new(
        [left, right]: [Source<'p>; 2],
        keys: &[(Slot, Slot)],
        live: &SlotSet,
        right_slots: &SlotSet,
    ) -> Self {
        let left_keys: Vec<_> = keys.iter().map(|(slot, _)| *slot).collect();
        let right_keys: Vec<_> = keys.iter().map(|(_, slot)| *slot).collect();
        let mut payload = live.clone();
        payload.intersect(right_slots);
        payload.subtract(&right_keys.iter().copied().collect());
        let probe = if payload.is_empty() {
            let counts = Counts {
                keys: left_keys,
                groups: Groups::default(),
                counts: Vec::new(),
            };
            Probe::Counts(Multiply::new(left, live.clone(), counts))
        } else {
            Probe::Pairs(Box::new(FanOut::new(
                left,
                live.clone(),
                Pairs::new(left_keys),
            )))
        };
        Self {
            right: Some(right),
            right_keys,
            payload,
            probe,
            held: Held::default(),
        }
    }

    fn build(&mut self, mut right: Source<'p>, cx: &mut Context<'_>) -> Result<(), Failure> {
        while let Some(chunk) = right.next(cx)? {
            let chunk = with_keys(&chunk, &self.right_keys);
            let keys: Vec<_> = self
                .right_keys
                .iter()
                .map(|slot| chunk.column(*slot))
                .collect();
            let bytes = match &mut self.probe {
                Probe::Counts(multiply) => multiply.factor_mut().add(&keys, &chunk)?,
                Probe::Pairs(fan_out) => fan_out.spread_mut().add(&keys, &chunk, &self.payload),
            };
            cx.hold(&mut self.held, bytes)?;
        }
        if let Probe::Pairs(fan_out) = &mut self.probe {
            fan_out.spread_mut().arrange();
        }
        Ok(())
    }
}

/// The rows none of whose keys is null: null equals nothing.
fn with_keys(chunk: &Chunk, keys: &[Slot]) -> Chunk {
    let columns: Vec<_> = keys.iter().map(|slot| chunk.column(*slot)).collect();
    let rows = (0..).take(chunk.len());
    let there = |row: &u32| columns.iter().all(|column| !column.is_null(*row as usize));
    let kept: Vec<u32> = rows.filter(there).collect();
    chunk.gather(&kept, &chunk.slots())
}

/// The group of each row, [`ABSENT`] where a key is null or there is no such group.
fn find(groups: &mut Groups, keys: &[Slot], chunk: &Chunk) -> Vec<u32> {
    let columns: Vec<_> = keys.iter().map(|slot| chunk.column(*slot)).collect();
    let mut numbers = groups.find(&columns, chunk.len());
    for (row, number) in numbers.iter_mut().enumerate() {
        if columns.iter().any(|column| column.is_null(row)) {
            *number = ABSENT;
        }
    }
    numbers
}

impl Operator for HashJoin<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if let Some(right) = self.right.take() {
            self.build(right, cx)?;
        }
        let groups = match &mut self.probe {
            Probe::Pairs(fan_out) => fan_out.spread_mut().groups.len(),
            Probe::Counts(multiply) => multiply.factor_mut().groups.len(),
        };
        if groups == 0 {
            return Ok(None);
        }
        match &mut self.probe {
            Probe::Pairs(fan_out) => fan_out.next(cx),
            Probe::Counts(multiply) => multiply.next(cx),
        }
    }
}

/// A join of whose right side nothing is read: how many rows of it agree is enough.
struct Counts {
    keys: Vec<Slot>,
    groups: Groups,
    counts: Vec<u64>,
}

impl Counts {
    fn add(&mut self, keys: &[&Column], chunk: &Chunk) -> Result<u64, Failure> {
        let before = self.groups.len();
        let numbers = self.groups.number(keys, chunk.len());
        self.counts.resize(self.groups.len(), 0);
        for (row, number) in numbers.iter().enumerate() {
            let count = &mut self.counts[*number as usize];
            *count = count
                .checked_add(chunk.multiplicity(row))
                .ok_or_else(too_many)?;
        }
        let fresh = (self.groups.len() - before) as u64;
        Ok(fresh * (8 + self.groups.bytes_per_group()))
    }
}

impl Factor for Counts {
    fn factors(&mut self, chunk: &Chunk, _cx: &Context<'_>) -> Result<Vec<u64>, Failure> {
        let numbers = find(&mut self.groups, &self.keys, chunk);
        let count = |number: u32| self.counts.get(number as usize).copied().unwrap_or(0);
        Ok(numbers.into_iter().map(count).collect())
    }
}

/// The cursor's offset is how many partners of the row have been given.
struct Pairs {
    keys: Vec<Slot>,
    groups: Groups,
    /// The rows of the right side, and the group of each.
    rows: Chunk,
    numbers: Vec<u32>,
    /// The rows of each group one after another, and where each group starts.
    members: Vec<u32>,
    starts: Vec<usize>,
    /// The group of each row of the left chunk.
    found: Vec<u32>,
    partners: Vec<u32>,
}

impl Pairs {
    fn new(keys: Vec<Slot>) -> Self {
        Self {
            keys,
            groups: Groups::default(),
            rows: Chunk::default(),
            numbers: Vec::new(),
            members: Vec::new(),
            starts: Vec::new(),
            found: Vec::new(),
            partners: Vec::new(),
        }
    }

    fn add(&mut self, keys: &[&Column], chunk: &Chunk, payload: &SlotSet) -> u64 {
        let before = self.groups.len();
        let numbers = self.groups.number(keys, chunk.len());
        self.numbers.extend(numbers);
        let rows = chunk.select(payload);
        let fresh = (self.groups.len() - before) as u64;
        let bytes =
            rows.bytes() + 8 * rows.len() as u64 + fresh * (8 + self.groups.bytes_per_group());
        self.rows.append(rows);
        bytes
    }

    /// Puts the rows of each group together, in the order in which they came.
    fn arrange(&mut self) {
        let mut ends = vec![0; self.groups.len() + 1];
        self.numbers
            .iter()
            .for_each(|number| ends[*number as usize + 1] += 1);
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        self.starts = ends.clone();
        self.members = vec![0; self.numbers.len()];
        for (row, number) in (0..).zip(&self.numbers) {
            let end = &mut ends[*number as usize];
            self.members[*end] = row;
            *end += 1;
        }
        self.numbers = Vec::new();
    }

    fn members(&self, group: u32) -> &[u32] {
        if group == ABSENT {
            return &[];
        }
        let at = group as usize;
        &self.members[self.starts[at]..self.starts[at + 1]]
    }
}

impl Spread for Pairs {
    fn begin(&mut self, chunk: &Chunk, _cx: &Context<'_>) -> Result<(), Failure> {
        self.found = find(&mut self.groups, &self.keys, chunk);
        Ok(())
    }

    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        _cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let mut partners = std::mem::take(&mut self.partners);
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            let rest = &self.members(self.found[cursor.row])[cursor.offset..];
            let part = &rest[..rest.len().min(room(rows))];
            partners.extend_from_slice(part);
            rows.resize(partners.len(), narrow(cursor.row));
            if part.len() < rest.len() {
                cursor.offset += part.len();
            } else {
                cursor.next_row();
            }
        }
        self.partners = partners;
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        let partners = std::mem::take(&mut self.partners);
        let right = self.rows.gather(&partners, &self.rows.slots());
        if let Some(counts) = right.multiplicities() {
            out.multiply(counts)?;
        }
        out.join(right);
        Ok(())
    }
}
