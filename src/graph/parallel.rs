//! Work spread over threads, where it is enough to be worth them.

use std::{num::NonZero, sync::Mutex, thread};

/// How many threads to use for so many elementary steps.
pub(crate) fn threads_for(steps: usize) -> usize {
    const WORTH_A_THREAD: usize = 50_000;
    let most = 1 + steps / WORTH_A_THREAD;
    if most == 1 {
        1
    } else {
        thread::available_parallelism()
            .map_or(1, NonZero::get)
            .min(most)
    }
}

/// The results of `work` for all items, in their order. Each thread takes the next item when it is done with one.
pub(crate) fn map<T: Send, R: Send>(
    items: Vec<T>,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    if threads <= 1 || items.len() <= 1 {
        return items.into_iter().map(work).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || {
        queue
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .next()
    };
    let worker = || {
        let mut results = Vec::new();
        while let Some((at, item)) = next() {
            results.push((at, work(item)));
        }
        results
    };
    let mut results = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let mut results = worker();
        for other in others {
            results.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        results
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 5] {
            let squares = map((0..1_000_u64).collect(), threads, |item| item * item);
            assert!(squares.into_iter().eq((0..1_000).map(|item| item * item)));
        }
    }
}
