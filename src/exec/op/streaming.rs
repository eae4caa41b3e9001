//! Operators that turn each chunk of their input into a chunk by itself: the operator is a function.

use crate::exec::{
    chunk::Chunk,
    context::{Context, Failure},
    operator::{Operator, Source, Step},
};

pub(crate) struct Streaming<'p, F> {
    pub(crate) input: Source<'p>,
    pub(crate) body: F,
}

impl<F> Operator for Streaming<'_, F>
where
    F: FnMut(Chunk, &mut Context<'_>) -> Result<Chunk, Failure>,
{
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        match self.input.next(cx)? {
            Some(chunk) => (self.body)(chunk, cx).map(Some),
            None => Ok(None),
        }
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
