//! `Distinct`: the first of the rows that agree in some slots.

use crate::{
    exec::{
        account::Reservation,
        context::{Context, placeless},
        operator::{Operator, Source, Step},
        seen::Seen,
    },
    plan::{Slot, SlotSet},
};

pub(crate) struct Distinct<'p> {
    input: Source<'p>,
    keys: &'p [Slot],
    live: &'p SlotSet,
    seen: Seen,
    reserved: Reservation,
}

impl<'p> Distinct<'p> {
    pub(crate) fn new(input: Source<'p>, keys: &'p [Slot], live: &'p SlotSet) -> Self {
        Self {
            input,
            keys,
            live,
            seen: Seen::default(),
            reserved: Reservation::default(),
        }
    }
}

impl Operator for Distinct<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        let keys: Vec<_> = self.keys.iter().map(|slot| chunk.column(*slot)).collect();
        let (fresh, bytes) = self.seen.fresh(&keys, chunk.len(), cx).map_err(placeless)?;
        let mut out = chunk.gather(&fresh, self.live);
        out.set_multiplicities(None);
        let kept: u64 = keys.iter().map(|column| column.bytes(chunk.len())).sum();
        let share = kept * out.len() as u64 / chunk.len().max(1) as u64;
        cx.reserve(&mut self.reserved, share + bytes)?;
        Ok(Some(out))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.seen = Seen::default();
        self.reserved.release();
    }
}
