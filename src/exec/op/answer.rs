//! `ExistsApply`, `CountApply`, `CollectApply`, `SemiApply`, `AntiApply` and `EffectApply`: answers for each row what the rows
//! of an inner plan say about it.

use crate::{
    exec::{
        account::Reservation,
        chunk::{Chunk, rows_where, too_many},
        context::{Answered, Context, Failure},
        op::flatten::Flatten,
        operator::{Inner, Source},
    },
    plan::{ApplyKind, Slot, SlotSet},
    value::{Column, Value},
};

pub(crate) struct Answer<'p> {
    inner: Inner<'p>,
    /// The slot of the outer row's number.
    row: Slot,
    kind: &'p ApplyKind,
    live: &'p SlotSet,
}

impl<'p> Answer<'p> {
    pub(crate) fn new(
        mut inner: Inner<'p>,
        row: Slot,
        kind: &'p ApplyKind,
        live: &'p SlotSet,
    ) -> Self {
        if matches!(kind, ApplyKind::Collect { .. }) {
            // A list has an element per row.
            inner.source = Source::new(Flatten::new(inner.source), None);
        }
        Self {
            inner,
            row,
            kind,
            live,
        }
    }

    /// The outer rows with their answers.
    pub(crate) fn run(&mut self, outer: &Chunk, cx: &mut Context<'_>) -> Result<Chunk, Failure> {
        self.inner.begin(outer.clone());
        let mut out = outer.select(self.live);
        match self.kind {
            ApplyKind::Inner { .. } | ApplyKind::Optional { .. } => {
                unreachable!("these extend their rows")
            }
            ApplyKind::Exists(slot) => {
                let found = self.exists(outer.len(), cx)?.into_iter();
                out.put(*slot, Column::booleans(found.map(Some).collect()));
            }
            ApplyKind::Count(slot) => out.put(*slot, self.count(outer.len(), cx)?),
            ApplyKind::Collect { list, value } => {
                out.put(*list, self.collect(*value, outer.len(), cx)?);
            }
            ApplyKind::Semi => out = self.choose(outer, true, cx)?,
            ApplyKind::Anti => out = self.choose(outer, false, cx)?,
            ApplyKind::Effect => while self.inner.next(cx)?.is_some() {},
        }
        self.inner.end();
        Ok(out)
    }

    /// The outer rows that have inner rows (`wanted`), or those that have none.
    fn choose(
        &mut self,
        outer: &Chunk,
        wanted: bool,
        cx: &mut Context<'_>,
    ) -> Result<Chunk, Failure> {
        let found = self.exists(outer.len(), cx)?;
        let kept = rows_where(found, |found| *found == wanted);
        Ok(outer.gather(&kept, self.live))
    }

    /// For each outer row, whether it has an inner row. Stops when all have one.
    fn exists(&mut self, len: usize, cx: &mut Context<'_>) -> Result<Vec<bool>, Failure> {
        let own = cx.answered.len();
        cx.answered.push(Answered {
            row: self.row,
            done: vec![false; len],
        });
        let mut open = len;
        while open > 0
            && let Some(chunk) = self.inner.next(cx)?
        {
            let done = &mut cx.answered[own].done;
            for outer in chunk.row_numbers(self.row) {
                open -= usize::from(!std::mem::replace(&mut done[outer], true));
            }
        }
        Ok(cx.answered.remove(own).done)
    }

    fn count(&mut self, len: usize, cx: &mut Context<'_>) -> Result<Column, Failure> {
        let mut counts = vec![0_i64; len];
        while let Some(chunk) = self.inner.next(cx)? {
            for (row, outer) in chunk.row_numbers(self.row).into_iter().enumerate() {
                let more = i64::try_from(chunk.multiplicity(row)).map_err(|_| too_many())?;
                counts[outer] = counts[outer].checked_add(more).ok_or_else(too_many)?;
            }
        }
        Ok(Column::integers(counts))
    }

    fn collect(
        &mut self,
        value: Slot,
        len: usize,
        cx: &mut Context<'_>,
    ) -> Result<Column, Failure> {
        let mut lists = vec![Vec::new(); len];
        let mut reserved = Reservation::default();
        while let Some(chunk) = self.inner.next(cx)? {
            let values = chunk.column(value);
            cx.reserve(&mut reserved, values.bytes(chunk.len()))?;
            for (row, outer) in chunk.row_numbers(self.row).into_iter().enumerate() {
                lists[outer].push(values.value(row));
            }
        }
        Ok(Column::values(lists.into_iter().map(Value::list).collect()))
    }
}
