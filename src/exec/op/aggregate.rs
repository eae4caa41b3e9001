//! `Aggregate`: one row per group. Accumulators take whole columns; this operator knows no aggregate by name.

use crate::{
    base::At,
    exec::{
        chunk::Chunk,
        context::{Context, Failure, placeless},
        eval::{eval, eval_all},
        group::Groups,
        op::{
            blocking::{Collected, Intake},
            distinct_aggregate::DistinctAggregate,
        },
        operator::Outer,
    },
    function::{GroupedAccumulator, count_rows},
    plan::{AggregateCall, Expr, Slot, SlotSet},
    value::Column,
};

pub(crate) struct Aggregate<'p> {
    pub(crate) keys: &'p [(Slot, Expr)],
    pub(crate) aggregates: &'p [(Slot, AggregateCall)],
    pub(crate) partition: Option<Slot>,
    /// The outer rows of a correlated plan: without keys, each of them has a group.
    pub(crate) outer: Option<Outer>,
    pub(crate) live: &'p SlotSet,
}

/// The groups of the rows so far.
struct State<'a> {
    plan: &'a Aggregate<'a>,
    groups: Groups,
    /// The keys of each group.
    rows: Chunk,
    /// For each aggregate, its states of all groups.
    states: Vec<Box<dyn GroupedAccumulator>>,
}

impl Aggregate<'_> {
    pub(crate) fn run(&self, input: &mut Intake<'_>, cx: &mut Context<'_>) -> Collected {
        let single = self.keys.is_empty() && self.partition.is_none();
        let calls = self.aggregates.iter();
        let mut state = State {
            plan: self,
            groups: Groups::default(),
            rows: Chunk::default(),
            states: calls.map(|(_, call)| states(call, single)).collect(),
        };
        if self.keys.is_empty() {
            state.begin_keyless_groups(input, cx)?;
        }
        while let Some(chunk) = input.next(cx)? {
            state.take_in(&chunk, input, cx)?;
        }
        Ok(state.finish(cx)?.into())
    }
}

/// The states of an aggregate; `single` is true if there are neither keys nor outer rows.
fn states(call: &AggregateCall, single: bool) -> Box<dyn GroupedAccumulator> {
    let states = (call.aggregate).map_or_else(count_rows, |aggregate| (aggregate.state)());
    match call.distinct {
        true => Box::new(DistinctAggregate::new(states, single)),
        false => states,
    }
}

impl State<'_> {
    /// Without keys, there is a group even if there are no rows: one, or one per outer row.
    fn begin_keyless_groups(
        &mut self,
        input: &mut Intake<'_>,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let mut rows = Chunk::of_len(1);
        if let Some(slot) = self.plan.partition {
            let outer = self.plan.outer.as_ref();
            rows = Chunk::of_len(outer.map_or(1, |outer| outer.with(Chunk::len)));
            let numbers = Column::integers((0..).take(rows.len()).collect());
            self.groups
                .number(&[&numbers], rows.len(), cx)
                .map_err(placeless)?;
            rows.put(slot, numbers);
        } else {
            self.groups.number(&[], 1, cx).map_err(placeless)?;
        }
        self.grow(rows, input, cx)
    }

    /// Adds groups with their keys.
    fn grow(
        &mut self,
        rows: Chunk,
        input: &mut Intake<'_>,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let states = self.states.iter().map(|states| states.bytes_per_group());
        let per_group = states.sum::<u64>() + self.groups.bytes_per_group();
        input.reserve(rows.bytes() + per_group * rows.len() as u64, cx)?;
        self.rows.append(rows).map_err(placeless)?;
        let groups = self.groups.len();
        self.states
            .iter_mut()
            .for_each(|states| states.resize(groups));
        Ok(())
    }

    fn take_in(
        &mut self,
        chunk: &Chunk,
        input: &mut Intake<'_>,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let mut keyed = Chunk::of_len(chunk.len());
        if let Some(slot) = self.plan.partition {
            keyed.put(slot, chunk.column(slot).clone());
        }
        for (slot, expr) in self.plan.keys {
            keyed.put(*slot, cx.kept(eval(expr, chunk, cx)?));
        }
        let keys = self.plan.keys.iter().map(|(slot, _)| *slot);
        let slots = self.plan.partition.into_iter().chain(keys);
        let columns: Vec<_> = slots.map(|slot| keyed.column(slot)).collect();
        let (numbers, fresh) = self
            .groups
            .add(&columns, chunk.len(), cx)
            .map_err(placeless)?;
        if !fresh.is_empty() {
            let rows = keyed.gather(&fresh, &keyed.slots());
            self.grow(rows, input, cx)?;
        }
        for ((_, call), states) in self.plan.aggregates.iter().zip(&mut self.states) {
            let columns = eval_all(&call.arguments, chunk, cx)?;
            let kept = states.update(&numbers, &columns, chunk.multiplicities(), cx);
            input.reserve(kept.at(call.span)?, cx)?;
        }
        Ok(())
    }

    /// A row per group: the live keys and results.
    fn finish(mut self, cx: &Context<'_>) -> Result<Chunk, Failure> {
        let mut rows = self.rows;
        for ((slot, call), states) in self.plan.aggregates.iter().zip(&mut self.states) {
            rows.put(*slot, states.finish(cx).at(call.span)?);
        }
        Ok(rows.select(self.plan.live))
    }
}
