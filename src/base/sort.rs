//! A sort that can be interrupted.

use std::cmp::Ordering;

use crate::base::{Fault, Meter, room};

/// Items are sorted in runs of about so many bytes of work; the meter is asked after each.
const RUN: usize = 1 << 21;

/// Sorts items in runs, and merges neighbouring runs until one is left. The items must be different. `work` is that of a
/// comparison, in bytes.
///
/// # Errors
/// A fault of `meter`, or `MemoryLimit` if the system does not give the memory of a copy.
pub fn merge_sorted<T: Copy>(
    items: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering,
    work: usize,
    meter: &dyn Meter,
) -> Result<Vec<T>, Fault> {
    merge_runs(items, RUN / work, compare, work, meter)
}

fn merge_runs<T: Copy>(
    mut items: Vec<T>,
    run: usize,
    compare: impl Fn(&T, &T) -> Ordering,
    work: usize,
    meter: &dyn Meter,
) -> Result<Vec<T>, Fault> {
    for part in items.chunks_mut(run) {
        meter.worked(part.len() * work)?;
        part.sort_unstable_by(&compare);
    }
    let mut width = run;
    while width < items.len() {
        let mut merged = room::vector(items.len())?;
        for pair in items.chunks(2 * width) {
            let (mut a, mut b) = pair.split_at(width.min(pair.len()));
            while let (Some(first), Some(second)) = (a.first(), b.first()) {
                if merged.len().is_multiple_of(run) {
                    meter.worked(run * work)?;
                }
                let from = if compare(first, second).is_lt() {
                    &mut a
                } else {
                    &mut b
                };
                merged.push(from[0]);
                *from = &from[1..];
            }
            merged.extend_from_slice(a);
            merged.extend_from_slice(b);
        }
        items = merged;
        width *= 2;
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Code, Unmetered};

    #[test]
    fn runs_are_merged_until_one_is_left() {
        for len in [0, 1, 3, 4, 7, 100] {
            let items: Vec<u32> = (0..len).map(|at| at * 37 % len).collect();
            let sorted = merge_runs(items, 3, u32::cmp, 1, &Unmetered).unwrap();
            assert_eq!(sorted, (0..len).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_meter_ends_a_sort() {
        struct Ended;

        impl Meter for Ended {
            fn spend(&self, bytes: usize) -> Result<(), Fault> {
                self.worked(bytes)
            }

            fn worked(&self, _: usize) -> Result<(), Fault> {
                Err(Fault::new(Code::Cancelled, "interrupted"))
            }
        }
        assert!(merge_sorted(vec![2, 1], i32::cmp, 1, &Ended).is_err());
    }
}
