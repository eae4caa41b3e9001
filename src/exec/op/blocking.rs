//! Operators that read all of their input before they return the first row: the operator is a function.

use std::collections::VecDeque;

use crate::exec::{
    account::Reservation,
    chunk::{CAPACITY, Chunk},
    context::{Context, Failure},
    operator::{Operator, Source, Step},
};

/// The result of a blocking operator.
#[derive(Default)]
pub(crate) struct Rows {
    chunks: VecDeque<Chunk>,
    /// The order of the rows of the only chunk; `None` if they are in order.
    order: Option<Vec<u32>>,
}

impl Rows {
    /// Adds rows after the others.
    pub(crate) fn push(&mut self, chunk: Chunk) {
        if !chunk.is_empty() {
            self.chunks.push_back(chunk);
        }
    }

    /// The rows of a chunk in another order. They are not copied before they are returned.
    pub(crate) fn ordered(chunk: Chunk, order: Vec<u32>) -> Self {
        Self {
            order: Some(order),
            ..chunk.into()
        }
    }
}

impl From<Chunk> for Rows {
    fn from(chunk: Chunk) -> Self {
        let mut rows = Self::default();
        rows.push(chunk);
        rows
    }
}

/// The result, or the failure that ends the statement.
pub(crate) type Collected = Result<Rows, Failure>;

/// The input of a blocking operator, with the memory that is reserved for its rows.
pub(crate) struct Intake<'p> {
    source: Source<'p>,
    reserved: Reservation,
}

impl Intake<'_> {
    pub(crate) fn next(&mut self, cx: &mut Context<'_>) -> Step {
        self.source.next(cx)
    }

    /// Reserves bytes until the operator is reset.
    pub(crate) fn reserve(&mut self, bytes: u64, cx: &mut Context<'_>) -> Result<(), Failure> {
        cx.reserve(&mut self.reserved, bytes)
    }

    /// Keeps what is reserved otherwise, in place of the present reservation.
    pub(crate) fn keep(&mut self, reserved: Reservation) {
        self.reserved = reserved;
    }

    /// Releases what is reserved.
    pub(crate) fn release(&mut self) {
        self.reserved.release();
    }
}

pub(crate) struct Blocking<'p, F> {
    intake: Intake<'p>,
    run: F,
    /// The rest of the result.
    rows: Option<Rows>,
    /// The number of rows of the first chunk that have been returned.
    given: usize,
}

impl<'p, F> Blocking<'p, F> {
    pub(crate) fn new(source: Source<'p>, run: F) -> Self {
        let reserved = Reservation::default();
        Self {
            intake: Intake { source, reserved },
            run,
            rows: None,
            given: 0,
        }
    }

    /// The next rows of the result, at most a chunk.
    fn part(&mut self) -> Option<Chunk> {
        let rows = self.rows.as_mut()?;
        let first = rows.chunks.front()?;
        let from = std::mem::take(&mut self.given);
        let to = first.len().min(from + CAPACITY);
        let part = match &rows.order {
            Some(order) => first.gather(&order[from..to], &first.slots()),
            None => first.slice(from..to),
        };
        if to < first.len() {
            self.given = to;
        } else {
            rows.chunks.pop_front();
        }
        Some(part)
    }
}

impl<'p, F> Operator for Blocking<'p, F>
where
    F: FnMut(&mut Intake<'p>, &mut Context<'_>) -> Collected,
{
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if self.rows.is_none() {
            self.rows = Some((self.run)(&mut self.intake, cx)?);
        }
        Ok(self.part())
    }

    fn reset(&mut self) {
        self.intake.source.reset();
        self.intake.release();
        (self.rows, self.given) = (None, 0);
    }
}
