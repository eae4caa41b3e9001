//! Arrow arrays of values.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array,
    ListArray, NullArray, StringArray, Time64NanosecondArray, TimestampNanosecondArray,
    builder::NullBufferBuilder,
};
use arrow_schema::Field;

use super::kind::{Kind, short};
use crate::value::{Value, decimal::Decimal};

/// An array of values of a type. `text` spells the value at a position, for a column of texts.
pub(super) fn array(values: &[&Value], kind: &Kind, text: &dyn Fn(usize) -> String) -> ArrayRef {
    let each = || values.iter().copied();
    match kind {
        Kind::Null => Arc::new(NullArray::new(values.len())),
        Kind::Boolean => Arc::new(BooleanArray::from_iter(each().map(|value| match value {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }))),
        Kind::Integer { .. } => Arc::new(Int64Array::from_iter(each().map(|value| match value {
            Value::Integer(value) => Some(*value),
            _ => None,
        }))),
        Kind::Float => Arc::new(Float64Array::from_iter(each().map(|value| match value {
            Value::Float(value) => Some(*value),
            Value::Integer(value) => Some(*value as f64),
            _ => None,
        }))),
        Kind::Decimal { scale, .. } => {
            let digits = each().map(|value| match value {
                Value::Decimal(value) => Some(digits(*value, *scale)),
                _ => None,
            });
            Arc::new(Decimal128Array::from_iter(digits).with_data_type(kind.data_type()))
        }
        Kind::String => Arc::new(StringArray::from_iter(each().map(|value| match value {
            Value::String(text) => Some(&**text),
            _ => None,
        }))),
        Kind::Bytes => Arc::new(BinaryArray::from_iter(each().map(|value| match value {
            Value::Bytes(bytes) => Some(&**bytes),
            _ => None,
        }))),
        Kind::Date => Arc::new(Date32Array::from_iter(each().map(|value| match value {
            Value::Date(date) => i32::try_from(date.days).ok(),
            _ => None,
        }))),
        Kind::LocalTime => {
            let nanos = each().map(|value| match value {
                Value::LocalTime(time) => i64::try_from(time.nanos).ok(),
                _ => None,
            });
            Arc::new(Time64NanosecondArray::from_iter(nanos))
        }
        Kind::LocalDateTime => {
            let nanos = each().map(|value| match value {
                Value::LocalDateTime(local) => short(local.nanos()),
                _ => None,
            });
            Arc::new(TimestampNanosecondArray::from_iter(nanos))
        }
        Kind::DateTime(_) => {
            let nanos = each().map(|value| match value {
                Value::DateTime(instant) => short(instant.instant()),
                _ => None,
            });
            Arc::new(TimestampNanosecondArray::from_iter(nanos).with_data_type(kind.data_type()))
        }
        Kind::List(items) => list(values, items),
        Kind::Text => {
            let texts = values.iter().enumerate();
            let texts = texts.map(|(at, value)| (!value.is_null()).then(|| text(at)));
            Arc::new(StringArray::from_iter(texts))
        }
    }
}

fn list(values: &[&Value], kind: &Kind) -> ArrayRef {
    let mut items: Vec<&Value> = Vec::new();
    let mut lengths = Vec::with_capacity(values.len());
    let mut present = NullBufferBuilder::new(values.len());
    for value in values {
        let before = items.len();
        if let Value::List(list) = value {
            items.extend(list.iter());
        }
        lengths.push(items.len() - before);
        present.append(matches!(value, Value::List(_)));
    }
    // A list has no texts: the whole column is one of texts then.
    let items = array(&items, kind, &|_| String::new());
    let field = Arc::new(Field::new_list_field(kind.data_type(), true));
    let offsets = arrow_buffer::OffsetBuffer::from_lengths(lengths);
    Arc::new(ListArray::new(field, offsets, items, present.finish()))
}

/// The digits of a decimal with so many decimal places, at least as many as it has.
fn digits(decimal: Decimal, scale: u32) -> i128 {
    decimal.mantissa() * 10_i128.pow(scale - decimal.scale())
}

/// The column of a type.
pub(super) fn field(name: &str, kind: &Kind) -> Field {
    Field::new(name, kind.data_type(), true)
}
