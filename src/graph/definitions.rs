//! The definitions of the declared indexes and constraints of a graph.
//!
//! A definition has names; the structure that it stands for is found by ids. A uniqueness or key constraint owns an index
//! of the same name.

use indexmap::IndexMap;

use crate::{
    graph::index_on::IndexOn,
    value::{ConstraintDefinition, IndexDefinition, Text},
};

/// A declared index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinedIndex {
    /// Its definition.
    pub definition: IndexDefinition,
    /// The constraint that owns it.
    pub owner: Option<Text>,
    /// Its structure; `None` for a lookup index.
    pub(crate) on: Option<IndexOn>,
    /// Whether the definition built the structure, so that it ends with it.
    pub(crate) built: bool,
}

/// A declared constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinedConstraint {
    /// Its definition.
    pub definition: ConstraintDefinition,
    /// Its entities and keys.
    pub(crate) on: IndexOn,
}

/// The definitions of a graph, in creation order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Definitions {
    indexes: IndexMap<Text, DefinedIndex>,
    constraints: IndexMap<Text, DefinedConstraint>,
}

impl Definitions {
    pub(crate) fn indexes(&self) -> impl Iterator<Item = &DefinedIndex> {
        self.indexes.values()
    }

    pub(crate) fn constraints(&self) -> impl Iterator<Item = &DefinedConstraint> {
        self.constraints.values()
    }

    pub(crate) fn index(&self, name: &str) -> Option<&DefinedIndex> {
        self.indexes.get(name)
    }

    pub(crate) fn constraint(&self, name: &str) -> Option<&DefinedConstraint> {
        self.constraints.get(name)
    }

    pub(crate) fn has_constraints(&self) -> bool {
        !self.constraints.is_empty()
    }

    pub(crate) fn put_index(&mut self, position: usize, index: DefinedIndex) {
        let name = index.definition.name.clone();
        self.indexes.shift_insert(position, name, index);
    }

    pub(crate) fn put_constraint(&mut self, position: usize, constraint: DefinedConstraint) {
        let name = constraint.definition.name.clone();
        self.constraints.shift_insert(position, name, constraint);
    }

    /// Removes an index, with its position.
    pub(crate) fn remove_index(&mut self, name: &str) -> Option<(usize, DefinedIndex)> {
        let (position, _, index) = self.indexes.shift_remove_full(name)?;
        Some((position, index))
    }

    /// Removes a constraint, with its position.
    pub(crate) fn remove_constraint(&mut self, name: &str) -> Option<(usize, DefinedConstraint)> {
        let (position, _, constraint) = self.constraints.shift_remove_full(name)?;
        Some((position, constraint))
    }
}
