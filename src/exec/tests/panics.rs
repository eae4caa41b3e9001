//! Panics that tests inject into operators.

use std::cell::Cell;

/// The message of an injected panic.
pub(crate) const MESSAGE: &str = "injected by a test";

thread_local! {
    /// The number of steps until the panic; `None` if none is to come.
    static REMAINING: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Called before and after every step of an operator.
pub(crate) fn step() {
    match REMAINING.get() {
        None => {}
        Some(0) => {
            REMAINING.set(None);
            panic!("{MESSAGE}");
        }
        Some(more) => REMAINING.set(Some(more - 1)),
    }
}

/// Runs `work` on this thread, with a panic after `steps` steps. The flag is false if the work took fewer steps.
pub(crate) fn after<T>(steps: usize, work: impl FnOnce() -> T) -> (T, bool) {
    REMAINING.set(Some(steps));
    let value = work();
    (value, REMAINING.take().is_none())
}
