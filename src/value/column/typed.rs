//! Values of one type with a validity bitmap.

use std::sync::Arc;

use crate::{
    base::{Fault, Room as _},
    value::Bitmap,
};

/// Values of one type, some of which may be null. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Typed<T> {
    /// One value per row; the default of the type if the row is null.
    values: Arc<Vec<T>>,
    /// The rows that are not null; `None` if no row is null.
    valid: Option<Arc<Bitmap>>,
}

impl<T> From<Vec<T>> for Typed<T> {
    fn from(values: Vec<T>) -> Self {
        Self {
            values: Arc::new(values),
            valid: None,
        }
    }
}

impl<T: Default> FromIterator<Option<T>> for Typed<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(items: I) -> Self {
        let items = items.into_iter();
        let mut values = Vec::with_capacity(items.size_hint().0);
        let mut words = Vec::new();
        let (mut word, mut nulls) = (0_u64, 0_usize);
        for item in items {
            let bit = values.len() % 64;
            word |= u64::from(item.is_some()) << bit;
            nulls += usize::from(item.is_none());
            values.push(item.unwrap_or_default());
            if bit == 63 {
                words.push(std::mem::take(&mut word));
            }
        }
        words.push(word);
        Self {
            values: Arc::new(values),
            valid: (nulls > 0).then(|| Arc::new(Bitmap::from(words))),
        }
    }
}

/// Reading.
impl<T: Copy> Typed<T> {
    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True if there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values of all rows; a null row has any value.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// True if a row is null.
    #[must_use]
    pub fn has_nulls(&self) -> bool {
        self.valid.is_some()
    }

    /// True if the row is not null.
    #[inline]
    #[must_use]
    pub fn is_valid(&self, row: usize) -> bool {
        self.valid.as_ref().is_none_or(|valid| valid.get(row))
    }

    /// The value of a row; `None` if it is null or there is no such row.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> Option<T> {
        match &self.valid {
            Some(valid) if !valid.get(row) => None,
            _ => self.values.get(row).copied(),
        }
    }

    /// The values of all rows in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The answer of a test per row; `None` if the row is null.
    pub fn answers(&self, test: impl Fn(T) -> bool) -> Vec<Option<bool>> {
        match &self.valid {
            None => self.values.iter().map(|value| Some(test(*value))).collect(),
            Some(valid) => (self.values.iter().enumerate())
                .map(|(row, value)| valid.get(row).then(|| test(*value)))
                .collect(),
        }
    }

    /// The answer of a test per pair of rows; `None` if one of them is null.
    pub fn pair_answers<U: Copy>(
        &self,
        other: &Typed<U>,
        test: impl Fn(T, U) -> bool,
    ) -> Vec<Option<bool>> {
        let pairs = self.values.iter().zip(&*other.values);
        match both(&self.valid, &other.valid) {
            None => pairs.map(|(a, b)| Some(test(*a, *b))).collect(),
            Some(valid) => (pairs.enumerate())
                .map(|(row, (a, b))| valid.get(row).then(|| test(*a, *b)))
                .collect(),
        }
    }
}

/// Computing. Null rows stay null, and no function is called for them unless it cannot fail.
impl<T: Copy> Typed<T> {
    /// The results of a function.
    pub fn map<U>(&self, function: impl Fn(T) -> U) -> Typed<U> {
        Typed {
            values: Arc::new(self.values.iter().map(|value| function(*value)).collect()),
            valid: self.valid.clone(),
        }
    }

    /// The results of a function; `None` if one of them is `None`.
    pub fn try_map<U: Default>(&self, function: impl Fn(T) -> Option<U>) -> Option<Typed<U>> {
        let mut values = Vec::with_capacity(self.len());
        for (row, value) in self.values.iter().enumerate() {
            values.push(match self.is_valid(row) {
                true => function(*value)?,
                false => U::default(),
            });
        }
        Some(Typed {
            values: Arc::new(values),
            valid: self.valid.clone(),
        })
    }

    /// The results of a function on pairs of rows; null if one of them is null.
    pub fn zip<U: Copy, V>(&self, other: &Typed<U>, function: impl Fn(T, U) -> V) -> Typed<V> {
        let pairs = self.values.iter().zip(&*other.values);
        Typed {
            values: Arc::new(pairs.map(|(a, b)| function(*a, *b)).collect()),
            valid: both(&self.valid, &other.valid),
        }
    }

    /// The results of a function on pairs of rows; `None` if one of them is `None`.
    pub fn try_zip<U: Copy, V: Default>(
        &self,
        other: &Typed<U>,
        function: impl Fn(T, U) -> Option<V>,
    ) -> Option<Typed<V>> {
        let valid = both(&self.valid, &other.valid);
        let mut values = Vec::with_capacity(self.len());
        for (row, (a, b)) in self.values.iter().zip(&*other.values).enumerate() {
            values.push(match &valid {
                Some(valid) if !valid.get(row) => V::default(),
                _ => function(*a, *b)?,
            });
        }
        Some(Typed {
            values: Arc::new(values),
            valid,
        })
    }
}

/// Choosing rows.
impl<T: Copy + Default> Typed<T> {
    /// A column of nulls.
    #[must_use]
    pub fn nulls(len: usize) -> Self {
        std::iter::repeat_n(None, len).collect()
    }

    /// The given rows, in that order.
    #[must_use]
    pub fn gather(&self, rows: &[u32]) -> Self {
        if self.has_nulls() {
            return self.gather_or_null(rows);
        }
        let values = rows.iter().map(|row| self.values[*row as usize]);
        values.collect::<Vec<_>>().into()
    }

    /// The given rows, in that order; null for rows that do not exist.
    #[must_use]
    pub fn gather_or_null(&self, rows: &[u32]) -> Self {
        rows.iter().map(|row| self.get(*row as usize)).collect()
    }

    /// The rows `from..to`.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> Self {
        match self.has_nulls() {
            true => (from..to).map(|row| self.get(row)).collect(),
            false => self.values[from..to].to_vec().into(),
        }
    }

    /// Adds the rows of another column.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory.
    pub fn append(&mut self, other: &Self) -> Result<(), Fault> {
        let len = self.len();
        let values = Arc::make_mut(&mut self.values);
        values.make_room(other.len())?;
        values.extend_from_slice(&other.values);
        if self.has_nulls() || other.has_nulls() {
            let valid = self.validity_mut(len);
            for row in (0..other.len()).filter(|row| other.is_valid(*row)) {
                valid.insert(len + row);
            }
        }
        Ok(())
    }

    /// Adds null rows.
    ///
    /// # Errors
    /// As [`Typed::append`].
    pub fn append_nulls(&mut self, count: usize) -> Result<(), Fault> {
        let len = self.len();
        let values = Arc::make_mut(&mut self.values);
        values.make_room(count)?;
        values.resize(len + count, T::default());
        if count > 0 {
            self.validity_mut(len);
        }
        Ok(())
    }

    /// The validity bitmap, which is created with `len` valid rows if no row is null.
    fn validity_mut(&mut self, len: usize) -> &mut Bitmap {
        let valid = self
            .valid
            .get_or_insert_with(|| Arc::new(Bitmap::ones(len)));
        Arc::make_mut(valid)
    }
}

/// The rows that are valid in both columns.
fn both(a: &Option<Arc<Bitmap>>, b: &Option<Arc<Bitmap>>) -> Option<Arc<Bitmap>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Arc::new(a.and(b))),
        (one, other) => one.clone().or_else(|| other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(items: &[Option<i64>]) -> Typed<i64> {
        items.iter().copied().collect()
    }

    fn shown(column: &Typed<i64>) -> Vec<Option<i64>> {
        column.iter().collect()
    }

    #[test]
    fn rows_are_chosen_with_their_nulls() {
        let items: Vec<_> = (0..200).map(|at| (at % 3 != 0).then_some(at)).collect();
        let column = numbers(&items);
        assert_eq!(shown(&column), items);
        assert_eq!(shown(&column.gather(&[7, 3, 7])), [Some(7), None, Some(7)]);
        assert_eq!(
            shown(&column.gather_or_null(&[7, u32::MAX])),
            [Some(7), None]
        );
        assert_eq!(shown(&column.slice(63, 66)), items[63..66]);
        assert!(!column.gather(&[1, 2]).has_nulls());
    }

    #[test]
    fn columns_with_and_without_nulls_are_appended() {
        let mut column = numbers(&[Some(1); 70]);
        column.append(&numbers(&[None, Some(2)])).unwrap();
        column.append(&numbers(&[Some(3)])).unwrap();
        column.append_nulls(2).unwrap();
        assert_eq!(
            shown(&column)[69..],
            [Some(1), None, Some(2), Some(3), None, None]
        );
    }

    #[test]
    fn nulls_are_never_computed_with() {
        let (a, b) = (numbers(&[Some(6), Some(1)]), numbers(&[Some(2), None]));
        let quotients = a.try_zip(&b, i64::checked_div).unwrap();
        assert_eq!(shown(&quotients), [Some(3), None]);
        assert!(
            a.try_zip(&numbers(&[Some(1), Some(0)]), i64::checked_div)
                .is_none()
        );
        assert_eq!(b.answers(|b| b > 1), [Some(true), None]);
        assert_eq!(a.pair_answers(&b, |a, b| a == b), [Some(false), None]);
    }
}
