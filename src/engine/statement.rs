//! A statement to be run: text, parameters and limits.

use std::{num::NonZeroUsize, sync::Arc};

use serde::Serialize;

use crate::{
    answer::{Answer, to_parameters},
    base::{Code, Diagnostic, Source, Span},
    engine::{CancelToken, Database, Error, Limits, pipeline},
    optimize::OptLevel,
    syntax::ast,
    value::{Entries, Text, Value},
};

/// A statement to be run; see [`Database::query`].
#[derive(Debug)]
#[must_use = "a statement does nothing until it is run"]
pub struct Statement<'d> {
    pub(super) database: &'d mut Database,
    pub(super) source: Arc<Source>,
    pub(super) span: Span,
    pub(super) parameters: Entries,
    pub(super) limits: Limits,
    pub(super) threads: Option<NonZeroUsize>,
    pub(super) cancel: CancelToken,
    pub(super) level: OptLevel,
    /// True once the statement may have changed the graph.
    pub(super) writes: bool,
    /// Whether the statement may only read.
    pub(super) reads_only: bool,
    /// Whether an error undoes the changes of the statement.
    pub(super) undoes: bool,
    /// Whether an error of the statement makes an open transaction fail.
    pub(super) fails_transaction: bool,
    problem: Option<Diagnostic>,
}

impl<'d> Statement<'d> {
    pub(super) fn new(database: &'d mut Database, source: Arc<Source>, span: Span) -> Self {
        let (limits, threads) = (database.limits(), database.threads);
        Self {
            database,
            source,
            span,
            parameters: Entries::default(),
            limits,
            threads,
            cancel: CancelToken::new(),
            level: OptLevel::default(),
            writes: false,
            reads_only: false,
            undoes: true,
            fails_transaction: true,
            problem: None,
        }
    }

    /// Sets a parameter, named without its `$`.
    pub fn param(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Sets a parameter for every field of a struct or entry of a map. If it cannot be converted, running the statement
    /// fails.
    pub fn params(mut self, parameters: impl Serialize) -> Self {
        match to_parameters(parameters) {
            Ok(parameters) => self.parameters.extend(parameters),
            Err(error) => {
                let problem = Diagnostic::whole(Code::InvalidArgument, error.to_string());
                self.problem.get_or_insert(problem);
            }
        }
        self
    }

    /// Sets parameters from engine values.
    pub fn parameters(mut self, parameters: Entries) -> Self {
        self.parameters.extend(parameters);
        self
    }

    /// Sets the limits of the statement, in place of those of the database.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets the maximum number of threads that run the statement, in place of that of the database. The answer is the same.
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Lets the token interrupt the statement.
    pub fn cancel(mut self, token: &CancelToken) -> Self {
        self.cancel = token.clone();
        self
    }

    /// Refuses to run the statement if it would change the graph.
    pub fn read_only(mut self) -> Self {
        self.reads_only = true;
        self
    }

    /// Leaves the changes of the statement half done if it fails, for a database that is not used after an error: to undo
    /// them takes time, also beyond a time limit. The database then refuses all statements.
    pub fn without_undo(mut self) -> Self {
        self.undoes = false;
        self
    }

    /// Sets how far the statement is optimised. The answer is the same.
    pub fn level(mut self, level: OptLevel) -> Self {
        self.level = level;
        self
    }

    /// Declares that the statement is made for a question: it only reads, so an error leaves an open transaction as it is.
    pub(super) fn of_question(mut self) -> Self {
        self.fails_transaction = false;
        self
    }

    /// Runs the statement. Outside of a transaction it is its own transaction: an error leaves the graph unchanged, unless it
    /// is a statement [`without_undo`](Self::without_undo). After an error inside of a transaction, only `ROLLBACK` is accepted.
    ///
    /// # Errors
    /// A compile-time or run-time error of the statement.
    pub fn run(self) -> Result<Answer, Error> {
        self.answer(ast::Mode::Run)
    }

    /// Returns the plan of the statement without running it.
    ///
    /// # Errors
    /// A compile-time error of the statement.
    pub fn explain(self) -> Result<Answer, Error> {
        self.answer(ast::Mode::Explain)
    }

    /// Runs the statement and returns its plan with measurements.
    ///
    /// # Errors
    /// A compile-time or run-time error of the statement.
    pub fn profile(self) -> Result<Answer, Error> {
        self.answer(ast::Mode::Profile)
    }

    fn answer(mut self, mode: ast::Mode) -> Result<Answer, Error> {
        match self.problem.take() {
            Some(problem) => Err(problem.into()),
            None => pipeline::answer(self, mode),
        }
    }
}
