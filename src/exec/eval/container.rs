//! Lists and maps: literals, elements, slices, projections.

use crate::{
    base::{At, Code, Fault, Span},
    exec::{
        context::{Context, Failure},
        eval::{
            Computed, Evaluated, Rows, entity::key_of, entity_properties, eval_all,
            property::of_value,
        },
    },
    plan::{Expr, Key, MapItem},
    value::{Column, Entries, KeyId, Text, Value, access, expected},
};

/// `[a, b]`
pub(super) fn list(items: &[Expr], rows: Rows<'_>, span: Span) -> Evaluated {
    let columns = eval_all(items, rows.chunk, rows.cx)?;
    let row_list = |row| Value::list(columns.iter().map(|column| column.value(row)).collect());
    rows.combine(&columns, row_list).at(span)
}

/// `{a: 1}`
pub(super) fn map(entries: &[(Text, Expr)], rows: Rows<'_>, span: Span) -> Evaluated {
    let columns = eval_all(entries.iter().map(|(_, expr)| expr), rows.chunk, rows.cx)?;
    let keys = || entries.iter().map(|(key, _)| Text::clone(key));
    let row_map = |row| {
        let values = columns.iter().map(|column| column.value(row));
        Value::map(keys().zip(values).collect())
    };
    rows.combine(&columns, row_map).at(span)
}

/// `list[0]`, `map['key']`, `n['key']`
pub(super) fn index((bases, keys): (Column, Column), rows: Rows<'_>) -> Computed {
    rows.values(|row| index_value(&bases.peek(row), &keys.peek(row), rows.cx))
}

fn index_value(base: &Value, key: &Value, cx: &Context<'_>) -> Result<Value, Fault> {
    match (base, key) {
        (Value::Node(_) | Value::Relationship(_), Value::Null) => Ok(Value::Null),
        (Value::Node(_) | Value::Relationship(_), Value::String(name)) => {
            let id = cx.graph().catalog().key(name).unwrap_or(KeyId::NONE);
            of_value(base, name, id, cx)
        }
        (Value::Node(_) | Value::Relationship(_), other) => {
            let kind = other.kind();
            let message = format!("expected a STRING as the key of a property, found {kind}");
            Err(Fault::new(Code::MapElementAccessByNonString, message))
        }
        _ => access::index(base, key),
    }
}

/// `list[1..2]`
pub(super) fn slice(
    lists: &Column,
    from: Option<Column>,
    to: Option<Column>,
    rows: Rows<'_>,
) -> Computed {
    rows.values(|row| {
        let bound = |column: &Option<Column>| column.as_ref().map(|column| column.value(row));
        access::slice(&lists.peek(row), bound(&from).as_ref(), bound(&to).as_ref())
    })
}

/// `n {.name, .*, x: 1}`
pub(super) fn map_projection(
    base: &Expr,
    items: &[MapItem],
    rows: Rows<'_>,
    span: Span,
) -> Evaluated {
    let bases = rows.eval(base)?;
    let items = items.iter().map(|item| Projected::new(item, rows));
    let items: Vec<_> = items.collect::<Result<_, _>>()?;
    rows.values(|row| project(&bases.peek(row), &items, row, rows.cx))
        .at(span)
}

/// An item of a map projection; an entry has its values.
enum Projected<'e> {
    All,
    Property(&'e Key),
    Entry(&'e Text, Column),
}

impl<'e> Projected<'e> {
    fn new(item: &'e MapItem, rows: Rows<'_>) -> Result<Self, Failure> {
        Ok(match item {
            MapItem::All => Self::All,
            MapItem::Property(key) => Self::Property(key),
            MapItem::Entry(name, expr) => Self::Entry(name, rows.eval(expr)?),
        })
    }
}

fn project(
    base: &Value,
    items: &[Projected<'_>],
    row: usize,
    cx: &Context<'_>,
) -> Result<Value, Fault> {
    if base.is_null() {
        return Ok(Value::Null);
    }
    let mut result = Entries::default();
    for item in items {
        match item {
            Projected::All => match entity_properties(base, cx)? {
                Some(all) => result.extend(all),
                None => return Err(expected("NODE, RELATIONSHIP or MAP", base)),
            },
            Projected::Property(key) => {
                let value = of_value(base, &key.name, key_of(key, cx), cx)?;
                result.insert(Text::clone(&key.name), value);
            }
            Projected::Entry(name, column) => {
                result.insert(Text::clone(name), column.value(row));
            }
        }
    }
    Ok(Value::map(result))
}
