//! Ctrl-C: a running statement is interrupted, and what surrounds it decides what comes next.
//!
//! The handler of the signal sets flags and no more, so that no thread has to wait for it: to start one would cost a
//! short run more than its statement.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use relata::CancelToken;
use signal_hook::{consts::SIGINT, flag};

use crate::repl::failure::exit;

/// Where interrupts go.
#[derive(Debug)]
pub(crate) struct Interrupts {
    token: CancelToken,
    /// What an interrupt sets to cancel the token.
    came: Arc<AtomicBool>,
    /// Whether the next interrupt ends the process.
    deadly: Arc<AtomicBool>,
    /// There is a prompt to go back to.
    interactive: bool,
    listening: bool,
}

impl Interrupts {
    /// Nobody listens before the first statement.
    pub(crate) fn new() -> Self {
        let came = Arc::<AtomicBool>::default();
        Self {
            token: CancelToken::from(came.clone()),
            came,
            deadly: Arc::default(),
            interactive: false,
            listening: false,
        }
    }

    /// Says that there is a prompt to go back to, before anybody listens.
    pub(crate) fn set_interactive(&mut self) {
        self.interactive = true;
    }

    /// Runs `work` with a token that an interrupt cancels.
    pub(crate) fn during<T>(&mut self, work: impl FnOnce(&CancelToken) -> T) -> T {
        self.listen();
        self.token.reset();
        self.deadly.store(false, Ordering::SeqCst);
        let result = work(&self.token);
        self.deadly.store(!self.interactive, Ordering::SeqCst);
        result
    }

    /// Forgets interrupts that came before.
    pub(crate) fn clear(&self) {
        self.token.reset();
    }

    /// Whether an interrupt came since the last statement began, or since they were forgotten.
    pub(crate) fn came(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Begins to take interrupts, if that was not done before. Without a prompt a second one takes the process with it,
    /// in case a statement does not answer the first. Where the system does not allow it, Ctrl-C ends the process, as it
    /// would anyway.
    pub(crate) fn listen(&mut self) {
        if self.listening {
            return;
        }
        self.listening = true;
        // Handlers run in the order in which they are registered.
        let status = i32::from(exit::INTERRUPTED);
        let _ = flag::register_conditional_shutdown(SIGINT, status, self.deadly.clone());
        let _ = flag::register(SIGINT, self.came.clone());
        if !self.interactive {
            let _ = flag::register(SIGINT, self.deadly.clone());
        }
    }
}
