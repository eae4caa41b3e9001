//! `Eager`: reads all input rows before it returns the first.

use crate::{
    exec::{
        context::Context,
        op::blocking::{Collected, Intake, Rows},
    },
    plan::SlotSet,
};

pub(crate) fn eager(live: &SlotSet, input: &mut Intake<'_>, cx: &mut Context<'_>) -> Collected {
    let mut rows = Rows::default();
    while let Some(chunk) = input.next(cx)? {
        let chunk = chunk.select(live);
        input.reserve(chunk.bytes(), cx)?;
        rows.push(chunk);
    }
    Ok(rows)
}
