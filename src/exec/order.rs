//! Sort keys in a form that is fast to compare: one word per row that includes nulls and the direction.

use std::cmp::Ordering;

use crate::{
    base::{Fault, Meter, merge_sorted, room},
    exec::kernel::Distinct,
    value::{Column, Dictionary, column::Typed, relation::order},
};

/// The values of one sort key in some rows.
pub(crate) enum SortColumn<'a> {
    /// Words that compare as the values do, in the direction of the key.
    Words(Vec<Word>),
    /// Values, with whether the key is descending.
    Values(&'a Column, bool),
}

/// The work of a comparison in a sort, in bytes: of words, and of values.
const CHEAP: usize = 16;
const COSTLY: usize = 256;

/// The number of words that are made between two questions to the meter.
const PART: usize = 1 << 16;

/// A value below `NULL`, or `NULL`; complemented for a descending key.
pub(crate) type Word = u128;

/// Nulls come after all values, which have 64 bits.
const NULL: Word = 1 << 64;

impl<'a> SortColumn<'a> {
    /// The values of `len` rows.
    ///
    /// # Errors
    /// Those of `meter`, and `MemoryLimit` if the system does not give the memory.
    pub(crate) fn new(
        column: &'a Column,
        descending: bool,
        len: usize,
        meter: &dyn Meter,
    ) -> Result<Self, Fault> {
        let Some(words) = words(column, descending, len, meter) else {
            return Ok(Self::Values(column, descending));
        };
        words.map(Self::Words)
    }

    fn compare(&self, a: u32, b: u32) -> Ordering {
        let (a, b) = (a as usize, b as usize);
        match self {
            Self::Words(words) => words[a].cmp(&words[b]),
            Self::Values(column, false) => order(&column.peek(a), &column.peek(b)),
            Self::Values(column, true) => order(&column.peek(b), &column.peek(a)),
        }
    }
}

/// The order of two rows by all keys; ties by the number of the row.
pub(crate) fn compare_rows(columns: &[SortColumn<'_>], a: u32, b: u32) -> Ordering {
    let mut orders = columns.iter().map(|column| column.compare(a, b));
    let decided = orders.find(|order| order.is_ne());
    decided.unwrap_or_else(|| a.cmp(&b))
}

/// The numbers of the rows in order; ties keep the order of the rows. The sort stops where `meter` fails.
pub(crate) fn sorted_rows(
    columns: &[SortColumn<'_>],
    len: usize,
    meter: &dyn Meter,
) -> Result<Vec<u32>, Fault> {
    let rows = (0..).take(len);
    if let [SortColumn::Words(words)] = columns {
        // A word that includes the row number is compared without the column.
        let numbered = words.iter().zip(rows);
        let numbered = numbered.map(|(word, row): (_, u32)| word << 32 | Word::from(row));
        let mut items = room::vector(len)?;
        items.extend(numbered);
        let numbered = merge_sorted(items, Word::cmp, CHEAP, meter)?;
        return Ok(numbered.into_iter().map(|word| word as u32).collect());
    }
    let compare = |a: &u32, b: &u32| compare_rows(columns, *a, *b);
    merge_sorted(rows.collect(), compare, COSTLY, meter)
}

/// The words of a key; `None` if the column has values of any types.
fn words(
    column: &Column,
    descending: bool,
    len: usize,
    meter: &dyn Meter,
) -> Option<Result<Vec<Word>, Fault>> {
    let all = Collect { descending, meter };
    Some(match column {
        Column::Nodes(nodes) => all.words(nodes.iter().map(|node| id(node.0)), u64::from),
        Column::Edges(edges) => all.words(edges.iter().map(|edge| id(edge.0)), u64::from),
        Column::Integers(values) | Column::Dates(values) => all.words(values.iter(), integer),
        Column::Floats(values) => all.words(values.iter(), float),
        Column::Booleans(values) => all.words(values.iter().copied(), u64::from),
        Column::Strings(codes, texts) => {
            ranks(codes, texts, meter).and_then(|ranks| all.words(ranks.iter(), u64::from))
        }
        // All rows are ties.
        Column::Constant(_) => all.words((0..len).map(|_| None::<u64>), u64::from),
        Column::Values(_) => return None,
    })
}

/// How words are made.
struct Collect<'c> {
    descending: bool,
    meter: &'c dyn Meter,
}

impl Collect<'_> {
    fn words<T>(
        &self,
        mut items: impl ExactSizeIterator<Item = Option<T>>,
        word: impl Fn(T) -> u64,
    ) -> Result<Vec<Word>, Fault> {
        let mut words = room::vector(items.len())?;
        while items.len() > 0 {
            self.meter.worked(PART * size_of::<Word>())?;
            let part = items.by_ref().take(PART);
            words.extend(part.map(|item| {
                let ascending = item.map_or(NULL, |item| word(item).into());
                match self.descending {
                    true => NULL - ascending,
                    false => ascending,
                }
            }));
        }
        Ok(words)
    }
}

/// `NONE` is null.
fn id(id: u32) -> Option<u32> {
    (id != u32::MAX).then_some(id)
}

fn integer(value: i64) -> u64 {
    value.cast_unsigned() ^ 1 << 63
}

/// The order of floats as an order of words: `-0.0` equals `0.0`, and NaN comes last.
fn float(value: f64) -> u64 {
    if value.is_nan() {
        return u64::MAX;
    }
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 0 {
        bits | 1 << 63
    } else {
        !bits
    }
}

/// The position of each string in the order of the distinct strings of the column.
fn ranks(codes: &Typed<u32>, texts: &Dictionary, meter: &dyn Meter) -> Result<Typed<u32>, Fault> {
    let distinct = Distinct::new(codes, texts.len());
    let text = |position: u32| &**texts.text(distinct.codes[position as usize]);
    let order: Vec<u32> = (0..).take(distinct.codes.len()).collect();
    let order = merge_sorted(order, |a, b| text(*a).cmp(text(*b)), COSTLY, meter)?;
    let mut ranks = vec![0; order.len()];
    for (rank, position) in (0..).zip(order) {
        ranks[position as usize] = rank;
    }
    let rank = |position: u32| ranks[position as usize];
    Ok(distinct.rows.iter().map(|row| row.map(rank)).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        base::Unmetered,
        value::{EdgeId, NodeId, Text, Value},
    };

    fn columns() -> Vec<Column> {
        let texts: Arc<Dictionary> = Arc::new(["b", "", "a"].into_iter().map(Text::from).collect());
        let codes = [Some(0), None, Some(1), Some(2), Some(0)];
        vec![
            Column::Integers(
                [Some(1), Some(i64::MIN), None, Some(1), Some(i64::MAX)]
                    .into_iter()
                    .collect(),
            ),
            Column::floats(vec![f64::NAN, -0.0, 0.0, f64::NEG_INFINITY, -1.5]),
            Column::Floats(
                [
                    None,
                    Some(f64::INFINITY),
                    Some(-f64::NAN),
                    Some(1.0),
                    Some(2.0),
                ]
                .into_iter()
                .collect(),
            ),
            Column::booleans(vec![Some(true), None, Some(false), Some(true), None]),
            Column::Strings(codes.into_iter().collect(), texts),
            Column::nodes(vec![
                NodeId(3),
                NodeId::NONE,
                NodeId(0),
                NodeId(3),
                NodeId(9),
            ]),
            Column::edges(vec![
                EdgeId(3),
                EdgeId::NONE,
                EdgeId(0),
                EdgeId(3),
                EdgeId(9),
            ]),
            Column::values(vec![
                1.into(),
                "a".into(),
                Value::Null,
                0.5.into(),
                true.into(),
            ]),
            Column::Constant(1.into()),
        ]
    }

    fn rows(keys: &[SortColumn<'_>]) -> Vec<u32> {
        sorted_rows(keys, 5, &Unmetered).unwrap()
    }

    #[test]
    fn columns_sort_as_their_values() {
        let columns = columns();
        for (a, b) in columns
            .iter()
            .flat_map(|a| columns.iter().map(move |b| (a, b)))
        {
            for (down, up) in [(true, false), (false, true)] {
                let keys = [(a, down), (b, up)].map(|(column, descending)| {
                    SortColumn::new(column, descending, 5, &Unmetered).unwrap()
                });
                let mut expected: Vec<u32> = (0..5).collect();
                let compare = |column: &Column, a: u32, b: u32, down: bool| {
                    let order = order(&column.value(a as usize), &column.value(b as usize));
                    if down { order.reverse() } else { order }
                };
                expected
                    .sort_by(|x, y| compare(a, *x, *y, down).then_with(|| compare(b, *x, *y, up)));
                assert_eq!(rows(&keys), expected, "{a:?} {b:?}");
                expected.sort_unstable();
                expected.sort_by(|x, y| compare(a, *x, *y, down));
                assert_eq!(rows(&keys[..1]), expected, "{a:?}");
            }
        }
    }
}
