//! The fourth relation between values: equivalence, which `DISTINCT`, grouping and joins use.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::value::{Entries, Value, number::as_integer, relation::order};

/// A value as the key of a hash table.
///
/// Null equals null, NaN equals NaN, `1` equals `1.0` and `0.0` equals `-0.0`, at every nesting depth.
#[derive(Clone, Debug)]
pub struct Key(pub Value);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_into(&self.0, state);
    }
}

/// True if two values are the same key.
#[must_use]
pub fn same(a: &Value, b: &Value) -> bool {
    use Value as V;
    match (a, b) {
        (V::Integer(a), V::Integer(b)) => a == b,
        (V::String(a), V::String(b)) => a == b,
        (V::Node(a), V::Node(b)) => a == b,
        (V::Relationship(a), V::Relationship(b)) => a == b,
        (V::Path(a), V::Path(b)) => a == b,
        (V::List(a), V::List(b)) => {
            a.len() == b.len() && a.iter().zip(&**b).all(|(a, b)| same(a, b))
        }
        (V::Map(a), V::Map(b)) => same_entries(a, b),
        _ => order(a, b).is_eq(),
    }
}

/// Feeds a value to a hasher. Equal keys have equal hashes.
pub fn hash_into<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Null => state.write_u8(0),
        Value::Boolean(value) => state.write_u8(1 + u8::from(*value)),
        Value::Integer(value) => state.write_i64(*value),
        Value::Float(value) => hash_float(*value, state),
        Value::String(value) => value.hash(state),
        Value::List(items) => hash_list(items, state),
        Value::Map(entries) => hash_map(entries, state),
        Value::Node(id) => id.hash(state),
        Value::Relationship(id) => id.hash(state),
        Value::Path(path) => path.hash(state),
        Value::Date(value) => value.hash(state),
        Value::LocalTime(value) => value.hash(state),
        Value::Time(value) => value.hash(state),
        Value::LocalDateTime(value) => value.hash(state),
        Value::DateTime(value) => value.hash(state),
        Value::Duration(value) => value.hash(state),
    }
}

fn same_entries(a: &Entries, b: &Entries) -> bool {
    let found = |(key, value): (&_, &Value)| b.get(key).is_some_and(|other| same(value, other));
    a.len() == b.len() && a.iter().all(found)
}

fn hash_float<H: Hasher>(value: f64, state: &mut H) {
    match as_integer(value) {
        Some(integer) => state.write_i64(integer),
        None if value.is_nan() => state.write_u64(f64::NAN.to_bits()),
        None => state.write_u64(value.to_bits()),
    }
}

fn hash_list<H: Hasher>(items: &[Value], state: &mut H) {
    state.write_usize(items.len());
    items.iter().for_each(|item| hash_into(item, state));
}

/// Sums the hashes of the entries, since the order of entries does not matter.
fn hash_map<H: Hasher>(entries: &Entries, state: &mut H) {
    let sum = entries.iter().fold(0_u64, |sum, (key, value)| {
        let mut hasher = FxHasher::default();
        key.hash(&mut hasher);
        hash_into(value, &mut hasher);
        sum.wrapping_add(hasher.finish())
    });
    state.write_u64(sum);
    state.write_usize(entries.len());
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn distinct<const N: usize>(values: [Value; N]) -> usize {
        values.into_iter().map(Key).collect::<HashSet<_>>().len()
    }

    #[test]
    fn numbers_of_one_value_are_one_key() {
        assert_eq!(distinct([1.into(), 1.0.into()]), 1);
        assert_eq!(distinct([0.0.into(), (-0.0).into(), 0.into()]), 1);
        assert_eq!(distinct([f64::NAN.into(), (-f64::NAN).into()]), 1);
        assert_eq!(distinct([i64::MAX.into(), (i64::MAX as f64).into()]), 2);
    }

    #[test]
    fn nulls_are_one_key_at_every_depth() {
        assert_eq!(distinct([Value::Null, Value::Null]), 1);
        assert_eq!(
            distinct([vec![Value::Null].into(), vec![Value::Null].into()]),
            1
        );
        assert_eq!(
            distinct([Value::Null, false.into(), 0.into(), "".into()]),
            4
        );
    }

    #[test]
    fn the_order_of_entries_does_not_count() {
        let map = |keys: [&str; 2]| {
            Value::map(keys.into_iter().map(|key| (key.into(), 1.into())).collect())
        };
        assert_eq!(distinct([map(["a", "b"]), map(["b", "a"])]), 1);
        assert_eq!(distinct([map(["a", "b"]), map(["a", "c"])]), 2);
    }
}
