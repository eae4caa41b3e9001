//! The program `relata`: queries a graph from a prompt, from scripts and from other programs.
//!
//! Imports point down here, too: `main` calls `cli`, which parses the command line and calls `repl` and `serve`.

mod cli;
mod repl;
#[cfg(feature = "serve")]
mod serve;

use std::{
    io::{self, Write as _},
    panic,
    process::ExitCode,
};

fn main() -> ExitCode {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(|panic| {
            let _ = writeln!(io::stderr(), "relata: internal error: {panic}");
        }));
    }
    ExitCode::from(cli::run())
}
