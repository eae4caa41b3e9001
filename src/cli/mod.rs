//! The command line: its definition, and the tasks that need no shell.

pub(crate) mod arguments;
mod ask;
mod check;
mod configure;
mod export;
mod import;
mod manual;
mod memory;
mod open;
mod parameter;
#[cfg(feature = "serve")]
mod serve;
mod session;

use std::io::{self, Write};

use clap::{CommandFactory as _, FromArgMatches as _};

use self::arguments::{Arguments, Task};
use crate::repl::error::{ShellError, exit};

/// Runs the program and returns the exit code.
pub(crate) fn run() -> u8 {
    // `get_matches` exits on errors (code 2) and on `--help` (code 0).
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let outcome = match &arguments.task {
        None => ask::ask(&arguments, &matches),
        Some(task) => perform(task),
    };
    outcome.unwrap_or_else(|error| {
        ask::console(&arguments.output).error(&error);
        error.exit_code()
    })
}

/// Writes a line for each feature of ISO GQL.
fn features(out: &mut impl Write) -> io::Result<()> {
    let mut supported = 0;
    for feature in relata::features() {
        let has = if feature.is_supported() { "yes" } else { "no" };
        supported += usize::from(feature.is_supported());
        writeln!(out, "{:<5} {:<4} {}", feature.code, has, feature.name)?;
    }
    writeln!(
        out,
        "{supported} of {} features",
        relata::features().count()
    )
}

fn perform(task: &Task) -> Result<u8, ShellError> {
    let mut out = io::stdout();
    match task {
        Task::Session(arguments) => session::session(arguments)?,
        #[cfg(feature = "serve")]
        Task::Serve(arguments) => serve::serve(arguments)?,
        Task::Check(arguments) => return check::check(arguments),
        Task::Import(arguments) => return import::import(arguments),
        Task::Export(arguments) => return export::export(arguments),
        Task::New { target } => relata::SaveOptions::new().create(target)?,
        Task::Completions { shell } => {
            manual::completions(*shell, &mut out).map_err(ShellError::Output)?;
        }
        Task::Features => features(&mut out).map_err(ShellError::Output)?,
        Task::Man => manual::page(&mut out).map_err(ShellError::Output)?,
    }
    Ok(exit::OK)
}
