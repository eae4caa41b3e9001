//! Frees what is large on a thread of its own: the system needs a tenth of a second to take back a gigabyte, and a statement
//! that ends at its time limit does not wait for it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

/// Whether the thread frees something. Meanwhile values are freed where they are dropped, so that memory cannot be
/// allocated faster than it is freed.
static IS_BUSY: AtomicBool = AtomicBool::new(false);

/// Frees a value without waiting, if the thread is idle.
pub fn discard<T: Send + 'static>(value: T) {
    if IS_BUSY.swap(true, Ordering::Acquire) {
        return;
    }
    let free = move || {
        drop(value);
        IS_BUSY.store(false, Ordering::Release);
    };
    // The closure of a thread that does not start, and the value in it, is freed here.
    if thread::Builder::new().spawn(free).is_err() {
        IS_BUSY.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn every_value_is_freed_while_the_thread_is_idle_and_while_it_is_busy() {
        let value = Arc::new(());
        (0..100).for_each(|_| discard(value.clone()));
        while Arc::strong_count(&value) > 1 {
            thread::yield_now();
        }
    }
}
