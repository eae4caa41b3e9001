//! Parsing within the limits of a statement. The parser cannot be interrupted: a long text is parsed on a thread of its own,
//! which is left behind if the statement ends before it.

use std::{
    panic::resume_unwind,
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use crate::{
    base::{Diagnostic, Source, Span},
    exec::Options,
    syntax::{self, ast},
};

/// A text of at most this many bytes is parsed within some tens of milliseconds.
const SHORT: usize = 1 << 16;

/// The bytes that the parser may need for each byte of the text.
const MEMORY_PER_BYTE: u64 = 256;

/// The stack of the thread; the parser needs 2 MB for the deepest statement.
const STACK: usize = 1 << 24;

/// The limits are checked after each such time.
const BETWEEN_CHECKS: Duration = Duration::from_millis(5);

/// Parses the statement at `span`.
pub(super) fn parse(
    source: &Arc<Source>,
    span: Span,
    options: &Options<'_>,
) -> Result<ast::Statement, Box<Diagnostic>> {
    let text = source.slice(span);
    if text.len() <= SHORT {
        return syntax::parse(text);
    }
    options.fits(MEMORY_PER_BYTE.saturating_mul(text.len() as u64))?;
    let (sender, receiver) = mpsc::channel();
    let source = source.clone();
    let work = move || {
        // Nobody receives the tree of a statement that has ended.
        let _ = sender.send(syntax::parse(source.slice(span)));
    };
    let Ok(parser) = thread::Builder::new().stack_size(STACK).spawn(work) else {
        return syntax::parse(text);
    };
    loop {
        match receiver.recv_timeout(BETWEEN_CHECKS) {
            Ok(tree) => return tree,
            Err(RecvTimeoutError::Timeout) => options.check()?,
            Err(RecvTimeoutError::Disconnected) => match parser.join() {
                Ok(()) => unreachable!("a parser that does not panic sends its result"),
                Err(panic) => resume_unwind(panic),
            },
        }
    }
}
