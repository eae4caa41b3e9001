//! Numbers for rows by what they hold: rows that agree in all key columns get the same number.
//!
//! Keys that are ids or integers are packed into words; all others are compared as values. The first chunk decides,
//! and a later one that does not fit turns all keys into values.

use std::{collections::hash_map::Entry, hash::Hash};

use rustc_hash::FxHashMap;

use crate::{
    exec::column::{Column, edge_value, node_value},
    value::{EdgeId, Key, NodeId, Value},
};

/// From so many rows on a table of ids may become dense.
const DENSE_FROM: u64 = 16_384;

/// The number of a row that has none.
pub(crate) const ABSENT: u32 = u32::MAX;

/// The groups seen so far.
#[derive(Default)]
pub(crate) struct Groups {
    table: Table,
    len: u32,
    /// How many rows were numbered, and from how many on the table is looked at for making it dense.
    rows: u64,
    look_at: u64,
}

#[derive(Default)]
enum Table {
    /// Nothing has been seen.
    #[default]
    Empty,
    /// There are no keys, so there is one group.
    Whole,
    One(Tag, FxHashMap<u64, u32>),
    /// Ids of nodes or relationships as positions, where rows are many enough to make up for the gaps.
    Dense(Tag, Vec<u32>),
    Two([Tag; 2], FxHashMap<(u64, u64), u32>),
    Many(Vec<Tag>, FxHashMap<Box<[u64]>, u32>),
    Value(FxHashMap<Key, u32>),
    Values(FxHashMap<Box<[Key]>, u32>),
}

/// What the words of a packed key column are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Node,
    Edge,
    Integer,
}

/// A key column as words.
type Packed = (Tag, Vec<u64>);

impl Groups {
    /// How many groups there are; their numbers are below that, in the order in which they were first seen.
    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    /// The group of each of `len` rows; a row that agrees with none before it begins a group.
    pub(crate) fn number(&mut self, columns: &[&Column], len: usize) -> Vec<u32> {
        self.visit::<true>(columns, len)
    }

    /// The group of each of `len` rows, [`ABSENT`] where there is none.
    pub(crate) fn find(&mut self, columns: &[&Column], len: usize) -> Vec<u32> {
        self.visit::<false>(columns, len)
    }

    /// About how many bytes a group takes here.
    pub(crate) fn bytes_per_group(&self) -> u64 {
        match &self.table {
            Table::Empty | Table::Whole => 0,
            Table::One(..) | Table::Dense(..) => 24,
            Table::Two(..) => 40,
            Table::Many(tags, _) => 48 + 8 * tags.len() as u64,
            Table::Value(_) => 64,
            Table::Values(_) => 128,
        }
    }

    fn visit<const ADD: bool>(&mut self, columns: &[&Column], len: usize) -> Vec<u32> {
        let packed = self.fitting(columns, len);
        self.rows += len as u64;
        self.densify();
        let next = &mut self.len;
        match (&mut self.table, packed) {
            (Table::Empty, _) => vec![ABSENT; len],
            (Table::Whole, _) => {
                if ADD && len > 0 {
                    *next = 1;
                }
                vec![if *next == 0 { ABSENT } else { 0 }; len]
            }
            (Table::Dense(_, numbers), Some(packed)) => {
                let keys = packed[0].1.iter().copied();
                keys.map(|key| place_dense::<ADD>(numbers, key, next))
                    .collect()
            }
            (Table::One(_, map), Some(packed)) => {
                let keys = packed[0].1.iter().copied();
                keys.map(|key| place::<_, ADD>(map, key, next)).collect()
            }
            (Table::Two(_, map), Some(packed)) => {
                let keys = packed[0].1.iter().copied().zip(packed[1].1.iter().copied());
                keys.map(|key| place::<_, ADD>(map, key, next)).collect()
            }
            (Table::Many(_, map), Some(packed)) => {
                let mut key = Vec::with_capacity(packed.len());
                let numbers = (0..len).map(|row| {
                    key.clear();
                    key.extend(packed.iter().map(|(_, words)| words[row]));
                    place_slice::<_, ADD>(map, &key, next)
                });
                numbers.collect()
            }
            (Table::Value(map), _) => {
                let keys = (0..len).map(|row| Key(columns[0].value(row)));
                keys.map(|key| place::<_, ADD>(map, key, next)).collect()
            }
            (Table::Values(map), _) => {
                let mut key = Vec::with_capacity(columns.len());
                let numbers = (0..len).map(|row| {
                    key.clear();
                    key.extend(columns.iter().map(|column| Key(column.value(row))));
                    place_slice::<_, ADD>(map, &key, next)
                });
                numbers.collect()
            }
            (Table::One(..) | Table::Dense(..) | Table::Two(..) | Table::Many(..), None) => {
                unreachable!("keys that cannot be packed have turned the table into values")
            }
        }
    }

    /// Makes the table fit the columns, and packs them if it is a packed one.
    fn fitting(&mut self, columns: &[&Column], len: usize) -> Option<Vec<Packed>> {
        if matches!(
            self.table,
            Table::Whole | Table::Value(_) | Table::Values(_)
        ) {
            return None;
        }
        let packed: Option<Vec<_>> = columns.iter().map(|column| pack(column, len)).collect();
        let tags: Option<Vec<_>> = packed
            .as_ref()
            .map(|all| all.iter().map(|(tag, _)| *tag).collect());
        match (&self.table, tags) {
            (Table::Empty, tags) => self.table = Table::new(tags, columns.len()),
            (Table::One(tag, _), Some(tags)) if [*tag] == *tags => {}
            (Table::Dense(tag, _), Some(tags)) if [*tag] == *tags => {}
            (Table::Two(own, _), Some(tags)) if *own == *tags => {}
            (Table::Many(own, _), Some(tags)) if *own == tags => {}
            _ => self.generalise(),
        }
        if matches!(self.table, Table::Value(_) | Table::Values(_)) {
            None
        } else {
            packed
        }
    }

    /// Turns a hash table of ids into one that is looked up by position, once there were so many rows that it is not
    /// much larger than they are many.
    fn densify(&mut self) {
        let Table::One(tag @ (Tag::Node | Tag::Edge), map) = &self.table else {
            return;
        };
        if self.rows < self.look_at.max(DENSE_FROM) {
            return;
        }
        self.look_at = 2 * self.rows;
        let last = map.keys().map(|key| position(*key)).max().unwrap_or(0);
        if last as u64 > 4 * self.rows {
            return;
        }
        let mut numbers = vec![ABSENT; last + 1];
        map.iter()
            .for_each(|(key, number)| numbers[position(*key)] = *number);
        self.table = Table::Dense(*tag, numbers);
    }

    fn generalise(&mut self) {
        self.table = match std::mem::take(&mut self.table) {
            Table::One(tag, map) => Table::Value(
                map.into_iter()
                    .map(|(word, at)| (unpack(tag, word), at))
                    .collect(),
            ),
            Table::Dense(tag, numbers) => {
                let known = numbers
                    .into_iter()
                    .enumerate()
                    .filter(|(_, number)| *number != ABSENT);
                Table::Value(
                    known
                        .map(|(at, number)| (unpack(tag, id_at(at)), number))
                        .collect(),
                )
            }
            Table::Two(tags, map) => Table::Values(
                map.into_iter()
                    .map(|((a, b), at)| (unpack_all(&tags, &[a, b]), at))
                    .collect(),
            ),
            Table::Many(tags, map) => Table::Values(
                map.into_iter()
                    .map(|(key, at)| (unpack_all(&tags, &key), at))
                    .collect(),
            ),
            other => other,
        };
    }
}

impl Table {
    fn new(tags: Option<Vec<Tag>>, keys: usize) -> Self {
        match (tags.as_deref(), keys) {
            (_, 0) => Self::Whole,
            (Some([tag]), _) => Self::One(*tag, FxHashMap::default()),
            (Some([a, b]), _) => Self::Two([*a, *b], FxHashMap::default()),
            (Some(tags), _) => Self::Many(tags.to_vec(), FxHashMap::default()),
            (None, 1) => Self::Value(FxHashMap::default()),
            (None, _) => Self::Values(FxHashMap::default()),
        }
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

/// Where an id stands in a dense table: null, the greatest number of 32 bits, comes first.
fn position(id: u64) -> usize {
    (id as u32).wrapping_add(1) as usize
}

/// The id that stands at a position.
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

fn place_slice<K: Hash + Eq + Clone, const ADD: bool>(
    map: &mut FxHashMap<Box<[K]>, u32>,
    key: &[K],
    next: &mut u32,
) -> u32 {
    match map.get(key) {
        Some(at) => *at,
        None if ADD => *map.entry(key.into()).or_insert_with(|| advance(next)),
        None => ABSENT,
    }
}

fn advance(next: &mut u32) -> u32 {
    let number = *next;
    *next += 1;
    number
}

fn pack(column: &Column, len: usize) -> Option<Packed> {
    match column {
        Column::Nodes(nodes) => Some((Tag::Node, nodes.iter().map(|node| node.0.into()).collect())),
        Column::Edges(edges) => Some((Tag::Edge, edges.iter().map(|edge| edge.0.into()).collect())),
        Column::Integers(values) => Some((
            Tag::Integer,
            values.iter().map(|value| value.cast_unsigned()).collect(),
        )),
        Column::Constant(Value::Node(node)) => Some((Tag::Node, vec![node.0.into(); len])),
        Column::Constant(Value::Relationship(edge)) => Some((Tag::Edge, vec![edge.0.into(); len])),
        Column::Constant(Value::Integer(value)) => {
            Some((Tag::Integer, vec![value.cast_unsigned(); len]))
        }
        Column::Floats(_) | Column::Booleans(_) | Column::Values(_) | Column::Constant(_) => None,
    }
}

fn unpack(tag: Tag, word: u64) -> Key {
    // Ids were widened from 32 bits, so narrowing them loses nothing.
    Key(match tag {
        Tag::Node => node_value(NodeId(word as u32)),
        Tag::Edge => edge_value(EdgeId(word as u32)),
        Tag::Integer => Value::Integer(word.cast_signed()),
    })
}

fn unpack_all(tags: &[Tag], words: &[u64]) -> Box<[Key]> {
    tags.iter()
        .zip(words)
        .map(|(tag, word)| unpack(*tag, *word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_agree_get_one_number() {
        let mut groups = Groups::default();
        let nodes = Column::nodes(vec![NodeId(4), NodeId::NONE, NodeId(4)]);
        assert_eq!(groups.number(&[&nodes], 3), [0, 1, 0]);
        assert_eq!(groups.find(&[&Column::nodes(vec![NodeId(9)])], 1), [ABSENT]);
        assert_eq!(groups.len(), 2);
    }

    #[test]
    fn packed_keys_agree_with_values_that_come_later() {
        let mut groups = Groups::default();
        assert_eq!(groups.number(&[&Column::integers(vec![1, 2])], 2), [0, 1]);
        assert_eq!(groups.number(&[&Column::floats(vec![2.0, 0.5])], 2), [1, 2]);
        let mut groups = Groups::default();
        let nodes = Column::nodes(vec![NodeId(4), NodeId::NONE]);
        assert_eq!(
            groups.number(&[&nodes, &Column::integers(vec![1, 1])], 2),
            [0, 1]
        );
        let values = Column::values(vec![Value::Null, Value::Node(NodeId(4))]);
        assert_eq!(
            groups.number(&[&values, &Column::floats(vec![1.0, 1.0])], 2),
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
            let numbers = groups.number(&[&Column::nodes(part.to_vec())], part.len());
            for (id, number) in part.iter().zip(numbers) {
                let next = expected.len() as u32;
                assert_eq!(*expected.entry(*id).or_insert(next), number);
            }
        }
        assert!(matches!(groups.table, Table::Dense(..)));
        let null = Column::nodes(vec![NodeId::NONE, NodeId(50_000), NodeId(3)]);
        assert_eq!(
            groups.number(&[&null], 3),
            [9_001, 9_002, expected[&NodeId(3)]]
        );
        let values = Column::values(vec![Value::Null, Value::Node(NodeId(3)), 7.into()]);
        assert_eq!(
            groups.find(&[&values], 3),
            [9_001, expected[&NodeId(3)], ABSENT]
        );
    }

    #[test]
    fn three_keys_and_no_keys_work_alike() {
        let mut groups = Groups::default();
        let one = Column::Constant(Value::Integer(1));
        let varying = Column::integers(vec![5, 5, 6]);
        assert_eq!(groups.number(&[&one, &varying, &one], 3), [0, 0, 1]);
        let mut whole = Groups::default();
        assert_eq!((whole.number(&[], 2), whole.len()), (vec![0, 0], 1));
    }
}
