//! The fourth relation between values: equivalence, which `DISTINCT`, grouping and joins use.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHasher};

use crate::value::{
    Value,
    decimal::simplest,
    nested::{Shared, shared_address},
    number::as_integer,
    relation::order,
};

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
        (V::List(a), V::List(b)) if a.is_flat() => {
            Arc::ptr_eq(a, b)
                || a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
        }
        (V::List(_), V::List(_)) | (V::Map(_), V::Map(_)) => {
            same_nested(a, b, &mut Shared::default())
        }
        _ => order(a, b).is_eq(),
    }
}

/// The hash of a value as a key.
#[must_use]
pub fn key_hash(value: &Value) -> u64 {
    let mut hasher = FxHasher::default();
    hash_into(value, &mut hasher);
    hasher.finish()
}

/// Feeds a value to a hasher. Equal keys have equal hashes.
pub fn hash_into<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Null => state.write_u8(0),
        Value::Boolean(value) => state.write_u8(1 + u8::from(*value)),
        Value::Integer(value) => state.write_i64(*value),
        Value::Float(value) => hash_float(*value, state),
        Value::Decimal(value) => match simplest(*value) {
            Value::Decimal(short) => short.hash(state),
            other => hash_into(&other, state),
        },
        Value::String(value) => value.hash(state),
        Value::Bytes(value) => value.hash(state),
        Value::List(items) if items.is_flat() => {
            state.write_usize(items.len());
            items.iter().for_each(|item| hash_into(item, state));
        }
        Value::List(_) | Value::Map(_) => {
            state.write_u64(hash_nested(value, &mut FxHashMap::default()));
        }
        Value::Node(id) => id.hash(state),
        Value::Relationship(id) => id.hash(state),
        Value::Path(path) => path.hash(state),
        Value::Date(value) => value.hash(state),
        Value::LocalTime(value) => value.hash(state),
        Value::Time(value) => value.hash(state),
        Value::LocalDateTime(value) => value.hash(state),
        Value::DateTime(value) => value.hash(state),
        Value::Duration(value) => value.hash(state),
        Value::Point(value) => value.hash(state),
    }
}

/// [`same`] for lists and maps. A pair of shared parts that was visited before is the same, as all pairs are until the
/// walk ends.
fn same_nested(a: &Value, b: &Value, seen: &mut Shared) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            let mut pairs = a.iter().zip(&***b);
            a.len() == b.len()
                && (Arc::ptr_eq(a, b)
                    || seen.has_seen_pair(a, b)
                    || pairs.all(|(a, b)| same_nested(a, b, seen)))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && (Arc::ptr_eq(a, b)
                    || seen.has_seen_pair(a, b)
                    || a.iter().all(|(key, value)| {
                        b.get(key)
                            .is_some_and(|other| same_nested(value, other, seen))
                    }))
        }
        _ => same(a, b),
    }
}

fn hash_float<H: Hasher>(value: f64, state: &mut H) {
    match as_integer(value) {
        Some(integer) => state.write_i64(integer),
        None if value.is_nan() => state.write_u64(f64::NAN.to_bits()),
        None => state.write_u64(value.to_bits()),
    }
}

/// The hash of a list or map. `known` has the hashes of shared parts by their addresses.
fn hash_nested(value: &Value, known: &mut FxHashMap<usize, u64>) -> u64 {
    let address = shared_address(value);
    if let Some(hash) = address.and_then(|address| known.get(&address)) {
        return *hash;
    }
    let mut hasher = FxHasher::default();
    match value {
        Value::List(items) => {
            hasher.write_usize(items.len());
            for item in items.iter() {
                hash_part(item, known, &mut hasher);
            }
        }
        Value::Map(entries) => {
            // The order of entries does not matter, so that their hashes are added.
            let sum = entries.iter().fold(0_u64, |sum, (key, value)| {
                let mut entry = FxHasher::default();
                key.hash(&mut entry);
                hash_part(value, known, &mut entry);
                sum.wrapping_add(entry.finish())
            });
            hasher.write_u64(sum);
            hasher.write_usize(entries.len());
        }
        scalar => hash_into(scalar, &mut hasher),
    }
    let hash = hasher.finish();
    if let Some(address) = address {
        known.insert(address, hash);
    }
    hash
}

fn hash_part(value: &Value, known: &mut FxHashMap<usize, u64>, state: &mut FxHasher) {
    match value {
        Value::List(_) | Value::Map(_) => state.write_u64(hash_nested(value, known)),
        scalar => hash_into(scalar, state),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::value::nested::tests::doubled;

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
    fn shared_parts_are_hashed_and_compared_once() {
        let values = [1, 1, 2].map(|leaf| doubled(leaf.into()));
        assert_eq!(distinct(values), 2);
    }

    #[test]
    fn a_hash_does_not_depend_on_sharing() {
        let leaf = Value::list((0..200).map(Value::Integer).collect());
        let copy = Value::list((0..200).map(Value::Integer).collect());
        let shared = Value::list(vec![leaf.clone(), leaf.clone()]);
        assert_eq!(distinct([shared, Value::list(vec![copy, leaf])]), 1);
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
