//! Room for deep statements. Trees and plans are walked by functions that call themselves; a short text cannot make them
//! deep, a long one gets a thread with a stack for the deepest that the parser lets pass.

use std::{panic::resume_unwind, thread};

use crate::base::{Code, Diagnostic};

/// A text of so many bytes holds too few clauses and brackets to need more stack than any thread has.
pub(super) const SHALLOW: usize = 2_048;

/// So many braces may hold queries inside of one another, which need more stack than clauses side by side.
const NESTED: usize = 16;

/// Reserved, and taken only as far as it is used.
const DEEP_STACK: usize = 1 << 30;

/// Does `work` on a statement where the stack is large enough for it.
pub(super) fn on_a_stack_for<T: Send>(
    text: &str,
    work: impl FnOnce() -> Result<T, Box<Diagnostic>> + Send,
) -> Result<T, Box<Diagnostic>> {
    let braces = text.bytes().filter(|byte| *byte == b'{').count();
    if text.len() <= SHALLOW && braces <= NESTED {
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

fn no_room(error: &std::io::Error) -> Diagnostic {
    let message = format!("a statement of this length needs a stack of its own: {error}");
    Diagnostic::whole(Code::MemoryLimit, message)
}
