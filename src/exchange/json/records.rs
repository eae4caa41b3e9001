//! Records as JSON: an array of objects, objects line by line, or an object with several of them. They are tables, whose rows
//! become nodes or relationships as those of CSV files do.

use indexmap::IndexSet;
use serde_json::Value as Json;

use super::{
    source::{Object, Source},
    value::properties,
};
use crate::{exchange::rows::Table, value::Value};

/// Whether all items are objects, and there are some.
pub(super) fn are_records(items: &[Json]) -> bool {
    !items.is_empty() && items.iter().all(Json::is_object)
}

/// Adds records as a table with the name of the file, or with a name of their own in it.
pub(super) fn add(source: &mut Source<'_, '_, '_>, name: Option<&str>, records: &[&Object]) {
    let mut columns: IndexSet<String> = IndexSet::new();
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let mut row = vec![Value::Null; columns.len()];
        properties(record, &mut |key, value| {
            let (at, is_new) = columns.insert_full(key.to_owned());
            if is_new {
                row.push(Value::Null);
            }
            row[at] = value;
        });
        rows.push(row);
    }
    let document = source.document;
    let file = match name {
        Some(name) => format!("{}#{name}", document.name()),
        None => document.name().to_owned(),
    };
    let stem = name.unwrap_or_else(|| document.stem());
    let columns = columns.into_iter().collect();
    source
        .reading
        .tables
        .push(Table::of_values(&file, stem, columns, rows));
}

/// Adds the records of an object: one table for each member that is an array of objects, or one record for each member that
/// is an object. Returns false if there are none.
pub(super) fn members(source: &mut Source<'_, '_, '_>, object: &Object) -> bool {
    let mut found = false;
    for (name, json) in object {
        if let Json::Array(items) = json
            && are_records(items)
        {
            let records: Vec<&Object> = items.iter().filter_map(Json::as_object).collect();
            add(source, Some(name), &records);
            found = true;
        }
    }
    if found || object.is_empty() || !object.values().all(Json::is_object) {
        return found;
    }
    let keyed: Vec<Object> = object
        .iter()
        .map(|(key, json)| {
            let mut record = json.as_object().cloned().unwrap_or_default();
            record
                .entry("key")
                .or_insert_with(|| Json::from(key.as_str()));
            record
        })
        .collect();
    add(source, None, &keyed.iter().collect::<Vec<_>>());
    true
}
