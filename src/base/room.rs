//! Asks for memory before a collection grows, so that there is an error in place of an abort.

use std::{
    collections::{HashMap, TryReserveError},
    hash::{BuildHasher, Hash},
};

use crate::base::{Code, Fault};

/// A collection that can ask for memory.
pub trait Room {
    /// Asks for the memory of so many more elements, or bytes of a text.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory.
    fn make_room(&mut self, more: usize) -> Result<(), Fault>;
}

impl<T> Room for Vec<T> {
    fn make_room(&mut self, more: usize) -> Result<(), Fault> {
        let len = self.len();
        granted(self.try_reserve(more), grown(len, more), size_of::<T>())
    }
}

impl Room for String {
    fn make_room(&mut self, more: usize) -> Result<(), Fault> {
        let len = self.len();
        granted(self.try_reserve(more), grown(len, more), 1)
    }
}

impl<K: Eq + Hash, V, S: BuildHasher> Room for HashMap<K, V, S> {
    fn make_room(&mut self, more: usize) -> Result<(), Fault> {
        let len = self.len();
        granted(
            self.try_reserve(more),
            grown(len, more),
            size_of::<(K, V)>(),
        )
    }
}

/// An empty vector with exactly the memory of so many elements.
///
/// # Errors
/// `MemoryLimit` if the system does not give the memory.
pub fn vector<T>(len: usize) -> Result<Vec<T>, Fault> {
    let mut items = Vec::new();
    granted(items.try_reserve_exact(len), len, size_of::<T>())?;
    Ok(items)
}

/// Counters and rounding of what is allocated after a probe.
const SLACK: usize = 1 << 16;

/// Fails if the system does not give so many bytes at once, for what cannot ask by itself.
///
/// # Errors
/// `MemoryLimit`.
pub fn probe(bytes: usize) -> Result<(), Fault> {
    vector::<u8>(bytes.saturating_add(SLACK)).map(drop)
}

/// The capacity of a collection that is full: it doubles at least.
fn grown(len: usize, more: usize) -> usize {
    len.saturating_add(more).max(len.saturating_mul(2))
}

fn granted(asked: Result<(), TryReserveError>, len: usize, size: usize) -> Result<(), Fault> {
    asked.map_err(|_| {
        let bytes = len.saturating_mul(size);
        let message = format!(
            "the system does not give the {bytes} bytes of memory that the statement needs"
        );
        Fault::new(Code::MemoryLimit, message)
            .help("let the statement work on fewer rows or smaller values")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_does_not_exist_is_a_fault() {
        let most = usize::MAX / 64;
        let faults = [
            Vec::<u64>::new().make_room(most),
            String::new().make_room(most),
            HashMap::<u64, u64>::new().make_room(most),
            vector::<u64>(most).map(drop),
            probe(isize::MAX as usize - 64),
        ];
        for fault in faults {
            assert_eq!(fault.unwrap_err().code, Code::MemoryLimit);
        }
        assert_eq!(vector::<u64>(3).unwrap().capacity(), 3);
    }
}
