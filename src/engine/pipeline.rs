//! From a statement to its answer: the only place that calls the verbs.

use crate::{
    answer::Answer,
    base::{Code, Diagnostic},
    engine::{Error, Statement},
};

/// What is asked about a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// What the statement itself says.
    AsWritten,
    /// Its plan.
    Explain,
    /// Its plan, after it has been run.
    Profile,
}

pub(super) fn answer(statement: Statement<'_>, mode: Mode) -> Result<Answer, Error> {
    let _ = (statement, mode);
    Err(unfinished())
}

pub(super) fn unfinished() -> Error {
    Error::new(Diagnostic::whole(
        Code::UnexpectedSyntax,
        "the stages are not joined",
    ))
}
