//! Layer 5: execution. Operators pull chunks of rows from their inputs; the rows of the root are the answer.
//!
//! A `chunk` is a batch of rows, `eval` evaluates expressions over it with the loops of `kernel`, `op` has one file per
//! operator, `build` makes operators from a plan, and `context` is the state of the statement.

mod account;
mod adjacent;
mod chunk;
mod context;
mod eval;
mod group;
mod kernel;
mod marks;
mod members;
mod op;
mod operator;
mod order;
mod packed;
mod profile;
mod seen;
#[cfg(test)]
pub(crate) mod tests;
mod trace;

use self::{
    account::Reservation,
    chunk::Chunk,
    context::{Context, Failure, limit, placeless},
};
pub use self::{
    context::{Access, Options},
    profile::OperatorProfile,
    trace::Trace,
};
use crate::{
    base::{Code, Diagnostic, Room as _},
    plan::{Plan, check::check},
    value::{Column, Value},
};

/// The result of a statement.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The number of values per row.
    pub width: usize,
    /// The values, row after row.
    pub rows: Vec<Value>,
    /// The number of rows.
    pub count: u64,
    /// The profile of each operator, by the id of its plan node; empty unless the statement is profiled.
    pub profile: Vec<OperatorProfile>,
    /// The parts of the statement that made its changes; empty unless requested.
    pub trace: Trace,
}

impl Outcome {
    /// The rows, each a slice of `width` values.
    pub fn iter(&self) -> impl Iterator<Item = &[Value]> {
        // Rows without columns have no slice.
        self.rows.chunks_exact(self.width.max(1))
    }
}

/// Runs a plan. `parameters` are in the order of [`Plan::parameters`].
///
/// If the statement fails, its changes stay in the graph: the caller rolls them back.
///
/// # Errors
/// Any failure of the running statement, and limits that are reached.
pub fn run(
    plan: &Plan,
    access: Access<'_>,
    parameters: &[Value],
    options: &Options<'_>,
) -> Result<Outcome, Box<Diagnostic>> {
    if matches!(access, Access::Read(_)) && plan.root.writes() {
        return Err(Box::new(Diagnostic::whole(
            Code::InvalidTransactionState,
            "the statement changes the graph, which is open for reading only",
        )));
    }
    debug_assert_eq!(check(plan), Ok(()), "a plan is sound before it is run");
    let mut context = Context::new(access, parameters, options);
    let mut outcome = collect(plan, &mut context)?;
    (outcome.profile, outcome.trace) = context.finish();
    Ok(outcome)
}

/// The number of copies of a row between two checks of limits.
const CHUNK: u64 = chunk::CAPACITY as u64;

/// Pulls all rows of the root.
fn collect(plan: &Plan, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let mut root = op::build(&plan.root, None);
    let mut outcome = Outcome {
        width: if plan.returns { plan.columns.len() } else { 0 },
        ..Outcome::default()
    };
    let mut reserved = Reservation::default();
    while let Some(chunk) = root.next(context)? {
        if plan.returns {
            let columns = plan.columns.iter();
            let columns: Vec<_> = columns.map(|column| chunk.column(column.slot)).collect();
            outcome.add(&chunk, &columns, &mut reserved, context)?;
        }
    }
    Ok(outcome)
}

impl Outcome {
    fn make_room(&mut self, rows: usize, width: usize) -> Result<(), Failure> {
        self.rows.make_room(rows * width).map_err(placeless)
    }

    fn add(
        &mut self,
        chunk: &Chunk,
        columns: &[&Column],
        reserved: &mut Reservation,
        context: &mut Context<'_>,
    ) -> Result<(), Failure> {
        self.count = self.count.saturating_add(chunk.total());
        if let Some(most) = context.options.max_rows
            && self.count > most
        {
            let message = format!("the answer has more rows than the limit of {most}");
            return Err(limit(Code::RowLimit, message));
        }
        let bytes = columns.iter().map(|column| column.bytes(chunk.len())).sum();
        context.reserve(reserved, bytes)?;
        // Values that share parts take less memory than what is written of them.
        context.options.fits(reserved.bytes())?;
        self.make_room(chunk.len(), columns.len())?;
        let row_bytes = (columns.len() * size_of::<Value>()) as u64;
        for row in 0..chunk.len() {
            let times = chunk.multiplicity(row);
            for time in 0..times {
                if time % CHUNK == 1 {
                    let more = (times - time).min(CHUNK);
                    context.reserve(reserved, more * row_bytes)?;
                    self.make_room(more as usize, columns.len())?;
                    context.check()?;
                }
                let values = columns.iter().map(|column| column.value(row));
                self.rows.extend(values);
            }
        }
        Ok(())
    }
}
