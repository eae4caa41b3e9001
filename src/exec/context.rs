//! What a running statement sees: the graph, the parameters, the limits, and the account of time and memory.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    base::{Code, Diagnostic, Span},
    exec::{
        profile::{OperatorProfile, Profile},
        trace::Trace,
    },
    function,
    graph::Graph,
    plan::Slot,
    value::{Value, text::Patterns},
};

/// What stops a statement.
pub(crate) type Failure = Box<Diagnostic>;

/// The graph, for reading or for writing.
#[derive(Debug)]
pub enum Access<'a> {
    /// For reading.
    Read(&'a Graph),
    /// For reading and writing.
    Write(&'a mut Graph),
}

/// What the caller says about how to run a statement.
///
/// The library reads no clock and no entropy of its own accord; without limits a statement runs until it ends.
#[derive(Clone)]
pub struct Options<'a> {
    /// The most rows an answer may have.
    pub max_rows: Option<u64>,
    /// The most bytes that operators may hold.
    pub max_memory: Option<u64>,
    /// The most relationships a walk of a variable-length pattern may have.
    pub max_path_length: Option<u64>,
    /// Says whether the time for the statement is over.
    pub expired: Option<&'a dyn Fn() -> bool>,
    /// Set by another thread to stop the statement.
    pub cancel: Option<Arc<AtomicBool>>,
    /// A steady clock in nanoseconds; where there is one, every operator is measured.
    pub profile: Option<&'a dyn Fn() -> u64>,
    /// Seconds and nanoseconds since 1970-01-01T00:00:00Z at which the statement began.
    pub statement_time: (i64, u32),
    /// The clock, for the functions that ask for the time at which they run.
    pub clock: fn() -> (i64, u32),
    /// Source of random numbers, one 64-bit word a call.
    pub random: &'a dyn Fn() -> u64,
    /// Whether it is noted which part of the statement made which changes.
    pub traced: bool,
}

/// Outer rows of an apply that need no more inner rows.
pub(crate) struct Answered {
    /// The slot of the outer row's number.
    pub(crate) row: Slot,
    /// For each outer row whether it has its answer.
    pub(crate) done: Vec<bool>,
}

impl Answered {
    /// Whether the outer row of that number has its answer.
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
    /// Whether the statement has deleted anything: only then can a dead entity be met.
    pub(crate) deletes: bool,
    /// The applies that are being run and stop at the first inner row of each outer row.
    pub(crate) answered: Vec<Answered>,
    pub(crate) profile: Option<Profile>,
    trace: Trace,
    account: Rc<Account>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        access: Access<'a>,
        parameters: &'a [Value],
        options: &'a Options<'a>,
        profile: Option<Profile>,
    ) -> Self {
        Self {
            access,
            parameters,
            options,
            patterns: Patterns::default(),
            deletes: false,
            answered: Vec::new(),
            profile,
            trace: Trace::default(),
            account: Rc::default(),
        }
    }

    pub(crate) fn graph(&self) -> &Graph {
        match &self.access {
            Access::Read(graph) => graph,
            Access::Write(graph) => graph,
        }
    }

    /// Whether the graph may change while the statement runs.
    pub(crate) fn may_write(&self) -> bool {
        matches!(self.access, Access::Write(_))
    }

    /// The graph to change; `run` refuses plans that write where there is no access.
    pub(crate) fn graph_mut(&mut self) -> &mut Graph {
        match &mut self.access {
            Access::Read(_) => unreachable!("a plan that writes has write access"),
            Access::Write(graph) => graph,
        }
    }

    /// Notes that the changes from here on are made by the part of the statement at `span`.
    pub(crate) fn writing(&mut self, span: Span) {
        if self.options.traced {
            let now = self.graph().savepoint();
            self.trace.note(now, span);
        }
    }

    /// What functions may see.
    pub(crate) fn functions(&self) -> function::Context<'_> {
        function::Context {
            graph: self.graph(),
            statement_time: self.options.statement_time,
            clock: self.options.clock,
            random: self.options.random,
        }
    }

    /// Whether the statement may go on: called once a chunk, and in long searches.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let options = self.options;
        if options
            .cancel
            .as_ref()
            .is_some_and(|cancel| cancel.load(Ordering::Relaxed))
        {
            return Err(limit(
                Code::Cancelled,
                "the statement was interrupted".to_owned(),
            ));
        }
        if options.expired.is_some_and(|expired| expired()) {
            let message = "the statement ran longer than the time limit".to_owned();
            return Err(limit(Code::TimeLimit, message));
        }
        Ok(())
    }

    /// Notes that an operator holds so many bytes more.
    pub(crate) fn hold(&mut self, held: &mut Held, bytes: u64) -> Result<(), Failure> {
        let account = held.account.get_or_insert_with(|| Rc::clone(&self.account));
        if let Some(profile) = &self.profile {
            held.operator = held.operator.or(profile.running());
        }
        account.hold(held.operator, bytes);
        held.bytes = held.bytes.saturating_add(bytes);
        self.has_room(0)
    }

    /// Whether so many bytes more could be held: asked where they cannot be accounted yet.
    pub(crate) fn has_room(&self, bytes: u64) -> Result<(), Failure> {
        match self.options.max_memory {
            Some(most) if self.account.total.get().saturating_add(bytes) > most => Err(limit(
                Code::MemoryLimit,
                format!("the statement needs more memory than the limit of {most} bytes"),
            )),
            _ => Ok(()),
        }
    }

    /// What every operator did, with the most bytes that each held, and who made which changes.
    pub(crate) fn finish(self) -> (Vec<OperatorProfile>, Trace) {
        let mut operators = self.profile.map(Profile::finish).unwrap_or_default();
        for (operator, (_, most)) in operators.iter_mut().zip(&*self.account.operators.borrow()) {
            operator.memory = *most;
        }
        (operators, self.trace)
    }
}

/// Bytes that operators hold at present.
#[derive(Default)]
struct Account {
    total: Cell<u64>,
    /// For each operator that is measured, by its position: bytes held now, and at most.
    operators: RefCell<Vec<(u64, u64)>>,
}

impl Account {
    fn hold(&self, operator: Option<usize>, bytes: u64) {
        self.total.set(self.total.get().saturating_add(bytes));
        let Some(position) = operator else { return };
        let mut operators = self.operators.borrow_mut();
        if operators.len() <= position {
            operators.resize(position + 1, (0, 0));
        }
        let (now, most) = &mut operators[position];
        *now = now.saturating_add(bytes);
        *most = (*now).max(*most);
    }

    fn release(&self, operator: Option<usize>, bytes: u64) {
        self.total.set(self.total.get().saturating_sub(bytes));
        let mut operators = self.operators.borrow_mut();
        if let Some((now, _)) = operator.and_then(|position| operators.get_mut(position)) {
            *now = now.saturating_sub(bytes);
        }
    }
}

/// The bytes that an operator holds; they are given back when it goes.
#[derive(Default)]
pub(crate) struct Held {
    account: Option<Rc<Account>>,
    operator: Option<usize>,
    bytes: u64,
}

impl Held {
    /// Gives back everything that is held.
    pub(crate) fn release(&mut self) {
        if let Some(account) = &self.account {
            account.release(self.operator, self.bytes);
        }
        self.bytes = 0;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.release();
    }
}

/// The failure of a limit.
pub(crate) fn limit(code: Code, message: String) -> Failure {
    Box::new(Diagnostic::whole(code, message))
}
