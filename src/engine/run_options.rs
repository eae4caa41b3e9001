//! Converts the options of a statement to those of the executor.

use std::cell::OnceCell;

use crate::{
    base::{Code, Diagnostic},
    engine::{
        CancelToken, Limits, Statement,
        environment::{Environment, nanos_between},
    },
    exec::Options,
};

/// The limits, the clock and the token of a statement.
pub(super) struct RunOptions {
    limits: Limits,
    environment: Environment,
    cancel: CancelToken,
}

impl RunOptions {
    pub(super) fn new(statement: &Statement<'_>) -> Result<Self, Box<Diagnostic>> {
        let environment = statement.database.environment.clone();
        if statement.limits.time.is_some() && environment.clock.is_none() {
            return Err(Box::new(timeless()));
        }
        Ok(Self {
            limits: statement.limits,
            environment,
            cancel: statement.cancel.clone(),
        })
    }

    /// Calls `run` with the executor's options, and with a clock for profiles: nanoseconds since the start. The time limit counts
    /// from here.
    pub(super) fn lend<T>(&self, run: impl FnOnce(Options<'_>, &dyn Fn() -> u64) -> T) -> T {
        let clock = self.environment.clock();
        let start = clock();
        let passed = move || nanos_between(start, clock());
        let limit = self.limits.time;
        let expired = move || limit.is_some_and(|limit| u128::from(passed()) > limit.as_nanos());
        // Reading the gauge takes microseconds, so the growth counts from the first reading, after about a megabyte of work.
        let gauge = self
            .environment
            .memory
            .filter(|_| self.limits.memory.is_some());
        let before = OnceCell::new();
        let growth = gauge.map(|gauge| {
            move || {
                let now = gauge();
                now.saturating_sub(*before.get_or_init(|| now))
            }
        });
        let options = Options {
            max_rows: self.limits.rows,
            max_memory: self.limits.memory,
            memory_growth: growth.as_ref().map(|growth| growth as &dyn Fn() -> u64),
            max_path_length: self.limits.path_length,
            expired: limit.is_some().then_some(&expired as &dyn Fn() -> bool),
            cancel: Some(self.cancel.flag()),
            profile: None,
            statement_time: start,
            clock,
            random: &*self.environment.random,
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
