//! Operators that read all of their input before they return the first row: the operator is a function.

use std::collections::VecDeque;

use crate::exec::{
    chunk::{CAPACITY, Chunk},
    context::{Context, Failure, Reservation},
    operator::{Operator, Source, Step},
};

/// The result of a blocking operator, in order.
pub(crate) type Chunks = VecDeque<Chunk>;

/// The result, or the failure that ends the statement.
pub(crate) type Collected = Result<Chunks, Failure>;

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

    /// Releases what is reserved.
    pub(crate) fn release(&mut self) {
        self.reserved.release();
    }
}

pub(crate) struct Blocking<'p, F> {
    intake: Intake<'p>,
    run: F,
    /// The rest of the result.
    rows: Option<Chunks>,
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
        let first = rows.front()?;
        let from = std::mem::take(&mut self.given);
        let to = first.len().min(from + CAPACITY);
        let part = first.slice(from..to);
        if to < first.len() {
            self.given = to;
        } else {
            rows.pop_front();
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
            let mut rows = (self.run)(&mut self.intake, cx)?;
            rows.retain(|chunk| !chunk.is_empty());
            self.rows = Some(rows);
        }
        Ok(self.part())
    }

    fn reset(&mut self) {
        self.intake.source.reset();
        self.intake.release();
        (self.rows, self.given) = (None, 0);
    }
}
