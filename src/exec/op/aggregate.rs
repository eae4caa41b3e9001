//! `Aggregate`: one row a group.

use rustc_hash::FxHashSet;

use crate::{
    base::At,
    exec::{
        chunk::{CAPACITY, Chunk, too_many},
        context::{Context, Failure, Held},
        eval::eval,
        group::Groups,
        op::distinct::firsts,
        operator::{Operator, Outer, Source, Step},
    },
    function::Accumulator,
    plan::{AggregateCall, Expr, Slot, SlotSet},
    value::{Column, Key, Value},
};

pub(crate) struct Aggregate<'p> {
    input: Source<'p>,
    keys: &'p [(Slot, Expr)],
    calls: Vec<Call<'p>>,
    partition: Option<Slot>,
    /// The outer rows, inside an inner plan: without keys, each of them has a group.
    outer: Option<Outer>,
    live: &'p SlotSet,
    groups: Groups,
    /// The keys of each group.
    rows: Chunk,
    /// The answer, and how many rows of it have been given.
    result: Option<(Chunk, usize)>,
    held: Held,
}

/// One aggregate with its state in every group.
struct Call<'p> {
    slot: Slot,
    call: &'p AggregateCall,
    states: States,
}

enum States {
    /// `count(*)` and `count(x)`.
    Counts(Vec<u64>),
    Each(Vec<Box<dyn Accumulator>>),
    /// With the values that have come before.
    Distinct(Vec<(Seen, Box<dyn Accumulator>)>),
}

/// The arguments that have come before.
type Seen = FxHashSet<Box<[Key]>>;

impl<'p> Aggregate<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        keys: &'p [(Slot, Expr)],
        aggregates: &'p [(Slot, AggregateCall)],
        partition: Option<Slot>,
        outer: Option<Outer>,
        live: &'p SlotSet,
    ) -> Self {
        let calls = aggregates
            .iter()
            .map(|(slot, call)| Call::new(*slot, call))
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
            held: Held::default(),
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

    /// Without keys there is a group even of no rows: one, or one for each outer row.
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
        cx.hold(&mut self.held, bytes)?;
        self.rows.append(rows);
        let groups = self.groups.len();
        self.calls.iter_mut().for_each(|call| call.grow(groups));
        Ok(())
    }

    fn take_in(&mut self, chunk: &Chunk, cx: &mut Context<'_>) -> Result<(), Failure> {
        let mut keyed = Chunk::of_len(chunk.len());
        if let Some(slot) = self.partition {
            keyed.put(slot, chunk.column(slot).clone());
        }
        for (slot, expr) in self.keys {
            keyed.put(*slot, eval(expr, chunk, cx)?);
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
            let bytes = self.calls[at].step(&numbers, chunk, cx)?;
            cx.hold(&mut self.held, bytes)?;
        }
        Ok(())
    }
}

impl<'p> Call<'p> {
    fn new(slot: Slot, call: &'p AggregateCall) -> Self {
        let states = States::new(call);
        Self { slot, call, states }
    }

    /// Forgets all groups.
    fn clear(&mut self) {
        self.states = States::new(self.call);
    }

    fn grow(&mut self, groups: usize) {
        let init = self.call.aggregate.map(|aggregate| aggregate.init);
        match (&mut self.states, init) {
            (States::Counts(counts), _) => counts.resize(groups, 0),
            (States::Each(all), Some(init)) => all.resize_with(groups, init),
            (States::Distinct(all), Some(init)) => {
                all.resize_with(groups, || (FxHashSet::default(), init()));
            }
            (States::Each(_) | States::Distinct(_), None) => {
                unreachable!("only count(*) has no aggregate")
            }
        }
    }

    /// Takes in the rows of a chunk, whose groups are given. Returns how many bytes are kept of them.
    fn step(&mut self, numbers: &[u32], chunk: &Chunk, cx: &Context<'_>) -> Result<u64, Failure> {
        let columns = self.call.arguments.iter().map(|expr| eval(expr, chunk, cx));
        let columns: Vec<Column> = columns.collect::<Result<_, _>>()?;
        let bytes = || columns.iter().map(|column| column.bytes(chunk.len())).sum();
        match &mut self.states {
            States::Counts(counts) => {
                count(counts, numbers, columns.first(), chunk)?;
                Ok(0)
            }
            States::Each(all) => {
                let mut arguments = Vec::with_capacity(columns.len());
                for (row, number) in numbers.iter().enumerate() {
                    arguments.clear();
                    arguments.extend(columns.iter().map(|column| column.value(row)));
                    let state = &mut all[*number as usize];
                    state
                        .step(&arguments, chunk.multiplicity(row))
                        .at(self.call.span)?;
                }
                let keeps = self
                    .call
                    .aggregate
                    .is_some_and(|aggregate| keeps_values(aggregate.name));
                Ok(if keeps { bytes() } else { 0 })
            }
            States::Distinct(all) => {
                let mut key = Vec::with_capacity(columns.len());
                for (row, number) in numbers.iter().enumerate() {
                    key.clear();
                    key.extend(columns.iter().map(|column| Key(column.value(row))));
                    let (seen, state) = &mut all[*number as usize];
                    if !seen.contains(&*key) {
                        seen.insert(key.as_slice().into());
                        let arguments: Vec<Value> = key.drain(..).map(|key| key.0).collect();
                        state.step(&arguments, 1).at(self.call.span)?;
                    }
                }
                Ok(bytes())
            }
        }
    }

    /// The value of every group.
    fn finish(&mut self) -> Result<Column, Failure> {
        let span = self.call.span;
        match &mut self.states {
            States::Counts(counts) => {
                let counts = counts
                    .iter()
                    .map(|count| i64::try_from(*count).map_err(|_| too_many()));
                Ok(Column::integers(counts.collect::<Result<_, _>>()?))
            }
            States::Each(all) => {
                let values = all.iter_mut().map(|state| state.finish());
                Ok(Column::values(values.collect::<Result<_, _>>().at(span)?))
            }
            States::Distinct(all) => {
                let values = all.iter_mut().map(|(_, state)| state.finish());
                Ok(Column::values(values.collect::<Result<_, _>>().at(span)?))
            }
        }
    }
}

/// Whether the aggregate keeps all values that it takes in.
fn keeps_values(name: &str) -> bool {
    matches!(name, "collect" | "percentileCont" | "percentileDisc")
}

/// Counts rows; those in which the argument is null, if there is one, are left out.
fn count(
    counts: &mut [u64],
    numbers: &[u32],
    argument: Option<&Column>,
    chunk: &Chunk,
) -> Result<(), Failure> {
    for (row, number) in numbers.iter().enumerate() {
        if argument.is_none_or(|column| !column.is_null(row)) {
            let count = &mut counts[*number as usize];
            *count = count
                .checked_add(chunk.multiplicity(row))
                .ok_or_else(too_many)?;
        }
    }
    Ok(())
}

impl States {
    fn new(call: &AggregateCall) -> Self {
        match call.aggregate {
            None => Self::Counts(Vec::new()),
            Some(_) if call.distinct => Self::Distinct(Vec::new()),
            Some(aggregate) if aggregate.name == "count" => Self::Counts(Vec::new()),
            Some(_) => Self::Each(Vec::new()),
        }
    }

    fn bytes_per_group(&self) -> u64 {
        match self {
            Self::Counts(_) => 8,
            Self::Each(_) => 48,
            Self::Distinct(_) => 96,
        }
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
        self.held.release();
    }
}
