//! Executes requests.

use super::{
    procedure,
    reply::Reply,
    request::{Query, Question, Request, Task},
};
use crate::{
    answer::{Answer, typed},
    base::{Code, Diagnostic},
    engine::{CancelToken, Database, Error, Limits},
};

/// The lower of the limits of the database and of the request, and the token that cancels the request.
struct Bounds<'t>(Limits, &'t CancelToken);

/// Executes a request. A request that is cancelled before it begins is not executed.
pub(super) fn execute<'d>(
    database: &'d mut Database,
    request: Request,
    token: &CancelToken,
) -> Reply<'d> {
    let task = match request.task {
        Ok(_) if token.is_cancelled() => return Reply::from(cancelled()),
        Ok(task) => task,
        Err(diagnostic) => return Reply::from(*diagnostic),
    };
    let bounds = Bounds(database.limits().lower(request.limits), token);
    match task {
        Task::Hello => Reply::Hello,
        Task::Query(request) => query(database, request, &bounds),
        Task::Ask(request) => ask(database, request, &bounds),
        Task::Procedures(tables) => match procedure::register(database, tables) {
            Ok(()) => Reply::Done,
            Err(message) => Reply::refused(&message),
        },
        Task::Snapshot => Reply::Snapshot(database),
        // It took effect when it was read.
        Task::Cancel(_) => Reply::Done,
    }
}

fn cancelled() -> Diagnostic {
    let message = "the request was cancelled before it began";
    Diagnostic::whole(Code::Cancelled, message)
}

/// Runs a statement, after a reset if requested.
fn query<'d>(database: &mut Database, request: Query, bounds: &Bounds<'_>) -> Reply<'d> {
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
    let statement = database.query(text).parameters(parameters);
    answered(statement.limits(bounds.0).cancel(bounds.1).run())
}

fn answered<'d>(outcome: Result<Answer, Error>) -> Reply<'d> {
    match outcome {
        Ok(answer) => Reply::Answer(Box::new(answer)),
        Err(error) => Reply::Error(Box::new(error)),
    }
}

/// Answers a question.
fn ask<'d>(database: &mut Database, request: Question, bounds: &Bounds<'_>) -> Reply<'d> {
    let question = database.ask(request.ask);
    let question = question.limits(bounds.0).cancel(bounds.1);
    let question = match request.pick {
        Some(number) => question.pick(number),
        None => question,
    };
    match question.run() {
        Ok(reply) => Reply::Question(Box::new(reply)),
        Err(error) => Reply::Error(Box::new(error)),
    }
}
