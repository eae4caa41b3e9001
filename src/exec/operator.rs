//! The interface of operators. An operator pulls chunks from its inputs and does not know its consumer.

use std::{cell::RefCell, rc::Rc};

use crate::exec::{
    chunk::Chunk,
    context::{Context, Failure},
};

/// The next chunk; `None` after the last.
pub(crate) type Step = Result<Option<Chunk>, Failure>;

/// A source of chunks.
pub(crate) trait Operator {
    /// The next chunk. It may be empty. Not called again after `None` until a reset.
    fn next(&mut self, cx: &mut Context<'_>) -> Step;

    /// Returns to the start, inputs included: an inner plan is built once and runs for many chunks of outer rows.
    fn reset(&mut self);
}

/// The outer rows of an inner plan, shared by the operator that sets them and the leaves that read them.
#[derive(Clone, Default)]
pub(crate) struct Outer(Rc<RefCell<Chunk>>);

impl Outer {
    /// Reads the outer rows.
    pub(crate) fn with<T>(&self, read: impl FnOnce(&Chunk) -> T) -> T {
        read(&self.0.borrow())
    }
}

/// An inner plan, which runs for outer rows.
pub(crate) struct Inner<'p> {
    pub(crate) source: Source<'p>,
    pub(crate) outer: Outer,
}

impl Inner<'_> {
    /// Starts a run for these outer rows.
    pub(crate) fn begin(&mut self, outer: Chunk) {
        self.outer.0.replace(outer);
    }

    /// The next chunk of inner rows.
    pub(crate) fn next(&mut self, cx: &mut Context<'_>) -> Step {
        self.source.next(cx)
    }

    /// Ends the run, and releases what the plan keeps.
    pub(crate) fn end(&mut self) {
        self.source.reset();
    }
}

/// An operator as other operators see it: the one place where limits are checked and operators are measured.
pub(crate) struct Source<'p> {
    operator: Box<dyn Operator + 'p>,
    /// The id of its plan node, if it is the operator of one.
    id: Option<usize>,
    done: bool,
}

impl<'p> Source<'p> {
    pub(crate) fn new(operator: impl Operator + 'p, id: Option<usize>) -> Self {
        Self {
            operator: Box::new(operator),
            id,
            done: false,
        }
    }

    /// The next chunk that is not empty.
    pub(crate) fn next(&mut self, cx: &mut Context<'_>) -> Step {
        while !self.done {
            #[cfg(test)]
            crate::exec::tests::panics::step();
            let chunk = self.step(cx)?;
            cx.passed(chunk.as_ref().map_or(0, Chunk::len))?;
            #[cfg(test)]
            crate::exec::tests::panics::step();
            match chunk {
                None => self.done = true,
                Some(chunk) if chunk.is_empty() => {}
                Some(chunk) => return Ok(Some(chunk)),
            }
        }
        Ok(None)
    }

    /// Returns to the start.
    pub(crate) fn reset(&mut self) {
        self.done = false;
        self.operator.reset();
    }

    fn step(&mut self, cx: &mut Context<'_>) -> Step {
        let (Some(id), Some(clock)) = (self.id, cx.options.profile) else {
            return self.operator.next(cx);
        };
        cx.profile.enter(id);
        let start = clock();
        let step = self.operator.next(cx);
        let elapsed = clock().saturating_sub(start);
        let rows = match &step {
            Ok(Some(chunk)) => chunk.total(),
            Ok(None) | Err(_) => 0,
        };
        cx.profile.leave(elapsed, rows);
        step
    }
}
