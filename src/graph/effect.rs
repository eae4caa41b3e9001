//! What a run of changes comes to: the net effects that a person can observe.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::{
    graph::{Graph, Savepoint, change::Change},
    value::{EdgeId, KeyId, LabelId, NodeId, Value},
};

/// Net effects. What was created and deleted again is no effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Effects {
    pub nodes_created: u64,
    pub nodes_deleted: u64,
    pub relationships_created: u64,
    pub relationships_deleted: u64,
    /// Labels that no node of the graph bore before.
    pub labels_added: u64,
    /// Labels that no node of the graph bears any more.
    pub labels_removed: u64,
    /// Properties that are there and were not, or not with this value.
    pub properties_set: u64,
    /// Properties that were there and are not, or not with this value.
    pub properties_removed: u64,
}

impl Effects {
    /// Whether nothing can be observed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the changes touched, with what there was before.
#[derive(Default)]
struct Touched<'a> {
    nodes: FxHashMap<NodeId, bool>,
    edges: FxHashMap<EdgeId, bool>,
    /// How many nodes more bear the label.
    labels: FxHashMap<LabelId, i64>,
    node_properties: FxHashMap<(NodeId, KeyId), &'a Value>,
    edge_properties: FxHashMap<(EdgeId, KeyId), &'a Value>,
}

impl Graph {
    /// The net effects of all changes since the savepoint, to be asked for before the commit.
    #[must_use]
    pub fn changes_since(&self, savepoint: Savepoint) -> Effects {
        let mut touched = Touched::default();
        self.log
            .since(savepoint)
            .iter()
            .for_each(|change| touched.add(change));
        let mut effects = Effects::default();
        self.count_entities(&touched, &mut effects);
        self.count_labels(&touched, &mut effects);
        self.count_properties(&touched, &mut effects);
        effects
    }

    fn count_entities(&self, touched: &Touched<'_>, effects: &mut Effects) {
        for (node, before) in &touched.nodes {
            let after = self.is_live_node(*node);
            effects.nodes_created += u64::from(after && !before);
            effects.nodes_deleted += u64::from(!after && *before);
        }
        for (edge, before) in &touched.edges {
            let after = self.is_live_edge(*edge);
            effects.relationships_created += u64::from(after && !before);
            effects.relationships_deleted += u64::from(!after && *before);
        }
    }

    fn count_labels(&self, touched: &Touched<'_>, effects: &mut Effects) {
        for (label, gained) in &touched.labels {
            let after = self.stats.nodes(Some(*label));
            let before = after.wrapping_add_signed(-gained);
            effects.labels_added += u64::from(before == 0 && after > 0);
            effects.labels_removed += u64::from(before > 0 && after == 0);
        }
    }

    fn count_properties(&self, touched: &Touched<'_>, effects: &mut Effects) {
        for ((node, key), before) in &touched.node_properties {
            effects.count_property(before, &self.node_property(*node, *key));
        }
        for ((edge, key), before) in &touched.edge_properties {
            effects.count_property(before, &self.edge_property(*edge, *key));
        }
    }
}

impl Effects {
    fn count_property(&mut self, before: &Value, after: &Value) {
        if !identical(before, after) {
            self.properties_removed += u64::from(!before.is_null());
            self.properties_set += u64::from(!after.is_null());
        }
    }
}

impl<'a> Touched<'a> {
    /// The first change to a thing tells what there was before.
    fn add(&mut self, change: &'a Change) {
        match change {
            Change::NodeCreated(node) => first(&mut self.nodes, *node, false),
            Change::NodeDeleted(node) => first(&mut self.nodes, *node, true),
            Change::EdgeCreated(edge) => first(&mut self.edges, *edge, false),
            Change::EdgeDeleted(edge) => first(&mut self.edges, *edge, true),
            Change::LabelAdded(_, label) => *self.labels.entry(*label).or_default() += 1,
            Change::LabelRemoved(_, label) => *self.labels.entry(*label).or_default() -= 1,
            Change::NodePropertySet(node, key, old, _) => {
                first(&mut self.node_properties, (*node, *key), old)
            }
            Change::EdgePropertySet(edge, key, old, _) => {
                first(&mut self.edge_properties, (*edge, *key), old)
            }
            Change::IndexCreated(..) => {}
        }
    }
}

/// Notes what there was, if nothing is noted.
fn first<K: Eq + Hash, V>(noted: &mut FxHashMap<K, V>, key: K, before: V) {
    noted.entry(key).or_insert(before);
}

/// Whether two stored values are the same in kind and content: one NaN is like another, the two zeros are not.
fn identical(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => {
            a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
        }
        (Value::String(a), Value::String(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(&**b).all(|(a, b)| identical(a, b))
        }
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::LocalTime(a), Value::LocalTime(b)) => a == b,
        (Value::Time(a), Value::Time(b)) => a == b,
        (Value::LocalDateTime(a), Value::LocalDateTime(b)) => a == b,
        (Value::DateTime(a), Value::DateTime(b)) => a == b,
        (Value::Duration(a), Value::Duration(b)) => a == b,
        _ => false,
    }
}
