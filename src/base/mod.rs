//! Layer 0: source text, spans, diagnostics and their codes. It does not depend on graphs or queries.

mod code;
mod compress;
mod diag;
mod discard;
mod file;
mod grouped;
mod meter;
mod operator;
mod random;
mod render;
pub mod room;
mod shorten;
mod sort;
mod source;
mod status;
mod suggest;

pub use self::{
    code::{Class, Code, Phase},
    compress::{decompressed, without_compression},
    diag::{At, Diagnostic, Fault, Label, Severity},
    discard::discard,
    file::{LONGEST_TABLE, LONGEST_TEXT, Stop, file_name, read_file},
    grouped::grouped,
    meter::{Meter, Unmetered},
    operator::{CompareOp, Direction},
    random::{GOLDEN, split_mix},
    render::{Rendering, render},
    room::Room,
    shorten::shortened,
    sort::merge_sorted,
    source::{Source, Span},
    status::Status,
    suggest::{did_you_mean, distance, nearest},
};
