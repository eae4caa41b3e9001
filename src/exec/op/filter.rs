//! `Filter`: the rows for which every predicate is true.

use crate::{
    base::At,
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::eval,
        operator::{Operator, Source, Step},
    },
    plan::{Expr, Slot, SlotSet},
};

pub(crate) struct Filter<'p> {
    input: Source<'p>,
    predicates: &'p [Expr],
    /// The slots that are live above or read by a predicate.
    live: SlotSet,
    /// For each predicate, the slots that it reads last.
    dying: Vec<Vec<Slot>>,
}

impl<'p> Filter<'p> {
    pub(crate) fn new(input: Source<'p>, predicates: &'p [Expr], live: &SlotSet) -> Self {
        let mut needed = live.clone();
        let mut dying = Vec::with_capacity(predicates.len());
        for predicate in predicates.iter().rev() {
            let mut last = predicate.slots();
            last.subtract(&needed);
            needed.unite(&last);
            dying.push(last.iter().collect());
        }
        dying.reverse();
        Self {
            input,
            predicates,
            live: needed,
            dying,
        }
    }
}

/// The rows of a chunk for which a predicate is true, with the live slots.
pub(crate) fn keep(
    predicate: &Expr,
    chunk: &Chunk,
    live: &SlotSet,
    cx: &Context<'_>,
) -> Result<Chunk, Failure> {
    let column = eval(predicate, chunk, cx)?;
    let answers = column.truths(chunk.len()).at(predicate.span)?;
    let mut kept = Vec::with_capacity(chunk.len());
    kept.extend(
        (0_u32..)
            .zip(&*answers)
            .filter(|(_, answer)| **answer == Some(true))
            .map(|(row, _)| row),
    );
    Ok(chunk.gather(&kept, live))
}

impl Operator for Filter<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(mut chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        let mut live = self.live.clone();
        for (predicate, dying) in self.predicates.iter().zip(&self.dying) {
            if chunk.is_empty() {
                break;
            }
            dying.iter().for_each(|slot| live.remove(*slot));
            chunk = keep(predicate, &chunk, &live, cx)?;
        }
        Ok(Some(chunk))
    }

    fn reset(&mut self) {
        self.input.reset();
    }
}
