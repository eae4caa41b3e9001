//! Stack space for deep statements. Trees and plans are walked recursively. A short text cannot nest deeply; a long one
//! runs on a thread whose stack is large enough for the parser's nesting limit.

use std::{panic::resume_unwind, thread};

use crate::base::{Code, Diagnostic};

/// A text of at most this many bytes has too few clauses and brackets to overflow a default stack.
pub(super) const SHALLOW: usize = 2_048;

/// At most this many braces: nested subqueries need more stack than consecutive clauses.
const NESTED: usize = 16;

/// Reserved address space; memory is committed only when used.
const DEEP_STACK: usize = 1 << 30;

/// Runs `work` on a statement with a large enough stack.
pub(super) fn on_a_stack_for<T: Send>(
    text: &str,
    work: impl FnOnce() -> Result<T, Box<Diagnostic>> + Send,
) -> Result<T, Box<Diagnostic>> {
    if is_shallow(text) {
        return work();
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(DEEP_STACK);
        match thread.spawn_scoped(scope, work) {
            Ok(running) => running.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(error) => Err(Box::new(no_room(&error))),
        }
    })
}

/// Whether a default stack is large enough for a statement, such as those of the threads of a pool.
pub(super) fn is_shallow(text: &str) -> bool {
    let braces = text.bytes().filter(|byte| *byte == b'{').count();
    text.len() <= SHALLOW && braces <= NESTED
}

fn no_room(error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot start a thread for a statement of this length: {error}");
    Diagnostic::whole(Code::MemoryLimit, message)
}
