//! Finds the entities that break a constraint.
//!
//! Constraints are checked at the end of a statement, so one statement can swap the keys of two nodes. Only the entities
//! that the statement touched are checked; an index finds those with the same values.

use std::collections::BTreeMap;

use crate::{
    base::{Code, Fault},
    graph::{
        Graph, Savepoint,
        change::Change,
        definitions::DefinedConstraint,
        index::{Physical, tuple},
        index_on::Scope,
    },
    value::{
        ConstraintKind, EdgeId, Entries, KeyId, NodeId, Text, Value,
        display::{self, literal},
    },
};

/// A constraint that a statement broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The constraint, and the entity that breaks it.
    pub fault: Fault,
    /// The savepoint before the change that broke it.
    pub at: Savepoint,
    /// The savepoint before the change that made the entity with the same values, if the same statement made it.
    pub other: Option<Savepoint>,
}

/// What is wrong with an entity.
enum Wrong {
    /// It lacks a key.
    Lacks(KeyId),
    /// Another entity has the same values.
    Repeats(u32),
    /// The value of a key has another type.
    Type(KeyId, Value),
}

impl Graph {
    /// Whether statements have declared constraints to keep.
    #[must_use]
    pub fn has_constraints(&self) -> bool {
        self.definitions.has_constraints()
    }

    /// The first declared constraint that the changes since a savepoint break.
    #[must_use]
    pub fn breach(&self, since: Savepoint) -> Option<Breach> {
        let mut constraints = self.definitions.constraints();
        constraints.find_map(|constraint| {
            let touched = self.touched(constraint, since);
            let wrong = touched.iter().filter_map(|(entity, at)| {
                let wrong = self.wrong(constraint, *entity)?;
                Some((*at, *entity, wrong))
            });
            // If the statement made both of two equal entities, the later one is at fault.
            let (at, entity, wrong) = wrong.max_by_key(|(at, ..)| *at)?;
            let other = match &wrong {
                Wrong::Repeats(other) => touched.get(other).copied(),
                Wrong::Lacks(_) | Wrong::Type(..) => None,
            };
            let fault = self.fault(constraint, entity, &wrong);
            Some(Breach { fault, at, other })
        })
    }

    /// The error of the first entity that breaks a constraint.
    pub(super) fn first_breach(&self, constraint: &DefinedConstraint) -> Option<Fault> {
        let wrong = |entity: u32| {
            let wrong = self.wrong(constraint, entity)?;
            Some(self.fault(constraint, entity, &wrong))
        };
        match constraint.on.scope {
            Scope::Label(label) => self.nodes_with_label(label).iter().find_map(wrong),
            Scope::Type(kind) => self.edges_of_type(kind).find_map(|edge| wrong(edge.0)),
        }
    }

    /// The live entities of a constraint touched since a savepoint, each with the savepoint before the last change to it.
    fn touched(
        &self,
        constraint: &DefinedConstraint,
        since: Savepoint,
    ) -> BTreeMap<u32, Savepoint> {
        let on = &constraint.on;
        let mut touched = BTreeMap::new();
        for (moment, change) in self.log.moments(since) {
            let entity = match (on.scope, change) {
                (Scope::Label(label), Change::LabelsAdded(node, labels)) => {
                    labels.contains(&label).then_some(node.0)
                }
                (Scope::Label(_), Change::NodePropertySet(node, key, ..)) => {
                    on.keys.contains(key).then_some(node.0)
                }
                (Scope::Type(_), Change::EdgeCreated(edge)) => Some(edge.0),
                (Scope::Type(_), Change::EdgePropertySet(edge, key, ..)) => {
                    on.keys.contains(key).then_some(edge.0)
                }
                _ => None,
            };
            if let Some(entity) = entity {
                touched.insert(entity, moment);
            }
        }
        touched.retain(|entity, _| match on.scope {
            Scope::Label(label) => self.has_label(NodeId(*entity), label),
            Scope::Type(kind) => {
                self.is_live_edge(EdgeId(*entity)) && self.edge_type(EdgeId(*entity)) == kind
            }
        });
        touched
    }

    fn wrong(&self, constraint: &DefinedConstraint, entity: u32) -> Option<Wrong> {
        let on = &constraint.on;
        let get = |key: KeyId| self.value(on.scope, entity, key);
        let lacking = || on.keys.iter().find(|key| get(**key).is_null());
        match &constraint.definition.kind {
            ConstraintKind::Unique if lacking().is_some() => None,
            ConstraintKind::Exists => lacking().map(|key| Wrong::Lacks(*key)),
            ConstraintKind::Unique | ConstraintKind::Key => match lacking() {
                Some(key) => Some(Wrong::Lacks(*key)),
                None => self.rival(constraint, entity).map(Wrong::Repeats),
            },
            ConstraintKind::Typed(of) => on.keys.iter().find_map(|key| {
                let value = get(*key);
                let fits = value.is_null() || of.contains(&value);
                (!fits).then_some(Wrong::Type(*key, value))
            }),
        }
    }

    /// Another entity with the same values of the keys, all of which the entity has.
    fn rival(&self, constraint: &DefinedConstraint, entity: u32) -> Option<u32> {
        let on = &constraint.on;
        let value = tuple(&on.keys, |key| self.value(on.scope, entity, key));
        if let Some((label, key)) = on.primary() {
            let found = self.seek(label, key, &value);
            return found
                .iter()
                .map(|node| node.0)
                .find(|other| *other != entity);
        }
        let Some(Physical::Values(index)) = self.secondary.get(on) else {
            return None;
        };
        let found = index.seek(&value);
        found.iter().copied().find(|other| *other != entity)
    }

    fn value(&self, scope: Scope, entity: u32, key: KeyId) -> Value {
        match scope {
            Scope::Label(_) => self.node_property(NodeId(entity), key),
            Scope::Type(_) => self.edge_property(EdgeId(entity), key),
        }
    }

    fn fault(&self, constraint: &DefinedConstraint, entity: u32, wrong: &Wrong) -> Fault {
        let definition = &constraint.definition;
        let name = &definition.name;
        let key_name = |key: KeyId| self.catalog.key_name(key);
        let portrait = self.sketch(constraint, entity);
        let (message, help) = match wrong {
            Wrong::Lacks(key) => {
                let key = key_name(*key);
                (
                    format!(
                        "expected the property `{key}` (constraint `{name}`), found none on {portrait}"
                    ),
                    format!("set `{key}` in the same statement"),
                )
            }
            Wrong::Type(key, value) => {
                let ConstraintKind::Typed(of) = &definition.kind else {
                    unreachable!("only a type constraint finds a wrong type")
                };
                let (key, kind) = (key_name(*key), value.kind());
                (
                    format!(
                        "expected {of} as `{key}` (constraint `{name}`), found {kind} on {portrait}"
                    ),
                    "convert the value, or drop the constraint".to_owned(),
                )
            }
            Wrong::Repeats(other) => {
                let keys: Vec<_> = definition
                    .keys
                    .iter()
                    .map(|key| format!("`{key}`"))
                    .collect();
                let (keys, other) = (keys.join(", "), self.identity(constraint.on.scope, *other));
                (
                    format!(
                        "expected unique values of {keys} (constraint `{name}`), found {portrait}, whose values {other} has already"
                    ),
                    "use `MATCH` or `MERGE` for an existing entity, or choose other values"
                        .to_owned(),
                )
            }
        };
        Fault::new(Code::ConstraintViolation, message).help(help)
    }

    /// `node 3 (:Person {id: 1})`
    fn sketch(&self, constraint: &DefinedConstraint, entity: u32) -> String {
        let on = &constraint.on;
        let given = on.keys.iter().filter_map(|key| {
            let value = self.value(on.scope, entity, *key);
            (!value.is_null()).then(|| (Text::clone(self.catalog.key_name(*key)), value))
        });
        let given: Entries = given.collect();
        let map = if given.is_empty() {
            String::new()
        } else {
            format!(" {}", literal(&Value::map(given)))
        };
        let mut name = String::new();
        display::name(&mut name, constraint.definition.subject.name())
            .expect("writing to a string does not fail");
        let identity = self.identity(on.scope, entity);
        match on.scope {
            Scope::Label(_) => format!("{identity} (:{name}{map})"),
            Scope::Type(_) => format!("{identity} [:{name}{map}]"),
        }
    }

    fn identity(&self, scope: Scope, entity: u32) -> String {
        match scope {
            Scope::Label(_) => format!("node {entity}"),
            Scope::Type(_) => format!("relationship {entity}"),
        }
    }
}
