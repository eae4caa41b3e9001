//! Converts the options of a statement to those of the executor.

use std::{
    num::NonZeroUsize,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use crate::{
    base::{Code, Diagnostic, Source, Span, Status, Stop},
    engine::{
        CancelToken, Limits, Statement,
        environment::{Environment, nanos_between},
        facts::{Facts, Running},
        stack::is_shallow,
    },
    exec::Options,
    function::Procedures,
    value::temporal::Zone,
};

/// The limits, the clock and the token of a statement.
pub(super) struct RunOptions {
    limits: Limits,
    threads: Option<NonZeroUsize>,
    environment: Environment,
    cancel: CancelToken,
    procedures: Arc<Procedures>,
    allowed: Arc<[PathBuf]>,
    statement: (Arc<Source>, Span),
    transaction: Running,
    zone: Zone,
    statuses: Arc<Vec<Status>>,
}

impl RunOptions {
    pub(super) fn new(statement: &mut Statement<'_>) -> Result<Self, Box<Diagnostic>> {
        let environment = statement.database.environment.clone();
        if statement.limits.time.is_some() && environment.clock.is_none() {
            return Err(Box::new(timeless()));
        }
        // The threads of the pool have default stacks.
        let threads = if is_shallow(statement.source.slice(statement.span)) {
            statement.threads
        } else {
            Some(NonZeroUsize::MIN)
        };
        Ok(Self {
            limits: statement.limits,
            threads,
            environment,
            cancel: statement.cancel.clone(),
            procedures: Arc::clone(&statement.database.procedures),
            allowed: Arc::clone(&statement.database.allowed),
            statement: (Arc::clone(&statement.source), statement.span),
            statuses: Arc::clone(&statement.database.statuses),
            zone: statement.database.session.zone.clone(),
            transaction: statement.database.running(statement.reads_only),
        })
    }

    /// Calls `run` with the executor's options, and with a clock for profiles: nanoseconds since the start. The time limit counts
    /// from here.
    pub(super) fn lend<T>(
        &self,
        run: impl FnOnce(Options<'_>, &(dyn Fn() -> u64 + Sync)) -> T,
    ) -> T {
        let clock = self.environment.clock();
        let start = clock();
        let passed = move || nanos_between(start, clock());
        let limit = self.limits.time;
        let expired = move || limit.is_some_and(|limit| u128::from(passed()) > limit.as_nanos());
        // Tells when reading a file is to end.
        let cancel = self.cancel.clone();
        let stop = Stop::when(move || {
            let cancelled = cancel.is_cancelled().then_some(Code::Cancelled);
            cancelled.or(expired().then_some(Code::TimeLimit))
        });
        // Reading the gauge takes microseconds, so the growth counts from the first reading, after about a megabyte of work.
        let gauge = self
            .environment
            .memory
            .filter(|_| self.limits.memory.is_some());
        let before = OnceLock::new();
        let growth = gauge.map(|gauge| {
            move || {
                let now = gauge();
                now.saturating_sub(*before.get_or_init(|| now))
            }
        });
        let facts = Facts {
            procedures: Arc::clone(&self.procedures),
            limits: self.limits,
            statement: self.statement.clone(),
            transaction: self.transaction,
            statuses: Arc::clone(&self.statuses),
            zone: self.zone.clone(),
            start,
            allowed: Arc::clone(&self.allowed),
            stop,
        };
        let options = Options {
            max_rows: self.limits.rows,
            max_memory: self.limits.memory,
            memory_growth: growth
                .as_ref()
                .map(|growth| growth as &(dyn Fn() -> u64 + Sync)),
            max_path_length: self.limits.path_length,
            expired: limit
                .is_some()
                .then_some(&expired as &(dyn Fn() -> bool + Sync)),
            threads: self.threads,
            cancel: Some(self.cancel.flag()),
            profile: None,
            statement_time: start,
            clock,
            random: &*self.environment.random,
            state: &facts,
            traced: false,
        };
        run(options, &passed)
    }
}

fn timeless() -> Diagnostic {
    Diagnostic::whole(
        Code::InvalidArgument,
        "expected a database with a clock for a time limit, found one without",
    )
    .help("give it a clock with `Database::with_clock`")
}
