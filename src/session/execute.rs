//! Executes requests.

use super::{
    procedure,
    reply::Reply,
    request::{Query, Question, Request},
};
use crate::{
    answer::{Answer, typed},
    engine::{Database, Error},
};

/// Executes a request.
pub(super) fn execute(database: &mut Database, request: Request) -> Reply<'_> {
    match request {
        Request::Hello => Reply::Hello,
        Request::Query(request) => query(database, request),
        Request::Ask(request) => ask(database, request),
        Request::Procedures(tables) => match procedure::register(database, tables) {
            Ok(()) => Reply::Done,
            Err(message) => Reply::refused(&message),
        },
        Request::Snapshot => Reply::Snapshot(database),
    }
}

/// Runs a statement, after a reset if requested.
fn query<'d>(database: &mut Database, request: Query) -> Reply<'d> {
    let text = request.query.unwrap_or_default();
    let parameters = match typed::read_parameters(&request.params.unwrap_or_default()) {
        Ok(parameters) => parameters,
        Err(problem) => return Reply::refused(&format!("`params`: {problem}")),
    };
    if request.reset == Some(true) {
        database.reset();
    }
    if text.is_empty() {
        return Reply::Answer(Box::default());
    }
    answered(database.query(text).parameters(parameters).run())
}

fn answered<'d>(outcome: Result<Answer, Error>) -> Reply<'d> {
    match outcome {
        Ok(answer) => Reply::Answer(Box::new(answer)),
        Err(error) => Reply::Error(Box::new(error)),
    }
}

/// Answers a question.
fn ask<'d>(database: &mut Database, request: Question) -> Reply<'d> {
    let question = database.ask(request.ask);
    let question = match request.pick {
        Some(number) => question.pick(number),
        None => question,
    };
    match question.run() {
        Ok(reply) => Reply::Question(Box::new(reply)),
        Err(error) => Reply::Error(Box::new(error)),
    }
}
