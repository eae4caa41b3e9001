//! The values of one property key: a typed array with a validity bitmap, over the id range that uses the key.
//!
//! A column takes the type of its first value. A value of another type widens it to mixed values. A column without
//! values has no type and no range.

mod fill;

use std::{
    hash::{Hash, Hasher},
    ops::Range,
    sync::Arc,
};

use rustc_hash::FxHasher;

pub use self::fill::ColumnData;
use crate::value::{self, Bitmap, Date, Dictionary, Kind, Text, Value, column::Typed};

/// The values of one property key.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// The id of the first slot, a multiple of 64, so that the bitmap shifts by whole words.
    base: usize,
    valid: Bitmap,
    present: usize,
    data: Data,
}

/// One slot per id from `base`. The content of an invalid slot is unspecified; in a mixed column it is null.
#[derive(Clone, Debug)]
enum Data {
    Boolean(Vec<bool>),
    Integer(Vec<i64>),
    Float(Vec<f64>),
    /// Readers share the dictionary: it is copied if a string is added while a reader has it.
    String(Vec<u32>, Arc<Dictionary>),
    Date(Vec<i64>),
    Mixed(Vec<Value>),
}

impl Default for Data {
    fn default() -> Self {
        Self::Mixed(Vec::new())
    }
}

/// The slots of a typed column, for tight loops.
#[derive(Clone, Copy, Debug)]
pub struct Slots<'a, T> {
    /// The id of the first slot.
    pub base: usize,
    /// One value per slot, unspecified where the slot is invalid.
    pub values: &'a [T],
    /// The slots with a value, counted from `base`.
    pub valid: &'a Bitmap,
}

impl<T: Copy> Slots<'_, T> {
    /// The value at an id, or `None` if there is none.
    #[inline]
    #[must_use]
    pub fn get(&self, index: usize) -> Option<T> {
        let at = index.wrapping_sub(self.base);
        if self.valid.get(at) {
            self.values.get(at).copied()
        } else {
            None
        }
    }
}

impl<T: Copy + Default> Slots<'_, T> {
    /// The values at some ids. Ids without gaps, as scans give them, are copied as a whole if all of them have a value.
    fn gather(&self, ids: impl ExactSizeIterator<Item = usize> + Clone) -> Typed<T> {
        match self.run(ids.clone()) {
            Some(values) => values.to_vec().into(),
            None => ids.map(|id| self.get(id)).collect(),
        }
    }

    /// The slots of some ids, if the ids have no gaps and all of them have a value.
    fn run(&self, mut ids: impl ExactSizeIterator<Item = usize>) -> Option<&[T]> {
        let len = ids.len();
        let first = ids.next()?;
        let slots = first.checked_sub(self.base)?..(first - self.base).checked_add(len)?;
        let is_run = ids.zip(first + 1..).all(|(id, next)| id == next);
        let all = is_run && self.valid.count_within(slots.clone()) == len;
        all.then(|| self.values.get(slots)).flatten()
    }
}

/// The code of a string, which is added if it is not there. A dictionary that is shared is not copied for a string that
/// it has.
fn code(texts: &mut Arc<Dictionary>, text: &Text) -> u32 {
    if let Some(texts) = Arc::get_mut(texts) {
        return texts.intern(text);
    }
    let known = texts.code(text);
    known.unwrap_or_else(|| Arc::make_mut(texts).intern(text))
}

impl Column {
    /// The values at some ids, as data of the type of the column. Strings stay codes of the dictionary, which is shared.
    #[must_use]
    pub fn gather(&self, ids: impl ExactSizeIterator<Item = usize> + Clone) -> value::Column {
        use value::Column as C;
        match &self.data {
            Data::Boolean(values) => {
                let slots = self.slots(values);
                C::booleans(ids.map(|id| slots.get(id)).collect())
            }
            Data::Integer(values) => C::Integers(self.slots(values).gather(ids)),
            Data::Float(values) => C::Floats(self.slots(values).gather(ids)),
            Data::Date(values) => C::Dates(self.slots(values).gather(ids)),
            Data::String(codes, texts) => {
                C::Strings(self.slots(codes).gather(ids), Arc::clone(texts))
            }
            Data::Mixed(_) => C::values(ids.map(|id| self.get(id)).collect()),
        }
    }

    /// The value at an id, or null if there is none.
    #[must_use]
    pub fn get(&self, index: usize) -> Value {
        let at = index.wrapping_sub(self.base);
        if !self.valid.get(at) {
            return Value::Null;
        }
        match &self.data {
            Data::Boolean(values) => Value::Boolean(values[at]),
            Data::Integer(values) => Value::Integer(values[at]),
            Data::Float(values) => Value::Float(values[at]),
            Data::String(codes, texts) => Value::String(Text::clone(texts.text(codes[at]))),
            Data::Date(values) => Value::Date(Date { days: values[at] }),
            Data::Mixed(values) => values[at].clone(),
        }
    }

    /// Whether there is a value at an id.
    #[inline]
    #[must_use]
    pub fn is_present(&self, index: usize) -> bool {
        self.valid.get(index.wrapping_sub(self.base))
    }

    /// The number of ids of a range that have a value.
    #[must_use]
    pub fn present_within(&self, ids: Range<usize>) -> usize {
        let at = |index: usize| index.saturating_sub(self.base);
        self.valid.count_within(at(ids.start)..at(ids.end))
    }

    /// The number of ids that have a value.
    #[must_use]
    pub fn present(&self) -> usize {
        self.present
    }

    /// The ids that have a value, in ascending order.
    pub fn indices(&self) -> impl Iterator<Item = usize> {
        self.valid.iter().map(|at| at + self.base)
    }

    /// The type of all values, or `None` if the column is mixed.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match &self.data {
            Data::Boolean(_) => Some(Kind::Boolean),
            Data::Integer(_) => Some(Kind::Integer),
            Data::Float(_) => Some(Kind::Float),
            Data::String(..) => Some(Kind::String),
            Data::Date(_) => Some(Kind::Date),
            Data::Mixed(_) => None,
        }
    }

    /// The slots, if the column is of integers.
    #[must_use]
    pub fn ints(&self) -> Option<Slots<'_, i64>> {
        match &self.data {
            Data::Integer(values) => Some(self.slots(values)),
            _ => None,
        }
    }

    /// The slots, if the column is of floats.
    #[must_use]
    pub fn floats(&self) -> Option<Slots<'_, f64>> {
        match &self.data {
            Data::Float(values) => Some(self.slots(values)),
            _ => None,
        }
    }

    /// The slots, if the column is of booleans.
    #[must_use]
    pub fn booleans(&self) -> Option<Slots<'_, bool>> {
        match &self.data {
            Data::Boolean(values) => Some(self.slots(values)),
            _ => None,
        }
    }

    /// The slots as days since 1970-01-01, if the column is of dates.
    #[must_use]
    pub fn dates(&self) -> Option<Slots<'_, i64>> {
        match &self.data {
            Data::Date(values) => Some(self.slots(values)),
            _ => None,
        }
    }

    /// The slots as dictionary codes, with the dictionary, if the column is of strings.
    #[must_use]
    pub fn codes(&self) -> Option<(Slots<'_, u32>, &Arc<Dictionary>)> {
        match &self.data {
            Data::String(codes, texts) => Some((self.slots(codes), texts)),
            _ => None,
        }
    }

    /// The code of a string in a string column. Codes are valid until the graph changes.
    #[must_use]
    pub fn code_of(&self, text: &str) -> Option<u32> {
        self.codes()?.1.code(text)
    }

    /// The string at an id, or `None` if the value is absent or not a string.
    #[must_use]
    pub fn text(&self, index: usize) -> Option<&Text> {
        let at = index.wrapping_sub(self.base);
        match &self.data {
            Data::String(codes, texts) if self.valid.get(at) => Some(texts.text(codes[at])),
            Data::Mixed(values) => match values.get(at)? {
                Value::String(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The hash of the value at an id as a key, or `None` if there is no value.
    #[inline]
    pub(crate) fn key_hash(&self, index: usize) -> Option<u64> {
        let at = index.wrapping_sub(self.base);
        if !self.valid.get(at) {
            return None;
        }
        let mut hasher = FxHasher::default();
        match &self.data {
            Data::Integer(values) => hasher.write_i64(values[at]),
            Data::String(codes, texts) => texts.text(codes[at]).hash(&mut hasher),
            Data::Mixed(values) => value::hash_into(&values[at], &mut hasher),
            Data::Boolean(_) | Data::Float(_) | Data::Date(_) => {
                value::hash_into(&self.get(index), &mut hasher);
            }
        }
        Some(hasher.finish())
    }

    /// Whether the value at an id equals another by `=`.
    #[inline]
    pub(crate) fn equals(&self, index: usize, wanted: &Value) -> bool {
        match (&self.data, wanted) {
            (Data::Integer(values), Value::Integer(wanted)) => {
                self.slots(values).get(index) == Some(*wanted)
            }
            (Data::String(..), Value::String(wanted)) => self.text(index) == Some(wanted),
            _ => value::relation::equal(&self.get(index), wanted) == Some(true),
        }
    }

    fn slots<'a, T>(&'a self, values: &'a [T]) -> Slots<'a, T> {
        Slots {
            base: self.base,
            values,
            valid: &self.valid,
        }
    }

    /// Sets the value at an id, or removes it if `value` is null. Returns true if the column widened.
    pub(crate) fn set(&mut self, index: usize, value: Value) -> bool {
        if value.is_null() {
            self.clear(index);
            return false;
        }
        let widened = self.accept(value.kind());
        let at = self.reach(index, index + 1);
        if self.valid.insert(at) {
            self.present += 1;
        }
        match (&mut self.data, value) {
            (Data::Boolean(values), Value::Boolean(value)) => values[at] = value,
            (Data::Integer(values), Value::Integer(value)) => values[at] = value,
            (Data::Float(values), Value::Float(value)) => values[at] = value,
            (Data::String(codes, texts), Value::String(text)) => codes[at] = code(texts, &text),
            (Data::Date(values), Value::Date(date)) => values[at] = date.days,
            (Data::Mixed(values), value) => values[at] = value,
            _ => unreachable!("the column was made to accept the kind"),
        }
        widened
    }

    fn clear(&mut self, index: usize) {
        let at = index.wrapping_sub(self.base);
        if !self.valid.remove(at) {
            return;
        }
        self.present -= 1;
        if let Data::Mixed(values) = &mut self.data {
            values[at] = Value::Null;
        }
        if self.present == 0 {
            *self = Self::default();
        }
    }

    /// Prepares the column for values of a type. Returns true if it widened.
    fn accept(&mut self, kind: Kind) -> bool {
        if self.present == 0 {
            *self = Self {
                data: Data::of(kind),
                ..Self::default()
            };
            return false;
        }
        let fits = self.kind().is_none_or(|own| own == kind);
        if !fits {
            self.widen();
        }
        !fits
    }

    fn widen(&mut self) {
        let end = self.base + self.data.len();
        self.data = Data::Mixed((self.base..end).map(|index| self.get(index)).collect());
    }

    /// Undoes widening if all values have the same type.
    pub(crate) fn narrow(&mut self) {
        if self.is_alike() {
            self.rebuild();
        }
    }

    /// Whether the column is mixed although all values have the same type.
    fn is_alike(&self) -> bool {
        let Data::Mixed(values) = &self.data else {
            return false;
        };
        let mut kinds = self.valid.iter().map(|at| values[at].kind());
        let first = kinds.next();
        kinds.all(|kind| Some(kind) == first)
    }

    /// Drops unused strings when they outnumber the used ones.
    pub(crate) fn compact(&mut self) {
        if let Data::String(_, texts) = &self.data
            && texts.len() > 2 * self.present + 1_024
        {
            self.rebuild();
        }
    }

    /// Rebuilds the column from its values.
    fn rebuild(&mut self) {
        let mut column = Self::default();
        for index in self.indices() {
            column.set(index, self.get(index));
        }
        *self = column;
    }

    /// Makes room for the ids in `first..end` and returns the position of `first`.
    fn reach(&mut self, first: usize, end: usize) -> usize {
        if self.data.len() == 0 {
            self.base = first & !63;
        }
        if first < self.base {
            // Doubling keeps descending ids at amortised constant cost.
            let needed = (self.base - first).max(self.data.len()).min(self.base);
            let words = needed.div_ceil(64).min(self.base / 64);
            self.valid.shift(words);
            self.data.pad_front(words * 64);
            self.base -= words * 64;
        }
        if end - self.base > self.data.len() {
            self.data.grow(end - self.base);
        }
        first - self.base
    }
}

/// Evaluates the same expression for the array of any type.
macro_rules! any {
    ($data:expr, $values:ident, $zero:ident => $result:expr) => {
        match $data {
            Data::Boolean($values) => any!($zero = false; $result),
            Data::Integer($values) | Data::Date($values) => any!($zero = 0; $result),
            Data::Float($values) => any!($zero = 0.0; $result),
            Data::String($values, _) => any!($zero = 0; $result),
            Data::Mixed($values) => any!($zero = Value::Null; $result),
        }
    };
    ($zero:ident = $value:expr; $result:expr) => {{
        let $zero = $value;
        $result
    }};
}

impl Data {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Boolean => Self::Boolean(Vec::new()),
            Kind::Integer => Self::Integer(Vec::new()),
            Kind::Float => Self::Float(Vec::new()),
            Kind::String => Self::String(Vec::new(), Arc::default()),
            Kind::Date => Self::Date(Vec::new()),
            _ => Self::Mixed(Vec::new()),
        }
    }

    fn len(&self) -> usize {
        any!(self, values, _zero => values.len())
    }

    fn grow(&mut self, len: usize) {
        any!(self, values, zero => values.resize(len, zero));
    }

    fn pad_front(&mut self, count: usize) {
        any!(self, values, zero => { values.splice(0..0, std::iter::repeat_n(zero, count)); });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(column: &Column) -> Vec<(usize, String)> {
        column
            .indices()
            .map(|index| (index, format!("{:?}", column.get(index))))
            .collect()
    }

    #[test]
    fn a_column_takes_the_type_of_its_first_value() {
        let mut column = Column::default();
        assert!(!column.set(100, Value::Integer(7)));
        assert_eq!(column.ints().and_then(|ints| ints.get(100)), Some(7));
        assert_eq!(column.ints().and_then(|ints| ints.get(99)), None);
        assert!(!column.set(100, Value::Null) && !column.set(3, "a".into()));
        assert_eq!(column.code_of("a"), Some(0));
        assert_eq!(column.present(), 1);
    }

    #[test]
    fn another_type_widens_and_can_be_undone() {
        let mut column = Column::default();
        column.set(70, "a".into());
        assert!(column.set(5, Value::Integer(1)));
        assert_eq!(
            shown(&column),
            [(5, "Integer(1)".into()), (70, "String(\"a\")".into())]
        );
        assert_eq!(column.text(70).map(|text| &**text), Some("a"));
        column.set(5, Value::Null);
        column.narrow();
        assert_eq!(column.kind(), Some(Kind::String));
        assert_eq!(shown(&column), [(70, "String(\"a\")".into())]);
    }

    #[test]
    fn the_range_grows_at_both_ends() {
        let mut column = Column::default();
        for index in [1_000, 999, 640, 5_000, 64, 0] {
            column.set(index, Value::Float(index as f64));
        }
        let floats = column.floats().expect("all are floats");
        assert_eq!(
            (floats.get(640), floats.get(0), floats.get(1)),
            (Some(640.0), Some(0.0), None)
        );
        assert_eq!(column.present(), 6);
    }

    #[test]
    fn columns_are_gathered_with_their_type() {
        let mut column = Column::default();
        for index in (100..300).filter(|index| index % 50 != 0) {
            column.set(index, Value::Integer(index as i64));
        }
        for ids in [
            (101..149).collect::<Vec<_>>(),
            (0..400).collect(),
            (290..310).collect(),
            vec![120, 7, 150, 151, usize::MAX],
            vec![],
        ] {
            let found = column.gather(ids.iter().copied());
            assert!(matches!(found, value::Column::Integers(_)));
            for (row, id) in ids.into_iter().enumerate() {
                let expected = format!("{:?}", column.get(id));
                assert_eq!(format!("{:?}", found.value(row)), expected);
            }
        }
    }

    #[test]
    fn a_dictionary_is_copied_only_for_a_string_that_it_lacks() {
        let mut column = Column::default();
        column.set(1, "a".into());
        let before = column.gather(std::iter::once(1));
        let texts = |column: &Column| column.codes().map(|(_, texts)| Arc::clone(texts));
        let shared = texts(&column).unwrap();
        column.set(2, "a".into());
        assert!(Arc::ptr_eq(&shared, &texts(&column).unwrap()));
        column.set(1, "b".into());
        assert!(!Arc::ptr_eq(&shared, &texts(&column).unwrap()));
        assert_eq!(format!("{:?}", before.value(0)), "String(\"a\")");
        assert_eq!(column.text(1).map(|text| &**text), Some("b"));
    }

    #[test]
    fn strings_that_nothing_uses_go() {
        let mut column = Column::default();
        for round in 0..5_000 {
            column.set(1, format!("text {round}").into());
        }
        column.compact();
        assert_eq!(column.codes().map(|(_, texts)| texts.len()), Some(1));
        assert_eq!(column.text(1).map(|text| &**text), Some("text 4999"));
    }
}
