//! Ctrl-C: a running statement is interrupted, and what surrounds it decides what comes next.

use std::{
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
    },
};

use relata::CancelToken;

use crate::repl::failure::exit;

/// How often a person presses Ctrl-C before a statement that does not answer takes the process with it.
const PATIENCE: u8 = 3;

/// Where interrupts go. The thread that waits for them starts with the first statement, since most of the cost of a
/// short run would be in it.
#[derive(Debug, Default)]
pub(crate) struct Interrupts {
    token: CancelToken,
    state: Arc<State>,
    listening: bool,
}

#[derive(Debug, Default)]
struct State {
    /// A statement runs.
    running: AtomicBool,
    /// There is a prompt to go back to.
    interactive: AtomicBool,
    /// How many interrupts came since the statement began.
    pressed: AtomicU8,
}

impl Interrupts {
    /// Says whether there is a prompt to go back to.
    pub(crate) fn set_interactive(&self, interactive: bool) {
        self.state.interactive.store(interactive, Ordering::Relaxed);
    }

    /// Runs `work` with a token that an interrupt cancels.
    pub(crate) fn during<T>(&mut self, work: impl FnOnce(&CancelToken) -> T) -> T {
        self.listen();
        self.token.reset();
        self.state.pressed.store(0, Ordering::Relaxed);
        self.state.running.store(true, Ordering::SeqCst);
        let result = work(&self.token);
        self.state.running.store(false, Ordering::SeqCst);
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

    /// Begins to wait for interrupts, if that was not done before. Where the system does not allow it, Ctrl-C ends the process, as it would anyway.
    pub(crate) fn listen(&mut self) {
        if self.listening {
            return;
        }
        self.listening = true;
        let (token, state) = (self.token.clone(), self.state.clone());
        let _ = ctrlc::set_handler(move || state.react(&token));
    }
}

impl State {
    fn react(&self, token: &CancelToken) {
        token.cancel();
        let pressed = self.pressed.fetch_add(1, Ordering::Relaxed) + 1;
        let running = self.running.load(Ordering::SeqCst);
        let can_wait = running || self.interactive.load(Ordering::Relaxed);
        if !can_wait || (running && pressed >= PATIENCE) {
            process::exit(i32::from(exit::INTERRUPTED));
        }
    }
}
