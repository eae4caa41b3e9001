//! `Sort`: the rows in the order of the sort keys. Ties keep their input order.

use std::cmp::Ordering;

use crate::{
    base::{Fault, Meter},
    exec::{
        chunk::Chunk,
        context::{Context, Failure, placeless},
        eval::eval_all,
        op::blocking::{Collected, Intake, Rows},
        order::{SortColumn, compare_rows, sorted_rows},
    },
    plan::{SlotSet, SortKey},
    value::{Column, number::order_floats, relation::order},
};

/// So many rows are selected without a question to the meter.
const FEW: usize = 1 << 18;

/// Chunks with the values of their sort keys.
#[derive(Default)]
pub(crate) struct Keyed {
    pub(crate) rows: Chunk,
    keys: Vec<Column>,
}

impl Keyed {
    pub(crate) fn new(
        chunk: &Chunk,
        keys: &[SortKey],
        live: &SlotSet,
        cx: &Context<'_>,
    ) -> Result<Self, Failure> {
        Ok(Self {
            rows: chunk.select(live),
            keys: eval_all(keys.iter().map(|key| &key.expr), chunk, cx)?,
        })
    }

    pub(crate) fn append(&mut self, other: Self) -> Result<(), Fault> {
        let (len, more) = (self.rows.len(), other.rows.len());
        if len == 0 {
            *self = other;
            return Ok(());
        }
        for (own, new) in self.keys.iter_mut().zip(&other.keys) {
            own.append(len, new, more)?;
        }
        self.rows.append(other.rows)
    }

    pub(crate) fn gather(&self, rows: &[u32]) -> Self {
        Self {
            rows: self.rows.gather(rows, &self.rows.slots()),
            keys: self.keys.iter().map(|column| column.gather(rows)).collect(),
        }
    }

    /// The numbers of the rows in order; ties keep their order.
    pub(crate) fn order(&self, keys: &[SortKey], cx: &Context<'_>) -> Result<Vec<u32>, Failure> {
        let columns = self.columns(keys, cx).map_err(placeless)?;
        sorted_rows(&columns, self.rows.len(), cx).map_err(placeless)
    }

    /// The numbers of the first `count` rows by the keys, in input order, and the position among them of the last by the
    /// keys. There must be as many rows.
    pub(crate) fn first(
        &self,
        count: usize,
        keys: &[SortKey],
        meter: &dyn Meter,
    ) -> Result<(Vec<u32>, usize), Fault> {
        let columns = self.columns(keys, meter)?;
        let mut rows: Vec<u32>;
        if self.rows.len() <= FEW {
            rows = (0..).take(self.rows.len()).collect();
            let compare = |a: &u32, b: &u32| compare_rows(&columns, *a, *b);
            rows.select_nth_unstable_by(count - 1, compare);
        } else {
            // A selection cannot be interrupted.
            rows = sorted_rows(&columns, self.rows.len(), meter)?;
        }
        rows.truncate(count);
        let last = rows[count - 1];
        rows.sort_unstable();
        let position = rows.partition_point(|row| *row < last);
        Ok((rows, position))
    }

    fn columns(&self, keys: &[SortKey], meter: &dyn Meter) -> Result<Vec<SortColumn<'_>>, Fault> {
        let len = self.rows.len();
        (self.keys.iter().zip(keys))
            .map(|(column, key)| SortColumn::new(column, key.descending, len, meter))
            .collect()
    }

    /// Compares a row with a row of another.
    pub(crate) fn compare(
        &self,
        row: usize,
        other: &Self,
        at: usize,
        keys: &[SortKey],
    ) -> Ordering {
        let mut columns = self.keys.iter().zip(&other.keys).zip(keys);
        let decided = columns.find_map(|((own, other), key)| {
            let order = compare(own, row, other, at);
            let order = if key.descending {
                order.reverse()
            } else {
                order
            };
            order.is_ne().then_some(order)
        });
        decided.unwrap_or(Ordering::Equal)
    }

    pub(crate) fn bytes(&self) -> u64 {
        let keys = self.keys.iter().map(|column| column.bytes(self.rows.len()));
        self.rows.bytes() + keys.sum::<u64>()
    }
}

fn compare(a: &Column, row: usize, b: &Column, at: usize) -> Ordering {
    match (a, b) {
        (Column::Integers(a), Column::Integers(b)) | (Column::Dates(a), Column::Dates(b)) => {
            nulls_last(a.get(row), b.get(at), i64::cmp)
        }
        (Column::Floats(a), Column::Floats(b)) => {
            nulls_last(a.get(row), b.get(at), |a, b| order_floats(*a, *b))
        }
        (Column::Strings(a, texts), Column::Strings(b, others)) => {
            let a = a.get(row).map(|code| &**texts.text(code));
            let b = b.get(at).map(|code| &**others.text(code));
            nulls_last(a, b, Ord::cmp)
        }
        _ => order(&a.peek(row), &b.peek(at)),
    }
}

fn nulls_last<T>(a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (&a, &b) {
        (Some(a), Some(b)) => compare(a, b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

pub(crate) fn sort(
    keys: &[SortKey],
    live: &SlotSet,
    input: &mut Intake<'_>,
    cx: &mut Context<'_>,
) -> Collected {
    let mut all = Keyed::default();
    while let Some(chunk) = input.next(cx)? {
        let keyed = Keyed::new(&chunk, keys, live, cx)?;
        input.reserve(keyed.bytes(), cx)?;
        all.append(keyed).map_err(placeless)?;
    }
    let order = all.order(keys, cx)?;
    Ok(Rows::ordered(all.rows, order))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::{Span, Unmetered},
        plan::{Expr, ExprKind, Slot},
    };

    #[test]
    fn the_first_rows_by_a_key_keep_ties_in_input_order() {
        let key = SortKey {
            expr: Expr {
                kind: ExprKind::Slot(Slot(0)),
                span: Span::default(),
            },
            descending: true,
        };
        let keyed = Keyed {
            rows: Chunk::of_len(7),
            keys: vec![Column::integers(vec![1, 3, 2, 3, 2, 2, 9])],
        };
        let keys = [key];
        let first = |count| keyed.first(count, &keys, &Unmetered).unwrap();
        assert_eq!(first(4), (vec![1, 2, 3, 6], 1));
        assert_eq!(first(1), (vec![6], 0));
        assert_eq!(first(7).0, [0, 1, 2, 3, 4, 5, 6]);
    }
}
