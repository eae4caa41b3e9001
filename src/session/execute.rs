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

/// What the fields of any request say about its statements.
struct Bounds<'t> {
    /// The lower of the limits of the database and of the request.
    limits: Limits,
    /// The token that cancels the request.
    token: &'t CancelToken,
    read_only: bool,
}

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
    let bounds = Bounds {
        limits: database.limits().lower(request.limits),
        token,
        read_only: request.read_only,
    };
    if bounds.read_only && changes(&task) {
        let message = "expected a request that only reads, found one that changes the database";
        return Reply::from(Diagnostic::whole(Code::ReadOnly, message));
    }
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

/// Whether a request changes the database, whatever its statement does.
fn changes(task: &Task) -> bool {
    match task {
        Task::Query(query) => query.reset == Some(true),
        Task::Procedures(_) => true,
        Task::Hello | Task::Ask(_) | Task::Snapshot | Task::Cancel(_) => false,
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
    let statement = statement.limits(bounds.limits).cancel(bounds.token);
    answered(match bounds.read_only {
        true => statement.read_only().run(),
        false => statement.run(),
    })
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
    let question = question.limits(bounds.limits).cancel(bounds.token);
    let question = match request.pick {
        Some(number) => question.pick(number),
        None => question,
    };
    match question.run() {
        Ok(reply) => Reply::Question(Box::new(reply)),
        Err(error) => Reply::Error(Box::new(error)),
    }
}
