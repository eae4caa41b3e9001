//! The state of a running statement: the graph, the parameters, the limits, and the accounts of time and memory.

use std::{
    cell::Cell,
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    base::{Code, Diagnostic, Fault, Span, room::probe},
    exec::{
        account::{Account, Reservation},
        members::Members,
        profile::{OperatorProfile, Profile},
        trace::Trace,
    },
    function::{self, Meter, State},
    graph::Graph,
    plan::Slot,
    value::{Column, Value, text::Patterns},
};

/// The error that ends a statement.
pub(crate) type Failure = Box<Diagnostic>;

/// The graph, for reading or for writing.
#[derive(Debug)]
pub enum Access<'a> {
    /// For reading.
    Read(&'a Graph),
    /// For reading and writing.
    Write(&'a mut Graph),
}

/// How to run a statement.
///
/// The library reads no clock and no entropy of its own accord; without limits a statement runs until it ends.
#[derive(Clone)]
pub struct Options<'a> {
    /// Maximum number of rows of an answer.
    pub max_rows: Option<u64>,
    /// Maximum number of bytes that the statement may allocate.
    pub max_memory: Option<u64>,
    /// Returns by how many bytes the memory of the process has grown since the start of the statement. Without it,
    /// the reservations of operators, the changes of the graph, and large lists and strings are counted instead.
    pub memory_growth: Option<&'a (dyn Fn() -> u64 + Sync)>,
    /// Maximum number of relationships in a path of a variable-length pattern.
    pub max_path_length: Option<u64>,
    /// Returns true if the time limit is reached.
    pub expired: Option<&'a (dyn Fn() -> bool + Sync)>,
    /// Maximum number of threads that run the statement; all of the pool if `None`.
    pub threads: Option<NonZeroUsize>,
    /// Set by another thread to cancel the statement.
    pub cancel: Option<Arc<AtomicBool>>,
    /// A steady clock in nanoseconds; if there is one, every operator is measured.
    pub profile: Option<&'a (dyn Fn() -> u64 + Sync)>,
    /// The start of the statement in seconds and nanoseconds since 1970-01-01T00:00:00Z.
    pub statement_time: (i64, u32),
    /// The clock, for functions that read it at each call.
    pub clock: fn() -> (i64, u32),
    /// Returns a random 64-bit word per call.
    pub random: &'a (dyn Fn() -> u64 + Sync),
    /// The state of the engine.
    pub state: &'a dyn State,
    /// True if the trace records which part of the statement made which changes.
    pub traced: bool,
}

/// The outer rows of an apply that need no more inner rows.
pub(crate) struct Answered {
    /// The slot with the number of the outer row.
    pub(crate) row: Slot,
    /// By outer row: true if it has its answer.
    pub(crate) done: Vec<bool>,
}

impl Answered {
    /// True if the outer row with that number has its answer.
    pub(crate) fn is_done(&self, number: &Value) -> bool {
        row_number(number).is_some_and(|row| self.done.get(row) == Some(&true))
    }
}

/// The number of an outer row as a position.
pub(crate) fn row_number(number: &Value) -> Option<usize> {
    match number {
        Value::Integer(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

/// The state of a running statement.
pub(crate) struct Context<'a> {
    access: Access<'a>,
    pub(crate) parameters: &'a [Value],
    pub(crate) options: &'a Options<'a>,
    pub(crate) patterns: Patterns,
    pub(crate) members: Members,
    /// True if the statement has deleted an entity; only then can a deleted entity be read.
    pub(crate) deletes: bool,
    /// The running applies that end at the first inner row of each outer row.
    pub(crate) answered: Vec<Answered>,
    /// Empty unless the statement is profiled.
    pub(crate) profile: Profile,
    trace: Trace,
    account: Arc<Account>,
    /// The bytes of the changes of the transaction before the statement.
    changed_before: u64,
    /// The bytes of the automatic indexes before the statement.
    indexed_before: u64,
    /// The bytes of work since the memory was last read.
    spent: Cell<usize>,
    /// The bytes of rows that operators have returned since the time was last read.
    untimed: Cell<usize>,
}

/// The work of returning a chunk, and that of each of its rows, in bytes.
const CHUNK: usize = 1 << 10;
const ROW: usize = 8;

/// The time, which takes tens of nanoseconds to read, is read after so many bytes of rows.
const BETWEEN_TIMES: usize = 8 * CHUNK;

/// From so many bytes on, the system is asked for as much again before an operator keeps twice as much.
const PROBED: u64 = 1 << 26;

/// The maximum that is asked for at once.
const MOST_PROBED: u64 = 1 << 30;

/// The limits are checked after so many bytes of work: the memory of the process takes microseconds to read.
const BETWEEN_CHECKS: usize = 1 << 20;

impl Options<'_> {
    /// Fails if the statement is cancelled or out of time.
    ///
    /// # Errors
    /// `Cancelled` or `TimeLimit`.
    pub fn check(&self) -> Result<(), Failure> {
        self.check_cancelled()?;
        self.check_time()
    }

    fn check_cancelled(&self) -> Result<(), Failure> {
        let flag = self.cancel.as_ref();
        if flag.is_some_and(|cancel| cancel.load(Ordering::Relaxed)) {
            let message = "the statement was interrupted".to_owned();
            return Err(limit(Code::Cancelled, message));
        }
        Ok(())
    }

    fn check_time(&self) -> Result<(), Failure> {
        if self.expired.is_some_and(|expired| expired()) {
            let message = "the statement ran longer than the time limit".to_owned();
            return Err(limit(Code::TimeLimit, message));
        }
        Ok(())
    }

    /// Fails if so many bytes exceed the memory limit.
    ///
    /// # Errors
    /// `MemoryLimit`.
    pub fn fits(&self, bytes: u64) -> Result<(), Failure> {
        let Some(most) = self.max_memory.filter(|most| bytes > *most) else {
            return Ok(());
        };
        let message = format!("the statement needs more memory than the limit of {most} bytes");
        let diagnostic = Diagnostic::whole(Code::MemoryLimit, message);
        Err(Box::new(diagnostic.help(
            "set the limit with `--max-memory` on the command line, `:set max-memory` at the prompt, `Limits` in a program",
        )))
    }
}

/// What the threads that run a statement share. The statement only reads.
pub(crate) struct Common<'a> {
    graph: &'a Graph,
    parameters: &'a [Value],
    options: &'a Options<'a>,
    account: Arc<Account>,
    changed_before: u64,
    indexed_before: u64,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        access: Access<'a>,
        parameters: &'a [Value],
        options: &'a Options<'a>,
    ) -> Self {
        let mut context = Self::with_account(access, parameters, options, Arc::default());
        context.changed_before = context.graph().changed_bytes();
        context.indexed_before = context.graph().automatic_bytes();
        context
    }

    /// The state of one thread. It has the limits and the account of the statement.
    pub(crate) fn of_thread(common: &Common<'a>) -> Self {
        let access = Access::Read(common.graph);
        let account = Arc::clone(&common.account);
        Self {
            changed_before: common.changed_before,
            indexed_before: common.indexed_before,
            ..Self::with_account(access, common.parameters, common.options, account)
        }
    }

    /// What other threads need to run parts of the statement.
    pub(crate) fn common(&self) -> Common<'_> {
        Common {
            graph: self.graph(),
            parameters: self.parameters,
            options: self.options,
            account: Arc::clone(&self.account),
            changed_before: self.changed_before,
            indexed_before: self.indexed_before,
        }
    }

    fn with_account(
        access: Access<'a>,
        parameters: &'a [Value],
        options: &'a Options<'a>,
        account: Arc<Account>,
    ) -> Self {
        Self {
            access,
            parameters,
            options,
            patterns: Patterns::default(),
            members: Members::default(),
            deletes: false,
            answered: Vec::new(),
            profile: Profile::default(),
            trace: Trace::default(),
            account,
            changed_before: 0,
            indexed_before: 0,
            spent: Cell::new(0),
            untimed: Cell::new(0),
        }
    }

    pub(crate) fn graph(&self) -> &Graph {
        match &self.access {
            Access::Read(graph) => graph,
            Access::Write(graph) => graph,
        }
    }

    /// True if the graph may change while the statement runs.
    pub(crate) fn may_write(&self) -> bool {
        matches!(self.access, Access::Write(_))
    }

    /// A column that an operator keeps. If the graph may change, strings become values: the next new string would copy a
    /// dictionary that is shared.
    pub(crate) fn kept(&self, column: Column) -> Column {
        if self.may_write() {
            column.detached()
        } else {
            column
        }
    }

    /// The graph to change; `run` rejects plans that write without write access.
    pub(crate) fn graph_mut(&mut self) -> &mut Graph {
        match &mut self.access {
            Access::Read(_) => unreachable!("a plan that writes has write access"),
            Access::Write(graph) => graph,
        }
    }

    /// Records that the following changes are made by the part of the statement at `span`.
    pub(crate) fn writing(&mut self, span: Span) {
        if self.options.traced {
            let now = self.graph().savepoint();
            self.trace.note(now, span);
        }
    }

    /// The environment of function calls.
    pub(crate) fn functions(&self) -> function::Context<'_> {
        function::Context {
            graph: self.graph(),
            statement_time: self.options.statement_time,
            clock: self.options.clock,
            random: self.options.random,
            meter: self,
            threads: self.threads(),
            state: self.options.state,
        }
    }

    /// Fails if the statement is cancelled or out of time; called in long loops.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.options.check()
    }

    /// Called for each chunk that an operator returns: fails if the statement is cancelled, out of time or out of memory.
    pub(crate) fn passed(&self, rows: usize) -> Result<(), Failure> {
        self.options.check_cancelled()?;
        let work = CHUNK + ROW * rows;
        let untimed = self.untimed.get() + work;
        self.untimed.set(untimed);
        if untimed >= BETWEEN_TIMES {
            self.untimed.set(0);
            self.options.check_time()?;
        }
        self.work(work)
    }

    /// Counts work, and fails if the statement has reached a limit.
    fn work(&self, bytes: usize) -> Result<(), Failure> {
        let spent = self.spent.get().saturating_add(bytes);
        if spent < BETWEEN_CHECKS {
            self.spent.set(spent);
            return Ok(());
        }
        self.spent.set(0);
        self.options.check()?;
        self.has_room(0)
    }

    /// Adds bytes to the reservation of an operator.
    pub(crate) fn reserve(
        &mut self,
        reserved: &mut Reservation,
        bytes: u64,
    ) -> Result<(), Failure> {
        let before = reserved.bytes();
        reserved.add(&self.account, self.profile.running(), bytes);
        let after = reserved.bytes();
        if after >= PROBED && before.leading_zeros() != after.leading_zeros() {
            // Vectors of this size are about to double.
            probed(after)?;
        }
        match self.options.memory_growth {
            Some(_) => self.work(usize::try_from(bytes).unwrap_or(usize::MAX)),
            None => self.has_room(0),
        }
    }

    /// The bytes that are reserved, those of the changes of the statement, and those of automatic indexes that it built.
    fn accounted(&self) -> u64 {
        let changed = self.graph().changed_bytes();
        let total = self.account.total();
        let indexed = self.graph().automatic_bytes();
        total
            .saturating_add(changed.saturating_sub(self.changed_before))
            .saturating_add(indexed.saturating_sub(self.indexed_before))
    }

    /// Fails if the values that an expression holds exceed the limit. A gauge counts them anyway.
    pub(crate) fn holds(&self, bytes: u64) -> Result<(), Failure> {
        match self.options.memory_growth {
            Some(_) => Ok(()),
            None => self.has_room(bytes),
        }
    }

    /// Fails if so many bytes could not be reserved in addition; for bytes that cannot be reserved yet.
    pub(crate) fn has_room(&self, bytes: u64) -> Result<(), Failure> {
        let used = match self.options.memory_growth {
            Some(growth) => growth(),
            None => self.accounted(),
        };
        self.options.fits(used.saturating_add(bytes))
    }

    /// The number of threads that run large parts of the statement.
    pub(crate) fn threads(&self) -> usize {
        let pool = || rayon::current_num_threads();
        self.options.threads.map_or_else(pool, NonZeroUsize::get)
    }

    /// The profile of every operator, with the maximum of its reservation, and the trace of changes.
    pub(crate) fn finish(self) -> (Vec<OperatorProfile>, Trace) {
        let mut operators = self.profile.operators;
        for (operator, most) in operators.iter_mut().zip(self.account.maxima()) {
            operator.memory = most;
        }
        (operators, self.trace)
    }
}

impl Meter for Context<'_> {
    fn spend(&self, bytes: usize) -> Result<(), Fault> {
        if bytes < BETWEEN_CHECKS {
            return self.worked(bytes);
        }
        let checked = self.options.check();
        let checked = checked.and_then(|()| self.has_room(bytes as u64));
        checked.map_err(|failure| fault(*failure))
    }

    fn worked(&self, bytes: usize) -> Result<(), Fault> {
        self.work(bytes).map_err(|failure| fault(*failure))
    }
}

/// A failure of a limit as a fault of the expression that is evaluated.
fn fault(failure: Diagnostic) -> Fault {
    let Diagnostic {
        code,
        message,
        help,
        ..
    } = failure;
    Fault {
        code,
        message,
        help,
    }
}

/// Fails if the system does not give the memory for rows of this size. Values that share their parts take less than their size
/// says, so that not more than a part is asked for.
pub(crate) fn probed(bytes: u64) -> Result<(), Failure> {
    probe(bytes.min(MOST_PROBED) as usize).map_err(placeless)
}

/// The failure for a limit.
pub(crate) fn limit(code: Code, message: impl Into<String>) -> Failure {
    Box::new(Diagnostic::whole(code, message))
}

/// A fault without an expression of the statement to point at.
pub(crate) fn placeless(fault: Fault) -> Failure {
    Box::new(Diagnostic::from(fault))
}
