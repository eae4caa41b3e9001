//! `Eager`: reads all input rows before it returns the first.

use crate::{
    exec::{
        context::{Context, Failure},
        op::blocking::{Chunks, Intake},
    },
    plan::SlotSet,
};

pub(crate) fn eager(
    live: &SlotSet,
    input: &mut Intake<'_>,
    cx: &mut Context<'_>,
) -> Result<Chunks, Failure> {
    let mut rows = Chunks::new();
    while let Some(chunk) = input.next(cx)? {
        let chunk = chunk.select(live);
        input.reserve(chunk.bytes(), cx)?;
        rows.push_back(chunk);
    }
    Ok(rows)
}
