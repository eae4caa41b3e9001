//! Declared indexes on several keys, on relationships, and on parts of strings.
//!
//! An index on several keys is an index on the list of their values, with nulls after the first; so it also answers
//! look-ups of its first keys. An entity without the first key is not in it.

use std::{cmp::Ordering, ops::Bound};

use super::{Index, Ordered, is_above, is_below, trigrams::Trigrams, value_of};
use crate::{
    graph::{
        Stats,
        index_on::{IndexOn, Scope},
    },
    value::{
        KeyId, Value,
        relation::{equal, order},
    },
};

/// The structure of an index.
#[derive(Clone, Debug)]
pub(crate) enum Physical {
    /// Values, or lists of the values of several keys.
    Values(Index<u32>),
    /// Parts of strings.
    Text(Trigrams),
}

impl Physical {
    /// Builds an index from the values of entities.
    pub(crate) fn build(on: &IndexOn, entries: impl Iterator<Item = (u32, Value)>) -> Self {
        let mut index = if on.text {
            Self::Text(Trigrams::default())
        } else {
            Self::Values(Index::default())
        };
        entries.for_each(|(entity, value)| index.insert(entity, &value));
        index
    }

    fn insert(&mut self, entity: u32, value: &Value) {
        match self {
            Self::Values(index) => index.insert(entity, value),
            Self::Text(index) => index.insert(entity, value),
        }
    }

    fn remove(&mut self, entity: u32, value: &Value) {
        match self {
            Self::Values(index) => index.remove(entity, value),
            Self::Text(index) => index.remove(entity, value),
        }
    }

    /// The number of distinct values, or of distinct trigrams.
    pub(crate) fn distinct(&self) -> u64 {
        match self {
            Self::Values(index) => index.distinct(),
            Self::Text(index) => index.distinct(),
        }
    }

    /// Whether both hold the same entities under the same values.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Values(one), Self::Values(other)) => one.agrees(other),
            (Self::Text(one), Self::Text(other)) => one.agrees(other),
            _ => false,
        }
    }
}

/// The value of an entity in an index on some keys; null if the entity is not in it.
pub(crate) fn tuple(keys: &[KeyId], get: impl Fn(KeyId) -> Value) -> Value {
    match keys {
        [key] => get(*key),
        _ => {
            let values: Vec<_> = keys.iter().map(|key| get(*key)).collect();
            if values[0].is_null() {
                Value::Null
            } else {
                Value::list(values)
            }
        }
    }
}

/// The declared indexes of a graph, in creation order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Secondary(Vec<(IndexOn, Physical)>);

impl Secondary {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(IndexOn, Physical)> {
        self.0.iter()
    }

    pub(crate) fn get(&self, on: &IndexOn) -> Option<&Physical> {
        let (_, index) = self.0.iter().find(|(known, _)| known == on)?;
        Some(index)
    }

    /// The first index of values on some entities whose first keys are `keys`; the shortest one is preferred.
    pub(crate) fn leading(&self, scope: Scope, keys: &[KeyId]) -> Option<(&IndexOn, &Index<u32>)> {
        let fits = |on: &IndexOn| on.scope == scope && on.keys.starts_with(keys);
        let found = self.0.iter().filter_map(|(on, index)| match index {
            Physical::Values(index) if fits(on) => Some((on, index)),
            _ => None,
        });
        found.min_by_key(|(on, _)| on.keys.len())
    }

    pub(crate) fn text(&self, scope: Scope, key: KeyId) -> Option<&Trigrams> {
        self.0.iter().find_map(|(on, index)| match index {
            Physical::Text(index) if on.scope == scope && *on.keys == [key] => Some(index),
            _ => None,
        })
    }

    pub(crate) fn insert(&mut self, position: usize, on: IndexOn, index: Physical) {
        self.0.insert(position, (on, index));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Removes an index, with its position.
    pub(crate) fn remove(&mut self, on: &IndexOn) -> Option<(usize, Physical)> {
        let position = self.0.iter().position(|(known, _)| known == on)?;
        Some((position, self.0.remove(position).1))
    }

    /// Records that a property of an entity is about to change. `has` tells whether the entity is in a scope, `get` gives
    /// its properties.
    pub(crate) fn change(
        &mut self,
        entity: u32,
        (key, value): (KeyId, &Value),
        has: impl Fn(Scope) -> bool,
        get: impl Fn(KeyId) -> Value,
        stats: &mut Stats,
    ) {
        for (on, index) in &mut self.0 {
            if !on.keys.contains(&key) || !has(on.scope) {
                continue;
            }
            index.remove(entity, &tuple(&on.keys, &get));
            let after = |own: KeyId| if own == key { value.clone() } else { get(own) };
            index.insert(entity, &tuple(&on.keys, after));
            stats.set_secondary(on, Some(index.distinct()));
        }
    }

    /// Records that an entity enters scopes, or leaves them.
    pub(crate) fn move_entity(
        &mut self,
        entity: u32,
        enters: bool,
        scopes: impl Fn(Scope) -> bool,
        get: impl Fn(KeyId) -> Value,
        stats: &mut Stats,
    ) {
        for (on, index) in &mut self.0 {
            if !scopes(on.scope) {
                continue;
            }
            let value = tuple(&on.keys, &get);
            if enters {
                index.insert(entity, &value);
            } else {
                index.remove(entity, &value);
            }
            stats.set_secondary(on, Some(index.distinct()));
        }
    }
}

/// What is sought of a key after the keys whose values are known.
#[derive(Clone, Copy, Debug)]
pub enum Sought<'v> {
    /// Anything, also nothing.
    Any,
    /// A value that equals this one.
    Equal(&'v Value),
    /// A value between bounds.
    Between(Bound<&'v Value>, Bound<&'v Value>),
    /// A string that starts with this one.
    Prefix(&'v str),
}

impl Sought<'_> {
    fn fits(self, value: Option<&Value>) -> bool {
        let null = Value::Null;
        let value = value.unwrap_or(&null);
        match self {
            Self::Any => true,
            Self::Equal(wanted) => equal(value, wanted) == Some(true),
            Self::Between(lower, upper) => is_above(value, lower) && is_below(value, upper),
            Self::Prefix(prefix) => {
                matches!(value, Value::String(text) if text.starts_with(prefix))
            }
        }
    }

    /// The least value that can fit, by the order of values.
    fn least(self) -> Option<Value> {
        match self {
            Self::Any => None,
            Self::Equal(value) => Some(value.clone()),
            Self::Between(lower, _) => value_of(lower).cloned(),
            Self::Prefix(prefix) => Some(prefix.into()),
        }
    }

    /// Whether no value from this one on fits.
    fn is_past(self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return false };
        match self {
            Self::Any => false,
            Self::Equal(wanted) => order(value, wanted).is_gt(),
            Self::Between(_, upper) => {
                value_of(upper).is_some_and(|upper| order(value, upper).is_gt())
            }
            Self::Prefix(prefix) => match value {
                Value::String(text) => !text.starts_with(prefix) && **text > *prefix,
                _ => order(value, &prefix.into()).is_gt(),
            },
        }
    }
}

impl Index<u32> {
    /// The entities of an index on several keys whose first values equal `known`, and whose next value is sought.
    pub(crate) fn seek_list(&self, known: &[Value], sought: Sought<'_>) -> Vec<u32> {
        let mut start = known.to_vec();
        start.extend(sought.least());
        let at = known.len();
        let is_same = |items: &[Value]| {
            let mut pairs = items.iter().zip(known);
            pairs.all(|(own, wanted)| order(own, wanted) == Ordering::Equal)
        };
        let equals = |items: &[Value]| {
            let mut pairs = items.iter().zip(known);
            pairs.all(|(own, wanted)| equal(own, wanted) == Some(true))
        };
        let values = self.ordered().range(Ordered(Value::list(start))..);
        let items = |value: &Ordered| match &value.0 {
            Value::List(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        let candidates = values.take_while(|value| {
            let items = items(value);
            is_same(&items) && !sought.is_past(items.get(at))
        });
        self.collect(candidates.filter(|value| {
            let items = items(value);
            equals(&items) && sought.fits(items.get(at))
        }))
    }

    /// The entities of an index on one key whose value is sought.
    pub(crate) fn seek_value(&self, sought: Sought<'_>) -> Vec<u32> {
        match sought {
            Sought::Any => self.collect(self.ordered().iter()),
            Sought::Equal(value) => self.seek(value).into_owned(),
            Sought::Between(lower, upper) => self.seek_range(lower, upper),
            Sought::Prefix(prefix) => self.seek_prefix(prefix),
        }
    }
}

/// The strings that a text index finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those that start with the text.
    Start,
    /// Those that end with the text.
    End,
    /// Those that contain the text.
    Inside,
}

impl Part {
    /// Whether a value is a string with this part.
    pub(crate) fn is_in(self, value: &Value, part: &str) -> bool {
        match (self, value) {
            (Self::Start, Value::String(text)) => text.starts_with(part),
            (Self::End, Value::String(text)) => text.ends_with(part),
            (Self::Inside, Value::String(text)) => text.contains(part),
            _ => false,
        }
    }
}
