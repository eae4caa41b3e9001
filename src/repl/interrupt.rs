//! Ctrl-C interrupts the running statement; the caller decides how to continue.
//!
//! Without a prompt the signal handler only sets flags, so no thread has to wait for signals: starting one would cost more
//! than a short statement. At a prompt a thread counts the interrupts.

use std::{
    io::{self, Write as _},
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use relata::CancelToken;
use signal_hook::{consts::SIGINT, flag, iterator::Signals};

use crate::repl::failure::exit;

/// The handling of interrupts.
#[derive(Debug)]
pub(crate) struct Interrupts {
    token: CancelToken,
    /// The flag that an interrupt sets, which cancels the token.
    came: Arc<AtomicBool>,
    /// Whether the next interrupt ends the process, without a prompt.
    deadly: Arc<AtomicBool>,
    /// The number of interrupts since the last statement started, at a prompt.
    count: Arc<AtomicU32>,
    /// Whether there is a prompt to return to.
    interactive: bool,
    listening: bool,
}

impl Interrupts {
    /// Signals are not handled before the first statement.
    pub(crate) fn new() -> Self {
        let came = Arc::<AtomicBool>::default();
        Self {
            token: CancelToken::from(came.clone()),
            came,
            deadly: Arc::default(),
            count: Arc::default(),
            interactive: false,
            listening: false,
        }
    }

    /// Declares that there is a prompt to return to. Call it before the first statement.
    pub(crate) fn set_interactive(&mut self) {
        self.interactive = true;
    }

    /// Runs `work` with a token that an interrupt cancels.
    pub(crate) fn during<T>(&mut self, work: impl FnOnce(&CancelToken) -> T) -> T {
        self.listen();
        self.token.reset();
        self.deadly.store(false, Ordering::SeqCst);
        self.count.store(0, Ordering::SeqCst);
        let result = work(&self.token);
        self.deadly.store(true, Ordering::SeqCst);
        result
    }

    /// Forgets earlier interrupts.
    pub(crate) fn clear(&self) {
        self.token.reset();
        self.count.store(0, Ordering::SeqCst);
    }

    /// Whether an interrupt came since the last statement started or since [`Self::clear`].
    pub(crate) fn came(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Registers the signal handlers, once. A statement may not react to the first interrupt: without a prompt the second
    /// ends the process; at a prompt the second says so, and the third ends the process. If registration fails, Ctrl-C
    /// ends the process, which is the default.
    pub(crate) fn listen(&mut self) {
        if self.listening {
            return;
        }
        self.listening = true;
        if self.interactive {
            self.count_signals();
            return;
        }
        // Handlers run in registration order.
        let status = i32::from(exit::INTERRUPTED);
        let _ = flag::register_conditional_shutdown(SIGINT, status, self.deadly.clone());
        let _ = flag::register(SIGINT, self.came.clone());
        let _ = flag::register(SIGINT, self.deadly.clone());
    }

    /// Starts the thread that reacts to each interrupt of a statement.
    fn count_signals(&self) {
        let Ok(mut signals) = Signals::new([SIGINT]) else {
            return;
        };
        let (came, count) = (self.came.clone(), self.count.clone());
        thread::spawn(move || {
            for _ in signals.forever() {
                came.store(true, Ordering::SeqCst);
                match reaction(count.fetch_add(1, Ordering::SeqCst)) {
                    Reaction::Interrupt => {}
                    Reaction::Warn => {
                        // The thread of the statement may hold the output.
                        let _ = writeln!(io::stderr(), "{STILL_RUNNING}");
                    }
                    Reaction::Exit => process::exit(i32::from(exit::INTERRUPTED)),
                }
            }
        });
    }
}

/// The note after a second interrupt of one statement.
const STILL_RUNNING: &str = "the statement has not stopped yet; Ctrl-C once more ends the program, and unsaved changes are lost";

/// The reaction to an interrupt at a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reaction {
    /// The statement is interrupted.
    Interrupt,
    /// The user is told that the next interrupt ends the program.
    Warn,
    /// The program ends.
    Exit,
}

/// The reaction to an interrupt after `earlier` ones of the same statement.
fn reaction(earlier: u32) -> Reaction {
    match earlier {
        0 => Reaction::Interrupt,
        1 => Reaction::Warn,
        _ => Reaction::Exit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_interrupt_of_a_statement_ends_the_program() {
        let reactions = [0, 1, 2, 3].map(reaction);
        assert_eq!(
            reactions,
            [
                Reaction::Interrupt,
                Reaction::Warn,
                Reaction::Exit,
                Reaction::Exit
            ]
        );
    }
}
