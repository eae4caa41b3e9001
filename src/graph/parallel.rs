//! Work shared between threads if there is enough of it.
//!
//! The threads are those of rayon's global pool, one per core unless `RAYON_NUM_THREADS` says otherwise. The pool starts
//! with the first work that is large enough, so a small graph and its statements run on a single thread.

/// Minimum number of elementary steps that are worth starting the threads.
const WORTH_THREADS: usize = 50_000;

/// The results of `work` for all items, in their order. `steps` is about the number of elementary steps in all. Threads
/// start the items in order: if the heaviest come first, the threads finish at about the same time.
pub(crate) fn map<T: Send, R: Send>(
    items: Vec<T>,
    steps: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    if steps < WORTH_THREADS || items.len() <= 1 {
        return items.into_iter().map(work).collect();
    }
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    // A parallel iterator would halve the list, and so put the second heaviest item off until the end.
    rayon::scope_fifo(|scope| {
        for (result, item) in results.iter_mut().zip(items) {
            let work = &work;
            scope.spawn_fifo(move |_| *result = Some(work(item)));
        }
    });
    results.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_on_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let squares = || map((0..1_000_u64).collect(), WORTH_THREADS, |item| item * item);
            let squares = pool.build().unwrap().install(squares);
            assert!(squares.into_iter().eq((0..1_000).map(|item| item * item)));
        }
    }
}
