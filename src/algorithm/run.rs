//! The environment of an algorithm: its account of work and memory, and its threads.
//!
//! Threads take fixed blocks of the output, and what is summed over blocks is summed in their order, so that the number of
//! threads changes no result, and no floating-point sum.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use crate::base::{Fault, Meter};

/// The number of items of a block. A block depends only on the input.
const BLOCK: usize = 1_024;

/// Minimum number of elementary steps that are worth starting the threads.
const WORTH_THREADS: usize = 50_000;

/// The bytes that one elementary step counts as.
const STEP: usize = 8;

/// The environment of an algorithm.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The account of the statement.
    pub meter: &'a dyn Meter,
    /// The maximum number of threads.
    pub threads: usize,
}

impl Run<'_> {
    /// Counts elementary steps that were made.
    ///
    /// # Errors
    /// A fault if the statement is interrupted or reaches a limit.
    pub fn steps(&self, steps: usize) -> Result<(), Fault> {
        self.meter.worked(steps.saturating_mul(STEP))
    }

    /// A vector of equal items, counted before it is allocated.
    ///
    /// # Errors
    /// A fault if the memory limit does not allow it.
    pub fn vector<T: Clone>(&self, item: T, len: usize) -> Result<Vec<T>, Fault> {
        self.meter.spend(len.saturating_mul(size_of::<T>()))?;
        Ok(vec![item; len])
    }

    /// Computes the items of `out` in blocks on the threads: `work` gets the position of the first item of a block and
    /// the block. `steps` is about the number of elementary steps in all.
    ///
    /// # Errors
    /// A fault if the statement is interrupted or reaches a limit.
    pub fn fill<T: Send>(
        &self,
        out: &mut [T],
        steps: usize,
        work: impl Fn(usize, &mut [T]) + Sync,
    ) -> Result<(), Fault> {
        self.fill_blocks(out, BLOCK, steps, work)
    }

    /// Computes each item of `out` from its position on the threads. `steps` is about the number of elementary steps in all.
    ///
    /// # Errors
    /// A fault if the statement is interrupted or reaches a limit.
    pub fn each<T: Send>(
        &self,
        out: &mut [T],
        steps: usize,
        work: impl Fn(usize) -> T + Sync,
    ) -> Result<(), Fault> {
        self.fill(out, steps, |start, block| {
            for (at, item) in block.iter_mut().enumerate() {
                *item = work(start + at);
            }
        })
    }

    /// As [`Run::fill`], with blocks of a given size.
    ///
    /// # Errors
    /// A fault if the statement is interrupted or reaches a limit.
    pub fn fill_blocks<T: Send>(
        &self,
        out: &mut [T],
        size: usize,
        steps: usize,
        work: impl Fn(usize, &mut [T]) + Sync,
    ) -> Result<(), Fault> {
        let blocks = out.len().div_ceil(size).max(1);
        let others = self.threads.min(blocks).saturating_sub(1);
        let per_block = steps / blocks;
        if others == 0 || steps < WORTH_THREADS {
            for (number, block) in out.chunks_mut(size).enumerate() {
                work(number * size, block);
                self.steps(per_block)?;
            }
            return Ok(());
        }
        let queue = Mutex::new(out.chunks_mut(size).enumerate());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let stopped = AtomicBool::new(false);
        let mut outcome = Ok(());
        rayon::in_place_scope(|scope| {
            for _ in 0..others {
                scope.spawn(|_| {
                    while !stopped.load(Ordering::Relaxed)
                        && let Some((number, block)) = next()
                    {
                        work(number * size, block);
                    }
                });
            }
            // The account belongs to the calling thread, which reports the work of all.
            while let Some((number, block)) = next() {
                work(number * size, block);
                outcome = self.steps(per_block.saturating_mul(others + 1));
                if outcome.is_err() {
                    stopped.store(true, Ordering::Relaxed);
                    break;
                }
            }
        });
        outcome
    }

    /// The sum of `work` over the positions below `len`, by blocks in their order.
    ///
    /// # Errors
    /// A fault if the statement is interrupted or reaches a limit.
    pub fn sum(
        &self,
        len: usize,
        steps: usize,
        work: impl Fn(usize) -> f64 + Sync,
    ) -> Result<f64, Fault> {
        let mut sums = vec![0.0; len.div_ceil(BLOCK)];
        self.fill_blocks(&mut sums, 1, steps, |number, sum| {
            let start = number * BLOCK;
            sum[0] = (start..len.min(start + BLOCK)).map(&work).sum();
        })?;
        Ok(sums.iter().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Code, Unmetered};

    #[test]
    fn any_number_of_threads_gives_the_same_sum() {
        let sum = |threads| {
            let run = Run {
                meter: &Unmetered,
                threads,
            };
            run.sum(100_000, 100_000, |item| 1.0 / (item + 1) as f64)
                .unwrap()
        };
        assert_eq!(sum(1).to_bits(), sum(3).to_bits());
    }

    #[test]
    fn a_limit_ends_the_work_of_all_threads() {
        struct Spent;
        impl Meter for Spent {
            fn spend(&self, _: usize) -> Result<(), Fault> {
                Err(Fault::new(Code::Cancelled, "no more"))
            }
            fn worked(&self, bytes: usize) -> Result<(), Fault> {
                self.spend(bytes)
            }
        }
        let run = Run {
            meter: &Spent,
            threads: 2,
        };
        let mut out = vec![0; 1 << 20];
        assert!(
            run.fill(&mut out, 1 << 30, |_, block| block.fill(1))
                .is_err()
        );
        assert!(run.vector(0, 8).is_err());
    }
}
