//! `relata check`: verifies the rules and the citations of a graph.

use std::io::{self, BufWriter, Write};

use crate::{
    cli::{arguments::CheckArguments, open::open_to_read},
    repl::error::{ShellError, exit},
};

/// Prints the report and returns the exit code.
pub(super) fn check(arguments: &CheckArguments) -> Result<u8, ShellError> {
    let database = open_to_read(&arguments.graph)?;
    let report = database.check(arguments.sources.as_deref())?;
    let mut out = BufWriter::new(io::stdout().lock());
    write!(out, "{report}")
        .and_then(|()| out.flush())
        .map_err(ShellError::Output)?;
    Ok(if report.passed() {
        exit::OK
    } else {
        exit::STATEMENT
    })
}
