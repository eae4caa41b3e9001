//! Layer 6: the public API and the pipeline. Only this layer calls the stages, in order, in `pipeline`.

mod batches;
mod cache;
mod check;
mod database;
mod documents;
mod environment;
mod error;
mod examples;
mod explain;
mod export;
mod facts;
mod files;
mod folder;
mod guard;
mod lexicon;
mod lifted;
mod limits;
#[cfg(test)]
mod notation;
mod open;
mod opening;
mod origin;
mod parsing;
mod patience;
mod pipeline;
mod question;
mod reply;
mod run_options;
mod save;
mod savepoint;
mod schema;
mod script;
mod session;
mod settle;
mod shared;
mod stack;
mod statement;
mod support;
mod transaction;

pub use self::{
    database::Database,
    error::Error,
    examples::Example,
    limits::{BOUNDS, Bound, CancelToken, Limits},
    open::OpenOptions,
    question::Question,
    reply::{Alternative, ConditionCount, EmptyExplanation, Fact, Reply, ReplyField},
    save::{SaveOptions, Saved},
    schema::{Endpoints, LabelSummary, PropertySummary, Schema, TypeSummary},
    shared::SharedDatabase,
    statement::Statement,
    transaction::Transaction,
};
pub use crate::optimize::OptLevel;
