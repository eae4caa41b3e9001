//! The clock and the random source. The library reads neither by itself.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::base::{GOLDEN, split_mix};

/// Seconds and nanoseconds since 1970-01-01T00:00:00Z.
pub(super) type Instant = (i64, u32);

/// The clock, the random source and the memory gauge of a database.
#[derive(Clone)]
pub(super) struct Environment {
    /// The clock, or `None` if the caller gave none.
    pub(super) clock: Option<fn() -> Instant>,
    /// A source of random numbers, one 64-bit word per call.
    pub(super) random: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// Returns the bytes that the process holds in memory, or `None` if the caller gave none.
    pub(super) memory: Option<fn() -> u64>,
}

impl Environment {
    /// The clock; a constant clock at 1970 if the caller gave none.
    pub(super) fn clock(&self) -> fn() -> Instant {
        self.clock.unwrap_or(|| (0, 0))
    }
}

/// Nanoseconds between two instants; 0 if the clock went back.
pub(super) fn nanos_between((from, from_nanos): Instant, (to, to_nanos): Instant) -> u64 {
    let seconds = i128::from(to) - i128::from(from);
    let nanos = seconds * 1_000_000_000 + i128::from(to_nanos) - i128::from(from_nanos);
    u64::try_from(nanos.max(0)).unwrap_or(u64::MAX)
}

impl Default for Environment {
    fn default() -> Self {
        let state = AtomicU64::new(0);
        Self {
            clock: None,
            memory: None,
            random: Arc::new(move || split_mix(state.fetch_add(GOLDEN, Ordering::Relaxed))),
        }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment")
    }
}
