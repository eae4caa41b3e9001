//! Bulk values of a column.

use std::sync::Arc;

use super::{Column, Data};
use crate::value::{Bitmap, Kind, Text, Value};

/// Bulk values, one per id; `None` or null where an id has no value.
#[derive(Clone, Debug)]
pub enum ColumnData {
    /// Integers.
    Integers(Vec<Option<i64>>),
    /// Floats.
    Floats(Vec<Option<f64>>),
    /// Booleans.
    Booleans(Vec<Option<bool>>),
    /// Strings.
    Strings(Vec<Option<Text>>),
    /// Dictionary-coded strings: the distinct texts, and for each id the position of its text, `u32::MAX` for none.
    Coded(Vec<Text>, Vec<u32>),
    /// Values of any type, null for none.
    Values(Vec<Value>),
}

impl ColumnData {
    /// The number of ids.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Integers(items) => items.len(),
            Self::Floats(items) => items.len(),
            Self::Booleans(items) => items.len(),
            Self::Strings(items) => items.len(),
            Self::Coded(_, codes) => codes.len(),
            Self::Values(items) => items.len(),
        }
    }

    /// Whether there are no ids.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn kind(&self) -> Option<Kind> {
        match self {
            Self::Integers(_) => Some(Kind::Integer),
            Self::Floats(_) => Some(Kind::Float),
            Self::Booleans(_) => Some(Kind::Boolean),
            Self::Strings(_) | Self::Coded(..) => Some(Kind::String),
            Self::Values(_) => None,
        }
    }

    fn into_values(self) -> Vec<Value> {
        match self {
            Self::Integers(items) => items.into_iter().map(Value::from).collect(),
            Self::Floats(items) => items.into_iter().map(Value::from).collect(),
            Self::Booleans(items) => items.into_iter().map(Value::from).collect(),
            Self::Strings(items) => items
                .into_iter()
                .map(|item| item.map_or(Value::Null, Value::String))
                .collect(),
            Self::Coded(texts, codes) => {
                let text = |code| {
                    texts
                        .get(code as usize)
                        .map_or(Value::Null, |text| Value::String(Text::clone(text)))
                };
                codes.into_iter().map(text).collect()
            }
            Self::Values(items) => items,
        }
    }
}

impl Column {
    /// Sets the values of the ids from `first` on. Ids without a value in `data` keep theirs.
    pub(crate) fn fill(&mut self, first: usize, data: ColumnData) {
        if data.is_empty() {
            return;
        }
        if self.present == 0 {
            *self = Self {
                data: data.kind().map_or_else(Data::default, Data::of),
                ..Self::default()
            };
        }
        if data.kind() != self.kind() || data.kind().is_none() {
            return self.fill_slowly(first, data);
        }
        let at = self.reach(first, first + data.len());
        let Self {
            valid, data: own, ..
        } = self;
        let fresh = match (own, data) {
            (Data::Integer(slots), ColumnData::Integers(items)) => {
                put(&mut slots[at..], valid, at, items)
            }
            (Data::Float(slots), ColumnData::Floats(items)) => {
                put(&mut slots[at..], valid, at, items)
            }
            (Data::Boolean(slots), ColumnData::Booleans(items)) => {
                put(&mut slots[at..], valid, at, items)
            }
            (Data::String(slots, texts), ColumnData::Strings(items)) => {
                let texts = Arc::make_mut(texts);
                let codes = items
                    .into_iter()
                    .map(|item| item.map(|text| texts.intern(&text)));
                put(&mut slots[at..], valid, at, codes)
            }
            (Data::String(slots, texts), ColumnData::Coded(names, codes)) => {
                let texts = Arc::make_mut(texts);
                texts.reserve(names.len());
                let own: Vec<_> = names.iter().map(|text| texts.intern(text)).collect();
                let codes = codes
                    .into_iter()
                    .map(|code| own.get(code as usize).copied());
                put(&mut slots[at..], valid, at, codes)
            }
            _ => unreachable!("the kinds are the same"),
        };
        self.present += fresh;
        if self.present == 0 {
            *self = Self::default();
        }
    }

    fn fill_slowly(&mut self, first: usize, data: ColumnData) {
        for (index, value) in (first..).zip(data.into_values()) {
            if !value.is_null() {
                self.set(index, value);
            }
        }
    }
}

/// Writes the present items and returns the number of slots that were empty before.
fn put<T>(
    slots: &mut [T],
    valid: &mut Bitmap,
    at: usize,
    items: impl IntoIterator<Item = Option<T>>,
) -> usize {
    let mut fresh = 0;
    for ((slot, item), at) in slots.iter_mut().zip(items).zip(at..) {
        if let Some(value) = item {
            *slot = value;
            fresh += usize::from(valid.insert(at));
        }
    }
    fresh
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(column: &Column) -> String {
        let values = column.indices().map(|index| (index, column.get(index)));
        format!("{:?}", values.collect::<Vec<_>>())
    }

    #[test]
    fn bulk_values_are_the_same_as_single_ones() {
        let texts = vec!["x".into(), "y".into()];
        let all = [
            ColumnData::Integers(vec![Some(1), None, Some(3)]),
            ColumnData::Floats(vec![None, Some(0.5)]),
            ColumnData::Booleans(vec![Some(true)]),
            ColumnData::Strings(vec![Some("s".into()), None]),
            ColumnData::Coded(texts, vec![1, u32::MAX, 0, 1]),
            ColumnData::Values(vec![Value::list(vec![]), Value::Null]),
        ];
        for first in &all {
            for second in &all {
                let (mut bulk, mut single) = (Column::default(), Column::default());
                for (at, data) in [(10, first), (11, second), (500, second), (2, first)] {
                    bulk.fill(at, data.clone());
                    single.fill_slowly(at, data.clone());
                }
                assert_eq!(shown(&bulk), shown(&single));
                assert_eq!(
                    (bulk.present(), bulk.kind()),
                    (single.present(), single.kind())
                );
            }
        }
    }
}
