//! `Eager`: reads all input rows before it returns the first.

use std::collections::VecDeque;

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Reservation},
        operator::{Operator, Source, Step},
    },
    plan::SlotSet,
};

pub(crate) struct Eager<'p> {
    input: Source<'p>,
    live: &'p SlotSet,
    chunks: Option<VecDeque<Chunk>>,
    reserved: Reservation,
}

impl<'p> Eager<'p> {
    pub(crate) fn new(input: Source<'p>, live: &'p SlotSet) -> Self {
        Self {
            input,
            live,
            chunks: None,
            reserved: Reservation::default(),
        }
    }
}

impl Operator for Eager<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if let Some(chunks) = &mut self.chunks {
            return Ok(chunks.pop_front());
        }
        let mut chunks = VecDeque::new();
        while let Some(chunk) = self.input.next(cx)? {
            let chunk = chunk.select(self.live);
            cx.reserve(&mut self.reserved, chunk.bytes())?;
            chunks.push_back(chunk);
        }
        let first = chunks.pop_front();
        self.chunks = Some(chunks);
        Ok(first)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.chunks = None;
        self.reserved.release();
    }
}
