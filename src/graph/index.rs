//! Indexes on properties: hashed for equality, ordered for ranges and prefixes. Indexes over all nodes, for uniqueness
//! rules, are under [`LabelId::NONE`]. `secondary` has those on several keys, on relationships, and on parts of strings.
//!
//! Values with equal keys (see [`Key`]) share an entry. `=` and `<` are stricter than keys and their order, because
//! some values equal nothing and compare with nothing; so each value found is tested once with `=` or `<`. The ordered
//! part is built on first use and maintained from then on.

mod entities;
mod secondary;
mod trigrams;

use std::{
    borrow::Cow,
    cmp::Ordering,
    collections::{BTreeSet, hash_map::Entry},
    ops::Bound,
    sync::OnceLock,
};

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use self::entities::Entities;
pub use self::secondary::{Part, Sought};
pub(crate) use self::secondary::{Physical, Secondary, tuple};
use crate::value::{
    Key, KeyId, Kind, LabelId, NodeId, Value,
    relation::{compare, equal, order},
};

/// The indexes on one property of nodes, in creation order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Indexes(IndexMap<(LabelId, KeyId), Index<NodeId>, FxBuildHasher>);

/// The id of an entity in an index.
pub(crate) trait EntityId: Copy + Ord {
    /// The entity with a number.
    fn of(number: u32) -> Self;

    /// The number of the entity.
    fn number(self) -> u32;
}

impl EntityId for NodeId {
    fn of(number: u32) -> Self {
        Self(number)
    }

    fn number(self) -> u32 {
        self.0
    }
}

impl EntityId for u32 {
    fn of(number: u32) -> Self {
        number
    }

    fn number(self) -> u32 {
        self
    }
}

/// The entities with each value.
#[derive(Clone, Debug)]
pub(crate) struct Index<E> {
    entities: FxHashMap<Key, Entities<E>>,
    ordered: OnceLock<BTreeSet<Ordered>>,
}

impl<E> Default for Index<E> {
    fn default() -> Self {
        Self {
            entities: FxHashMap::default(),
            ordered: OnceLock::new(),
        }
    }
}

/// A value compared by `order`.
#[derive(Clone, Debug)]
struct Ordered(Value);

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        order(&self.0, &other.0)
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ordered {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ordered {}

impl Indexes {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, label: LabelId, key: KeyId) -> Option<&Index<NodeId>> {
        self.0.get(&(label, key))
    }

    pub(crate) fn get_mut(&mut self, label: LabelId, key: KeyId) -> Option<&mut Index<NodeId>> {
        self.0.get_mut(&(label, key))
    }

    /// The indexes on labels, without those over all nodes.
    pub(crate) fn ids(&self) -> impl Iterator<Item = (LabelId, KeyId)> {
        self.0.keys().copied().filter(|(label, _)| !label.is_none())
    }

    pub(crate) fn insert(&mut self, label: LabelId, key: KeyId, index: Index<NodeId>) {
        self.0.insert((label, key), index);
    }

    /// Removes an index, with its position.
    pub(crate) fn remove(&mut self, label: LabelId, key: KeyId) -> Option<(usize, Index<NodeId>)> {
        let (position, _, index) = self.0.shift_remove_full(&(label, key))?;
        Some((position, index))
    }

    /// Puts an index back that was removed from a position.
    pub(crate) fn put_back(
        &mut self,
        place: (LabelId, KeyId),
        position: usize,
        index: Index<NodeId>,
    ) {
        self.0.shift_insert(position, place, index);
    }
}

/// Changes.
impl<E: EntityId> Index<E> {
    /// Builds the index of `entries`, at most `count` of them.
    pub(crate) fn build(count: usize, entries: impl Iterator<Item = (E, Value)>) -> Self {
        let mut index = Self::default();
        // Most indexed properties are identifiers, so the number of values is close to the number of entities.
        index.entities.reserve(count);
        entries.for_each(|(entity, value)| index.insert(entity, &value));
        if index.entities.len() < count / 4 {
            index.entities.shrink_to_fit();
        }
        index
    }

    /// The number of distinct values.
    pub(crate) fn distinct(&self) -> u64 {
        self.entities.len() as u64
    }

    /// Adds a entity. Does nothing if the value is null.
    pub(crate) fn insert(&mut self, entity: E, value: &Value) {
        if value.is_null() {
            return;
        }
        match self.entities.entry(Key(value.clone())) {
            Entry::Occupied(mut entities) => entities.get_mut().insert(entity),
            Entry::Vacant(place) => {
                place.insert(Entities::One(entity));
                if let Some(ordered) = self.ordered.get_mut() {
                    ordered.insert(Ordered(value.clone()));
                }
            }
        }
    }

    /// Removes a entity with the given value.
    pub(crate) fn remove(&mut self, entity: E, value: &Value) {
        let key = Key(value.clone());
        let emptied = self
            .entities
            .get_mut(&key)
            .is_some_and(|entities| entities.remove(entity));
        if emptied {
            self.entities.remove(&key);
            if let Some(ordered) = self.ordered.get_mut() {
                ordered.remove(&Ordered(key.0));
            }
        }
    }
}

/// Seeks.
impl<E: EntityId> Index<E> {
    /// The entities whose value equals `value` by `=`, in ascending order.
    pub(crate) fn seek(&self, value: &Value) -> Cow<'_, [E]> {
        match self.entities.get_key_value(&Key(value.clone())) {
            Some((key, entities)) if equal(&key.0, value) == Some(true) => entities.to_cow(),
            _ => Cow::Borrowed(&[]),
        }
    }

    /// The entities whose value lies between the bounds. The result is empty if both ends are unbounded.
    pub(crate) fn seek_range(&self, lower: Bound<&Value>, upper: Bound<&Value>) -> Vec<E> {
        let Some(class) = value_of(lower).or(value_of(upper)).map(class) else {
            return Vec::new();
        };
        let in_class = |value: &&Ordered| self::class(&value.0) == class;
        let within = |value: &&Ordered| is_above(&value.0, lower) && is_below(&value.0, upper);
        let all = self.ordered();
        if let Some(lower) = value_of(lower) {
            let values = all.range(Ordered(lower.clone())..);
            let below = |value: &&Ordered| {
                value_of(upper).is_none_or(|upper| order(&value.0, upper).is_le())
            };
            self.collect(values.take_while(in_class).take_while(below).filter(within))
        } else if let Some(upper) = value_of(upper) {
            let values = all.range(..=Ordered(upper.clone())).rev();
            self.collect(values.take_while(in_class).filter(within))
        } else {
            Vec::new()
        }
    }

    /// The entities whose value is a string that starts with `prefix`.
    pub(crate) fn seek_prefix(&self, prefix: &str) -> Vec<E> {
        let starts =
            |value: &&Ordered| matches!(&value.0, Value::String(text) if text.starts_with(prefix));
        let values = self.ordered().range(Ordered(prefix.into())..);
        self.collect(values.take_while(starts))
    }

    /// Whether both have the same entities for each value.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let same = |(key, entities): (&Key, &Entities<E>)| {
            let others = other.entities.get(key);
            others.is_some_and(|others| others.to_cow() == entities.to_cow())
        };
        self.entities.len() == other.entities.len() && self.entities.iter().all(same)
    }

    fn ordered(&self) -> &BTreeSet<Ordered> {
        self.ordered.get_or_init(|| {
            self.entities
                .keys()
                .map(|key| Ordered(key.0.clone()))
                .collect()
        })
    }

    fn collect<'a>(&self, values: impl Iterator<Item = &'a Ordered>) -> Vec<E> {
        let mut entities: Vec<_> = values
            .filter_map(|value| self.entities.get(&Key(value.0.clone())))
            .flat_map(|entities| entities.to_cow().into_owned())
            .collect();
        entities.sort_unstable();
        entities
    }
}

/// The comparison class of a value. Values of one class are adjacent in the order, and only they compare.
fn class(value: &Value) -> Kind {
    match value.kind() {
        Kind::Float => Kind::Integer,
        kind => kind,
    }
}

fn value_of(bound: Bound<&Value>) -> Option<&Value> {
    match bound {
        Bound::Included(value) | Bound::Excluded(value) => Some(value),
        Bound::Unbounded => None,
    }
}

fn is_above(value: &Value, bound: Bound<&Value>) -> bool {
    match bound {
        Bound::Included(bound) => compare(value, bound).is_some_and(Ordering::is_ge),
        Bound::Excluded(bound) => compare(value, bound).is_some_and(Ordering::is_gt),
        Bound::Unbounded => true,
    }
}

fn is_below(value: &Value, bound: Bound<&Value>) -> bool {
    match bound {
        Bound::Included(bound) => compare(value, bound).is_some_and(Ordering::is_le),
        Bound::Excluded(bound) => compare(value, bound).is_some_and(Ordering::is_lt),
        Bound::Unbounded => true,
    }
}
