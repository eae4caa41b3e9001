//! Functions on values of any type: sizes, nulls, type names, timestamps and random identifiers.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::{
    base::Fault,
    function::{Context, Example, Function, Parameter, Purity, argument::unsuited},
    value::{Kind, Type, Value, relation::equal, shared_address},
};

const VALUE: Parameter = Parameter::new("value", Type::ANY);
const SIZED: Type = Type::LIST.or(Type::STRING).or(Type::of(Kind::Bytes));

/// The functions of this area.
pub(super) const ROWS: &[Function] = &[
    Function::new(
        "size",
        &[Parameter::new("value", SIZED)],
        Type::INTEGER,
        "The number of elements of a list, of characters of a string, or of bytes of a byte string.",
        Example::new("size([1, 2, 3])", "3"),
        |arguments, _| size("size", "a LIST, STRING or BYTES", arguments),
    ),
    Function::new(
        "cardinality",
        &[Parameter::new("value", Type::LIST.or(Type::MAP))],
        Type::INTEGER,
        "The number of elements of a list, or of entries of a map; the GQL spelling.",
        Example::new("cardinality({a: 1, b: 2})", "2"),
        |arguments, _| size("cardinality", "a LIST or MAP", arguments),
    ),
    Function::new(
        "isEmpty",
        &[Parameter::new("value", SIZED.or(Type::MAP))],
        Type::BOOLEAN,
        "True if a list, map or string is empty.",
        Example::new("isEmpty([])", "true"),
        is_empty,
    ),
    Function::new(
        "coalesce",
        &[VALUE],
        Type::ANY,
        "The first value that is not null; the values after it are not evaluated.",
        Example::new("coalesce(null, 'a', 'b')", "'a'"),
        |arguments, _| {
            Ok(arguments
                .iter()
                .find(|value| !value.is_null())
                .cloned()
                .unwrap_or_default())
        },
    )
    .variadic()
    .skips_nulls(),
    Function::new(
        "nullIf",
        &[VALUE, Parameter::new("other", Type::ANY)],
        Type::ANY,
        "Null if the two values are equal, otherwise the first.",
        Example::new("nullIf(4, 4)", "null"),
        null_if,
    )
    .handles_nulls(),
    Function::new(
        "exists",
        &[VALUE],
        Type::BOOLEAN,
        "True if the value, such as a property, is not null.",
        Example::new("exists({a: 1}.a)", "true"),
        |arguments, _| Ok((!arguments[0].is_null()).into()),
    )
    .handles_nulls(),
    Function::new(
        "valueType",
        &[VALUE],
        Type::STRING,
        "The type of the value; for a list, with the types of its elements.",
        Example::new(
            "valueType([1, 'a'])",
            "'LIST<STRING NOT NULL | INTEGER NOT NULL> NOT NULL'",
        ),
        |arguments, _| Ok(type_name(&arguments[0]).into()),
    )
    .handles_nulls(),
    Function::new(
        "timestamp",
        &[],
        Type::INTEGER,
        "The milliseconds from 1970-01-01T00:00:00Z to the start of the statement.",
        Example::new("timestamp() > 0", "true"),
        timestamp,
    )
    .depends_on(Purity::Statement),
    Function::new(
        "randomUUID",
        &[],
        Type::STRING,
        "A random identifier of 36 characters, a new one for each row.",
        Example::new("size(randomUUID())", "36"),
        random_uuid,
    )
    .depends_on(Purity::Volatile),
];

type Answer = Result<Value, Fault>;

fn size(function: &str, expected: &str, arguments: &[Value]) -> Answer {
    let size = match &arguments[0] {
        Value::List(items) => items.len(),
        Value::String(text) if function == "size" => text.chars().count(),
        Value::Bytes(bytes) if function == "size" => bytes.len(),
        Value::Map(entries) if function == "cardinality" => entries.len(),
        other => return Err(unsuited(function, expected, other)),
    };
    Ok(Value::Integer(size as i64))
}

fn is_empty(arguments: &[Value], _: &Context<'_>) -> Answer {
    match &arguments[0] {
        Value::List(items) => Ok(items.is_empty().into()),
        Value::Map(entries) => Ok(entries.is_empty().into()),
        Value::String(text) => Ok(text.is_empty().into()),
        Value::Bytes(bytes) => Ok(bytes.is_empty().into()),
        other => Err(unsuited("isEmpty", "a LIST, MAP or STRING", other)),
    }
}

fn null_if(arguments: &[Value], _: &Context<'_>) -> Answer {
    match equal(&arguments[0], &arguments[1]) {
        Some(true) => Ok(Value::Null),
        _ => Ok(arguments[0].clone()),
    }
}

fn timestamp(_: &[Value], context: &Context<'_>) -> Answer {
    let (seconds, nanos) = context.statement_time;
    Ok(Value::Integer(
        seconds
            .saturating_mul(1000)
            .saturating_add(i64::from(nanos) / 1_000_000),
    ))
}

/// A random UUID: version 4, variant 1.
fn random_uuid(_: &[Value], context: &Context<'_>) -> Answer {
    let (high, low) = ((context.random)(), (context.random)());
    let high = high & !0xF000 | 0x4000;
    let low = low & !(0b11 << 62) | (0b10 << 62);
    let (first, second, third) = (high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF);
    let (fourth, fifth) = (low >> 48, low & 0xFFFF_FFFF_FFFF);
    Ok(format!("{first:08x}-{second:04x}-{third:04x}-{fourth:04x}-{fifth:012x}").into())
}

/// The type of a value in the syntax of GQL.
fn type_name(value: &Value) -> String {
    type_name_in(value, &mut FxHashMap::default())
}

/// As [`type_name`]. `known` has the types of shared lists by their addresses.
fn type_name_in(value: &Value, known: &mut FxHashMap<usize, String>) -> String {
    let address = shared_address(value);
    if let Some(name) = address.and_then(|address| known.get(&address)) {
        return name.clone();
    }
    let name = match value {
        Value::Null => "NULL".to_owned(),
        Value::List(items) => format!("LIST<{}> NOT NULL", element_types(items, known)),
        other => format!("{} NOT NULL", other.kind()),
    };
    if let Some(address) = address {
        known.insert(address, name.clone());
    }
    name
}

/// The types of the elements, each once, in the order of `rank`. Nullable types have no `NOT NULL`.
fn element_types(items: &[Value], known: &mut FxHashMap<usize, String>) -> String {
    if items.is_empty() {
        return "NOTHING".to_owned();
    }
    let present = items.iter().filter(|item| !item.is_null());
    let types = present.map(|item| (rank(item), type_name_in(item, known)));
    let types: BTreeSet<_> = types.collect();
    if types.is_empty() {
        return "NULL".to_owned();
    }
    let nullable = items.iter().any(Value::is_null);
    let shown = |name: &str| match name.strip_suffix(" NOT NULL") {
        Some(bare) if nullable => bare.to_owned(),
        _ => name.to_owned(),
    };
    let names: Vec<_> = types.iter().map(|(_, name)| shown(name)).collect();
    names.join(" | ")
}

/// The position of a type among others: scalars, then entities, maps, lists and paths. Types of the same rank are sorted
/// by name.
fn rank(value: &Value) -> u8 {
    use crate::value::Kind as K;
    match value.kind() {
        K::Null => 0,
        K::Boolean => 1,
        K::String => 2,
        K::Integer => 3,
        K::Float => 4,
        K::Date => 5,
        K::LocalTime => 6,
        K::Time => 7,
        K::LocalDateTime => 8,
        K::DateTime => 9,
        K::Duration => 10,
        K::Node => 11,
        K::Relationship => 12,
        K::Map => 13,
        K::List => 14,
        K::Path => 15,
        K::Decimal => 16,
        K::Bytes => 17,
        K::Point => 18,
    }
}
