//! Lists and maps: literals, elements, slices, projections.

use crate::{
    base::{At, Code, Fault, Span},
    exec::{
        chunk::Chunk,
        context::Context,
        eval::{Evaluated, entity::key_of, entity_properties, eval, property::of_value},
    },
    plan::{Expr, MapItem},
    value::{Column, Entries, KeyId, Text, Value, access, expected},
};

/// `[a, b]`
pub(super) fn list(items: &[Expr], chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    let columns = items.iter().map(|expr| eval(expr, chunk, cx));
    let columns: Vec<_> = columns.collect::<Result<_, _>>()?;
    if columns
        .iter()
        .all(|column| matches!(column, Column::Constant(_)))
    {
        return Ok(Column::Constant(row_list(&columns, 0)));
    }
    Ok(Column::values(
        (0..chunk.len())
            .map(|row| row_list(&columns, row))
            .collect(),
    ))
}

fn row_list(columns: &[Column], row: usize) -> Value {
    Value::list(columns.iter().map(|column| column.value(row)).collect())
}

/// `{a: 1}`
pub(super) fn map(entries: &[(Text, Expr)], chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    let columns = entries
        .iter()
        .map(|(key, expr)| eval(expr, chunk, cx).map(|column| (key, column)));
    let columns: Vec<_> = columns.collect::<Result<_, _>>()?;
    let row_map = |row| {
        let entries = columns
            .iter()
            .map(|(key, column)| (Text::clone(key), column.value(row)));
        Value::map(entries.collect())
    };
    if columns
        .iter()
        .all(|(_, column)| matches!(column, Column::Constant(_)))
    {
        return Ok(Column::Constant(row_map(0)));
    }
    Ok(Column::values((0..chunk.len()).map(row_map).collect()))
}

/// `list[0]`, `map['key']`, `n['key']`
pub(super) fn index(
    base: &Expr,
    key: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let (bases, keys) = (eval(base, chunk, cx)?, eval(key, chunk, cx)?);
    let values = (0..chunk.len()).map(|row| index_value(&bases.peek(row), &keys.peek(row), cx));
    values
        .collect::<Result<_, _>>()
        .map(Column::values)
        .at(span)
}

fn index_value(base: &Value, key: &Value, cx: &Context<'_>) -> Result<Value, Fault> {
    match (base, key) {
        (Value::Node(_) | Value::Relationship(_), Value::Null) => Ok(Value::Null),
        (Value::Node(_) | Value::Relationship(_), Value::String(name)) => {
            let id = cx.graph().catalog().key(name).unwrap_or(KeyId::NONE);
            of_value(base, name, id, cx)
        }
        (Value::Node(_) | Value::Relationship(_), other) => Err(Fault::new(
            Code::MapElementAccessByNonString,
            format!(
                "expected a STRING as the key of a property, found {}",
                other.kind()
            ),
        )),
        _ => access::index(base, key),
    }
}

/// `list[1..2]`
pub(super) fn slice(
    list: &Expr,
    from: Option<&Expr>,
    to: Option<&Expr>,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let lists = eval(list, chunk, cx)?;
    let from = from.map(|expr| eval(expr, chunk, cx)).transpose()?;
    let to = to.map(|expr| eval(expr, chunk, cx)).transpose()?;
    let values = (0..chunk.len()).map(|row| {
        let bound = |column: &Option<Column>| column.as_ref().map(|column| column.value(row));
        access::slice(&lists.peek(row), bound(&from).as_ref(), bound(&to).as_ref())
    });
    values
        .collect::<Result<_, _>>()
        .map(Column::values)
        .at(span)
}

/// `n {.name, .*, x: 1}`
pub(super) fn map_projection(
    base: &Expr,
    items: &[MapItem],
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let bases = eval(base, chunk, cx)?;
    let entry = |item: &MapItem| match item {
        MapItem::All | MapItem::Property(_) => Ok(None),
        MapItem::Entry(_, expr) => eval(expr, chunk, cx).map(Some),
    };
    let entries: Vec<_> = items.iter().map(entry).collect::<Result<_, _>>()?;
    let values = (0..chunk.len()).map(|row| project(&bases.peek(row), items, &entries, row, cx));
    values
        .collect::<Result<_, _>>()
        .map(Column::values)
        .at(span)
}

fn project(
    base: &Value,
    items: &[MapItem],
    entries: &[Option<Column>],
    row: usize,
    cx: &Context<'_>,
) -> Result<Value, Fault> {
    if base.is_null() {
        return Ok(Value::Null);
    }
    let mut result = Entries::default();
    for (item, entry) in items.iter().zip(entries) {
        match (item, entry) {
            (MapItem::All, _) => match entity_properties(base, cx)? {
                Some(all) => result.extend(all),
                None => return Err(expected("NODE, RELATIONSHIP or MAP", base)),
            },
            (MapItem::Property(key), _) => {
                let value = of_value(base, &key.name, key_of(key, cx), cx)?;
                result.insert(key.name.clone(), value);
            }
            (MapItem::Entry(name, _), Some(column)) => {
                result.insert(name.clone(), column.value(row));
            }
            (MapItem::Entry(..), None) => unreachable!("every entry was evaluated"),
        }
    }
    Ok(Value::map(result))
}
