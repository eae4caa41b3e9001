//! Membership tests in lists: `x IN list` by a hash set if the list is long and tested again and again.
//!
//! Lists are recognised by their address; a known list is kept, so that its address stays its own. Only values whose
//! equality is that of their keys are hashed: booleans, numbers, strings, dates and entities. Other elements are compared
//! one by one.

use std::{cell::RefCell, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    base::Fault,
    function::Meter,
    value::{
        Key, List, Value, heap_size,
        relation::{any, equal, member},
    },
};

/// Shorter lists are compared element by element.
const SHORT: usize = 16;

/// Building a set takes the time of so many tests.
const TESTS: u32 = 4;

/// The number of lists that are known at a time.
const KNOWN: usize = 4;

/// The lists that were tested last; the last one first.
#[derive(Default)]
pub(crate) struct Members {
    known: RefCell<Vec<Known>>,
}

struct Known {
    list: List,
    tests: u32,
    set: Option<Set>,
}

struct Set {
    keys: FxHashSet<Key>,
    /// The elements that are not hashed, null among them.
    others: Vec<Value>,
}

impl Members {
    /// `value IN list`. `meter` counts the work of long lists.
    pub(crate) fn test(
        &self,
        value: &Value,
        list: &Value,
        meter: &dyn Meter,
    ) -> Result<Option<bool>, Fault> {
        let Value::List(items) = list else {
            return member(value, list);
        };
        if items.len() < SHORT {
            return member(value, list);
        }
        let mut known = self.known.borrow_mut();
        let known = Known::of(&mut known, items);
        if !is_hashed(value) {
            meter.worked(size(list))?;
            return member(value, list);
        }
        if known.set.is_none() {
            known.tests += 1;
            meter.worked(size(list))?;
            if known.tests <= TESTS {
                return member(value, list);
            }
            meter.spend(items.len() * SET)?;
        }
        let set = known.set.get_or_insert_with(|| Set::of(items));
        Ok(set.has(value))
    }
}

/// The bytes of an element of a set.
const SET: usize = 2 * size_of::<Key>();

fn size(list: &Value) -> usize {
    usize::try_from(heap_size(list)).unwrap_or(usize::MAX)
}

impl Known {
    /// The entry of a list, which is added if it is not known.
    fn of<'k>(all: &'k mut Vec<Self>, list: &List) -> &'k mut Self {
        let is_it = |known: &Self| Arc::ptr_eq(&known.list, list);
        let at = all.iter().position(is_it).unwrap_or_else(|| {
            all.truncate(KNOWN - 1);
            all.push(Self {
                list: Arc::clone(list),
                tests: 0,
                set: None,
            });
            all.len() - 1
        });
        all[..=at].rotate_right(1);
        &mut all[0]
    }
}

impl Set {
    fn of(items: &[Value]) -> Self {
        let (hashed, others) = items
            .iter()
            .partition::<Vec<&Value>, _>(|item| is_hashed(item));
        Self {
            keys: hashed.into_iter().cloned().map(Key).collect(),
            others: others.into_iter().cloned().collect(),
        }
    }

    /// Whether a value that is hashed is a member; `None` if unknown.
    fn has(&self, value: &Value) -> Option<bool> {
        // NaN equals nothing.
        let found = self.keys.get(&Key(value.clone()));
        if found.is_some_and(|key| equal(&key.0, value) == Some(true)) {
            return Some(true);
        }
        any(self.others.iter().map(|other| equal(value, other)))
    }
}

/// Whether the equality of a value is that of its key.
fn is_hashed(value: &Value) -> bool {
    matches!(
        value,
        Value::Boolean(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::String(_)
            | Value::Date(_)
            | Value::Node(_)
            | Value::Relationship(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::Unmetered;

    /// Values of all sorts, some of which are equal.
    fn values() -> Vec<Value> {
        let numbers = (0..20).map(Value::Integer);
        let others = [
            1.0.into(),
            0.5.into(),
            f64::NAN.into(),
            "a".into(),
            "b".into(),
            true.into(),
            Value::list(vec![1.into(), Value::Null]),
            Value::list(vec![1.into(), 2.into()]),
        ];
        numbers.chain(others).collect()
    }

    #[test]
    fn a_set_answers_as_the_list_does() {
        for null in [false, true] {
            let mut items = values();
            items.truncate(items.len() - 1);
            items.extend(null.then_some(Value::Null));
            let list = Value::list(items);
            let members = Members::default();
            let tested = values()
                .into_iter()
                .chain([25.into(), Value::Null, "c".into()]);
            for value in tested.cycle().take(200) {
                let expected = member(&value, &list).unwrap();
                assert_eq!(
                    members.test(&value, &list, &Unmetered).unwrap(),
                    expected,
                    "{value:?}"
                );
            }
        }
    }

    #[test]
    fn many_lists_are_told_apart() {
        let members = Members::default();
        for round in 0..3 * TESTS {
            for number in 0..7 {
                let list = Value::list((number..number + 20).map(Value::Integer).collect());
                let answer = members
                    .test(&(number + 19).into(), &list, &Unmetered)
                    .unwrap();
                assert_eq!(answer, Some(true), "{round}");
                let answer = members
                    .test(&(number + 20).into(), &list, &Unmetered)
                    .unwrap();
                assert_eq!(answer, Some(false), "{round}");
            }
        }
    }
}
