//! Indexes on a property of nodes with a label: hashed for equality, ordered for ranges and prefixes.
//!
//! The ordered part is made when it is first asked for, and kept up to date from then on.

use std::{borrow::Cow, collections::BTreeSet, ops::Bound, sync::OnceLock};

use indexmap::IndexMap;
use roaring::RoaringBitmap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    graph::key::IndexKey,
    value::{KeyId, LabelId, NodeId, Value},
};

/// The indexes of a graph, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Indexes(IndexMap<(LabelId, KeyId), Index, FxBuildHasher>);

/// The nodes that hold each value of one property under one label.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    nodes: FxHashMap<IndexKey, Nodes>,
    ordered: OnceLock<BTreeSet<IndexKey>>,
}

/// Nodes in ascending order, at least one. Few stand in an array; many in a bitmap, where one more or less costs little.
#[derive(Clone, Debug)]
enum Nodes {
    One(NodeId),
    Few(Vec<NodeId>),
    Many(RoaringBitmap),
}

/// How many nodes are few.
const FEW: usize = 64;

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

    pub(crate) fn ids(&self) -> impl ExactSizeIterator<Item = (LabelId, KeyId)> {
        self.0.keys().copied()
    }

    pub(crate) fn insert(&mut self, label: LabelId, key: KeyId, index: Index) {
        self.0.insert((label, key), index);
    }

    pub(crate) fn remove(&mut self, label: LabelId, key: KeyId) {
        self.0.shift_remove(&(label, key));
    }
}

impl Index {
    /// The index of nodes, ascending, and their values.
    pub(crate) fn build(entries: impl Iterator<Item = (NodeId, Value)>) -> Self {
        let mut index = Self::default();
        entries.for_each(|(node, value)| index.insert(node, &value));
        index
    }

    /// How many values there are.
    pub(crate) fn distinct(&self) -> u64 {
        self.nodes.len() as u64
    }

    pub(crate) fn insert(&mut self, node: NodeId, value: &Value) {
        let Some(key) = IndexKey::of(value) else {
            return;
        };
        if let Some(nodes) = self.nodes.get_mut(&key) {
            return nodes.insert(node);
        }
        if let Some(ordered) = self.ordered.get_mut() {
            ordered.insert(key.clone());
        }
        self.nodes.insert(key, Nodes::One(node));
    }

    pub(crate) fn remove(&mut self, node: NodeId, value: &Value) {
        let Some(key) = IndexKey::of(value) else {
            return;
        };
        let Some(nodes) = self.nodes.get_mut(&key) else {
            return;
        };
        if nodes.remove(node) {
            self.nodes.remove(&key);
            if let Some(ordered) = self.ordered.get_mut() {
                ordered.remove(&key);
            }
        }
    }

    /// The nodes whose value equals the given one.
    pub(crate) fn seek(&self, value: &Value) -> Cow<'_, [NodeId]> {
        IndexKey::of(value)
            .and_then(|key| self.nodes.get(&key))
            .map_or(Cow::Borrowed(&[]), Nodes::to_cow)
    }

    /// The nodes whose value lies between the bounds, which are of one class. Without bounds there is no class.
    pub(crate) fn seek_range(&self, lower: Bound<&Value>, upper: Bound<&Value>) -> Vec<NodeId> {
        let (Some(lower), Some(upper)) = (key_bound(lower), key_bound(upper)) else {
            return Vec::new();
        };
        let Some(class) = key_of(&lower).or(key_of(&upper)).cloned() else {
            return Vec::new();
        };
        let inside =
            |bound: &Bound<IndexKey>| key_of(bound).is_none_or(|key| key.same_class(&class));
        if !class.is_ordered() || !inside(&lower) || !inside(&upper) || is_void(&lower, &upper) {
            return Vec::new();
        }
        let keys = self.ordered().range((lower, upper));
        self.collect(
            keys.skip_while(|key| !key.same_class(&class))
                .take_while(|key| key.same_class(&class)),
        )
    }

    /// The nodes whose value is a string that starts with the prefix.
    pub(crate) fn seek_prefix(&self, prefix: &str) -> Vec<NodeId> {
        let lower = Bound::Included(IndexKey::String(prefix.into()));
        let starts =
            |key: &&IndexKey| matches!(key, IndexKey::String(text) if text.starts_with(prefix));
        self.collect(
            self.ordered()
                .range((lower, Bound::Unbounded))
                .take_while(starts),
        )
    }

    fn ordered(&self) -> &BTreeSet<IndexKey> {
        self.ordered
            .get_or_init(|| self.nodes.keys().cloned().collect())
    }

    fn collect<'a>(&self, keys: impl Iterator<Item = &'a IndexKey>) -> Vec<NodeId> {
        let mut nodes: Vec<_> = keys
            .filter_map(|key| self.nodes.get(key))
            .flat_map(|nodes| nodes.to_cow().into_owned())
            .collect();
        nodes.sort_unstable();
        nodes
    }
}

impl Nodes {
    fn to_cow(&self) -> Cow<'_, [NodeId]> {
        match self {
            Self::One(node) => Cow::Borrowed(std::slice::from_ref(node)),
            Self::Few(nodes) => Cow::Borrowed(nodes),
            Self::Many(nodes) => nodes.iter().map(NodeId).collect(),
        }
    }

    fn insert(&mut self, node: NodeId) {
        match self {
            Self::One(other) => *self = Self::Few(vec![node.min(*other), node.max(*other)]),
            Self::Few(nodes) if nodes.len() < FEW => {
                nodes.insert(nodes.partition_point(|other| *other < node), node)
            }
            Self::Few(nodes) => {
                *self = Self::Many(nodes.iter().chain([&node]).map(|node| node.0).collect())
            }
            Self::Many(nodes) => drop(nodes.insert(node.0)),
        }
    }

    /// Takes out a node; true if it was the last.
    fn remove(&mut self, node: NodeId) -> bool {
        match self {
            Self::One(_) => true,
            Self::Few(nodes) => {
                nodes.retain(|other| *other != node);
                nodes.is_empty()
            }
            Self::Many(nodes) => {
                nodes.remove(node.0);
                nodes.is_empty()
            }
        }
    }
}

/// The bound as keys; none where a value has no key, and the range therefore holds nothing.
fn key_bound(bound: Bound<&Value>) -> Option<Bound<IndexKey>> {
    Some(match bound {
        Bound::Included(value) => Bound::Included(IndexKey::of(value)?),
        Bound::Excluded(value) => Bound::Excluded(IndexKey::of(value)?),
        Bound::Unbounded => Bound::Unbounded,
    })
}

fn key_of(bound: &Bound<IndexKey>) -> Option<&IndexKey> {
    match bound {
        Bound::Included(key) | Bound::Excluded(key) => Some(key),
        Bound::Unbounded => None,
    }
}

/// Whether nothing lies between the bounds.
fn is_void(lower: &Bound<IndexKey>, upper: &Bound<IndexKey>) -> bool {
    match (key_of(lower), key_of(upper)) {
        (Some(low), Some(high)) => {
            let open = matches!(lower, Bound::Excluded(_)) || matches!(upper, Bound::Excluded(_));
            low > high || (low == high && open)
        }
        _ => false,
    }
}
