//! `collect`: all values in order.

use crate::{
    base::{Fault, Room as _},
    function::{
        GroupedAccumulator, Meter,
        aggregate::{add_count, multiplicity},
    },
    value::{Column, Value, bounds::list_length, build::ListBuilder},
};

/// The values per group. A value with a multiplicity is one run until the list is built.
#[derive(Default)]
pub(super) struct Collect(Vec<Vec<(Value, u64)>>);

impl GroupedAccumulator for Collect {
    fn resize(&mut self, groups: usize) {
        self.0.resize_with(groups, Vec::new);
    }

    fn update(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        multiplicities: Option<&[u64]>,
        meter: &dyn Meter,
    ) -> Result<u64, Fault> {
        let column = &arguments[0];
        let mut elements = 0_u64;
        for (row, group) in groups.iter().enumerate() {
            let times = multiplicity(multiplicities, row);
            if times > 0 && !column.is_null(row) {
                let runs = &mut self.0[*group as usize];
                if runs.len() == runs.capacity() {
                    meter.spend(2 * runs.capacity() * size_of::<(Value, u64)>())?;
                    runs.make_room(1)?;
                }
                runs.push((column.value(row), times));
                elements = elements.saturating_add(times);
            }
        }
        let values = elements.saturating_mul(size_of::<Value>() as u64);
        Ok(values.max(column.bytes(groups.len())))
    }

    fn merge(
        &mut self,
        other: Box<dyn GroupedAccumulator>,
        groups: &[u32],
        meter: &dyn Meter,
    ) -> Result<u64, Fault> {
        for (more, group) in other.known::<Self>().0.into_iter().zip(groups) {
            let runs = &mut self.0[*group as usize];
            if runs.is_empty() {
                *runs = more;
                continue;
            }
            meter.spend(more.len() * size_of::<(Value, u64)>())?;
            runs.make_room(more.len())?;
            runs.extend(more);
        }
        Ok(0)
    }

    fn finish(&mut self, meter: &dyn Meter) -> Result<Column, Fault> {
        let lists = self
            .0
            .iter_mut()
            .map(|runs| list(std::mem::take(runs), meter));
        lists.collect::<Result<_, _>>().map(Column::values)
    }

    fn bytes_per_group(&self) -> u64 {
        size_of::<Vec<(Value, u64)>>() as u64
    }
}

fn list(runs: Vec<(Value, u64)>, meter: &dyn Meter) -> Result<Value, Fault> {
    let mut lengths = runs.iter().map(|(_, times)| *times);
    let total = lengths.try_fold(0, add_count)?;
    let length = list_length(usize::try_from(total).ok())?;
    meter.spend(length * size_of::<Value>())?;
    let mut list = ListBuilder::of_len(length)?;
    let mut push = |value| {
        if list.len() % BETWEEN_CHECKS == BETWEEN_CHECKS - 1 {
            meter.worked(BETWEEN_CHECKS * size_of::<Value>())?;
        }
        list.push(value)
    };
    for (value, times) in runs {
        (1..times).try_for_each(|_| push(value.clone()))?;
        push(value)?;
    }
    Ok(list.finish())
}

/// The number of elements that are added without a check of the limits.
const BETWEEN_CHECKS: usize = 1 << 15;
