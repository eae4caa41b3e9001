//! Limits and cancellation of statements.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crate::{analyze::pattern::MAX_RELATIONSHIPS, syntax::limits, value::bounds};

/// The limits of a statement. Exceeding one is an error that names it; results are never truncated silently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Maximum number of rows of the answer.
    pub rows: Option<u64>,
    /// Maximum number of bytes that the statement takes; [`Database::with_memory`](crate::Database::with_memory) says what
    /// counts.
    pub memory: Option<u64>,
    /// Maximum number of relationships of a path found by a variable-length pattern.
    pub path_length: Option<u64>,
    /// Maximum time since the start of the statement, by the clock of the [`Database`](crate::Database). An error
    /// without a clock.
    pub time: Option<Duration>,
}

impl Limits {
    /// The lower of each limit.
    #[must_use]
    pub fn lower(self, other: Self) -> Self {
        fn least<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
            a.into_iter().chain(b).min()
        }
        Self {
            rows: least(self.rows, other.rows),
            memory: least(self.memory, other.memory),
            path_length: least(self.path_length, other.path_length),
            time: least(self.time, other.time),
        }
    }
}

/// A fixed limit of statements or values. Exceeding it is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// What is counted, such as `clauses of a statement`.
    pub counted: &'static str,
    /// The maximum.
    pub most: usize,
}

/// All fixed limits.
pub const BOUNDS: [Bound; 8] = [
    bound("bytes of a statement", limits::MAX_SIZE),
    bound("clauses of a statement", limits::MAX_CLAUSES),
    bound("nested brackets in a statement", limits::MAX_NESTING),
    bound(
        "nested operators and brackets in an expression",
        limits::MAX_DEPTH,
    ),
    bound(
        "relationships in the pattern of a clause",
        MAX_RELATIONSHIPS,
    ),
    bound("bytes of a string", bounds::MAX_TEXT),
    bound("elements of a list", bounds::MAX_LIST),
    bound("nested lists and maps in a value", bounds::MAX_DEPTH),
];

const fn bound(counted: &'static str, most: usize) -> Bound {
    Bound { counted, most }
}

/// Interrupts running statements, also from another thread. Clones share their state.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl From<Arc<AtomicBool>> for CancelToken {
    /// A token that shares `flag`, so that for example a signal handler can cancel it.
    fn from(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }
}

impl CancelToken {
    /// A token that is not cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Interrupts current and future statements with this token.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Resets the token, so that statements can run again.
    pub fn reset(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// The flag that the executor polls.
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }

    /// Whether the token is cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
