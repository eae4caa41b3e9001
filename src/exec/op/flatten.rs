//! `Flatten`: turns a row with multiplicity *n* into *n* rows, for operators that need them.

use crate::exec::{
    chunk::{CAPACITY, Chunk},
    context::Context,
    operator::{Operator, Source, Step},
};

pub(crate) struct Flatten<'p> {
    input: Source<'p>,
    chunk: Option<Chunk>,
    row: usize,
    /// The number of copies of the row at the cursor that have been returned.
    given: u64,
}

impl<'p> Flatten<'p> {
    pub(crate) fn new(input: Source<'p>) -> Self {
        Self {
            input,
            chunk: None,
            row: 0,
            given: 0,
        }
    }

    /// The numbers of the next rows, each repeated by its multiplicity, at most a chunk.
    fn rows(&mut self, chunk: &Chunk) -> Vec<u32> {
        let mut rows = Vec::new();
        while self.row < chunk.len() && rows.len() < CAPACITY {
            let left = chunk.multiplicity(self.row) - self.given;
            let taken = left.min((CAPACITY - rows.len()) as u64);
            // Both are at most the capacity of a chunk.
            rows.resize(rows.len() + taken as usize, self.row as u32);
            if taken < left {
                self.given += taken;
            } else {
                self.row += 1;
                self.given = 0;
            }
        }
        rows
    }
}

impl Operator for Flatten<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let chunk = match self.chunk.take() {
            Some(chunk) => chunk,
            None => match self.input.next(cx)? {
                Some(chunk) if chunk.multiplicities().is_some() => chunk,
                plain => return Ok(plain),
            },
        };
        let rows = self.rows(&chunk);
        let mut out = chunk.gather(&rows, &chunk.slots());
        out.set_multiplicities(None);
        if self.row < chunk.len() {
            self.chunk = Some(chunk);
        } else {
            self.row = 0;
        }
        Ok(Some(out))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.chunk = None;
        (self.row, self.given) = (0, 0);
    }
}
