//! Indexes on a property of nodes with a label: hashed for equality, ordered for ranges and prefixes. Indexes over all
//! nodes, for uniqueness rules, are under [`LabelId::NONE`].
//!
//! Values with equal keys (see [`Key`]) share an entry. `=` and `<` are stricter than keys and their order, because
//! some values equal nothing and compare with nothing; so each value found is tested once with `=` or `<`. The ordered
//! part is built on first use and maintained from then on.

mod nodes;

use std::{
    borrow::Cow,
    cmp::Ordering,
    collections::{BTreeSet, hash_map::Entry},
    ops::Bound,
    sync::OnceLock,
};

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use self::nodes::Nodes;
use crate::value::{
    Key, KeyId, Kind, LabelId, NodeId, Value,
    relation::{compare, equal, order},
};

/// The indexes of a graph, in creation order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Indexes(IndexMap<(LabelId, KeyId), Index, FxBuildHasher>);

/// The nodes with each value of one property under one label.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    nodes: FxHashMap<Key, Nodes>,
    ordered: OnceLock<BTreeSet<Ordered>>,
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

    pub(crate) fn get(&self, label: LabelId, key: KeyId) -> Option<&Index> {
        self.0.get(&(label, key))
    }

    pub(crate) fn get_mut(&mut self, label: LabelId, key: KeyId) -> Option<&mut Index> {
        self.0.get_mut(&(label, key))
    }

    /// The indexes on labels, without those over all nodes.
    pub(crate) fn ids(&self) -> impl Iterator<Item = (LabelId, KeyId)> {
        self.0.keys().copied().filter(|(label, _)| !label.is_none())
    }

    pub(crate) fn insert(&mut self, label: LabelId, key: KeyId, index: Index) {
        self.0.insert((label, key), index);
    }

    pub(crate) fn remove(&mut self, label: LabelId, key: KeyId) {
        self.0.shift_remove(&(label, key));
    }
}

/// Changes.
impl Index {
    /// Builds the index of `entries`, at most `count` of them.
    pub(crate) fn build(count: usize, entries: impl Iterator<Item = (NodeId, Value)>) -> Self {
        let mut index = Self::default();
        // Most indexed properties are identifiers, so the number of values is close to the number of nodes.
        index.nodes.reserve(count);
        entries.for_each(|(node, value)| index.insert(node, &value));
        if index.nodes.len() < count / 4 {
            index.nodes.shrink_to_fit();
        }
        index
    }

    /// The number of distinct values.
    pub(crate) fn distinct(&self) -> u64 {
        self.nodes.len() as u64
    }

    /// Adds a node. Does nothing if the value is null.
    pub(crate) fn insert(&mut self, node: NodeId, value: &Value) {
        if value.is_null() {
            return;
        }
        match self.nodes.entry(Key(value.clone())) {
            Entry::Occupied(mut nodes) => nodes.get_mut().insert(node),
            Entry::Vacant(place) => {
                place.insert(Nodes::One(node));
                if let Some(ordered) = self.ordered.get_mut() {
                    ordered.insert(Ordered(value.clone()));
                }
            }
        }
    }

    /// Removes a node with the given value.
    pub(crate) fn remove(&mut self, node: NodeId, value: &Value) {
        let key = Key(value.clone());
        let emptied = self
            .nodes
            .get_mut(&key)
            .is_some_and(|nodes| nodes.remove(node));
        if emptied {
            self.nodes.remove(&key);
            if let Some(ordered) = self.ordered.get_mut() {
                ordered.remove(&Ordered(key.0));
            }
        }
    }
}

/// Seeks.
impl Index {
    /// The nodes whose value equals `value` by `=`, in ascending order.
    pub(crate) fn seek(&self, value: &Value) -> Cow<'_, [NodeId]> {
        match self.nodes.get_key_value(&Key(value.clone())) {
            Some((key, nodes)) if equal(&key.0, value) == Some(true) => nodes.to_cow(),
            _ => Cow::Borrowed(&[]),
        }
    }

    /// The nodes whose value lies between the bounds. The result is empty if both ends are unbounded.
    pub(crate) fn seek_range(&self, lower: Bound<&Value>, upper: Bound<&Value>) -> Vec<NodeId> {
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

    /// The nodes whose value is a string that starts with `prefix`.
    pub(crate) fn seek_prefix(&self, prefix: &str) -> Vec<NodeId> {
        let starts =
            |value: &&Ordered| matches!(&value.0, Value::String(text) if text.starts_with(prefix));
        let values = self.ordered().range(Ordered(prefix.into())..);
        self.collect(values.take_while(starts))
    }

    fn ordered(&self) -> &BTreeSet<Ordered> {
        self.ordered.get_or_init(|| {
            self.nodes
                .keys()
                .map(|key| Ordered(key.0.clone()))
                .collect()
        })
    }

    fn collect<'a>(&self, values: impl Iterator<Item = &'a Ordered>) -> Vec<NodeId> {
        let mut nodes: Vec<_> = values
            .filter_map(|value| self.nodes.get(&Key(value.0.clone())))
            .flat_map(|nodes| nodes.to_cow().into_owned())
            .collect();
        nodes.sort_unstable();
        nodes
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
