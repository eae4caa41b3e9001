//! `PreAggregate`: rows that agree in all live slots become one row with the sum of their multiplicities.

use crate::{
    exec::{
        chunk::{Chunk, too_many},
        context::{Context, Failure, placeless},
        group::Groups,
        op::blocking::{Collected, Intake},
    },
    plan::{Slot, SlotSet},
};

pub(crate) fn pre_aggregate(
    keys: &[Slot],
    slots: &SlotSet,
    input: &mut Intake<'_>,
    cx: &mut Context<'_>,
) -> Collected {
    let mut groups = Groups::default();
    let mut counts = Vec::new();
    let mut rows = Chunk::default();
    while let Some(chunk) = input.next(cx)? {
        let keys: Vec<_> = keys.iter().map(|slot| chunk.column(*slot)).collect();
        let (numbers, fresh) = groups.add(&keys, chunk.len(), cx).map_err(placeless)?;
        counts.resize(groups.len(), 0);
        add_counts(&mut counts, &numbers, &chunk)?;
        if fresh.is_empty() {
            continue;
        }
        let mut fresh = chunk.gather(&fresh, slots);
        fresh.set_multiplicities(None);
        let per_group = 8 + groups.bytes_per_group();
        input.reserve(fresh.bytes() + per_group * fresh.len() as u64, cx)?;
        rows.append(fresh).map_err(placeless)?;
    }
    if counts.iter().any(|count| *count != 1) {
        rows.set_multiplicities(Some(counts));
    }
    Ok(rows.into())
}

/// Adds the multiplicity of each row of a chunk to the count of its group.
pub(crate) fn add_counts(counts: &mut [u64], groups: &[u32], chunk: &Chunk) -> Result<(), Failure> {
    for (row, group) in groups.iter().enumerate() {
        let count = &mut counts[*group as usize];
        let sum = count.checked_add(chunk.multiplicity(row));
        *count = sum.ok_or_else(too_many)?;
    }
    Ok(())
}
