//! Sort keys in a form that is fast to compare: one word per row that includes nulls and the direction.

use std::cmp::Ordering;

use crate::{
    base::room,
    exec::{
        context::{Failure, placeless},
        kernel::Distinct,
    },
    value::{Column, Dictionary, column::Typed, relation::order},
};

/// The values of one sort key in some rows.
pub(crate) enum SortColumn<'a> {
    /// Words that compare as the values do, in the direction of the key.
    Words(Vec<Word>),
    /// Values, with whether the key is descending.
    Values(&'a Column, bool),
}

/// A value below `NULL`, or `NULL`; complemented for a descending key.
pub(crate) type Word = u128;

/// Nulls come after all values, which have 64 bits.
const NULL: Word = 1 << 64;

impl<'a> SortColumn<'a> {
    /// The values of `len` rows.
    pub(crate) fn new(column: &'a Column, descending: bool, len: usize) -> Self {
        let Some(mut words) = words(column, len) else {
            return Self::Values(column, descending);
        };
        if descending {
            words.iter_mut().for_each(|word| *word = NULL - *word);
        }
        Self::Words(words)
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

/// The numbers of the rows in order; ties keep the order of the rows. The sort stops where `check` fails.
pub(crate) fn sorted_rows(
    columns: &[SortColumn<'_>],
    len: usize,
    check: &dyn Fn() -> Result<(), Failure>,
) -> Result<Vec<u32>, Failure> {
    let rows = (0..).take(len);
    if let [SortColumn::Words(words)] = columns {
        // A word that includes the row number is compared without the column.
        let numbered = words.iter().zip(rows);
        let numbered = numbered.map(|(word, row): (_, u32)| word << 32 | Word::from(row));
        let mut items = room::vector(len).map_err(placeless)?;
        items.extend(numbered);
        let numbered = merge_sorted(items, RUN, Word::cmp, check)?;
        return Ok(numbered.into_iter().map(|word| word as u32).collect());
    }
    let compare = |a: &u32, b: &u32| compare_rows(columns, *a, *b);
    merge_sorted(rows.collect(), RUN / 16, compare, check)
}

/// The number of words that are sorted without a check; of values, which take longer to compare, a part of it.
const RUN: usize = 1 << 19;

/// Sorts items in runs, and merges neighbouring runs until one is left. The items must be different.
fn merge_sorted<T: Copy>(
    mut items: Vec<T>,
    run: usize,
    compare: impl Fn(&T, &T) -> Ordering,
    check: &dyn Fn() -> Result<(), Failure>,
) -> Result<Vec<T>, Failure> {
    for part in items.chunks_mut(run) {
        check()?;
        part.sort_unstable_by(&compare);
    }
    let mut width = run;
    while width < items.len() {
        let mut merged = room::vector(items.len()).map_err(placeless)?;
        for pair in items.chunks(2 * width) {
            let (mut a, mut b) = pair.split_at(width.min(pair.len()));
            while let (Some(first), Some(second)) = (a.first(), b.first()) {
                if merged.len().is_multiple_of(run) {
                    check()?;
                }
                let from = if compare(first, second).is_lt() {
                    &mut a
                } else {
                    &mut b
                };
                merged.push(from[0]);
                *from = &from[1..];
            }
            merged.extend_from_slice(a);
            merged.extend_from_slice(b);
        }
        items = merged;
        width *= 2;
    }
    Ok(items)
}

/// The words of an ascending key; `None` if the column has values of any types.
fn words(column: &Column, len: usize) -> Option<Vec<Word>> {
    fn all<T>(items: impl Iterator<Item = Option<T>>, word: impl Fn(T) -> u64) -> Vec<Word> {
        items
            .map(|item| item.map_or(NULL, |item| word(item).into()))
            .collect()
    }
    Some(match column {
        Column::Nodes(nodes) => all(nodes.iter().map(|node| id(node.0)), u64::from),
        Column::Edges(edges) => all(edges.iter().map(|edge| id(edge.0)), u64::from),
        Column::Integers(values) | Column::Dates(values) => all(values.iter(), integer),
        Column::Floats(values) => all(values.iter(), float),
        Column::Booleans(values) => all(values.iter().copied(), u64::from),
        Column::Strings(codes, texts) => all(ranks(codes, texts).iter(), u64::from),
        // All rows are ties.
        Column::Constant(_) => vec![0; len],
        Column::Values(_) => return None,
    })
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
fn ranks(codes: &Typed<u32>, texts: &Dictionary) -> Typed<u32> {
    let distinct = Distinct::new(codes, texts.len());
    let mut order: Vec<usize> = (0..distinct.codes.len()).collect();
    order.sort_unstable_by_key(|position| &**texts.text(distinct.codes[*position]));
    let mut ranks = vec![0; order.len()];
    for (rank, position) in (0..).zip(order) {
        ranks[position] = rank;
    }
    let rank = |position: u32| ranks[position as usize];
    distinct.rows.iter().map(|row| row.map(rank)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        base::Code,
        exec::context::limit,
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
        sorted_rows(keys, 5, &|| Ok(())).unwrap()
    }

    #[test]
    fn runs_are_merged_until_one_is_left() {
        for len in [0, 1, 3, 4, 7, 100] {
            let items: Vec<u32> = (0..len).map(|at| at * 37 % len).collect();
            let sorted = merge_sorted(items, 3, u32::cmp, &|| Ok(())).unwrap();
            assert_eq!(sorted, (0..len).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_failed_check_ends_a_sort() {
        let failure = || limit(Code::Cancelled, "interrupted".to_owned());
        assert!(merge_sorted(vec![2, 1], 1, u32::cmp, &|| Err(failure())).is_err());
    }

    #[test]
    fn columns_sort_as_their_values() {
        let columns = columns();
        for (a, b) in columns
            .iter()
            .flat_map(|a| columns.iter().map(move |b| (a, b)))
        {
            for (down, up) in [(true, false), (false, true)] {
                let keys = [SortColumn::new(a, down, 5), SortColumn::new(b, up, 5)];
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
