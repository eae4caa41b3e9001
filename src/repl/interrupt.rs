//! Ctrl-C interrupts the running statement; the caller decides how to continue.
//!
//! Without a prompt the signal handler only sets flags, so no thread has to wait for signals: starting one would cost more
//! than a short statement. At a prompt a thread counts the interrupts.

use std::{
    io::{self, Write},
    ops::ControlFlow,
    process,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::Instant,
};

use relata::CancelToken;
use signal_hook::{consts::SIGINT, flag, iterator::Signals};

use crate::repl::{error::exit, unsaved::Unsaved};

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
    /// The unsaved changes at a prompt; `None` without a prompt.
    unsaved: Option<Unsaved>,
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
            unsaved: None,
            listening: false,
        }
    }

    /// Declares that there is a prompt to return to, and where its unsaved changes are. Call it before the first statement.
    pub(crate) fn set_interactive(&mut self, unsaved: Unsaved) {
        self.unsaved = Some(unsaved);
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

    /// An output that fails once an interrupt came or the deadline passed.
    pub(crate) fn stopping<W: Write>(&self, out: W, deadline: Option<Instant>) -> Stopping<'_, W> {
        Stopping {
            out,
            interrupts: self,
            deadline,
        }
    }

    /// Registers the signal handlers, once. A statement may not react to the first interrupt: without a prompt the second
    /// ends the process; at a prompt the second says so, and the third ends the process after the unsaved changes are
    /// written to a file. If registration fails, Ctrl-C ends the process, which is the default.
    pub(crate) fn listen(&mut self) {
        if self.listening {
            return;
        }
        self.listening = true;
        if let Some(unsaved) = self.unsaved.clone() {
            self.count_signals(unsaved);
            return;
        }
        // Handlers run in registration order.
        let status = i32::from(exit::INTERRUPTED);
        let _ = flag::register_conditional_shutdown(SIGINT, status, self.deadly.clone());
        let _ = flag::register(SIGINT, self.came.clone());
        let _ = flag::register(SIGINT, self.deadly.clone());
    }

    /// Starts the thread that reacts to each interrupt of a statement.
    fn count_signals(&self, unsaved: Unsaved) {
        let Ok(mut signals) = Signals::new([SIGINT]) else {
            return;
        };
        let (came, count) = (self.came.clone(), self.count.clone());
        thread::spawn(move || {
            for _ in signals.forever() {
                came.store(true, Ordering::SeqCst);
                let earlier = count.fetch_add(1, Ordering::SeqCst);
                // The thread of the statement may hold the standard streams of the library.
                if react(earlier, &unsaved, &mut io::stderr()).is_break() {
                    process::exit(i32::from(exit::INTERRUPTED));
                }
            }
        });
    }
}

/// An output that fails once an interrupt came or the deadline passed.
pub(crate) struct Stopping<'i, W> {
    out: W,
    interrupts: &'i Interrupts,
    deadline: Option<Instant>,
}

impl<W: Write> Write for Stopping<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.interrupts.came() {
            // The kind `Interrupted` would mean to try again.
            return Err(io::Error::other("interrupted"));
        }
        if passed(self.deadline) {
            return Err(io::Error::other("the time limit is reached"));
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether a deadline passed.
pub(crate) fn passed(deadline: Option<Instant>) -> bool {
    deadline.is_some_and(|deadline| Instant::now() > deadline)
}

/// Reacts to an interrupt after `earlier` ones of the same statement. Breaks if the program has to end. The first interrupt is
/// the cancel token.
fn react(earlier: u32, unsaved: &Unsaved, err: &mut impl Write) -> ControlFlow<()> {
    let note = match earlier {
        0 => return ControlFlow::Continue(()),
        1 if unsaved.is_empty() => format!("{STILL_RUNNING} ends the program"),
        1 => format!("{STILL_RUNNING} writes the unsaved changes to a file and ends the program"),
        2 => match unsaved.rescue() {
            Ok(None) => return ControlFlow::Break(()),
            Ok(Some(path)) => {
                let path = path.display();
                let _ = writeln!(err, "the unsaved changes are in `{path}`, as statements");
                return ControlFlow::Break(());
            }
            Err(error) => format!("{NOT_WRITTEN}: {error}"),
        },
        _ => return ControlFlow::Break(()),
    };
    let _ = writeln!(err, "{note}");
    ControlFlow::Continue(())
}

/// The start of the note after a second interrupt of one statement.
const STILL_RUNNING: &str = "the statement has not stopped yet; Ctrl-C once more";

/// The note after a third interrupt, if the file cannot be written.
const NOT_WRITTEN: &str =
    "Ctrl-C once more ends the program and loses the unsaved changes, which cannot be written";

#[cfg(test)]
mod tests {
    use std::fs;

    use relata::{Database, value::Entries};
    use tempfile::TempDir;

    use super::*;

    /// The texts of the reactions to interrupts of one statement, up to the one that ends the program.
    fn reactions(unsaved: &Unsaved) -> Vec<String> {
        let mut texts = Vec::new();
        for earlier in 0.. {
            let mut err = Vec::new();
            let flow = react(earlier, unsaved, &mut err);
            texts.push(String::from_utf8(err).unwrap());
            if flow.is_break() {
                break;
            }
        }
        texts
    }

    #[test]
    fn an_interrupt_ends_an_output() {
        let interrupts = Interrupts::new();
        let mut out = interrupts.stopping(Vec::new(), None);
        assert!(out.write_all(b"one").is_ok());
        interrupts.came.store(true, Ordering::SeqCst);
        assert!(out.write_all(b"two").is_err());
        assert_eq!(out.out, b"one");
    }

    #[test]
    fn the_third_interrupt_of_a_statement_ends_the_program() {
        let notes = reactions(&Unsaved::default());
        assert_eq!(
            notes,
            ["", &format!("{STILL_RUNNING} ends the program\n"), ""]
        );
    }

    #[test]
    fn the_third_interrupt_writes_unsaved_changes() {
        let folder = TempDir::new().unwrap();
        let graph = folder.path().join("graph");
        let unsaved = Unsaved::default();
        unsaved.start("graph", Some(&graph), 0);
        let mut database = Database::empty();
        let text = "CREATE (:A)";
        database.query(text).run().unwrap();
        unsaved.note(text, &Entries::default(), &database);
        let copy = folder.path().join("graph.unsaved.cypher");
        let notes = reactions(&unsaved);
        let last = format!(
            "the unsaved changes are in `{}`, as statements\n",
            copy.display()
        );
        assert_eq!(notes.last(), Some(&last));
        assert!(
            fs::read_to_string(copy)
                .unwrap()
                .ends_with("\nCREATE (:A);\n")
        );
    }
}
