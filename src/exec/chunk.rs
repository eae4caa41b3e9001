//! A batch of rows: columns by slot, and the multiplicity of each row. Only this file knows the layout.

use std::{borrow::Cow, ops::Range, sync::Arc};

use crate::{
    base::{Code, Fault, Room as _},
    exec::context::{Failure, limit, row_number},
    plan::{Slot, SlotSet},
    value::{Column, NodeId},
};

/// Maximum number of rows that operators put into a chunk. Chunks of rows that were kept may be larger.
pub(crate) const CAPACITY: usize = 2_048;

/// Rows. Cloning shares the columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk {
    len: usize,
    /// In the order of their slots.
    columns: Vec<(Slot, Column)>,
    /// The multiplicity of each row; `None` if all are one.
    multiplicity: Option<Arc<Vec<u64>>>,
}

impl Chunk {
    /// Rows without slots.
    pub(crate) fn of_len(len: usize) -> Self {
        Self {
            len,
            ..Self::default()
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The column of a slot.
    ///
    /// A valid plan reads only slots that are filled (see `plan::check`), and live slots are never dropped.
    pub(crate) fn column(&self, slot: Slot) -> &Column {
        self.get(slot).expect("a slot is filled before it is read")
    }

    pub(crate) fn get(&self, slot: Slot) -> Option<&Column> {
        let at = self.position(slot).ok()?;
        Some(&self.columns[at].1)
    }

    /// The position of the column of a slot, or the position where it belongs.
    fn position(&self, slot: Slot) -> Result<usize, usize> {
        self.columns.binary_search_by_key(&slot, |(own, _)| *own)
    }

    /// The nodes of a slot; a fault if a value is neither a node nor null.
    pub(crate) fn nodes(&self, slot: Slot) -> Result<Cow<'_, [NodeId]>, Fault> {
        self.column(slot).as_nodes(self.len)
    }

    /// The numbers of outer rows in a slot of inner rows.
    pub(crate) fn row_numbers(&self, slot: Slot) -> Vec<usize> {
        let column = self.column(slot);
        if let Column::Integers(numbers) = column {
            // Outer rows are at most a chunk.
            return numbers.values().iter().map(|row| *row as usize).collect();
        }
        let numbers = (0..self.len).map(|row| row_number(&column.peek(row)));
        let numbers: Option<_> = numbers.collect();
        numbers.expect("inner rows carry the number of their outer row")
    }

    /// The slots that are filled.
    pub(crate) fn slots(&self) -> SlotSet {
        self.columns.iter().map(|(slot, _)| *slot).collect()
    }

    /// Fills a slot.
    pub(crate) fn put(&mut self, slot: Slot, column: Column) {
        match self.position(slot) {
            Ok(at) => self.columns[at].1 = column,
            Err(at) => self.columns.insert(at, (slot, column)),
        }
    }

    /// The multiplicity of a row.
    pub(crate) fn multiplicity(&self, row: usize) -> u64 {
        self.multiplicity.as_ref().map_or(1, |counts| counts[row])
    }

    /// The multiplicity of each row; `None` if all are one.
    pub(crate) fn multiplicities(&self) -> Option<&[u64]> {
        self.multiplicity.as_ref().map(|counts| counts.as_slice())
    }

    pub(crate) fn set_multiplicities(&mut self, counts: Option<Vec<u64>>) {
        self.multiplicity = counts.map(Arc::new);
    }

    /// Multiplies the multiplicity of each row by a factor.
    pub(crate) fn multiply(&mut self, factors: &[u64]) -> Result<(), Failure> {
        let product = |(row, factor): (usize, &u64)| self.multiplicity(row).checked_mul(*factor);
        let counts: Option<Vec<_>> = factors.iter().enumerate().map(product).collect();
        let counts = counts.ok_or_else(too_many)?;
        self.set_multiplicities(Some(counts));
        Ok(())
    }

    /// The sum of all multiplicities.
    pub(crate) fn total(&self) -> u64 {
        match self.multiplicities() {
            None => self.len as u64,
            Some(counts) => counts
                .iter()
                .fold(0, |sum, count| sum.saturating_add(*count)),
        }
    }

    /// The given rows, in that order, with the live slots.
    pub(crate) fn gather(&self, rows: &[u32], live: &SlotSet) -> Self {
        if self.is_all(rows) {
            return self.select(live);
        }
        let counts = self.multiplicities();
        let counts = counts.map(|counts| rows.iter().map(|row| counts[*row as usize]).collect());
        let out = self.map(rows.len(), live, |column| match self.len {
            1 => Column::Constant(column.value(0)),
            _ => column.gather(rows),
        });
        out.with_multiplicities(counts)
    }

    /// Rows with columns that are made from those of the live slots; their multiplicity is one.
    fn map(&self, len: usize, live: &SlotSet, column: impl Fn(&Column) -> Column) -> Self {
        let live = self.columns.iter().filter(|(slot, _)| live.contains(*slot));
        Self {
            len,
            columns: live.map(|(slot, own)| (*slot, column(own))).collect(),
            multiplicity: None,
        }
    }

    fn with_multiplicities(mut self, counts: Option<Vec<u64>>) -> Self {
        self.set_multiplicities(counts);
        self
    }

    /// True if the rows are all rows in order.
    fn is_all(&self, rows: &[u32]) -> bool {
        rows.len() == self.len && rows.iter().zip(0..).all(|(row, at)| *row == at)
    }

    /// The rows of a range.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        if range == (0..self.len) {
            return self.clone();
        }
        let counts = self.multiplicities();
        let counts = counts.map(|counts| counts[range.clone()].to_vec());
        let out = self.map(range.len(), &self.slots(), |column| {
            column.slice(range.start, range.end)
        });
        out.with_multiplicities(counts)
    }

    /// One row, with multiplicity one.
    pub(crate) fn row(&self, row: usize) -> Self {
        self.repeat(row, 1, &self.slots())
    }

    /// One row, repeated, with the live slots.
    pub(crate) fn repeat(&self, row: usize, len: usize, live: &SlotSet) -> Self {
        self.map(len, live, |column| Column::Constant(column.value(row)))
    }

    /// The rows with the live slots only.
    pub(crate) fn select(&self, live: &SlotSet) -> Self {
        Self {
            multiplicity: self.multiplicity.clone(),
            ..self.map(self.len, live, Column::clone)
        }
    }

    /// Adds the rows of another chunk. The first chunk decides which slots there are.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory. The chunk is of no use then.
    pub(crate) fn append(&mut self, other: Self) -> Result<(), Fault> {
        if self.len == 0 {
            *self = other;
            return Ok(());
        }
        if self.multiplicity.is_some() || other.multiplicity.is_some() {
            let own = self.multiplicity.take();
            let mut counts = own.map_or_else(|| vec![1; self.len], Arc::unwrap_or_clone);
            counts.make_room(other.len)?;
            counts.extend((0..other.len).map(|row| other.multiplicity(row)));
            self.set_multiplicities(Some(counts));
        }
        for (slot, column) in &mut self.columns {
            column.append(self.len, other.column(*slot), other.len)?;
        }
        self.len += other.len;
        Ok(())
    }

    /// A chunk with these columns only, each in another slot.
    pub(crate) fn renamed(&self, names: &[(Slot, Slot)]) -> Self {
        let columns = names.iter();
        let columns = columns.map(|(to, from)| (*to, self.column(*from).clone()));
        let mut columns: Vec<_> = columns.collect();
        columns.sort_by_key(|(slot, _)| *slot);
        Self {
            len: self.len,
            columns,
            multiplicity: self.multiplicity.clone(),
        }
    }

    /// Adds the columns of another chunk with the same number of rows.
    pub(crate) fn join(&mut self, other: Self) {
        let columns = other.columns.into_iter();
        columns.for_each(|(slot, column)| self.put(slot, column));
    }

    /// Approximate bytes of the rows.
    pub(crate) fn bytes(&self) -> u64 {
        let columns = self.columns.iter();
        let columns: u64 = columns.map(|(_, column)| column.bytes(self.len)).sum();
        let counts = self.multiplicities().map_or(0, size_of_val);
        columns + counts as u64
    }
}

/// The numbers of the rows for which a test holds; `items` has one per row.
pub(crate) fn rows_where<T>(
    items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
    test: impl Fn(&T) -> bool,
) -> Vec<u32> {
    let items = items.into_iter();
    let mut rows = vec![0; items.len()];
    let mut count = 0;
    // Without a branch: a test with mixed answers is not predictable.
    for (row, item) in (0..).zip(items) {
        rows[count] = row;
        count += usize::from(test(&item));
    }
    rows.truncate(count);
    rows
}

/// The failure for a number of rows that exceeds 64 bits.
pub(crate) fn too_many() -> Failure {
    let message = "there are more rows than 64 bits can count";
    limit(Code::NumericOverflow, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[i64]) -> Chunk {
        let mut chunk = Chunk::of_len(values.len());
        chunk.put(Slot(0), Column::integers(values.to_vec()));
        chunk
    }

    fn shown(chunk: &Chunk) -> Vec<(i64, u64)> {
        let values = (0..chunk.len()).map(|row| match chunk.column(Slot(0)).value(row) {
            crate::value::Value::Integer(value) => (value, chunk.multiplicity(row)),
            other => panic!("{other:?}"),
        });
        values.collect()
    }

    #[test]
    fn rows_are_picked_with_what_they_stand_for() {
        let live = [Slot(0)].into_iter().collect();
        let mut chunk = numbers(&[5, 6, 7]);
        chunk.set_multiplicities(Some(vec![1, 2, 3]));
        assert_eq!(
            shown(&chunk.gather(&[2, 2, 0], &live)),
            [(7, 3), (7, 3), (5, 1)]
        );
        assert_eq!(shown(&chunk.slice(1..2)), [(6, 2)]);
        assert_eq!(chunk.total(), 6);
        assert_eq!(shown(&chunk.row(1)), [(6, 1)]);
    }

    #[test]
    fn rows_that_stand_for_many_join_rows_that_do_not() {
        let mut chunk = numbers(&[5]);
        let mut other = numbers(&[6]);
        other.set_multiplicities(Some(vec![4]));
        chunk.append(other).unwrap();
        chunk.append(numbers(&[7])).unwrap();
        assert_eq!(shown(&chunk), [(5, 1), (6, 4), (7, 1)]);
    }

    #[test]
    fn dead_slots_are_dropped() {
        let chunk = numbers(&[5, 6]).gather(&[1], &SlotSet::default());
        assert!(chunk.get(Slot(0)).is_none() && chunk.len() == 1);
    }
}
