//! `Aggregate`: one row per group. Accumulators take whole columns; this operator knows no aggregate by name.
//!
//! Above a `Gather`, threads aggregate the rows of each range, and the groups of the ranges are merged in order. If the
//! groups of the first range are not much smaller than its rows, the rows of the others are aggregated one range after the
//! other.

use crate::{
    base::At,
    exec::{
        account::Reservation,
        chunk::Chunk,
        context::{Context, Failure, placeless},
        eval::{eval, eval_all},
        group::Groups,
        op::{
            blocking::{Collected, Intake},
            distinct_aggregate::DistinctAggregate,
            parts::Parts,
        },
        operator::{Outer, Source},
    },
    function::{GroupedAccumulator, count_rows},
    plan::{AggregateCall, Expr, Slot, SlotSet},
    value::Column,
};

pub(crate) struct Aggregate<'p> {
    pub(crate) keys: &'p [(Slot, Expr)],
    pub(crate) aggregates: &'p [(Slot, AggregateCall)],
    pub(crate) partition: Option<Slot>,
    pub(crate) live: &'p SlotSet,
}

/// The groups of the rows so far.
struct State {
    groups: Groups,
    /// The number of rows so far.
    taken: usize,
    /// The keys of each group.
    rows: Chunk,
    /// For each aggregate, its states of all groups.
    states: Vec<Box<dyn GroupedAccumulator>>,
    reserved: Reservation,
}

/// The groups of ranges are merged if they keep at most so many bytes per row, and some for the first groups.
const BYTES_PER_ROW: u64 = 16;
const FIRST_BYTES: u64 = 4_096;

impl Aggregate<'_> {
    /// `outer` are the outer rows of a correlated plan: without keys, each of them has a group.
    pub(crate) fn run(
        &self,
        outer: Option<&Outer>,
        input: &mut Intake<'_>,
        cx: &mut Context<'_>,
    ) -> Collected {
        let mut state = self.begin(outer, false, cx)?;
        while let Some(chunk) = input.next(cx)? {
            state.take_in(self, &chunk, cx)?;
        }
        self.finish(state, input, cx)
    }

    /// Aggregates the rows of parts. `input` has the rows of the parts that are not aggregated by threads.
    pub(crate) fn run_parts(
        &self,
        parts: &Parts<'_>,
        input: &mut Intake<'_>,
        cx: &mut Context<'_>,
    ) -> Collected {
        let mut whole = self.begin(None, false, cx)?;
        let distinct = self.aggregates.iter().any(|(_, call)| call.distinct);
        let is_small = self.keys.is_empty() && !distinct;
        let mut most = if is_small { usize::MAX } else { 1 };
        loop {
            let work = |source: &mut Source<'_>, cx: &mut Context<'_>| self.part(source, cx);
            let states = parts.run(most, cx, work)?;
            if states.is_empty() {
                break;
            }
            let (mut rows, mut bytes) = (0, 0);
            for state in states {
                rows += state.taken as u64;
                bytes += state.reserved.bytes();
                whole.merge(self, state, cx)?;
            }
            if most == 1 && bytes > FIRST_BYTES + BYTES_PER_ROW * rows {
                while let Some(chunk) = input.next(cx)? {
                    whole.take_in(self, &chunk, cx)?;
                }
                break;
            }
            most = usize::MAX;
        }
        parts.note_rows(cx);
        self.finish(whole, input, cx)
    }

    /// The groups of a range.
    fn part(&self, source: &mut Source<'_>, cx: &mut Context<'_>) -> Result<State, Failure> {
        let mut state = self.begin(None, true, cx)?;
        while let Some(chunk) = source.next(cx)? {
            state.take_in(self, &chunk, cx)?;
        }
        Ok(state)
    }

    fn begin(
        &self,
        outer: Option<&Outer>,
        partial: bool,
        cx: &mut Context<'_>,
    ) -> Result<State, Failure> {
        let single = self.keys.is_empty() && self.partition.is_none();
        let calls = self.aggregates.iter();
        let mut state = State {
            groups: Groups::default(),
            taken: 0,
            rows: Chunk::default(),
            states: calls
                .map(|(_, call)| states(call, single, partial))
                .collect(),
            reserved: Reservation::default(),
        };
        if self.keys.is_empty() {
            state.begin_keyless_groups(self.partition, outer, cx)?;
        }
        Ok(state)
    }

    /// A row per group: the live keys and results.
    fn finish(&self, state: State, input: &mut Intake<'_>, cx: &Context<'_>) -> Collected {
        let State {
            mut rows,
            mut states,
            reserved,
            ..
        } = state;
        input.keep(reserved);
        for ((slot, call), states) in self.aggregates.iter().zip(&mut states) {
            rows.put(*slot, states.finish(cx).at(call.span)?);
        }
        Ok(rows.select(self.live).into())
    }

    /// The slots of the keys, with that of the number of the outer row.
    fn key_slots(&self) -> impl Iterator<Item = Slot> {
        let keys = self.keys.iter().map(|(slot, _)| *slot);
        self.partition.into_iter().chain(keys)
    }
}

/// The states of an aggregate. `single` is true if there are neither keys nor outer rows, `partial` if the states are merged
/// with others.
fn states(call: &AggregateCall, single: bool, partial: bool) -> Box<dyn GroupedAccumulator> {
    let states = (call.aggregate).map_or_else(count_rows, |aggregate| (aggregate.state)());
    match (call.distinct, partial) {
        (true, true) => Box::new(DistinctAggregate::partial(states, single)),
        (true, false) => Box::new(DistinctAggregate::new(states, single)),
        (false, _) => states,
    }
}

impl State {
    /// Without keys, there is a group even if there are no rows: one, or one per outer row.
    fn begin_keyless_groups(
        &mut self,
        partition: Option<Slot>,
        outer: Option<&Outer>,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let mut rows = Chunk::of_len(1);
        if let Some(slot) = partition {
            rows = Chunk::of_len(outer.map_or(1, |outer| outer.with(Chunk::len)));
            let numbers = Column::integers((0..).take(rows.len()).collect());
            self.groups
                .number(&[&numbers], rows.len(), cx)
                .map_err(placeless)?;
            rows.put(slot, numbers);
        } else {
            self.groups.number(&[], 1, cx).map_err(placeless)?;
        }
        self.grow(rows, cx)
    }

    /// Adds groups with their keys.
    fn grow(&mut self, rows: Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let states = self.states.iter().map(|states| states.bytes_per_group());
        let per_group = states.sum::<u64>() + self.groups.bytes_per_group();
        let bytes = rows.bytes() + per_group * rows.len() as u64;
        cx.reserve(&mut self.reserved, bytes)?;
        self.rows.append(rows).map_err(placeless)?;
        let groups = self.groups.len();
        self.states
            .iter_mut()
            .for_each(|states| states.resize(groups));
        Ok(())
    }

    fn take_in(
        &mut self,
        plan: &Aggregate<'_>,
        chunk: &Chunk,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let mut keyed = Chunk::of_len(chunk.len());
        if let Some(slot) = plan.partition {
            keyed.put(slot, chunk.column(slot).clone());
        }
        for (slot, expr) in plan.keys {
            keyed.put(*slot, cx.kept(eval(expr, chunk, cx)?));
        }
        self.taken += chunk.len();
        let numbers = self.number(plan, &keyed, cx)?;
        for ((_, call), states) in plan.aggregates.iter().zip(&mut self.states) {
            let columns = eval_all(&call.arguments, chunk, cx)?;
            let kept = states.update(&numbers, &columns, chunk.multiplicities(), cx);
            cx.reserve(&mut self.reserved, kept.at(call.span)?)?;
        }
        Ok(())
    }

    /// Adds the groups of rows that come after its own.
    fn merge(
        &mut self,
        plan: &Aggregate<'_>,
        other: Self,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        if other.taken == 0 {
            // Its keys have no columns.
            return Ok(());
        }
        let numbers = self.number(plan, &other.rows, cx)?;
        let states = self.states.iter_mut().zip(other.states);
        for ((_, call), (own, other)) in plan.aggregates.iter().zip(states) {
            let kept = own.merge(other, &numbers, cx);
            cx.reserve(&mut self.reserved, kept.at(call.span)?)?;
        }
        Ok(())
    }

    /// The group of each row of keys; one with new keys starts a group.
    fn number(
        &mut self,
        plan: &Aggregate<'_>,
        keyed: &Chunk,
        cx: &mut Context<'_>,
    ) -> Result<Vec<u32>, Failure> {
        let columns: Vec<_> = plan.key_slots().map(|slot| keyed.column(slot)).collect();
        let numbered = self.groups.add(&columns, keyed.len(), cx);
        let (numbers, fresh) = numbered.map_err(placeless)?;
        if !fresh.is_empty() {
            self.grow(keyed.gather(&fresh, &keyed.slots()), cx)?;
        }
        Ok(numbers)
    }
}
