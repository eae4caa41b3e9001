//! The program `relata`: queries a graph from a prompt, from scripts and from other programs.
//!
//! Imports point down here, too: `main` calls `cli`, which parses the command line and calls `repl`.

mod cli;
mod repl;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// mimalloc is faster than the system allocator for many small allocations on several threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(cli::run())
}
