//! The program `relata`: a graph that is asked at a prompt, by scripts and by other programs.
//!
//! Inside of the program, too, imports point down: `main` calls `cli`, which reads the command line and calls `repl`.

mod cli;
mod repl;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Statements make many small allocations on several threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(cli::run())
}
