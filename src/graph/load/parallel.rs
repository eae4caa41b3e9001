//! Parallel work on files, largest first, so that all threads finish at about the same time.

use std::cmp::Reverse;

use crate::graph::parallel;

/// The number of bytes that count as one elementary step of work.
const BYTES_PER_STEP: usize = 8;

/// Applies `work` to each item and returns the results in item order. `weight` is the size of an item in bytes.
pub(super) fn map<T: Sync, R: Send>(
    items: &[T],
    weight: impl Fn(&T) -> usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let total: usize = items.iter().map(&weight).sum();
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| Reverse(weight(&items[*at])));
    let steps = total / BYTES_PER_STEP;
    let mut results = parallel::map(order, steps, |at| (at, work(&items[at])));
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
