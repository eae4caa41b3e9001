//! The net effects of a series of changes.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::{
    graph::{Graph, Savepoint, change::Change},
    value::{EdgeId, KeyId, LabelId, NodeId, Text, Value},
};

/// Net effects. An entity that was created and deleted again counts in neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Effects {
    pub nodes_created: u64,
    pub nodes_deleted: u64,
    pub relationships_created: u64,
    pub relationships_deleted: u64,
    /// Labels in use now that no node had before.
    pub labels_added: u64,
    /// Labels that nodes had before and no node has now.
    pub labels_removed: u64,
    /// Properties that have a value now, and had none or a different one before.
    pub properties_set: u64,
    /// Properties that had a value before, and have none or a different one now.
    pub properties_removed: u64,
    /// Properties that had a value before and have a different one now; they are also among those that are set and removed.
    pub properties_replaced: u64,
    pub indexes_added: u64,
    pub indexes_removed: u64,
    pub constraints_added: u64,
    pub constraints_removed: u64,
}

impl Effects {
    /// Whether there is no net effect.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The touched entities and properties, with their previous state.
#[derive(Default)]
struct Touched<'a> {
    nodes: FxHashMap<NodeId, bool>,
    edges: FxHashMap<EdgeId, bool>,
    /// The change in the number of nodes with each label.
    labels: FxHashMap<LabelId, i64>,
    node_properties: FxHashMap<(NodeId, KeyId), &'a Value>,
    edge_properties: FxHashMap<(EdgeId, KeyId), &'a Value>,
    /// Whether there was an index, or a constraint, of the name.
    indexes: FxHashMap<&'a Text, bool>,
    constraints: FxHashMap<&'a Text, bool>,
}

impl Graph {
    /// The net effects of all changes since the savepoint. Call it before the commit.
    #[must_use]
    pub fn changes_since(&self, savepoint: Savepoint) -> Effects {
        let mut touched = Touched::default();
        self.log
            .since(savepoint)
            .iter()
            .for_each(|change| touched.add(change));
        let mut effects = Effects::default();
        self.count_definitions(&touched, &mut effects);
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

    fn count_definitions(&self, touched: &Touched<'_>, effects: &mut Effects) {
        for (name, before) in &touched.indexes {
            let after = self.definitions.index(name).is_some();
            effects.indexes_added += u64::from(after && !before);
            effects.indexes_removed += u64::from(!after && *before);
        }
        for (name, before) in &touched.constraints {
            let after = self.definitions.constraint(name).is_some();
            effects.constraints_added += u64::from(after && !before);
            effects.constraints_removed += u64::from(!after && *before);
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
            self.properties_replaced += u64::from(!before.is_null() && !after.is_null());
        }
    }
}

impl<'a> Touched<'a> {
    /// Only the first change to an entity or property determines its previous state.
    fn add(&mut self, change: &'a Change) {
        match change {
            Change::NodeCreated(node) => first(&mut self.nodes, *node, false),
            Change::NodeDeleted(node) => first(&mut self.nodes, *node, true),
            Change::EdgeCreated(edge) => first(&mut self.edges, *edge, false),
            Change::EdgeDeleted(edge) => first(&mut self.edges, *edge, true),
            Change::LabelsAdded(_, labels) => self.count_labels(labels, 1),
            Change::LabelsRemoved(_, labels) => self.count_labels(labels, -1),
            Change::NodePropertySet(node, key, old, _) => {
                first(&mut self.node_properties, (*node, *key), old)
            }
            Change::EdgePropertySet(edge, key, old, _) => {
                first(&mut self.edge_properties, (*edge, *key), old)
            }
            // The index of a constraint is part of the constraint.
            Change::IndexDefined(_, true) => {}
            Change::IndexDefined(name, false) => first(&mut self.indexes, name, false),
            Change::IndexUndefined(before) => {
                let index = &before.1;
                if index.owner.is_none() {
                    first(&mut self.indexes, &index.definition.name, true);
                }
            }
            Change::ConstraintDefined(name) => first(&mut self.constraints, name, false),
            Change::ConstraintUndefined(before) => {
                first(&mut self.constraints, &before.1.definition.name, true);
            }
            Change::IndexCreated(..) | Change::StructureCreated(_) | Change::IndexDropped(_) => {}
        }
    }

    fn count_labels(&mut self, labels: &[LabelId], count: i64) {
        for label in labels {
            *self.labels.entry(*label).or_default() += count;
        }
    }
}

/// Records `before` unless `key` is recorded already.
fn first<K: Eq + Hash, V>(noted: &mut FxHashMap<K, V>, key: K, before: V) {
    noted.entry(key).or_insert(before);
}

/// Whether two stored values have the same type and content. NaN is identical to NaN; `0.0` and `-0.0` differ.
fn identical(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => {
            a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
        }
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Decimal(a), Value::Decimal(b)) => a == b && a.scale() == b.scale(),
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Point(a), Value::Point(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| identical(a, b))
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
