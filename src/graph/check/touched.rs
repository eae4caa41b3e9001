//! The entities of a rule that a statement touched.

use std::collections::BTreeMap;

use crate::{
    graph::{Graph, Savepoint, change::Change, check::view::Entity, manifest::Rule},
    value::{KeyId, LabelId, TypeId},
};

/// A label or type name of a rule, resolved to an id; `*` is `Any`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant<T> {
    Nothing,
    Any,
    One(T),
}

impl<T: Copy + PartialEq> Meant<T> {
    fn of(name: Option<&String>, find: impl Fn(&str) -> Option<T>) -> Self {
        match name.map(String::as_str) {
            None => Self::Nothing,
            Some("*") => Self::Any,
            Some(name) => find(name).map_or(Self::Nothing, Self::One),
        }
    }

    fn is(self, id: T) -> bool {
        match self {
            Self::Nothing => false,
            Self::Any => true,
            Self::One(meant) => meant == id,
        }
    }
}

/// The scope of a rule, as ids.
struct Scope {
    label: Meant<LabelId>,
    kind: Meant<TypeId>,
    keys: Vec<KeyId>,
    having: Option<TypeId>,
}

impl Scope {
    fn of(graph: &Graph, rule: &Rule) -> Self {
        let catalog = graph.catalog();
        let names = rule
            .keys
            .iter()
            .chain(rule.keep.keys())
            .chain(rule.drop.keys());
        let having = rule.having.as_deref();
        Self {
            label: Meant::of(rule.nodes.as_ref(), |name| catalog.label(name)),
            kind: Meant::of(rule.relationships.as_ref(), |name| {
                catalog.relationship_type(name)
            }),
            keys: names.filter_map(|name| catalog.key(name)).collect(),
            having: having.and_then(|name| catalog.relationship_type(name)),
        }
    }

    /// The entity that a change may have moved into the rule, or changed within it. An entity that leaves a rule breaks
    /// nothing.
    fn entity(&self, graph: &Graph, change: &Change) -> Option<Entity> {
        let nodes = self.label != Meant::Nothing;
        match change {
            Change::NodeCreated(node) => (self.label == Meant::Any).then_some(Entity::Node(*node)),
            Change::LabelsAdded(node, labels) => {
                let gained = labels.iter().any(|label| self.label.is(*label));
                gained.then_some(Entity::Node(*node))
            }
            Change::NodePropertySet(node, key, ..) => {
                (nodes && self.keys.contains(key)).then_some(Entity::Node(*node))
            }
            Change::EdgeCreated(edge) => {
                let ty = graph.edge_type(*edge);
                if self.having == Some(ty) {
                    return Some(Entity::Node(graph.endpoints(*edge).0));
                }
                self.kind.is(ty).then_some(Entity::Relationship(*edge))
            }
            Change::EdgePropertySet(edge, key, ..) => (self.keys.contains(key)
                && self.kind.is(graph.edge_type(*edge)))
            .then_some(Entity::Relationship(*edge)),
            Change::NodeDeleted(_)
            | Change::EdgeDeleted(_)
            | Change::LabelsRemoved(..)
            | Change::IndexCreated(..)
            | Change::StructureCreated(_)
            | Change::IndexDropped(_)
            | Change::IndexDefined(..)
            | Change::IndexUndefined(_)
            | Change::ConstraintDefined(_)
            | Change::ConstraintUndefined(_) => None,
        }
    }
}

/// The live entities of a rule touched since a savepoint, each with the savepoint before the last change to it.
pub(super) fn touched(graph: &Graph, rule: &Rule, since: Savepoint) -> BTreeMap<Entity, Savepoint> {
    let scope = Scope::of(graph, rule);
    let mut touched = BTreeMap::new();
    for (moment, change) in graph.log.moments(since) {
        if let Some(entity) = scope.entity(graph, change) {
            touched.insert(entity, moment);
        }
    }
    touched.retain(|entity, _| match entity {
        Entity::Node(node) => graph.is_live_node(*node),
        Entity::Relationship(edge) => graph.is_live_edge(*edge),
    });
    touched
}
