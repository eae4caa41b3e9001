//! One row at a time, for an operator that must finish its work on a row before it begins with the next.

use crate::exec::{
    chunk::Chunk,
    context::Context,
    operator::{Operator, Source, Step},
};

pub(crate) struct OneByOne<'p> {
    input: Source<'p>,
    /// The chunk whose rows are returned, and the next of them.
    chunk: Option<(Chunk, usize)>,
}

impl<'p> OneByOne<'p> {
    pub(crate) fn new(input: Source<'p>) -> Self {
        Self { input, chunk: None }
    }
}

impl Operator for OneByOne<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if self.chunk.is_none() {
            self.chunk = self.input.next(cx)?.map(|chunk| (chunk, 0));
        }
        let Some((chunk, next)) = &mut self.chunk else {
            return Ok(None);
        };
        let row = chunk.row(*next);
        *next += 1;
        if *next == chunk.len() {
            self.chunk = None;
        }
        Ok(Some(row))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.chunk = None;
    }
}
