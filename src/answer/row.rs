//! The rows of an answer, with typed access.

use std::slice;

use serde::Deserialize;

use crate::{
    answer::{Answer, Cell, Entities, FromValue, ReadError, convert::RowDeserializer},
    base::nearest,
    value::{Text, Value},
};

/// A row of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    answer: &'a Answer,
    values: &'a [Value],
}

impl<'a> Row<'a> {
    pub(super) fn new(answer: &'a Answer, values: &'a [Value]) -> Self {
        Self { answer, values }
    }

    /// Converts the value of a column, given by name or by index from 0, to a Rust type.
    ///
    /// # Errors
    /// If the column does not exist, or its value has another type.
    pub fn get<T: FromValue<'a>>(self, column: impl ColumnIndex) -> Result<T, ReadError> {
        let position = column.position(self.answer)?;
        T::from_value(self.cell(position)).map_err(|mismatch| {
            ReadError::new(mismatch.to_string()).in_column(&self.answer.columns[position])
        })
    }

    /// Deserializes the whole row: a struct or map by column names, a tuple or list by column order. A node or
    /// relationship is a map of its properties, a path a list of alternating nodes and relationships, a temporal value
    /// its text.
    ///
    /// # Errors
    /// If a column is missing, or a value has another type.
    pub fn deserialize<T: Deserialize<'a>>(self) -> Result<T, ReadError> {
        T::deserialize(RowDeserializer(self))
    }

    /// The column names.
    #[must_use]
    pub fn columns(self) -> &'a [Text] {
        &self.answer.columns
    }

    /// The values in column order; nodes and relationships are ids.
    #[must_use]
    pub fn values(self) -> &'a [Value] {
        self.values
    }

    /// The values in column order, with access to labels and properties.
    #[must_use]
    pub fn cells(self) -> Cells<'a> {
        Cells {
            values: self.values.iter(),
            entities: &self.answer.entities,
        }
    }

    pub(super) fn cell(self, position: usize) -> Cell<'a> {
        Cell::new(&self.values[position], &self.answer.entities)
    }
}

/// The values of a row, in column order.
#[derive(Clone, Debug)]
pub struct Cells<'a> {
    values: slice::Iter<'a, Value>,
    entities: &'a Entities,
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let value = self.values.next()?;
        Some(Cell::new(value, self.entities))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.values.size_hint()
    }
}

impl ExactSizeIterator for Cells<'_> {}

/// A column, given by its name or by its index from 0.
pub trait ColumnIndex {
    /// The index of the column.
    ///
    /// # Errors
    /// If the column does not exist.
    fn position(&self, answer: &Answer) -> Result<usize, ReadError>;
}

impl ColumnIndex for usize {
    fn position(&self, answer: &Answer) -> Result<usize, ReadError> {
        let width = answer.columns.len();
        (*self < width).then_some(*self).ok_or_else(|| {
            ReadError::new(format!("expected a position below {width}, found {self}"))
        })
    }
}

impl ColumnIndex for &str {
    fn position(&self, answer: &Answer) -> Result<usize, ReadError> {
        let names = || answer.columns.iter().map(|name| &**name);
        names().position(|name| name == *self).ok_or_else(|| {
            let near = nearest(self, names());
            let help = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            ReadError::new(format!("there is no column `{self}`{help}"))
        })
    }
}

/// The rows of an answer in order.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    answer: &'a Answer,
    chunks: slice::ChunksExact<'a, Value>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(answer: &'a Answer) -> Self {
        // An answer without columns has no values, but a chunk must have a width of at least 1.
        let width = answer.columns.len().max(1);
        Self {
            answer,
            chunks: answer.values.chunks_exact(width),
        }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        let values = self.chunks.next()?;
        Some(Row::new(self.answer, values))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.chunks.size_hint()
    }
}

impl DoubleEndedIterator for Rows<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let values = self.chunks.next_back()?;
        Some(Row::new(self.answer, values))
    }
}

impl ExactSizeIterator for Rows<'_> {}
