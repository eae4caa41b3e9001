//! Layer 6: the glue and the public API. Only this module calls the verbs, top to bottom, in `pipeline`.

mod cache;
mod check;
mod database;
mod environment;
mod error;
mod explain;
mod limits;
mod open;
mod pipeline;
mod run_options;
mod save;
mod schema;
mod stack;
mod statement;
mod transaction;

pub use self::{
    database::Database,
    error::Error,
    limits::{CancelToken, Limits},
    open::OpenOptions,
    save::SaveOptions,
    schema::{Ends, LabelSummary, PropertySummary, Schema, TypeSummary},
    statement::{Level, Statement},
    transaction::Transaction,
};
