//! Operators: each pulls chunks from its inputs and knows nothing of what pulls from it.

pub(crate) mod aggregate;
pub(crate) mod apply;
pub(crate) mod argument;
pub(crate) mod by_length;
pub(crate) mod compact;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod distinct;
pub(crate) mod eager;
pub(crate) mod edge_scan;
pub(crate) mod expand;
pub(crate) mod expand_into;
pub(crate) mod fan_out;
pub(crate) mod filter;
pub(crate) mod flatten;
pub(crate) mod foreach;
pub(crate) mod hash_join;
pub(crate) mod index_seek;
pub(crate) mod intersect;
pub(crate) mod limit;
pub(crate) mod merge;
pub(crate) mod near;
pub(crate) mod node_scan;
pub(crate) mod passing_path;
pub(crate) mod procedure_call;
pub(crate) mod project;
pub(crate) mod set;
pub(crate) mod shortest_path;
pub(crate) mod sort;
pub(crate) mod step;
pub(crate) mod store;
pub(crate) mod top_k;
pub(crate) mod union;
pub(crate) mod unwind;
pub(crate) mod var_expand;

use crate::exec::{
    chunk::Chunk,
    context::{Context, Failure},
};

/// A chunk, or nothing where there are no more.
pub(crate) type Step = Result<Option<Chunk>, Failure>;

/// A source of chunks.
pub(crate) trait Operator {
    /// The next chunk. It may be empty; what comes after the last is not asked for.
    fn next(&mut self, cx: &mut Context<'_>) -> Step;
}

/// An operator as others see it: the one place where limits are checked and operators are measured.
pub(crate) struct Source<'p> {
    operator: Box<dyn Operator + 'p>,
    /// Its position in the profile.
    position: Option<usize>,
    done: bool,
}

impl<'p> Source<'p> {
    pub(crate) fn new(operator: impl Operator + 'p, position: Option<usize>) -> Self {
        Self {
            operator: Box::new(operator),
            position,
            done: false,
        }
    }

    /// The next chunk that is not empty.
    pub(crate) fn next(&mut self, cx: &mut Context<'_>) -> Step {
        while !self.done {
            cx.check()?;
            match self.step(cx)? {
                None => self.done = true,
                Some(chunk) if chunk.is_empty() => {}
                Some(chunk) => return Ok(Some(chunk)),
            }
        }
        Ok(None)
    }

    fn step(&mut self, cx: &mut Context<'_>) -> Step {
        let (Some(position), Some(clock)) = (self.position, cx.options.profile) else {
            return self.operator.next(cx);
        };
        if let Some(profile) = &mut cx.profile {
            profile.enter(position);
        }
        let start = clock();
        let step = self.operator.next(cx);
        let elapsed = clock().saturating_sub(start);
        let rows = step
            .as_ref()
            .ok()
            .and_then(Option::as_ref)
            .map_or(0, Chunk::total);
        if let Some(profile) = &mut cx.profile {
            profile.leave(elapsed, rows);
        }
        step
    }
}
