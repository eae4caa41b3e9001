//! Ctrl-C interrupts the running statement; the caller decides how to continue.
//!
//! The signal handler only sets flags, so no thread has to wait for signals. Starting one would cost more than a short
//! statement.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use relata::CancelToken;
use signal_hook::{consts::SIGINT, flag};

use crate::repl::failure::exit;

/// The handling of interrupts.
#[derive(Debug)]
pub(crate) struct Interrupts {
    token: CancelToken,
    /// The flag that an interrupt sets, which cancels the token.
    came: Arc<AtomicBool>,
    /// Whether the next interrupt ends the process.
    deadly: Arc<AtomicBool>,
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
        let result = work(&self.token);
        self.deadly.store(!self.interactive, Ordering::SeqCst);
        result
    }

    /// Forgets earlier interrupts.
    pub(crate) fn clear(&self) {
        self.token.reset();
    }

    /// Whether an interrupt came since the last statement started or since [`Self::clear`].
    pub(crate) fn came(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Registers the signal handlers, once. Without a prompt, a second interrupt ends the process, in case a statement
    /// does not react to the first. If registration fails, Ctrl-C ends the process, which is the default.
    pub(crate) fn listen(&mut self) {
        if self.listening {
            return;
        }
        self.listening = true;
        // Handlers run in registration order.
        let status = i32::from(exit::INTERRUPTED);
        let _ = flag::register_conditional_shutdown(SIGINT, status, self.deadly.clone());
        let _ = flag::register(SIGINT, self.came.clone());
        if !self.interactive {
            let _ = flag::register(SIGINT, self.deadly.clone());
        }
    }
}
