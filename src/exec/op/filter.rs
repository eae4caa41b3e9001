//! `Filter`: the rows for which every predicate is true.

use crate::{
    base::At,
    exec::{
        chunk::{Chunk, rows_where},
        context::{Context, Failure},
        eval::eval,
    },
    plan::{Expr, SlotSet},
};

/// For each predicate, the slots that are live after it.
pub(crate) fn live_after(predicates: &[Expr], live: &SlotSet) -> Vec<SlotSet> {
    let mut needed = live.clone();
    let mut lives = Vec::with_capacity(predicates.len());
    for predicate in predicates.iter().rev() {
        lives.push(needed.clone());
        predicate.add_slots(&mut needed);
    }
    lives.reverse();
    lives
}

pub(crate) fn filter(
    predicates: &[Expr],
    live: &[SlotSet],
    mut chunk: Chunk,
    cx: &Context<'_>,
) -> Result<Chunk, Failure> {
    for (predicate, live) in predicates.iter().zip(live) {
        if chunk.is_empty() {
            break;
        }
        let column = eval(predicate, &chunk, cx)?;
        let answers = column.truths(chunk.len()).at(predicate.span)?;
        let kept = rows_where(&*answers, |answer| **answer == Some(true));
        chunk = chunk.gather(&kept, live);
    }
    Ok(chunk)
}
