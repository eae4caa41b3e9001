//! Key columns as words: ids, codes of a dictionary, integers, floats, booleans and dates, each with a word of its own for
//! null. Equal keys of a type have equal words.

use std::sync::Arc;

use crate::{
    exec::kernel::Distinct,
    value::{
        Column, Date, Dictionary, EdgeId, Key, NodeId, Text, Value,
        column::{Typed, edge_value, node_value},
    },
};

/// The type of the words of a packed key column.
#[derive(Clone)]
pub(super) enum Tag {
    Node,
    Edge,
    Integer,
    Float,
    Boolean,
    Date,
    Text(Arc<Dictionary>),
}

impl PartialEq for Tag {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Arc::ptr_eq(a, b),
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }
}

/// The word of null among ids and codes.
const NULL_ID: u64 = u32::MAX as u64;

/// The word of null among integers and dates; integers with this value are not packed.
const NULL_INTEGER: i64 = i64::MIN;

/// The word of null among floats: a NaN that no float is packed as.
const NULL_FLOAT: u64 = u64::MAX;

const NULL_BOOLEAN: u64 = 2;

/// A key column as words of a type; `None` if it has no such form. `own` is the type of the words that the table has.
pub(super) fn pack(column: &Column, len: usize, own: Option<&Tag>) -> Option<(Tag, Vec<u64>)> {
    Some(match column {
        Column::Nodes(nodes) => (Tag::Node, nodes.iter().map(|node| node.0.into()).collect()),
        Column::Edges(edges) => (Tag::Edge, edges.iter().map(|edge| edge.0.into()).collect()),
        Column::Integers(values) => (Tag::Integer, integers(values)?),
        Column::Dates(values) => (Tag::Date, integers(values)?),
        Column::Floats(values) => (Tag::Float, words(values.iter(), NULL_FLOAT, float)),
        Column::Booleans(values) => {
            let values = values.iter().copied();
            (Tag::Boolean, words(values, NULL_BOOLEAN, u64::from))
        }
        Column::Strings(codes, texts) => {
            let words = words(codes.iter(), NULL_ID, u64::from);
            (Tag::Text(Arc::clone(texts)), words)
        }
        Column::Constant(value) => {
            let (tag, word) = pack_value(value, own)?;
            (tag, vec![word; len])
        }
        Column::Values(_) => return None,
    })
}

fn words<T>(
    values: impl Iterator<Item = Option<T>>,
    null: u64,
    word: impl Fn(T) -> u64,
) -> Vec<u64> {
    values.map(|value| value.map_or(null, &word)).collect()
}

/// The word of a string that no row has.
const UNKNOWN: u64 = NULL_ID - 1;

/// A key column as codes of a dictionary, which is extended by the strings of new groups; `None` if it has other values
/// than strings.
pub(super) fn pack_texts<const ADD: bool>(
    column: &Column,
    len: usize,
    texts: &mut Arc<Dictionary>,
) -> Option<Vec<u64>> {
    match column {
        Column::Strings(codes, own) if Arc::ptr_eq(own, texts) => {
            Some(words(codes.iter(), NULL_ID, u64::from))
        }
        Column::Strings(codes, own) => {
            let distinct = Distinct::new(codes, own.len());
            let codes = distinct.codes.iter();
            let translated: Vec<_> = codes
                .map(|code| word::<ADD>(own.text(*code), texts))
                .collect();
            let word = |at: u32| translated[at as usize];
            Some(words(distinct.rows.iter(), NULL_ID, word))
        }
        Column::Values(values) => {
            let words = values.iter().map(|value| word_of::<ADD>(value, texts));
            words.collect()
        }
        Column::Constant(value) => Some(vec![word_of::<ADD>(value, texts)?; len]),
        _ => None,
    }
}

fn word_of<const ADD: bool>(value: &Value, texts: &mut Arc<Dictionary>) -> Option<u64> {
    match value {
        Value::Null => Some(NULL_ID),
        Value::String(text) => Some(word::<ADD>(text, texts)),
        _ => None,
    }
}

fn word<const ADD: bool>(text: &Text, texts: &mut Arc<Dictionary>) -> u64 {
    match texts.code(text) {
        Some(code) => code.into(),
        None if ADD => Arc::make_mut(texts).intern(text).into(),
        None => UNKNOWN,
    }
}

fn integers(values: &Typed<i64>) -> Option<Vec<u64>> {
    let mut words = Vec::with_capacity(values.len());
    for value in values.iter() {
        if value == Some(NULL_INTEGER) {
            return None;
        }
        words.push(value.unwrap_or(NULL_INTEGER).cast_unsigned());
    }
    Some(words)
}

/// Floats that are the same key have the same word.
fn float(value: f64) -> u64 {
    if value.is_nan() {
        f64::NAN.to_bits()
    } else {
        // Adding zero makes `-0.0` into `0.0`.
        (value + 0.0).to_bits()
    }
}

fn pack_value(value: &Value, own: Option<&Tag>) -> Option<(Tag, u64)> {
    Some(match (value, own) {
        (Value::Null, Some(tag)) => (tag.clone(), null(tag)),
        (Value::Node(node), _) => (Tag::Node, node.0.into()),
        (Value::Relationship(edge), _) => (Tag::Edge, edge.0.into()),
        (Value::Integer(value), _) if *value != NULL_INTEGER => {
            (Tag::Integer, value.cast_unsigned())
        }
        (Value::Float(value), _) => (Tag::Float, float(*value)),
        (Value::Boolean(value), _) => (Tag::Boolean, (*value).into()),
        (Value::Date(date), _) => (Tag::Date, date.days.cast_unsigned()),
        _ => return None,
    })
}

/// The word of null.
fn null(tag: &Tag) -> u64 {
    match tag {
        Tag::Node | Tag::Edge | Tag::Text(_) => NULL_ID,
        Tag::Integer | Tag::Date => NULL_INTEGER.cast_unsigned(),
        Tag::Float => NULL_FLOAT,
        Tag::Boolean => NULL_BOOLEAN,
    }
}

pub(super) fn unpack(tag: &Tag, word: u64) -> Key {
    if word == null(tag) {
        return Key(Value::Null);
    }
    // Ids and codes were widened from 32 bits, so that narrowing them loses nothing.
    Key(match tag {
        Tag::Node => node_value(NodeId(word as u32)),
        Tag::Edge => edge_value(EdgeId(word as u32)),
        Tag::Integer => Value::Integer(word.cast_signed()),
        Tag::Float => Value::Float(f64::from_bits(word)),
        Tag::Boolean => Value::Boolean(word == 1),
        Tag::Date => Value::Date(Date {
            days: word.cast_signed(),
        }),
        Tag::Text(texts) => Value::String(Text::clone(texts.text(word as u32))),
    })
}
