//! `relata check`: the rules of a graph, and what its facts rest on.

use std::io::{self, BufWriter, Write};

use crate::{
    cli::{arguments::CheckArguments, open::open},
    repl::failure::{Failure, exit},
};

/// Prints what was checked and each failure, and returns the exit code.
pub(super) fn check(arguments: &CheckArguments) -> Result<u8, Failure> {
    let database = open(&arguments.graph)?;
    let report = database.check(arguments.sources.as_deref())?;
    let mut out = BufWriter::new(io::stdout().lock());
    write!(out, "{report}")
        .and_then(|()| out.flush())
        .map_err(Failure::Output)?;
    Ok(if report.is_good() {
        exit::OK
    } else {
        exit::STATEMENT
    })
}
