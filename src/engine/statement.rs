//! A statement about to be run: its text, its parameters and what it may use.

use std::sync::Arc;

use serde::Serialize;

use crate::{
    answer::{Answer, to_parameters},
    base::{Code, Diagnostic, Source, Span},
    engine::{CancelToken, Database, Error, Limits, pipeline},
    syntax::ast,
    value::{Entries, Text, Value},
};

/// A statement about to be run; see [`Database::query`].
#[derive(Debug)]
#[must_use = "a statement does nothing until it is run"]
pub struct Statement<'d> {
    pub(super) database: &'d mut Database,
    pub(super) source: Arc<Source>,
    pub(super) span: Span,
    pub(super) parameters: Entries,
    pub(super) limits: Limits,
    pub(super) cancel: CancelToken,
    pub(super) level: OptLevel,
    problem: Option<Diagnostic>,
}

/// How far statements are optimised. Lower levels are for tests that compare answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OptLevel {
    /// All rules, and indexes.
    #[default]
    Full,
    /// All rules, but no indexes.
    WithoutIndexes,
    /// No rules: patterns are matched as they are written.
    Unoptimised,
}

impl<'d> Statement<'d> {
    pub(super) fn new(database: &'d mut Database, source: Arc<Source>, span: Span) -> Self {
        let limits = database.limits();
        Self {
            database,
            source,
            span,
            parameters: Entries::default(),
            limits,
            cancel: CancelToken::new(),
            level: OptLevel::default(),
            problem: None,
        }
    }

    /// Gives a parameter, named without its `$`, its value.
    pub fn param(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Gives every field of a struct, or entry of a map, as a parameter.
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

    /// Gives parameters that are values already.
    pub fn parameters(mut self, parameters: Entries) -> Self {
        self.parameters.extend(parameters);
        self
    }

    /// Sets what the statement may use, in place of the limits of the database.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Lets the token interrupt the statement.
    pub fn cancel(mut self, token: &CancelToken) -> Self {
        self.cancel = token.clone();
        self
    }

    /// Sets how far the statement is optimised. The answer is the same.
    pub fn level(mut self, level: OptLevel) -> Self {
        self.level = level;
        self
    }

    /// Runs the statement. Outside of a transaction it is one: if it fails, the graph is as it was.
    ///
    /// # Errors
    /// What is wrong with the statement, or what went wrong while it ran.
    pub fn run(self) -> Result<Answer, Error> {
        self.answer(ast::Mode::Run)
    }

    /// Answers how the statement would be run, which it is not.
    ///
    /// # Errors
    /// What is wrong with the statement.
    pub fn explain(self) -> Result<Answer, Error> {
        self.answer(ast::Mode::Explain)
    }

    /// Runs the statement and answers how it was run.
    ///
    /// # Errors
    /// What is wrong with the statement, or what went wrong while it ran.
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
