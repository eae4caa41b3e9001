//! `Aggregate`: one row per group. Accumulators take whole columns; this operator knows no aggregate by name.

use crate::{
    base::At,
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure, Reservation},
        eval::eval,
        group::Groups,
        op::{distinct::firsts, distinct_aggregate::DistinctAggregate},
        operator::{Operator, Outer, Source, Step},
    },
    function::{GroupedAccumulator, count_rows},
    plan::{AggregateCall, Expr, Slot, SlotSet},
    value::Column,
};

pub(crate) struct Aggregate<'p> {
    input: Source<'p>,
    keys: &'p [(Slot, Expr)],
    calls: Vec<Call<'p>>,
    partition: Option<Slot>,
    /// The outer rows of a correlated plan: without keys, each of them has a group.
    outer: Option<Outer>,
    live: &'p SlotSet,
    groups: Groups,
    /// The keys of each group.
    rows: Chunk,
    /// The result, and the number of its rows that have been returned.
    result: Option<(Chunk, usize)>,
    reserved: Reservation,
}

/// An aggregate with its states of all groups.
struct Call<'p> {
    slot: Slot,
    call: &'p AggregateCall,
    /// True if there are neither keys nor outer rows.
    single: bool,
    states: Box<dyn GroupedAccumulator>,
}

impl<'p> Aggregate<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        keys: &'p [(Slot, Expr)],
        aggregates: &'p [(Slot, AggregateCall)],
        partition: Option<Slot>,
        outer: Option<Outer>,
        live: &'p SlotSet,
    ) -> Self {
        let single = keys.is_empty() && partition.is_none();
        let calls = aggregates
            .iter()
            .map(|(slot, call)| Call::new(*slot, call, single))
            .collect();
        Self {
            input,
            keys,
            calls,
            partition,
            outer,
            live,
            groups: Groups::default(),
            rows: Chunk::default(),
            result: None,
            reserved: Reservation::default(),
        }
    }

    fn run(&mut self, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        if self.keys.is_empty() {
            self.begin_keyless_groups(cx)?;
        }
        while let Some(chunk) = self.input.next(cx)? {
            self.take_in(&chunk, cx)?;
        }
        let mut rows = std::mem::take(&mut self.rows);
        for call in &mut self.calls {
            let column = call.finish()?;
            rows.put_live(call.slot, column, self.live);
        }
        Ok(rows)
    }

    /// Without keys, there is a group even if there are no rows: one, or one per outer row.
    fn begin_keyless_groups(&mut self, cx: &mut Context<'_>) -> Result<(), Failure> {
        let outer = self.outer.as_ref().filter(|_| self.partition.is_some());
        let count = outer.map_or(1, |outer| outer.with(Chunk::len));
        let mut rows = Chunk::of_len(count);
        if let Some(slot) = self.partition {
            rows.put(slot, Column::integers((0..).take(count).collect()));
        }
        let keys: Vec<_> = self
            .partition
            .iter()
            .map(|slot| rows.column(*slot).clone())
            .collect();
        self.groups
            .number(&keys.iter().collect::<Vec<_>>(), rows.len());
        self.grow(rows, cx)
    }

    /// Adds groups with their keys.
    fn grow(&mut self, rows: Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let states: u64 = self
            .calls
            .iter()
            .map(|call| call.states.bytes_per_group())
            .sum();
        let bytes = rows.bytes() + (states + self.groups.bytes_per_group()) * rows.len() as u64;
        cx.reserve(&mut self.reserved, bytes)?;
        self.rows.append(rows);
        let groups = self.groups.len();
        let states = self.calls.iter_mut().map(|call| &mut call.states);
        states.for_each(|states| states.resize(groups));
        Ok(())
    }

    fn take_in(&mut self, chunk: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let mut keyed = Chunk::of_len(chunk.len());
        if let Some(slot) = self.partition {
            keyed.put(slot, chunk.column(slot).clone());
        }
        for (slot, expr) in self.keys {
            keyed.put(*slot, cx.kept(eval(expr, chunk, cx)?));
        }
        let slots = self
            .partition
            .into_iter()
            .chain(self.keys.iter().map(|(slot, _)| *slot));
        let columns: Vec<_> = slots.map(|slot| keyed.column(slot)).collect();
        let before = self.groups.len();
        let numbers = self.groups.number(&columns, chunk.len());
        let fresh = firsts(&numbers, before);
        if !fresh.is_empty() {
            let rows = keyed.gather(&fresh, &keyed.slots());
            self.grow(rows, cx)?;
        }
        for at in 0..self.calls.len() {
            let bytes = self.calls[at].update(&numbers, chunk, cx)?;
            cx.reserve(&mut self.reserved, bytes)?;
        }
        Ok(())
    }
}

impl<'p> Call<'p> {
    fn new(slot: Slot, call: &'p AggregateCall, single: bool) -> Self {
        let create = (call.aggregate).map_or(count_rows as fn() -> _, |aggregate| aggregate.state);
        let states = match call.distinct {
            true => Box::new(DistinctAggregate::new(create(), single)),
            false => create(),
        };
        Self {
            slot,
            call,
            single,
            states,
        }
    }

    /// Forgets all groups.
    fn clear(&mut self) {
        *self = Self::new(self.slot, self.call, self.single);
    }

    /// Adds the rows of a chunk, whose groups are given. Returns the bytes that are kept of them.
    fn update(&mut self, groups: &[u32], chunk: &Chunk, cx: &Context<'_>) -> Result<u64, Failure> {
        let columns = self.call.arguments.iter().map(|expr| eval(expr, chunk, cx));
        let columns: Vec<Column> = columns.collect::<Result<_, _>>()?;
        self.states
            .update(groups, &columns, chunk.multiplicities())
            .at(self.call.span)
    }

    /// The value of every group.
    fn finish(&mut self) -> Result<Column, Failure> {
        self.states.finish().at(self.call.span)
    }
}

impl Operator for Aggregate<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if self.result.is_none() {
            self.result = Some((self.run(cx)?, 0));
        }
        let Some((rows, given)) = &mut self.result else {
            return Ok(None);
        };
        let end = rows.len().min(*given + CAPACITY);
        let part = (*given < end).then(|| rows.slice(*given..end, self.live));
        *given = end;
        Ok(part)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.groups = Groups::default();
        self.rows = Chunk::default();
        self.calls.iter_mut().for_each(Call::clear);
        self.result = None;
        self.reserved.release();
    }
}
