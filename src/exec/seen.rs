//! Which keys have occurred, for `DISTINCT`: nobody asks for numbers of groups.
//!
//! Two keys of 32 bits each are a pair, in a hash table, or in a matrix of bits where that is not larger. All other keys are
//! numbered by [`Groups`].

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::{
    base::{Fault, Room as _, room},
    exec::{
        group::Groups,
        packed::{Tag, pack, pack_texts, unpack},
    },
    function::Meter,
    value::Column,
};

/// The keys seen so far.
#[derive(Default)]
pub(crate) struct Seen {
    form: Form,
}

#[derive(Default)]
enum Form {
    /// No rows yet.
    #[default]
    Empty,
    Pairs(Pairs),
    Groups(Groups),
}

impl Seen {
    /// The rows, of `len`, whose keys have not occurred before, and the bytes that they add.
    ///
    /// # Errors
    /// A fault of `meter` if the table would grow beyond the memory limit, or is long to search.
    pub(crate) fn fresh(
        &mut self,
        columns: &[&Column],
        len: usize,
        meter: &dyn Meter,
    ) -> Result<(Vec<u32>, u64), Fault> {
        if let (Form::Empty, [first, second]) = (&self.form, columns) {
            let tags = [pack(first, len, None), pack(second, len, None)];
            if let [Some((first, _)), Some((second, _))] = tags {
                self.form = Form::Pairs(Pairs::new([first, second]));
            }
        }
        if let (Form::Pairs(pairs), [first, second]) = (&mut self.form, columns) {
            if let Some(keys) = pairs.keys([first, second], len) {
                return pairs.fresh(&keys, meter);
            }
            self.form = Form::Groups(pairs.groups(meter)?);
        }
        if let Form::Empty = self.form {
            self.form = Form::Groups(Groups::default());
        }
        let Form::Groups(groups) = &mut self.form else {
            return Ok((Vec::new(), 0));
        };
        let (_, fresh) = groups.add(columns, len, meter)?;
        let bytes = groups.bytes_per_group() * fresh.len() as u64;
        Ok((fresh, bytes))
    }
}

/// Pairs of keys.
struct Pairs {
    tags: [Tag; 2],
    table: Table,
    len: usize,
    /// The greatest first and second position so far.
    last: [u32; 2],
    /// The number of pairs from which a matrix is considered.
    look_at: usize,
    /// The bytes of the table that the caller knows of.
    told: usize,
}

enum Table {
    /// The first position in the upper half.
    Hash(FxHashMap<u64, ()>),
    Matrix(Matrix),
}

/// A bit per pair: `shift` bits of the position in it are that of the second key.
struct Matrix {
    bits: FixedBitSet,
    shift: u32,
}

/// Minimum number of pairs before they may become a matrix.
const MATRIX_FROM: usize = 4_096;

/// About the bytes of a pair in a hash table that has just grown.
const HASHED: usize = 16;

impl Pairs {
    fn new(tags: [Tag; 2]) -> Self {
        Self {
            tags,
            table: Table::Hash(FxHashMap::default()),
            len: 0,
            last: [0; 2],
            look_at: MATRIX_FROM,
            told: 0,
        }
    }

    /// The pairs of some rows; `None` if a key is of another type or has more than 32 bits.
    fn keys(&mut self, columns: [&Column; 2], len: usize) -> Option<Vec<u64>> {
        let [first, second] = columns;
        let mut keys = self.positions(0, first, len)?;
        for (key, second) in keys.iter_mut().zip(self.positions(1, second, len)?) {
            *key = *key << 32 | second;
        }
        Some(keys)
    }

    fn positions(&mut self, at: usize, column: &Column, len: usize) -> Option<Vec<u64>> {
        let words = match &mut self.tags[at] {
            Tag::Text(texts) => pack_texts::<true>(column, len, texts)?,
            own => {
                let (tag, words) = pack(column, len, Some(own))?;
                (tag == *own).then_some(words)?
            }
        };
        let greatest = words.iter().copied().max().unwrap_or(0);
        // The word of a null among integers has 64 bits; among ids and codes it is the greatest of 32 bits.
        let may_be_null = matches!(self.tags[at], Tag::Node | Tag::Edge | Tag::Text(_));
        let limit = u64::from(u32::MAX) - u64::from(!may_be_null);
        if greatest > limit {
            return None;
        }
        let position = |word: u64| (word as u32).wrapping_add(1);
        let positions: Vec<u64> = words
            .into_iter()
            .map(|word| position(word).into())
            .collect();
        let last = positions.iter().copied().max().unwrap_or(0);
        self.last[at] = self.last[at].max(last as u32);
        Some(positions)
    }

    fn fresh(&mut self, keys: &[u64], meter: &dyn Meter) -> Result<(Vec<u32>, u64), Fault> {
        self.make_room(keys.len(), meter)?;
        let mut fresh = Vec::new();
        match &mut self.table {
            Table::Hash(set) => {
                for (row, key) in (0..).zip(keys) {
                    if set.insert(*key, ()).is_none() {
                        fresh.push(row);
                    }
                }
            }
            Table::Matrix(matrix) => {
                for (row, key) in (0..).zip(keys) {
                    if !matrix.bits.put(matrix.place(*key)) {
                        fresh.push(row);
                    }
                }
            }
        }
        self.len += fresh.len();
        let more = self.bytes().saturating_sub(self.told);
        self.told += more;
        Ok((fresh, more as u64))
    }

    /// Asks for the memory of so many more pairs, and changes the form of the table if the other one is smaller.
    fn make_room(&mut self, more: usize, meter: &dyn Meter) -> Result<(), Fault> {
        let is_due = self.len >= self.look_at;
        let bits = self.matrix_bits();
        match (&mut self.table, bits) {
            (Table::Hash(_), Some(bits)) if is_due => self.make_matrix(bits, meter),
            (Table::Hash(set), _) => {
                if is_due {
                    self.look_at = 2 * self.len;
                }
                if self.len + more > set.capacity() {
                    meter.spend(2 * set.capacity() * HASHED)?;
                    set.make_room(more)?;
                }
                Ok(())
            }
            (Table::Matrix(matrix), Some(bits)) if matrix.shift == width(self.last[1]) => {
                if bits > matrix.bits.len() {
                    let bits = bits.max(2 * matrix.bits.len());
                    meter.spend(bits / 8)?;
                    room::probe(bits / 8)?;
                    matrix.bits.grow(bits);
                }
                Ok(())
            }
            (Table::Matrix(_), _) => self.make_hash(more, meter),
        }
    }

    fn make_matrix(&mut self, bits: usize, meter: &dyn Meter) -> Result<(), Fault> {
        meter.spend(bits / 8)?;
        room::probe(bits / 8)?;
        let mut matrix = Matrix {
            bits: FixedBitSet::with_capacity(bits),
            shift: width(self.last[1]),
        };
        self.each(|key| matrix.bits.insert(matrix.place(key)));
        self.table = Table::Matrix(matrix);
        Ok(())
    }

    fn make_hash(&mut self, more: usize, meter: &dyn Meter) -> Result<(), Fault> {
        meter.spend(self.len * HASHED)?;
        let mut set = FxHashMap::default();
        set.make_room(self.len + more)?;
        self.each(|key| {
            set.insert(key, ());
        });
        self.table = Table::Hash(set);
        self.look_at = 2 * self.len;
        Ok(())
    }

    /// The bits of a matrix of the positions so far, if it is not larger than a hash table.
    fn matrix_bits(&self) -> Option<usize> {
        let bits = (u128::from(self.last[0]) + 1) << width(self.last[1]);
        let fits = bits / 8 <= (HASHED * self.len) as u128;
        fits.then_some(bits as usize)
    }

    fn bytes(&self) -> usize {
        match &self.table {
            Table::Hash(set) => set.capacity() * (size_of::<u64>() + 1),
            Table::Matrix(matrix) => matrix.bits.len() / 8,
        }
    }

    fn each(&self, mut visit: impl FnMut(u64)) {
        match &self.table {
            Table::Hash(set) => set.keys().for_each(|key| visit(*key)),
            Table::Matrix(matrix) => matrix.bits.ones().for_each(|at| visit(matrix.key(at))),
        }
    }

    /// The same keys as groups, for keys of other types.
    fn groups(&self, meter: &dyn Meter) -> Result<Groups, Fault> {
        let mut groups = Groups::default();
        let mut columns = [Vec::new(), Vec::new()];
        self.each(|key| {
            let words = [key >> 32, key & u64::from(u32::MAX)];
            for ((tag, word), column) in self.tags.iter().zip(words).zip(&mut columns) {
                let word = (word as u32).wrapping_sub(1);
                column.push(unpack(tag, word.into()).0);
            }
        });
        let [first, second] = columns.map(Column::of);
        groups.add(&[&first, &second], self.len, meter)?;
        Ok(groups)
    }
}

impl Matrix {
    fn place(&self, key: u64) -> usize {
        let second = key & u64::from(u32::MAX);
        ((key >> 32) << self.shift | second) as usize
    }

    fn key(&self, place: usize) -> u64 {
        let second = place & ((1 << self.shift) - 1);
        ((place >> self.shift) as u64) << 32 | second as u64
    }
}

/// The number of bits of positions up to `last`.
fn width(last: u32) -> u32 {
    u32::BITS - last.leading_zeros()
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, sync::Arc};

    use super::*;
    use crate::{
        function::Unmetered,
        value::{Dictionary, Key, NodeId, Text, Value},
    };

    /// Checks the fresh rows of chunks of columns against a set of values.
    fn check(chunks: &[(usize, [Column; 2])]) -> Seen {
        let mut seen = Seen::default();
        let mut known = HashSet::new();
        for (len, columns) in chunks {
            let (fresh, _) = seen
                .fresh(&[&columns[0], &columns[1]], *len, &Unmetered)
                .unwrap();
            let is_new = |row: &u32| {
                let keys = columns
                    .each_ref()
                    .map(|column| Key(column.value(*row as usize)));
                known.insert(keys)
            };
            let expected: Vec<u32> = (0..*len as u32).filter(is_new).collect();
            assert_eq!(fresh, expected);
        }
        seen
    }

    fn integers(of: impl Fn(i64) -> i64, len: i64) -> Column {
        Column::integers((0..len).map(of).collect())
    }

    /// Strings with a dictionary of their own.
    fn strings(texts: &[Option<&str>]) -> Column {
        let texts = || texts.iter().copied();
        let dictionary: Dictionary = texts().flatten().map(Text::from).collect();
        let code = |text: &str| dictionary.code(&Text::from(text));
        let codes = texts().map(|text| text.and_then(code)).collect();
        Column::Strings(codes, Arc::new(dictionary))
    }

    fn form(seen: &Seen) -> &'static str {
        match &seen.form {
            Form::Empty => "empty",
            Form::Groups(_) => "groups",
            Form::Pairs(pairs) => match pairs.table {
                Table::Hash(_) => "hash",
                Table::Matrix(_) => "matrix",
            },
        }
    }

    #[test]
    fn pairs_of_few_second_keys_become_a_matrix_and_change_back() {
        let chunk = |from: i64, values: i64| {
            let first = integers(|at| (from + at * 7_919) % 5_000, 4_000);
            (
                4_000,
                [first, integers(|at| (from + at * 31) % values, 4_000)],
            )
        };
        let mut chunks: Vec<_> = (0..40).map(|at| chunk(at * 13, 60)).collect();
        assert_eq!(form(&check(&chunks)), "matrix");
        chunks.push((
            4_000,
            [
                integers(|at| 5_000 + at, 4_000),
                integers(|at| at % 3, 4_000),
            ],
        ));
        assert_eq!(form(&check(&chunks)), "matrix");
        chunks.push(chunk(3, 4_000));
        assert_eq!(form(&check(&chunks)), "hash");
        chunks.extend((0..40).map(|at| chunk(at, 50)));
        check(&chunks);
    }

    #[test]
    fn scattered_pairs_stay_a_hash_table() {
        let chunk = |from: i64| {
            let first = integers(|at| (from + at) * 1_000, 4_000);
            (4_000, [first, integers(|at| (from * at) % 100_000, 4_000)])
        };
        let chunks: Vec<_> = (0..10).map(|at| chunk(at * 500)).collect();
        assert_eq!(form(&check(&chunks)), "hash");
    }

    #[test]
    fn nulls_and_keys_of_other_types_are_compared_as_values() {
        let nodes = || Column::nodes(vec![NodeId(4), NodeId::NONE, NodeId(4), NodeId::NONE]);
        let texts = strings(&[Some("a"), None, None, None]);
        let mut chunks = vec![(4, [nodes(), texts.clone()]), (4, [nodes(), texts])];
        assert_eq!(form(&check(&chunks)), "hash");
        let mixed = vec!["b".into(), 1.into(), Value::Null, "a".into()];
        chunks.push((4, [nodes(), Column::values(mixed)]));
        assert_eq!(form(&check(&chunks)), "groups");
        chunks.push((4, [integers(|at| at, 4), integers(|at| at, 4)]));
        chunks.push((
            4,
            [
                integers(|at| -at, 4),
                Column::floats(vec![0.0, 1.0, 2.0, -0.0]),
            ],
        ));
        check(&chunks);
    }

    #[test]
    fn integers_at_the_edges_of_32_bits_are_not_confused() {
        let edge = i64::from(u32::MAX);
        let values = vec![0, edge - 1, edge, edge + 1, -1, i64::MIN, i64::MAX, 1];
        let zeros = integers(|_| 0, 8);
        check(&[
            (8, [integers(|at| at % 2, 8), zeros.clone()]),
            (8, [Column::integers(values.clone()), zeros.clone()]),
            (8, [zeros, Column::integers(values)]),
        ]);
    }

    #[test]
    fn strings_of_other_dictionaries_are_the_same_keys() {
        let column = |texts: [&str; 3]| (3, [integers(|_| 1, 3), strings(&texts.map(Some))]);
        let seen = check(&[column(["a", "b", "a"]), column(["c", "b", "d"])]);
        assert_eq!(form(&seen), "hash");
    }
}
