//! Registers the tables of a request as procedures.

use serde_json::Value as Json;

use super::request::Table;
use crate::{answer::typed, engine::Database, function::Procedure, value::Value};

/// Registers tables as procedures; if one is invalid, none is registered.
pub(super) fn register(database: &mut Database, tables: Vec<Table>) -> Result<(), String> {
    let procedures: Result<Vec<_>, _> = tables.into_iter().map(declare).collect();
    for procedure in procedures? {
        database.register(procedure);
    }
    Ok(())
}

fn declare(table: Table) -> Result<Procedure, String> {
    let place = |message: String| format!("procedure `{}`: {message}", table.signature);
    let rows: Result<Vec<_>, _> = table.rows.iter().map(|row| read_row(row)).collect();
    let mut rows = rows.map_err(place)?;
    if let Some(columns) = &table.columns {
        let named = Procedure::declare(&table.signature, Vec::new());
        let named = named.map_err(|fault| place(fault.message))?;
        let order = order(&named, columns).map_err(place)?;
        let arranged = rows.iter().map(|row| arranged(row, &order));
        rows = arranged.collect::<Result<_, _>>().map_err(place)?;
    }
    Procedure::declare(&table.signature, rows).map_err(|fault| place(fault.message))
}

fn read_row(row: &[Json]) -> Result<Vec<Value>, String> {
    let values: Result<_, _> = row.iter().map(typed::read).collect();
    values.map_err(|problem| format!("`rows`: {problem}"))
}

/// The column position of each field of the signature. If an input and an output have the same name, the columns must
/// be in the order of the signature.
fn order(procedure: &Procedure, columns: &[String]) -> Result<Vec<usize>, String> {
    let fields = || procedure.inputs.iter().chain(&procedure.outputs);
    if fields()
        .map(|field| &*field.name)
        .eq(columns.iter().map(String::as_str))
    {
        return Ok((0..columns.len()).collect());
    }
    fields()
        .map(|field| {
            let position = columns.iter().position(|column| **column == *field.name);
            position.ok_or_else(|| format!("expected a column `{}`, found none", field.name))
        })
        .collect()
}

fn arranged(row: &[Value], order: &[usize]) -> Result<Vec<Value>, String> {
    let value = |position: &usize| row.get(*position).cloned();
    let arranged: Option<_> = order.iter().map(value).collect();
    arranged.ok_or_else(|| "expected a value for each column in each row".into())
}
