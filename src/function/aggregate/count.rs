//! `count(x)` and `count(*)`.

use crate::{
    base::{Code, Fault},
    function::{GroupedAccumulator, Meter, aggregate::multiplicity},
    value::Column,
};

/// The number of rows per group; if there is an argument, of those in which it is not null.
#[derive(Default)]
pub(super) struct Count(Vec<u64>);

/// The accumulator of `count(*)`, which has no argument.
#[must_use]
pub fn count_rows() -> Box<dyn GroupedAccumulator> {
    Box::<Count>::default()
}

impl GroupedAccumulator for Count {
    fn resize(&mut self, groups: usize) {
        self.0.resize(groups, 0);
    }

    fn update(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        multiplicities: Option<&[u64]>,
        _: &dyn Meter,
    ) -> Result<u64, Fault> {
        let argument = arguments.first().filter(|column| column.has_nulls());
        if let ([only], None) = (self.0.as_mut_slice(), argument) {
            // A single group takes all rows.
            let rows = match multiplicities {
                None => Some(groups.len() as u64),
                Some(counts) => counts
                    .iter()
                    .try_fold(0, |sum: u64, more| sum.checked_add(*more)),
            };
            let sum = rows.and_then(|rows| only.checked_add(rows));
            *only = sum.ok_or_else(too_many_rows)?;
            return Ok(0);
        }
        for (row, group) in groups.iter().enumerate() {
            if argument.is_some_and(|column| column.is_null(row)) {
                continue;
            }
            let count = &mut self.0[*group as usize];
            let sum = count.checked_add(multiplicity(multiplicities, row));
            *count = sum.ok_or_else(too_many_rows)?;
        }
        Ok(0)
    }

    fn merge(
        &mut self,
        other: Box<dyn GroupedAccumulator>,
        groups: &[u32],
        _: &dyn Meter,
    ) -> Result<u64, Fault> {
        for (more, group) in other.known::<Self>().0.iter().zip(groups) {
            let count = &mut self.0[*group as usize];
            *count = count.checked_add(*more).ok_or_else(too_many_rows)?;
        }
        Ok(0)
    }

    fn finish(&mut self, _: &dyn Meter) -> Result<Column, Fault> {
        let count = |count: &u64| i64::try_from(*count).map_err(|_| too_many_rows());
        let counts = self.0.iter().map(count).collect::<Result<_, _>>();
        counts.map(Column::integers)
    }

    fn bytes_per_group(&self) -> u64 {
        size_of::<u64>() as u64
    }
}

fn too_many_rows() -> Fault {
    Fault::new(
        Code::NumericOverflow,
        "there are more rows than 64 bits can count",
    )
}
