//! Element access on lists and maps: `list[0]`, `map['key']`, `list[1..3]`, `map.key`. Properties of nodes and
//! relationships need the graph and are read elsewhere.

use crate::{
    base::{Code, Fault},
    value::{Point, Type, Value, temporal},
};

/// `container[key]` of a list, map or temporal value. Negative positions count from the end; a missing element is null.
///
/// # Errors
/// A fault if `container` has no elements, or if `key` has the wrong type or is not a component of a temporal value.
pub fn index(container: &Value, key: &Value) -> Result<Value, Fault> {
    match (container, key) {
        (Value::Null, _) | (Value::List(_) | Value::Map(_), Value::Null) => Ok(Value::Null),
        (Value::List(items), Value::Integer(position)) => Ok(at(items, *position)),
        (Value::Map(entries), Value::String(key)) => {
            Ok(entries.get(key).cloned().unwrap_or_default())
        }
        (Value::List(_), other) => Err(Fault::new(
            Code::ListElementAccessByNonInteger,
            format!(
                "expected an INTEGER as the position in a list, found {}",
                other.kind()
            ),
        )),
        (Value::Map(_), other) => Err(Fault::new(
            Code::MapElementAccessByNonString,
            format!(
                "expected a STRING as the key of a map, found {}",
                other.kind()
            ),
        )),
        (Value::Point(point), Value::String(key)) => component(point, key),
        (other, Value::String(key)) if Type::TEMPORAL.has(other.kind()) => {
            temporal::component(other, key)
        }
        (other, _) => Err(Fault::new(
            Code::InvalidArgumentTypeAtRuntime,
            format!(
                "expected a LIST, MAP, NODE or RELATIONSHIP before `[`, found {}",
                other.kind()
            ),
        )),
    }
}

/// `point.x`
fn component(point: &Point, key: &str) -> Result<Value, Fault> {
    point.component(key).ok_or_else(|| {
        let crs = point.crs().name();
        let message = format!("a POINT of `{crs}` has no component `{key}`");
        Fault::new(Code::InvalidArgumentTypeAtRuntime, message)
    })
}

/// `list[from..to]`: the elements from `from` up to but not including `to`. Negative bounds count from the end.
///
/// # Errors
/// A fault if `list` is not a list, or a bound is not an integer.
pub fn slice(list: &Value, from: Option<&Value>, to: Option<&Value>) -> Result<Value, Fault> {
    let items = match list {
        Value::Null => return Ok(Value::Null),
        Value::List(items) => items,
        other => return Err(expected("a LIST before `[`", other)),
    };
    let start = bound(from, items.len(), 0)?;
    let end = bound(to, items.len(), items.len())?;
    let (Some(start), Some(end)) = (start, end) else {
        return Ok(Value::Null);
    };
    let part = items.get(start..end).unwrap_or_default();
    Ok(Value::list(part.to_vec()))
}

/// `container.key` on a map or a temporal value. A key that a map does not have gives null.
///
/// # Errors
/// A fault if `container` has no properties, or if `key` is not a component of a temporal value.
pub fn property(container: &Value, key: &str) -> Result<Value, Fault> {
    match container {
        Value::Null => Ok(Value::Null),
        Value::Map(entries) => Ok(entries.get(key).cloned().unwrap_or_default()),
        Value::Point(point) => component(point, key),
        other if Type::TEMPORAL.has(other.kind()) => temporal::component(other, key),
        other => Err(Fault::new(
            Code::PropertyAccessOnNonMap,
            format!(
                "expected a MAP, NODE or RELATIONSHIP before `.{key}`, found {}",
                other.kind()
            ),
        )),
    }
}

/// The element at a position, counted from the end if negative; null if there is none.
#[must_use]
pub fn at(items: &[Value], position: i64) -> Value {
    let position = if position < 0 {
        position + items.len() as i64
    } else {
        position
    };
    let item = usize::try_from(position)
        .ok()
        .and_then(|position| items.get(position));
    item.cloned().unwrap_or_default()
}

/// A slice bound, clamped to a list of `length` elements: `missing` if it is absent, `None` if it is null.
fn bound(value: Option<&Value>, length: usize, missing: usize) -> Result<Option<usize>, Fault> {
    match value {
        None => Ok(Some(missing)),
        Some(Value::Null) => Ok(None),
        Some(Value::Integer(position)) => Ok(Some(clamp(*position, length))),
        Some(other) => Err(expected("an INTEGER as the bound of a slice", other)),
    }
}

fn clamp(position: i64, length: usize) -> usize {
    let length = length as i64;
    let position = if position < 0 {
        position.saturating_add(length)
    } else {
        position
    };
    position.clamp(0, length) as usize
}

fn expected(what: &str, found: &Value) -> Fault {
    Fault::new(
        Code::InvalidArgumentTypeAtRuntime,
        format!("expected {what}, found {}", found.kind()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::relation::equal;

    fn list() -> Value {
        vec![1, 2, 3].into()
    }

    fn is(found: Result<Value, Fault>, expected: Value) {
        let found = found.unwrap();
        assert!(
            found.is_null() && expected.is_null() || equal(&found, &expected) == Some(true),
            "{found:?}"
        );
    }

    #[test]
    fn positions_count_from_either_end() {
        is(index(&list(), &0.into()), 1.into());
        is(index(&list(), &(-1).into()), 3.into());
        is(index(&list(), &3.into()), Value::Null);
        is(index(&list(), &i64::MIN.into()), Value::Null);
        is(index(&list(), &Value::Null), Value::Null);
    }

    #[test]
    fn the_wrong_kind_of_key_is_told_apart() {
        let map = Value::map([("a".into(), 1.into())].into_iter().collect());
        is(index(&map, &"a".into()), 1.into());
        is(index(&map, &"b".into()), Value::Null);
        let code = |container: &Value, key: Value| index(container, &key).unwrap_err().code;
        assert_eq!(code(&map, 0.into()), Code::MapElementAccessByNonString);
        assert_eq!(
            code(&list(), "a".into()),
            Code::ListElementAccessByNonInteger
        );
        assert_eq!(
            code(&1.into(), 0.into()),
            Code::InvalidArgumentTypeAtRuntime
        );
    }

    #[test]
    fn slices_never_fall_out_of_range() {
        let cut = |from: i64, to: i64| slice(&list(), Some(&from.into()), Some(&to.into()));
        is(cut(1, 3), vec![2, 3].into());
        is(cut(-3, -1), vec![1, 2].into());
        is(cut(-5, 5), vec![1, 2, 3].into());
        is(cut(3, 1), Value::list(Vec::new()));
        is(cut(i64::MIN, i64::MAX), list());
        is(slice(&list(), None, Some(&Value::Null)), Value::Null);
    }
}
