//! The columns of a file: one per key and type in its rows.

use std::collections::BTreeMap;

use crate::{
    base::{Code, Fault},
    graph::{
        Catalog,
        load::cell::{CellType, Scalar},
        save::cell::{Need, need, wider},
    },
    value::{KeyId, Value},
};

/// A property column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) key: KeyId,
    pub(super) cell_type: CellType,
}

/// The columns that the rows seen so far need.
#[derive(Debug, Default)]
pub(super) struct Needs {
    keys: BTreeMap<KeyId, Vec<CellType>>,
    /// Keys with an empty list.
    any_list: Vec<KeyId>,
}

impl Needs {
    /// Records the value of a property.
    pub(super) fn add(
        &mut self,
        key: KeyId,
        value: &Value,
        array_delimiter: char,
        catalog: &Catalog,
    ) -> Result<(), Fault> {
        let types = self.keys.entry(key).or_default();
        match need(value, array_delimiter) {
            Need::Of(cell_type) => {
                let same = types.iter_mut().find(|known| is_one(**known, cell_type));
                match same {
                    Some(known) => *known = united(*known, cell_type),
                    None => types.push(cell_type),
                }
            }
            Need::AnyList if !self.any_list.contains(&key) => self.any_list.push(key),
            Need::AnyList => {}
            Need::Unknown => {
                let (name, kind) = (catalog.key_name(key), value.kind());
                let message = format!(
                    "cannot save the property `{name}`: expected a value that a CSV file can contain, found {kind}"
                );
                return Err(Fault::new(Code::SaveProblem, message));
            }
        }
        Ok(())
    }

    /// The columns in the key order `order`; `*` stands for all keys not listed, sorted by name. Without `*` they come
    /// last.
    pub(super) fn columns(mut self, order: &[String], catalog: &Catalog) -> Vec<Column> {
        for key in self.any_list {
            let types = self.keys.entry(key).or_default();
            if !types.iter().any(|cell_type| holds_lists(*cell_type)) {
                types.push(CellType {
                    scalar: Scalar::String,
                    list: true,
                });
            }
        }
        let mut keys: Vec<_> = self.keys.into_iter().collect();
        keys.sort_by_key(|(key, _)| {
            let name = &**catalog.key_name(*key);
            (place(order, name), name)
        });
        keys.into_iter()
            .flat_map(|(key, mut types)| {
                types.sort_by_key(|cell_type| (cell_type.list, cell_type.scalar));
                types
                    .into_iter()
                    .map(move |cell_type| Column { key, cell_type })
            })
            .collect()
    }
}

/// The position of a key in an order.
pub(super) fn place(order: &[String], name: &str) -> usize {
    let find = |wanted: &str| order.iter().position(|known| known == wanted);
    let named = find(name).filter(|_| name != "*");
    named.or_else(|| find("*")).unwrap_or(order.len())
}

/// Whether two types can share a column.
fn is_one(a: CellType, b: CellType) -> bool {
    a.list == b.list && wider(a.scalar, b.scalar).is_some()
}

fn united(a: CellType, b: CellType) -> CellType {
    CellType {
        scalar: wider(a.scalar, b.scalar).unwrap_or(a.scalar),
        list: a.list,
    }
}

fn holds_lists(cell_type: CellType) -> bool {
    cell_type.list || cell_type.scalar == Scalar::Mixed
}

/// Whether a value belongs into this column, among those for its key.
pub(super) fn holds(column: Column, value: &Value, array_delimiter: char) -> bool {
    match need(value, array_delimiter) {
        Need::Of(cell_type) => is_one(column.cell_type, cell_type),
        Need::AnyList => holds_lists(column.cell_type),
        Need::Unknown => false,
    }
}
