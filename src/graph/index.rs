//! Indexes on a property of nodes with a label: hashed for equality, ordered for ranges and prefixes. Those that keep a
//! property unique among all nodes stand under [`LabelId::NONE`].
//!
//! Values of one key (see [`Key`]) stand together. `=` and `<` are finer than keys and their order, since they know of
//! values that equal and compare with nothing; what is found is therefore tested with `=` and `<` once per value. The
//! ordered part is made when it is first asked for, and kept up to date from then on.

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

/// The indexes of a graph, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Indexes(IndexMap<(LabelId, KeyId), Index, FxBuildHasher>);

/// The nodes that hold each value of one property under one label.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    nodes: FxHashMap<Key, Nodes>,
    ordered: OnceLock<BTreeSet<Ordered>>,
}

/// A value in the place that `order` gives it.
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

    /// The indexes of labels, without those that hold all nodes.
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

/// Changing.
impl Index {
    /// The index of nodes and their values, of which there are at most `count`.
    pub(crate) fn build(count: usize, entries: impl Iterator<Item = (NodeId, Value)>) -> Self {
        let mut index = Self::default();
        // Most properties with an index name things, so that room for as many values as nodes is well used.
        index.nodes.reserve(count);
        entries.for_each(|(node, value)| index.insert(node, &value));
        if index.nodes.len() < count / 4 {
            index.nodes.shrink_to_fit();
        }
        index
    }

    /// How many values there are.
    pub(crate) fn distinct(&self) -> u64 {
        self.nodes.len() as u64
    }

    /// Adds a node; nothing happens where the value is null.
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

    /// Takes out a node, whose value is the given one.
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

/// Seeking.
impl Index {
    /// The nodes whose value `=` the given one.
    pub(crate) fn seek(&self, value: &Value) -> Cow<'_, [NodeId]> {
        match self.nodes.get_key_value(&Key(value.clone())) {
            Some((key, nodes)) if equal(&key.0, value) == Some(true) => nodes.to_cow(),
            _ => Cow::Borrowed(&[]),
        }
    }

    /// The nodes whose value lies between the bounds. Nothing lies between two ends that are not bounded.
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

    /// The nodes whose value is a string that starts with the prefix.
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

/// Values of one class stand together in the order, and only they compare.
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
