//! The property columns of all nodes, or of all relationships.

use crate::{
    graph::{Column, ColumnData},
    value::{KeyId, Value},
};

/// One column per key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties(Vec<Column>);

impl Properties {
    /// The column of a key, or `None` if no entity has the key.
    #[inline]
    pub(crate) fn column(&self, key: KeyId) -> Option<&Column> {
        self.0
            .get(key.index())
            .filter(|column| column.present() > 0)
    }

    pub(crate) fn get(&self, index: usize, key: KeyId) -> Value {
        self.0
            .get(key.index())
            .map_or(Value::Null, |column| column.get(index))
    }

    /// The properties at an id, in key order.
    pub(crate) fn of(&self, index: usize) -> impl Iterator<Item = (KeyId, Value)> {
        self.keys_of(index)
            .map(move |key| (key, self.get(index, key)))
    }

    /// The keys with a value at an id, in order.
    pub(crate) fn keys_of(&self, index: usize) -> impl Iterator<Item = KeyId> {
        self.columns()
            .filter(move |(_, column)| column.is_present(index))
            .map(|(key, _)| key)
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = (KeyId, &Column)> {
        (0..).map(KeyId).zip(&self.0)
    }

    /// Sets a value, or removes it if `value` is null. Returns true if the column widened.
    pub(crate) fn set(&mut self, index: usize, key: KeyId, value: Value) -> bool {
        self.column_mut(key).set(index, value)
    }

    pub(crate) fn fill(&mut self, first: usize, key: KeyId, data: ColumnData) {
        self.column_mut(key).fill(first, data);
    }

    pub(crate) fn narrow(&mut self, key: KeyId) {
        self.column_mut(key).narrow();
    }

    pub(crate) fn compact(&mut self) {
        self.0.iter_mut().for_each(Column::compact);
    }

    fn column_mut(&mut self, key: KeyId) -> &mut Column {
        if key.index() >= self.0.len() {
            self.0.resize(key.index() + 1, Column::default());
        }
        &mut self.0[key.index()]
    }
}
