//! What a statement may use, and how it is interrupted.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// What a statement may use. Reaching a limit is an error that names it; nothing is ever cut silently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Rows of the answer.
    pub rows: Option<u64>,
    /// Bytes that rows, tables and the answer hold at once, as the engine counts them.
    pub memory: Option<u64>,
    /// Relationships of a walk that a variable-length pattern finds.
    pub path_length: Option<u64>,
    /// Time since the statement began, by the clock of the [`Database`](crate::Database); without one it is an error.
    pub time: Option<Duration>,
}

/// Interrupts a running statement from another thread. Clones belong together.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl From<Arc<AtomicBool>> for CancelToken {
    /// A token that whoever sets the flag cancels, such as the handler of a signal.
    fn from(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }
}

impl CancelToken {
    /// A token that nobody has cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Interrupts the statements that run with this token, and those that will.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Lets statements run again.
    pub fn reset(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// What the executor looks at.
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }

    /// Whether statements are interrupted.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
