//! Numbers rows by their keys: rows with the same values in all key columns get the same number.
//!
//! Typed keys are packed into words, one per key, with a word of its own for null. A string is its code in the dictionary
//! of the first chunk; strings of other dictionaries are translated, once per distinct string of a chunk. All other keys
//! are compared as values. The first chunk decides, and a later one that does not fit turns all keys into values.

use std::{collections::hash_map::Entry, hash::Hash, sync::Arc};

use rustc_hash::FxHashMap;

use crate::{
    base::{Fault, Room as _, room},
    exec::{
        kernel::{each_row, size},
        packed::{Tag, pack, pack_texts, unpack},
    },
    function::Meter,
    value::{Column, Key, column::ABSENT},
};

/// Minimum number of rows before a table of ids may become dense.
const DENSE_FROM: usize = 16_384;

/// Memory for a growth of at least so many bytes is asked for.
const LARGE: usize = 1 << 20;

/// The groups seen so far.
#[derive(Default)]
pub(crate) struct Groups {
    table: Table,
    len: u32,
    /// The number of rows so far, and the number of rows from which the table is tried to be made dense.
    rows: usize,
    look_at: usize,
}

#[derive(Default)]
enum Table {
    /// No rows yet.
    #[default]
    Empty,
    /// Without keys: one group.
    Whole,
    /// Keys as words, with the type of each.
    Packed(Vec<Tag>, Words),
    Value(FxHashMap<Key, u32>),
    Values(FxHashMap<Box<[Key]>, u32>),
}

/// The groups of packed keys.
enum Words {
    One(FxHashMap<u64, u32>),
    /// Ids or codes as positions, if there are enough rows to make up for the gaps.
    Dense(Vec<u32>),
    Two(FxHashMap<(u64, u64), u32>),
    Many(FxHashMap<Box<[u64]>, u32>),
}

impl Groups {
    /// The number of groups. Groups are numbered from 0 in the order in which they first appear.
    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    /// The group of each of `len` rows; a row with new keys starts a group.
    ///
    /// # Errors
    /// A fault of `meter`, which counts the work of long keys.
    pub(crate) fn number(
        &mut self,
        columns: &[&Column],
        len: usize,
        meter: &dyn Meter,
    ) -> Result<Vec<u32>, Fault> {
        self.visit::<true>(columns, len, meter)
    }

    /// The group of each of `len` rows, and the rows that start a group.
    ///
    /// # Errors
    /// A fault of `meter` if the table would grow beyond the memory limit.
    pub(crate) fn add(
        &mut self,
        columns: &[&Column],
        len: usize,
        meter: &dyn Meter,
    ) -> Result<(Vec<u32>, Vec<u32>), Fault> {
        self.make_room(len, meter)?;
        let mut next = self.len;
        let numbers = self.number(columns, len, meter)?;
        let mut first = Vec::new();
        for (row, number) in (0..).zip(&numbers) {
            if *number == next {
                first.push(row);
                next += 1;
            }
        }
        Ok((numbers, first))
    }

    /// Asks for the memory of so many more groups, if the table may have to grow.
    ///
    /// # Errors
    /// A fault of `meter`, or `MemoryLimit` if the system does not give the memory.
    pub(crate) fn make_room(&mut self, rows: usize, meter: &dyn Meter) -> Result<(), Fault> {
        let growth = self.table.growth(rows);
        meter.spend(growth)?;
        // A small table may have few groups for many rows.
        if growth < LARGE {
            return Ok(());
        }
        self.table.make_room(rows)
    }

    /// The group of each of `len` rows; [`ABSENT`] if there is none.
    ///
    /// # Errors
    /// As [`Groups::number`].
    pub(crate) fn find(
        &mut self,
        columns: &[&Column],
        len: usize,
        meter: &dyn Meter,
    ) -> Result<Vec<u32>, Fault> {
        self.visit::<false>(columns, len, meter)
    }

    /// Approximate bytes per group.
    pub(crate) fn bytes_per_group(&self) -> u64 {
        match &self.table {
            Table::Empty | Table::Whole => 0,
            Table::Packed(tags, words) => match words {
                Words::One(_) | Words::Dense(_) => 24,
                Words::Two(_) => 40,
                Words::Many(_) => 48 + 8 * tags.len() as u64,
            },
            Table::Value(_) => 64,
            Table::Values(_) => 128,
        }
    }

    fn visit<const ADD: bool>(
        &mut self,
        columns: &[&Column],
        len: usize,
        meter: &dyn Meter,
    ) -> Result<Vec<u32>, Fault> {
        let packed = self.fitting::<ADD>(columns, len);
        self.rows += len;
        self.densify()?;
        let next = &mut self.len;
        // Hashing and comparing a long list takes as long as making it.
        let key = |column: &Column, row| {
            let value = column.value(row);
            meter.worked(size(&value)).map(|()| Key(value))
        };
        Ok(match &mut self.table {
            Table::Empty => vec![ABSENT; len],
            Table::Whole => {
                if ADD && len > 0 {
                    *next = 1;
                }
                vec![if *next == 0 { ABSENT } else { 0 }; len]
            }
            Table::Packed(_, words) => words.visit::<ADD>(&packed, len, next)?,
            Table::Value(map) => each_row(len, |row| {
                key(columns[0], row).map(|key| place::<_, ADD>(map, key, next))
            })?,
            Table::Values(map) => {
                let keys = |row, keys: &mut Vec<Key>| {
                    columns.iter().try_for_each(|column| {
                        keys.push(key(column, row)?);
                        Ok(())
                    })
                };
                place_slices::<_, ADD>(map, len, keys, next)?
            }
        })
    }

    /// Makes the table fit the columns, and packs them if it is a packed one.
    fn fitting<const ADD: bool>(&mut self, columns: &[&Column], len: usize) -> Vec<Vec<u64>> {
        let own: &mut [Tag] = match &mut self.table {
            Table::Empty => &mut [],
            Table::Packed(tags, _) => tags,
            Table::Whole | Table::Value(_) | Table::Values(_) => return Vec::new(),
        };
        let packed: Option<Vec<_>> = (columns.iter().enumerate())
            .map(|(at, column)| match own.get_mut(at) {
                Some(Tag::Text(texts)) => pack_texts::<ADD>(column, len, texts)
                    .map(|words| (Tag::Text(Arc::clone(texts)), words)),
                own => pack(column, len, own.as_deref()),
            })
            .collect();
        let (tags, packed): (Option<Vec<_>>, Vec<_>) = match packed {
            Some(packed) => {
                let (tags, words) = packed.into_iter().unzip();
                (Some(tags), words)
            }
            None => (None, Vec::new()),
        };
        match &self.table {
            Table::Packed(own, _) if tags.as_ref() != Some(own) => self.generalise(),
            Table::Empty => self.table = Table::new(tags, columns.len()),
            _ => {}
        }
        packed
    }

    /// Turns a hash table of ids or codes into a table by position, once it is not much larger than the number of rows.
    fn densify(&mut self) -> Result<(), Fault> {
        let Table::Packed(tags, words) = &mut self.table else {
            return Ok(());
        };
        let Words::One(map) = words else {
            return Ok(());
        };
        let last = match &tags[0] {
            // Codes have no gaps, so that few rows are enough.
            Tag::Text(texts) => texts.len(),
            Tag::Node | Tag::Edge if self.rows >= self.look_at.max(DENSE_FROM) => {
                map.keys().map(|key| position(*key)).max().unwrap_or(0)
            }
            _ => return Ok(()),
        };
        self.look_at = 2 * self.rows;
        if last > 4 * self.rows {
            return Ok(());
        }
        let mut numbers = room::vector(last + 1)?;
        numbers.resize(last + 1, ABSENT);
        map.iter()
            .for_each(|(key, number)| numbers[position(*key)] = *number);
        *words = Words::Dense(numbers);
        Ok(())
    }

    /// Turns packed keys into values.
    fn generalise(&mut self) {
        let Table::Packed(tags, words) = std::mem::take(&mut self.table) else {
            return;
        };
        let one = |(word, number)| (unpack(&tags[0], word), number);
        let all = |words: &[u64]| -> Box<[Key]> {
            let pairs = tags.iter().zip(words);
            pairs.map(|(tag, word)| unpack(tag, *word)).collect()
        };
        self.table = match words {
            Words::One(map) => Table::Value(map.into_iter().map(one).collect()),
            Words::Dense(numbers) => {
                let numbered = numbers.into_iter().enumerate();
                let known = numbered.filter(|(_, number)| *number != ABSENT);
                Table::Value(known.map(|(at, number)| one((id_at(at), number))).collect())
            }
            Words::Two(map) => {
                let keys = map.into_iter();
                Table::Values(
                    keys.map(|((a, b), number)| (all(&[a, b]), number))
                        .collect(),
                )
            }
            Words::Many(map) => {
                let keys = map.into_iter();
                Table::Values(keys.map(|(key, number)| (all(&key), number)).collect())
            }
        };
    }
}

impl Table {
    /// The bytes of a new hash table if the present one may be too small for `rows` more groups, otherwise 0.
    fn growth(&self, rows: usize) -> usize {
        fn of<K>(map: &FxHashMap<K, u32>, rows: usize) -> usize {
            if map.len() + rows <= map.capacity() {
                return 0;
            }
            2 * map.capacity() * size_of::<(K, u32)>()
        }
        match self {
            Self::Empty | Self::Whole | Self::Packed(_, Words::Dense(_)) => 0,
            Self::Packed(_, Words::One(map)) => of(map, rows),
            Self::Packed(_, Words::Two(map)) => of(map, rows),
            Self::Packed(_, Words::Many(map)) => of(map, rows),
            Self::Value(map) => of(map, rows),
            Self::Values(map) => of(map, rows),
        }
    }

    /// `tags` are the types of packed keys, if the keys can be packed.
    fn make_room(&mut self, rows: usize) -> Result<(), Fault> {
        match self {
            Self::Empty | Self::Whole | Self::Packed(_, Words::Dense(_)) => Ok(()),
            Self::Packed(_, Words::One(map)) => map.make_room(rows),
            Self::Packed(_, Words::Two(map)) => map.make_room(rows),
            Self::Packed(_, Words::Many(map)) => map.make_room(rows),
            Self::Value(map) => map.make_room(rows),
            Self::Values(map) => map.make_room(rows),
        }
    }

    fn new(tags: Option<Vec<Tag>>, keys: usize) -> Self {
        match (keys, tags) {
            (0, _) => Self::Whole,
            (1, Some(tags)) => Self::Packed(tags, Words::One(FxHashMap::default())),
            (2, Some(tags)) => Self::Packed(tags, Words::Two(FxHashMap::default())),
            (_, Some(tags)) => Self::Packed(tags, Words::Many(FxHashMap::default())),
            (1, None) => Self::Value(FxHashMap::default()),
            (_, None) => Self::Values(FxHashMap::default()),
        }
    }
}

impl Words {
    fn visit<const ADD: bool>(
        &mut self,
        packed: &[Vec<u64>],
        len: usize,
        next: &mut u32,
    ) -> Result<Vec<u32>, Fault> {
        let keys = |at: usize| packed[at].iter().copied();
        Ok(match self {
            Self::One(map) => {
                let numbers = keys(0).map(|key| place::<_, ADD>(map, key, next));
                numbers.collect()
            }
            Self::Dense(numbers) => {
                let numbers = keys(0).map(|key| place_dense::<ADD>(numbers, key, next));
                numbers.collect()
            }
            Self::Two(map) => {
                let keys = keys(0).zip(keys(1));
                keys.map(|key| place::<_, ADD>(map, key, next)).collect()
            }
            Self::Many(map) => {
                let keys = |row: usize, keys: &mut Vec<u64>| {
                    keys.extend(packed.iter().map(|words| words[row]));
                    Ok(())
                };
                place_slices::<_, ADD>(map, len, keys, next)?
            }
        })
    }
}

fn place<K: Hash + Eq, const ADD: bool>(
    map: &mut FxHashMap<K, u32>,
    key: K,
    next: &mut u32,
) -> u32 {
    if !ADD {
        return map.get(&key).copied().unwrap_or(ABSENT);
    }
    match map.entry(key) {
        Entry::Occupied(entry) => *entry.get(),
        Entry::Vacant(entry) => *entry.insert(advance(next)),
    }
}

/// The position of an id in a dense table: null, the greatest number of 32 bits, comes first.
fn position(id: u64) -> usize {
    (id as u32).wrapping_add(1) as usize
}

/// The id at a position.
fn id_at(position: usize) -> u64 {
    (position as u32).wrapping_sub(1).into()
}

fn place_dense<const ADD: bool>(numbers: &mut Vec<u32>, id: u64, next: &mut u32) -> u32 {
    let at = position(id);
    match numbers.get_mut(at) {
        Some(number) if ADD && *number == ABSENT => {
            *number = advance(next);
            *number
        }
        Some(number) => *number,
        None if ADD => {
            numbers.resize(at + 1, ABSENT);
            place_dense::<ADD>(numbers, id, next)
        }
        None => ABSENT,
    }
}

/// The group of each of `len` rows, whose keys are several items.
fn place_slices<K: Hash + Eq + Clone, const ADD: bool>(
    map: &mut FxHashMap<Box<[K]>, u32>,
    len: usize,
    add_items: impl Fn(usize, &mut Vec<K>) -> Result<(), Fault>,
    next: &mut u32,
) -> Result<Vec<u32>, Fault> {
    let mut key = Vec::new();
    each_row(len, |row| {
        key.clear();
        add_items(row, &mut key)?;
        Ok(match map.get(&*key) {
            Some(number) => *number,
            None if ADD => *map.entry((*key).into()).or_insert_with(|| advance(next)),
            None => ABSENT,
        })
    })
}

fn advance(next: &mut u32) -> u32 {
    let number = *next;
    *next += 1;
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        function::Unmetered,
        value::{Dictionary, NodeId, Text, Value},
    };

    fn number(groups: &mut Groups, columns: &[&Column], len: usize) -> Vec<u32> {
        groups.number(columns, len, &Unmetered).unwrap()
    }

    fn find(groups: &mut Groups, columns: &[&Column], len: usize) -> Vec<u32> {
        groups.find(columns, len, &Unmetered).unwrap()
    }

    #[test]
    fn rows_with_the_same_keys_get_one_number() {
        let mut groups = Groups::default();
        let nodes = Column::nodes(vec![NodeId(4), NodeId::NONE, NodeId(4)]);
        assert_eq!(number(&mut groups, &[&nodes], 3), [0, 1, 0]);
        assert_eq!(
            find(&mut groups, &[&Column::nodes(vec![NodeId(9)])], 1),
            [ABSENT]
        );
        assert_eq!(groups.len(), 2);
    }

    #[test]
    fn packed_keys_agree_with_values_that_come_later() {
        let mut groups = Groups::default();
        assert_eq!(
            number(&mut groups, &[&Column::integers(vec![1, 2])], 2),
            [0, 1]
        );
        assert_eq!(
            number(&mut groups, &[&Column::floats(vec![2.0, 0.5])], 2),
            [1, 2]
        );
        let mut groups = Groups::default();
        let nodes = Column::nodes(vec![NodeId(4), NodeId::NONE]);
        assert_eq!(
            number(&mut groups, &[&nodes, &Column::integers(vec![1, 1])], 2),
            [0, 1]
        );
        let values = Column::values(vec![Value::Null, Value::Node(NodeId(4))]);
        assert_eq!(
            number(&mut groups, &[&values, &Column::floats(vec![1.0, 1.0])], 2),
            [1, 0]
        );
    }

    #[test]
    fn many_rows_make_a_table_of_ids_dense_and_change_no_number() {
        let mut groups = Groups::default();
        let ids: Vec<_> = (0..DENSE_FROM as u32 * 2)
            .map(|at| NodeId(at * 7 % 9_001))
            .collect();
        let mut expected = FxHashMap::default();
        for part in ids.chunks(1_000) {
            let numbers = number(&mut groups, &[&Column::nodes(part.to_vec())], part.len());
            for (id, number) in part.iter().zip(numbers) {
                let next = expected.len() as u32;
                assert_eq!(*expected.entry(*id).or_insert(next), number);
            }
        }
        assert!(matches!(groups.table, Table::Packed(_, Words::Dense(_))));
        let null = Column::nodes(vec![NodeId::NONE, NodeId(50_000), NodeId(3)]);
        assert_eq!(
            number(&mut groups, &[&null], 3),
            [9_001, 9_002, expected[&NodeId(3)]]
        );
        let values = Column::values(vec![Value::Null, Value::Node(NodeId(3)), 7.into()]);
        assert_eq!(
            find(&mut groups, &[&values], 3),
            [9_001, expected[&NodeId(3)], ABSENT]
        );
    }

    fn strings(codes: &[Option<u32>], texts: &Arc<Dictionary>) -> Column {
        Column::Strings(codes.iter().copied().collect(), Arc::clone(texts))
    }

    #[test]
    fn nulls_and_strings_are_packed_and_agree_with_values() {
        let texts: Arc<Dictionary> = Arc::new(["a", "b"].into_iter().map(Text::from).collect());
        let codes = strings(&[Some(1), None, Some(0), Some(1)], &texts);
        let mut groups = Groups::default();
        assert_eq!(number(&mut groups, &[&codes], 4), [0, 1, 2, 0]);
        assert!(matches!(groups.table, Table::Packed(_, Words::Dense(_))));
        assert_eq!(find(&mut groups, &[&Column::Constant("a".into())], 1), [2]);
        assert_eq!(find(&mut groups, &[&Column::NULL], 1), [1]);
        let other: Arc<Dictionary> = Arc::new(["b", "c"].into_iter().map(Text::from).collect());
        let others = strings(&[Some(0), Some(1), None], &other);
        assert_eq!(find(&mut groups, &[&others], 3), [0, ABSENT, 1]);
        assert_eq!(number(&mut groups, &[&others], 3), [0, 3, 1]);
        assert_eq!(number(&mut groups, &[&codes], 4), [0, 1, 2, 0]);
        let values = Column::values(vec!["d".into(), Value::Null, "c".into()]);
        assert_eq!(number(&mut groups, &[&values], 3), [4, 1, 3]);
        assert!(matches!(groups.table, Table::Packed(_, Words::Dense(_))));
        let values = Column::values(vec!["d".into(), 1.into()]);
        assert_eq!(number(&mut groups, &[&values], 2), [4, 5]);
        assert_eq!(find(&mut groups, &[&others], 3), [0, 3, 1]);
    }

    #[test]
    fn packed_words_of_all_types_agree_with_values() {
        let integers = |items: [Option<i64>; 3]| Column::Integers(items.into_iter().collect());
        let columns = [
            integers([Some(1), None, Some(1)]),
            integers([Some(i64::MIN), None, Some(i64::MIN)]),
            Column::Dates([Some(1), None, Some(1)].into_iter().collect()),
            Column::Floats([Some(0.0), None, Some(-0.0)].into_iter().collect()),
            Column::Floats(
                [Some(f64::NAN), None, Some(-f64::NAN)]
                    .into_iter()
                    .collect(),
            ),
            Column::booleans(vec![Some(false), None, Some(false)]),
        ];
        for column in columns {
            let values = Column::values((0..3).map(|row| column.value(row)).collect());
            let mut groups = Groups::default();
            assert_eq!(number(&mut groups, &[&column], 3), [0, 1, 0]);
            assert_eq!(number(&mut groups, &[&values], 3), [0, 1, 0], "{column:?}");
            let mut groups = Groups::default();
            assert_eq!(
                number(&mut groups, &[&column, &column, &column], 3),
                [0, 1, 0]
            );
            assert_eq!(
                number(&mut groups, &[&values, &column, &values], 3),
                [0, 1, 0]
            );
        }
    }

    #[test]
    fn three_keys_and_no_keys_work_alike() {
        let mut groups = Groups::default();
        let one = Column::Constant(Value::Integer(1));
        let varying = Column::integers(vec![5, 5, 6]);
        assert_eq!(number(&mut groups, &[&one, &varying, &one], 3), [0, 0, 1]);
        let mut whole = Groups::default();
        assert_eq!((number(&mut whole, &[], 2), whole.len()), (vec![0, 0], 1));
    }
}
