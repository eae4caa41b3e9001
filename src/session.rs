//! Layer 7: the session protocol, JSON lines for programs that drive the engine.

use std::io::{self, BufRead, Write};

use crate::engine::Database;

/// Answers requests, one a line, until the input ends. Each reply is one line and is flushed.
///
/// # Errors
/// If the input cannot be read or the output cannot be written.
pub fn serve(database: &mut Database, input: impl BufRead, output: impl Write) -> io::Result<()> {
    let _ = (database, input, output);
    Ok(())
}
