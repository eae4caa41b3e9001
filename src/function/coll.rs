//! The `coll` functions of Cypher 25: lists with other elements, another order, or another nesting.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;

use crate::{
    base::Fault,
    function::{
        Context, Example, Function, Meter, Parameter,
        argument::{integer, list, out_of_range},
    },
    value::{
        Key, List, Type, Value,
        build::ListBuilder,
        relation::{equal, order},
    },
};

const LIST: Parameter = Parameter::new("list", Type::LIST);
const POSITION: Parameter = Parameter::new("position", Type::INTEGER);
const VALUE: Parameter = Parameter::new("value", Type::ANY);

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "coll.distinct",
        &[LIST],
        Type::LIST,
        "The elements of the list, each once, in the order of their first occurrence.",
        Example::new("coll.distinct([1, 2, 1, null, null])", "[1, 2, null]"),
        distinct,
    ),
    Function::new(
        "coll.flatten",
        &[LIST, Parameter::new("depth", Type::INTEGER)],
        Type::LIST,
        "The list with the elements of the lists in it, down to a depth, which is 1 if not given.",
        Example::new("coll.flatten([1, [2, [3]]])", "[1, 2, [3]]"),
        flatten,
    )
    .optional(1),
    Function::new(
        "coll.indexOf",
        &[LIST, VALUE],
        Type::INTEGER,
        "The position of the first element that equals the value, from 0; -1 if there is none.",
        Example::new("coll.indexOf(['a', 'b'], 'b')", "1"),
        index_of,
    ),
    Function::new(
        "coll.insert",
        &[LIST, POSITION, VALUE],
        Type::LIST,
        "The list with a value inserted at a position from 0 to its length.",
        Example::new("coll.insert([1, 3], 1, 2)", "[1, 2, 3]"),
        insert,
    )
    .handles_nulls(),
    Function::new(
        "coll.max",
        &[LIST],
        Type::ANY,
        "The element of the list that comes last in the order of `ORDER BY`, without nulls; null if there is none.",
        Example::new("coll.max([2, null, 3])", "3"),
        |arguments, _| extreme("coll.max", arguments, Ordering::Greater),
    ),
    Function::new(
        "coll.min",
        &[LIST],
        Type::ANY,
        "The element of the list that comes first in the order of `ORDER BY`; null if there is none.",
        Example::new("coll.min([2, null, 3])", "2"),
        |arguments, _| extreme("coll.min", arguments, Ordering::Less),
    ),
    Function::new(
        "coll.remove",
        &[LIST, POSITION],
        Type::LIST,
        "The list without the element at a position from 0.",
        Example::new("coll.remove(['a', 'b', 'c'], 1)", "['a', 'c']"),
        remove,
    ),
    Function::new(
        "coll.sort",
        &[LIST],
        Type::LIST,
        "The elements of the list in the order of `ORDER BY`, nulls last.",
        Example::new("coll.sort([3, null, 1])", "[1, 3, null]"),
        sort,
    ),
];

type Answer = Result<Value, Fault>;

fn distinct(arguments: &[Value], context: &Context<'_>) -> Answer {
    let items = list("coll.distinct", &arguments[0])?;
    context.meter.spend(2 * size_of_val(&***items))?;
    let mut known = FxHashSet::default();
    let mut kept = ListBuilder::default();
    for item in items.iter() {
        context.meter.worked(size_of::<Value>())?;
        if known.insert(Key(item.clone())) {
            kept.push(item.clone())?;
        }
    }
    Ok(kept.finish())
}

fn flatten(arguments: &[Value], context: &Context<'_>) -> Answer {
    let items = list("coll.flatten", &arguments[0])?;
    let depth = match arguments.get(1) {
        Some(depth) => integer("coll.flatten", depth)?,
        None => 1,
    };
    if depth < 0 {
        let message = format!("`coll.flatten` expects a depth from 0, found {depth}");
        return Err(out_of_range(message));
    }
    let mut flat = ListBuilder::default();
    flatten_into(items, depth, &mut flat, context.meter)?;
    Ok(flat.finish())
}

/// Values are nested to a fixed depth at most, which bounds the recursion.
fn flatten_into(
    items: &List,
    depth: i64,
    flat: &mut ListBuilder,
    meter: &dyn Meter,
) -> Result<(), Fault> {
    meter.spend(size_of_val(&***items))?;
    for item in items.iter() {
        meter.worked(size_of::<Value>())?;
        match item {
            Value::List(inner) if depth > 0 => flatten_into(inner, depth - 1, flat, meter)?,
            other => flat.push(other.clone())?,
        }
    }
    Ok(())
}

fn index_of(arguments: &[Value], context: &Context<'_>) -> Answer {
    let items = list("coll.indexOf", &arguments[0])?;
    for (at, item) in items.iter().enumerate() {
        context.meter.worked(size_of::<Value>())?;
        if equal(item, &arguments[1]) == Some(true) {
            return Ok(Value::Integer(at as i64));
        }
    }
    Ok(Value::Integer(-1))
}

fn insert(arguments: &[Value], context: &Context<'_>) -> Answer {
    if arguments[0].is_null() || arguments[1].is_null() {
        return Ok(Value::Null);
    }
    let items = list("coll.insert", &arguments[0])?;
    let at = place("coll.insert", &arguments[1], items.len())?;
    let mut longer = ListBuilder::of_len(items.len() + 1)?;
    context.meter.spend(size_of_val(&***items))?;
    let count = |bytes| context.meter.worked(bytes);
    longer.extend(&items[..at], count)?;
    longer.push(arguments[2].clone())?;
    longer.extend(&items[at..], count)?;
    Ok(longer.finish())
}

fn remove(arguments: &[Value], context: &Context<'_>) -> Answer {
    let items = list("coll.remove", &arguments[0])?;
    let last = items.len().checked_sub(1);
    let Some(last) = last else {
        let message = "`coll.remove` needs a list with elements".to_owned();
        return Err(out_of_range(message));
    };
    let at = place("coll.remove", &arguments[1], last)?;
    let mut shorter = ListBuilder::of_len(last)?;
    context.meter.spend(size_of_val(&***items))?;
    let count = |bytes| context.meter.worked(bytes);
    shorter.extend(&items[..at], count)?;
    shorter.extend(&items[at + 1..], count)?;
    Ok(shorter.finish())
}

/// A position from 0 to `greatest`.
fn place(function: &str, position: &Value, greatest: usize) -> Result<usize, Fault> {
    let position = integer(function, position)?;
    let place = usize::try_from(position).ok();
    place.filter(|place| *place <= greatest).ok_or_else(|| {
        out_of_range(format!(
            "`{function}` expects a position from 0 to {greatest}, found {position}"
        ))
    })
}

fn extreme(function: &str, arguments: &[Value], wanted: Ordering) -> Answer {
    let items = list(function, &arguments[0])?;
    let present = items.iter().filter(|item| !item.is_null());
    let found = present.reduce(|best, item| match order(item, best) == wanted {
        true => item,
        false => best,
    });
    Ok(found.cloned().unwrap_or_default())
}

fn sort(arguments: &[Value], context: &Context<'_>) -> Answer {
    let items = list("coll.sort", &arguments[0])?;
    context.meter.spend(2 * size_of_val(&***items))?;
    let mut sorted: Vec<Value> = items.to_vec();
    sorted.sort_by(order);
    Ok(Value::list(sorted))
}
