//! Aggregates that compute value by value, with one state per group.

use crate::{
    base::Fault,
    function::{GroupedAccumulator, Meter, aggregate::multiplicity},
    value::{Column, Value},
};

/// The state of an aggregate for one group.
pub(super) trait Accumulator: Sized {
    /// Bytes kept per row.
    const KEPT: u64 = 0;

    /// Adds a row with a multiplicity. The first argument may be null.
    ///
    /// # Errors
    /// A fault if an argument has a wrong type or value.
    fn step(&mut self, arguments: &[Value], multiplicity: u64) -> Result<(), Fault>;

    /// Adds the rows of another state, which come after its own.
    ///
    /// # Errors
    /// A fault if there are too many rows.
    fn merge(&mut self, other: Self) -> Result<(), Fault>;

    /// Returns the value of the group; called once.
    ///
    /// # Errors
    /// A fault if there is no such value, for example after an overflow.
    fn finish(&mut self) -> Result<Value, Fault>;
}

/// The states of all groups.
pub(super) struct PerGroup<A> {
    states: Vec<A>,
    init: fn() -> A,
}

impl<A> PerGroup<A> {
    pub(super) fn new(init: fn() -> A) -> Self {
        let states = Vec::new();
        Self { states, init }
    }
}

impl<A: Accumulator + Send + 'static> GroupedAccumulator for PerGroup<A> {
    fn resize(&mut self, groups: usize) {
        self.states.resize_with(groups, self.init);
    }

    fn update(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        multiplicities: Option<&[u64]>,
        _: &dyn Meter,
    ) -> Result<u64, Fault> {
        let mut values = Vec::with_capacity(arguments.len());
        for (row, group) in groups.iter().enumerate() {
            values.clear();
            values.extend(arguments.iter().map(|column| column.value(row)));
            self.states[*group as usize].step(&values, multiplicity(multiplicities, row))?;
        }
        Ok(A::KEPT * groups.len() as u64)
    }

    fn merge(
        &mut self,
        other: Box<dyn GroupedAccumulator>,
        groups: &[u32],
        _: &dyn Meter,
    ) -> Result<u64, Fault> {
        for (state, group) in other.known::<Self>().states.into_iter().zip(groups) {
            self.states[*group as usize].merge(state)?;
        }
        Ok(0)
    }

    fn finish(&mut self, _: &dyn Meter) -> Result<Column, Fault> {
        let values = self.states.iter_mut().map(Accumulator::finish);
        values.collect::<Result<_, _>>().map(Column::of)
    }

    fn bytes_per_group(&self) -> u64 {
        size_of::<A>() as u64
    }
}
