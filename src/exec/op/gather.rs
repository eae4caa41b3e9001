//! `Gather`: the rows of a pipeline that threads run, in the order of the ranges of its scan. One thread alone runs the
//! pipeline as if there were no ranges, because rows that are kept are no longer in the caches.

use std::{collections::VecDeque, rc::Rc};

use crate::exec::{
    account::Reservation,
    chunk::Chunk,
    context::{Context, Failure},
    op::parts::Parts,
    operator::{Operator, Source, Step},
};

/// The number of ranges per thread whose rows are kept at a time.
const KEPT: usize = 4;

pub(crate) struct Gather<'p> {
    parts: Rc<Parts<'p>>,
    ready: VecDeque<Rows>,
    /// The rows of the rest, on one thread.
    rest: Option<Source<'p>>,
}

/// The rows of a range.
#[derive(Default)]
struct Rows {
    chunks: VecDeque<Chunk>,
    reserved: Reservation,
}

impl<'p> Gather<'p> {
    /// The rows of the ranges that are not taken otherwise.
    pub(crate) fn new(parts: Rc<Parts<'p>>) -> Self {
        Self {
            parts,
            ready: VecDeque::new(),
            rest: None,
        }
    }
}

/// All rows of a range.
fn collect(source: &mut Source<'_>, cx: &mut Context<'_>) -> Result<Rows, Failure> {
    let mut rows = Rows::default();
    while let Some(chunk) = source.next(cx)? {
        cx.reserve(&mut rows.reserved, chunk.bytes())?;
        rows.chunks.push_back(chunk);
    }
    Ok(rows)
}

impl Operator for Gather<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        loop {
            while let Some(rows) = self.ready.front_mut() {
                if let Some(chunk) = rows.chunks.pop_front() {
                    return Ok(Some(chunk));
                }
                self.ready.pop_front();
            }
            if let Some(rest) = &mut self.rest {
                return rest.next(cx);
            }
            if cx.threads() == 1 {
                self.rest = self.parts.rest(cx)?;
                if self.rest.is_none() {
                    return Ok(None);
                }
                continue;
            }
            let most = KEPT * cx.threads();
            self.ready.extend(self.parts.run(most, cx, collect)?);
            if self.ready.is_empty() {
                return Ok(None);
            }
        }
    }

    fn reset(&mut self) {
        self.ready.clear();
        self.rest = None;
        self.parts.reset();
    }
}
