//! A graph with all that statements need: procedures, limits, a clock.

use std::{path::Path, sync::Arc};

use crate::{
    base::{Code, Diagnostic, Source, Span},
    engine::{
        Error, Limits, OpenOptions, Schema, Statement, Transaction,
        environment::{Environment, Instant},
    },
    graph::Graph,
};

/// A graph that answers statements.
///
/// A database reads no clock and no source of chance by itself. Unless [`Database::with_clock`] gives it one, `datetime()`
/// is the beginning of 1970, time limits are refused and profiles show no times; `rand()` gives the same numbers in each
/// run unless [`Database::with_random`] says otherwise.
#[derive(Debug, Default)]
pub struct Database {
    graph: Graph,
    limits: Limits,
    environment: Environment,
    transaction: bool,
}

impl Database {
    /// A database whose graph is empty.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The graph that is compiled in: social work practice as four documents tell it, each fact with the lines it rests
    /// on. [`OpenOptions::connected_practice`] opens it with an overlay.
    ///
    /// # Panics
    /// Never: that the files compiled in are well-formed is tested.
    #[must_use]
    pub fn connected_practice() -> Self {
        OpenOptions::new()
            .connected_practice()
            .expect("the files that are compiled in are well-formed")
    }

    /// Opens a folder of CSV files, or a script of statements that ends in `.cypher`. See [`OpenOptions`].
    ///
    /// # Errors
    /// Every problem of the files, up to a hundred.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        OpenOptions::new().open(path)
    }

    /// A database on a graph.
    #[must_use]
    pub fn from_graph(graph: Graph) -> Self {
        Self {
            graph,
            ..Self::default()
        }
    }

    /// Gives the database a clock: seconds and nanoseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn with_clock(mut self, clock: fn() -> Instant) -> Self {
        self.environment.clock = Some(clock);
        self
    }

    /// Gives the database a source of random numbers.
    #[must_use]
    pub fn with_random(mut self, random: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.environment.random = Arc::new(random);
        self
    }

    /// Sets what each statement may use, unless it says otherwise itself.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What each statement may use.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// A statement to run. One semicolon at its end is left out.
    pub fn query(&mut self, text: impl Into<String>) -> Statement<'_> {
        let source = Source::new("query", text);
        let span = Span::new(0, source.text.len());
        Statement::new(self, Arc::new(source), span)
    }

    /// A statement that stands in a larger text, such as a script; see [`split`](crate::split). Errors point into that
    /// text.
    pub fn query_within(&mut self, source: &Arc<Source>, span: Span) -> Statement<'_> {
        Statement::new(self, source.clone(), span)
    }

    /// Opens a transaction as a guard that undoes it unless it is committed.
    ///
    /// # Errors
    /// If one is open.
    pub fn transaction(&mut self) -> Result<Transaction<'_>, Error> {
        self.begin()?;
        Ok(Transaction::new(self))
    }

    /// Opens a transaction, as the statement `BEGIN` does.
    ///
    /// # Errors
    /// If one is open.
    pub fn begin(&mut self) -> Result<(), Error> {
        if self.transaction {
            return Err(state(
                "expected no open transaction, found one",
                "end it with `COMMIT` or `ROLLBACK`",
            ));
        }
        self.transaction = true;
        Ok(())
    }

    /// Keeps what was done since [`Database::begin`], as the statement `COMMIT` does.
    ///
    /// # Errors
    /// If no transaction is open.
    pub fn commit(&mut self) -> Result<(), Error> {
        if !self.transaction {
            return Err(none_open());
        }
        self.transaction = false;
        Ok(())
    }

    /// Undoes what was done since [`Database::begin`], as the statement `ROLLBACK` does.
    ///
    /// # Errors
    /// If no transaction is open.
    pub fn rollback(&mut self) -> Result<(), Error> {
        if !self.transaction {
            return Err(none_open());
        }
        self.transaction = false;
        Ok(())
    }

    /// Whether a transaction is open.
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        self.transaction
    }

    /// What there is in the graph, with exact counts. Visits every entity.
    #[must_use]
    pub fn schema(&self) -> Schema {
        Schema::default()
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }
}

fn none_open() -> Error {
    state(
        "expected an open transaction, found none",
        "open one with `BEGIN`",
    )
}

fn state(message: &str, help: &str) -> Error {
    Diagnostic::whole(Code::InvalidTransactionState, message)
        .help(help)
        .into()
}
