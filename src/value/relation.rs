//! Three of the four relations between values: [`equal`], [`compare`] and [`order`]. The fourth is
//! [`Key`](crate::value::Key).
//!
//! | relation | used by | null | values of different types |
//! | --- | --- | --- | --- |
//! | `equal` | `=`, `<>`, `IN` | unknown | false |
//! | `compare` | `<`, `<=`, `>`, `>=` | unknown | unknown |
//! | `Key` | `DISTINCT`, grouping, joins | equal to null | different |
//! | `order` | `ORDER BY`, `min`, `max` | last | by type, total |
//!
//! `order(a, b)` is `Equal` if and only if `Key(a) == Key(b)`.

use std::{cmp::Ordering, sync::Arc};

use crate::{
    base::{Code, CompareOp, Fault},
    value::{
        Entries, Kind, Path, Value,
        decimal::{compare_float, exact_number},
        nested::Shared,
        number::{compare_mixed, order_floats},
    },
};

/// `a = b`; `None` if unknown.
///
/// Nulls in lists and maps make the result unknown only if no other element decides it.
#[must_use]
pub fn equal(a: &Value, b: &Value) -> Option<bool> {
    use Value as V;
    match (a, b) {
        (V::Null, _) | (_, V::Null) => None,
        (V::Boolean(a), V::Boolean(b)) => Some(a == b),
        (V::Integer(a), V::Integer(b)) => Some(a == b),
        (V::Float(a), V::Float(b)) => Some(a == b),
        (V::Integer(a), V::Float(b)) | (V::Float(b), V::Integer(a)) => {
            Some(compare_mixed(*a, *b) == Some(Ordering::Equal))
        }
        (V::String(a), V::String(b)) => Some(a == b),
        (V::Bytes(a), V::Bytes(b)) => Some(a == b),
        (V::Decimal(_), _) | (_, V::Decimal(_)) => {
            Some(matches!(with_decimal(a, b), Some(Some(Ordering::Equal))))
        }
        (V::List(a), V::List(b)) if a.is_flat() => {
            if a.len() != b.len() {
                return Some(false);
            }
            all(a.iter().zip(b.iter()).map(|(a, b)| equal(a, b)))
        }
        (V::List(_), V::List(_)) | (V::Map(_), V::Map(_)) => {
            equal_nested(a, b, &mut Shared::default())
        }
        (V::Node(a), V::Node(b)) => Some(a == b),
        (V::Relationship(a), V::Relationship(b)) => Some(a == b),
        (V::Path(a), V::Path(b)) => Some(a == b),
        (V::Point(a), V::Point(b)) => Some(a == b),
        _ => Some(order_temporals(a, b) == Some(Ordering::Equal)),
    }
}

/// `a IN list`; `None` if unknown.
///
/// # Errors
/// A fault if `list` is neither a list nor null.
pub fn member(a: &Value, list: &Value) -> Result<Option<bool>, Fault> {
    match list {
        Value::Null => Ok(None),
        Value::List(items) => Ok(any(items.iter().map(|item| equal(a, item)))),
        other => Err(Fault::new(
            Code::InvalidArgumentTypeAtRuntime,
            format!("expected a LIST after `IN`, found {}", other.kind()),
        )),
    }
}

/// The result of comparing two values with `<`, `<=`, `>` or `>=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The values have an order, or are equal.
    Ordered(Ordering),
    /// A number is compared with NaN: every comparison is false.
    Unordered,
    /// An operand is null, or the types are not comparable.
    Unknown,
}

/// Compares two values for `<`, `<=`, `>` and `>=`.
#[must_use]
pub fn relate(a: &Value, b: &Value) -> Comparison {
    use Value as V;
    match (a, b) {
        (V::Integer(a), V::Integer(b)) => Comparison::Ordered(a.cmp(b)),
        (V::Float(a), V::Float(b)) => numbers(a.partial_cmp(b)),
        (V::Integer(a), V::Float(b)) => numbers(compare_mixed(*a, *b)),
        (V::Float(a), V::Integer(b)) => numbers(compare_mixed(*b, *a).map(Ordering::reverse)),
        (V::String(a), V::String(b)) => Comparison::Ordered(a.cmp(b)),
        (V::Boolean(a), V::Boolean(b)) => Comparison::Ordered(a.cmp(b)),
        (V::Bytes(a), V::Bytes(b)) => Comparison::Ordered(a.cmp(b)),
        (V::Decimal(_), _) | (_, V::Decimal(_)) => {
            with_decimal(a, b).map_or(Comparison::Unknown, numbers)
        }
        (V::List(a), V::List(b)) => relate_lists(a, b),
        (V::Duration(_), V::Duration(_)) => Comparison::Unknown,
        _ => order_temporals(a, b).map_or(Comparison::Unknown, Comparison::Ordered),
    }
}

/// The order of two values; `None` if they are not comparable, or if one is NaN. The operators, such as [`less`],
/// distinguish the two cases.
#[must_use]
pub fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match relate(a, b) {
        Comparison::Ordered(order) => Some(order),
        Comparison::Unordered | Comparison::Unknown => None,
    }
}

/// `a op b`; `None` is unknown.
#[must_use]
pub fn compare_by(op: CompareOp, a: &Value, b: &Value) -> Option<bool> {
    match op {
        CompareOp::Equal => equal(a, b),
        CompareOp::NotEqual => equal(a, b).map(|same| !same),
        CompareOp::Less => less(a, b),
        CompareOp::LessOrEqual => less_or_equal(a, b),
        CompareOp::Greater => greater(a, b),
        CompareOp::GreaterOrEqual => greater_or_equal(a, b),
    }
}

/// `a < b`: `None` if unknown, false if a number is compared with NaN.
#[must_use]
pub fn less(a: &Value, b: &Value) -> Option<bool> {
    holds(a, b, Ordering::is_lt)
}

/// `a <= b`
#[must_use]
pub fn less_or_equal(a: &Value, b: &Value) -> Option<bool> {
    holds(a, b, Ordering::is_le)
}

/// `a > b`
#[must_use]
pub fn greater(a: &Value, b: &Value) -> Option<bool> {
    holds(a, b, Ordering::is_gt)
}

/// `a >= b`
#[must_use]
pub fn greater_or_equal(a: &Value, b: &Value) -> Option<bool> {
    holds(a, b, Ordering::is_ge)
}

/// The order of two values in `ORDER BY`: total, by type first, nulls last.
#[must_use]
pub fn order(a: &Value, b: &Value) -> Ordering {
    use Value as V;
    match (a, b) {
        (V::Integer(a), V::Integer(b)) => a.cmp(b),
        (V::String(a), V::String(b)) => a.cmp(b),
        (V::Float(a), V::Float(b)) => order_floats(*a, *b),
        (V::Integer(a), V::Float(b)) => compare_mixed(*a, *b).unwrap_or(Ordering::Less),
        (V::Float(a), V::Integer(b)) => {
            compare_mixed(*b, *a).map_or(Ordering::Greater, Ordering::reverse)
        }
        (V::Boolean(a), V::Boolean(b)) => a.cmp(b),
        (V::Bytes(a), V::Bytes(b)) => a.cmp(b),
        (V::Decimal(_), V::Float(b)) if b.is_nan() => Ordering::Less,
        (V::Float(a), V::Decimal(_)) if a.is_nan() => Ordering::Greater,
        (V::Decimal(_), _) | (_, V::Decimal(_)) => with_decimal(a, b)
            .flatten()
            .unwrap_or_else(|| rank(a.kind()).cmp(&rank(b.kind()))),
        (V::Null, V::Null) => Ordering::Equal,
        (V::List(a), V::List(b)) if a.is_flat() => {
            first_difference(a.iter().zip(b.iter()).map(|(a, b)| order(a, b)))
                .then(a.len().cmp(&b.len()))
        }
        (V::List(_), V::List(_)) | (V::Map(_), V::Map(_)) => {
            order_nested(a, b, &mut Shared::default())
        }
        (V::Node(a), V::Node(b)) => a.cmp(b),
        (V::Relationship(a), V::Relationship(b)) => a.cmp(b),
        (V::Path(a), V::Path(b)) => order_paths(a, b),
        (V::Point(a), V::Point(b)) => a.cmp(b),
        _ => order_temporals(a, b).unwrap_or_else(|| rank(a.kind()).cmp(&rank(b.kind()))),
    }
}

/// The order of two numbers of which one is a decimal: `None` if the other is no number, `Some(None)` if it is NaN.
fn with_decimal(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    match (a, b) {
        (Value::Decimal(a), Value::Float(b)) => Some(compare_float(*a, *b)),
        (Value::Float(a), Value::Decimal(b)) => Some(compare_float(*b, *a).map(Ordering::reverse)),
        _ => Some(Some(exact_number(a)?.cmp(&exact_number(b)?))),
    }
}

fn holds(a: &Value, b: &Value, test: fn(Ordering) -> bool) -> Option<bool> {
    match relate(a, b) {
        Comparison::Ordered(order) => Some(test(order)),
        Comparison::Unordered => Some(false),
        Comparison::Unknown => None,
    }
}

fn numbers(order: Option<Ordering>) -> Comparison {
    order.map_or(Comparison::Unordered, Comparison::Ordered)
}

/// The order of two temporal values of the same type; `None` for any other pair.
fn order_temporals(a: &Value, b: &Value) -> Option<Ordering> {
    use Value as V;
    match (a, b) {
        (V::Date(a), V::Date(b)) => Some(a.cmp(b)),
        (V::LocalTime(a), V::LocalTime(b)) => Some(a.cmp(b)),
        (V::Time(a), V::Time(b)) => Some(a.cmp(b)),
        (V::LocalDateTime(a), V::LocalDateTime(b)) => Some(a.cmp(b)),
        (V::DateTime(a), V::DateTime(b)) => Some(a.cmp(b)),
        (V::Duration(a), V::Duration(b)) => Some(a.order(b)),
        _ => None,
    }
}

/// Three-valued disjunction of the answers.
pub(crate) fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut unknown = false;
    for answer in answers {
        match answer {
            Some(true) => return Some(true),
            Some(false) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(false)
}

/// Three-valued conjunction of the answers.
fn all(mut answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    any(answers.by_ref().map(|answer| answer.map(|yes| !yes))).map(|no| !no)
}

/// `a = b` for lists and maps. A pair of shared parts that was visited before is equal or unknown, as all pairs are until
/// the walk ends; if it is unknown, so is the result.
fn equal_nested(a: &Value, b: &Value, seen: &mut Shared) -> Option<bool> {
    match (a, b) {
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            let visited = seen.has_seen_pair(a, b);
            let pairs = a.iter().zip(&***b).filter(|_| !visited);
            all(pairs.map(|(a, b)| equal_nested(a, b, seen)))
        }
        (Value::Map(a), Value::Map(b)) => {
            if a.len() != b.len() || a.keys().any(|key| !b.contains_key(key)) {
                return Some(false);
            }
            let visited = seen.has_seen_pair(a, b);
            let pairs = a.iter().filter(|_| !visited);
            all(pairs.map(|(key, value)| equal_nested(value, &b[key], seen)))
        }
        _ => equal(a, b),
    }
}

/// The first unequal pair decides. A list that is a proper prefix of the other is less.
fn relate_lists(a: &[Value], b: &[Value]) -> Comparison {
    for (a, b) in a.iter().zip(b) {
        match equal(a, b) {
            Some(true) => {}
            Some(false) => return relate(a, b),
            None => return Comparison::Unknown,
        }
    }
    Comparison::Ordered(a.len().cmp(&b.len()))
}

/// The order of lists and maps. A pair of shared parts that was visited before is equal, as all pairs are until the walk
/// ends. Maps are ordered by size, then by the sorted keys, then by the values in that order.
fn order_nested(a: &Value, b: &Value, seen: &mut Shared) -> Ordering {
    match (a, b) {
        (Value::List(a), Value::List(b)) if Arc::ptr_eq(a, b) || seen.has_seen_pair(a, b) => {
            Ordering::Equal
        }
        (Value::Map(a), Value::Map(b)) if Arc::ptr_eq(a, b) || seen.has_seen_pair(a, b) => {
            Ordering::Equal
        }
        (Value::List(a), Value::List(b)) => {
            let pairs = a.iter().zip(&***b);
            first_difference(pairs.map(|(a, b)| order_nested(a, b, seen)))
                .then(a.len().cmp(&b.len()))
        }
        (Value::Map(a), Value::Map(b)) => {
            let (a, b) = (sorted(a), sorted(b));
            let keys = a.iter().zip(&b).map(|((a, _), (b, _))| a.cmp(b));
            let values = a.iter().zip(&b);
            (a.len().cmp(&b.len()))
                .then_with(|| first_difference(keys))
                .then_with(|| {
                    first_difference(values.map(|((_, a), (_, b))| order_nested(a, b, seen)))
                })
        }
        _ => order(a, b),
    }
}

fn sorted(entries: &Entries) -> Vec<(&str, &Value)> {
    let mut entries: Vec<_> = entries.iter().map(|(key, value)| (&**key, value)).collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}

fn order_paths(a: &Path, b: &Path) -> Ordering {
    (a.nodes().cmp(b.nodes())).then_with(|| a.relationships().cmp(b.relationships()))
}

fn first_difference(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// The rank of a type in the total order; numbers have the same rank.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Map => 0,
        Kind::Node => 1,
        Kind::Relationship => 2,
        Kind::List => 3,
        Kind::Path => 4,
        Kind::Point => 5,
        Kind::DateTime => 6,
        Kind::LocalDateTime => 7,
        Kind::Date => 8,
        Kind::Time => 9,
        Kind::LocalTime => 10,
        Kind::Duration => 11,
        Kind::String => 12,
        Kind::Boolean => 13,
        Kind::Integer | Kind::Float | Kind::Decimal => 14,
        Kind::Bytes => 15,
        Kind::Null => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::nested::tests::doubled;

    fn list(items: &[Value]) -> Value {
        Value::list(items.to_vec())
    }

    fn int(value: i64) -> Value {
        Value::Integer(value)
    }

    const NAN: Value = Value::Float(f64::NAN);

    #[test]
    fn nulls_in_lists_are_unknown_unless_something_else_differs() {
        let null = Value::Null;
        assert_eq!(
            equal(&list(&[int(1), int(2)]), &list(&[null.clone(), int(2)])),
            None
        );
        assert_eq!(
            equal(&list(&[int(1), int(2)]), &list(&[null.clone(), "a".into()])),
            Some(false)
        );
        assert_eq!(equal(&list(&[int(1)]), &list(&[int(1), null])), Some(false));
    }

    #[test]
    fn nan_equals_nothing_and_compares_with_numbers_only() {
        assert_eq!(equal(&NAN, &NAN), Some(false));
        assert_eq!(less(&NAN, &int(1)), Some(false));
        assert_eq!(greater_or_equal(&NAN, &NAN), Some(false));
        assert_eq!(greater(&NAN, &"a".into()), None);
        assert_eq!(order(&NAN, &NAN), Ordering::Equal);
        assert_eq!(order(&NAN, &Value::Float(f64::INFINITY)), Ordering::Greater);
        assert_eq!(order(&int(i64::MAX), &NAN), Ordering::Less);
    }

    #[test]
    fn lists_compare_by_their_first_difference() {
        let null = Value::Null;
        assert_eq!(
            greater_or_equal(&list(&[int(1), null.clone()]), &list(&[int(1)])),
            Some(true)
        );
        assert_eq!(
            greater_or_equal(&list(&[int(1), int(2)]), &list(&[int(1), null.clone()])),
            None
        );
        assert_eq!(
            greater_or_equal(&list(&[int(1), int(2)]), &list(&[int(3), null])),
            Some(false)
        );
        assert_eq!(less(&list(&[int(1)]), &list(&["a".into()])), None);
    }

    #[test]
    fn membership_is_unknown_only_if_no_element_matches() {
        let items = list(&[int(1), Value::Null, int(3)]);
        assert_eq!(member(&int(3), &items), Ok(Some(true)));
        assert_eq!(member(&int(4), &items), Ok(None));
        assert_eq!(member(&Value::Null, &list(&[])), Ok(Some(false)));
        assert!(member(&int(1), &int(1)).is_err());
    }

    #[test]
    fn shared_parts_are_compared_once() {
        let (a, b) = (doubled(int(1)), doubled(int(1)));
        assert_eq!(equal(&a, &b), Some(true));
        assert_eq!(equal(&a, &doubled(Value::Null)), None);
        assert_eq!(equal(&a, &doubled(int(2))), Some(false));
        assert_eq!(order(&a, &b), Ordering::Equal);
        assert_eq!(order(&a, &doubled(int(2))), Ordering::Less);
        assert_eq!(less(&a, &doubled(int(2))), Some(true));
        assert_eq!(less(&a, &b), Some(false));
    }

    #[test]
    fn types_sort_from_maps_to_nulls() {
        let sorted = [
            Value::map(Entries::default()),
            list(&[int(9)]),
            "text".into(),
            false.into(),
            Value::Float(1.5),
            NAN,
            Value::Null,
        ];
        assert!(sorted.is_sorted_by(|a, b| order(a, b).is_lt()));
    }
}
