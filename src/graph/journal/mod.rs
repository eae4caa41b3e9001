//! The journal of a graph: the changes since its files were saved.
//!
//! A committed transaction is a series of redo records (`record`), which `store` keeps in a file next to the tables.
//! `replay` repeats them on the graph of the tables. The file belongs to one version of the tables, which it identifies by
//! their fingerprint (`fingerprint`).

mod fingerprint;
mod record;
mod replay;
mod store;

pub use self::{
    fingerprint::{Files, Fingerprint},
    replay::{Replay, Unfit},
    store::{FILE, Head, Journal, Refusal, Store},
};
