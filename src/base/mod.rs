//! Layer 0: source text, spans, diagnostics and their codes. It does not depend on graphs or queries.

mod code;
mod diag;
mod operator;
mod render;
mod shorten;
mod source;
mod suggest;

pub use self::{
    code::{Class, Code, Phase},
    diag::{At, Diagnostic, Fault, Label, Severity},
    operator::{CompareOp, Direction},
    render::{Rendering, render},
    shorten::shortened,
    source::{Source, Span},
    suggest::{did_you_mean, distance, nearest},
};
