//! Trails: variable-length relationships of patterns and shortest paths.

use crate::{
    base::Direction,
    plan::{Expr, Named, Slot},
    value::TypeId,
};

/// Bounds of the number of relationships of a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The least number.
    pub min: u64,
    /// The greatest number; unbounded if `None`.
    pub max: Option<u64>,
}

/// A slot, and predicates about the entity in it.
pub type ElementPredicate = (Slot, Vec<Expr>);

/// Which trails an expansion returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrailMode {
    /// Every trail.
    All,
    /// One trail per pair of ends; one per input row if the end is dead.
    Pruning,
}

/// Trails: walks on which no relationship repeats.
#[derive(Clone, Debug)]
pub struct Trail {
    /// The start node; null gives no rows.
    pub from: Slot,
    /// The end node: an output, or read by operators between two nodes.
    pub to: Slot,
    /// The direction, seen from `from`.
    pub direction: Direction,
    /// The types; all types if empty.
    pub types: Vec<Named<TypeId>>,
    /// The number of relationships.
    pub length: Length,
    /// Output: the list of relationships, if live.
    pub edges: Option<Slot>,
    /// True if that list runs from `to` to `from`.
    pub reversed: bool,
    /// Predicates about each relationship.
    pub edge_predicate: Option<ElementPredicate>,
    /// Relationships, or lists of them, that must not occur on the trail.
    pub disjoint: Vec<Slot>,
    /// Which of the trails an expansion returns; searches for shortest trails ignore it.
    pub mode: TrailMode,
}

/// A search for shortest trails.
#[derive(Clone, Debug)]
pub struct ShortestPath {
    /// The trails; both ends are read.
    pub trail: Trail,
    /// Which of the shortest trails are returned.
    pub selector: Shortest,
    /// Predicates about each node, both ends included.
    pub node_predicate: Option<ElementPredicate>,
}

/// Which shortest trails are returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortest {
    /// One of the shortest.
    Any,
    /// All of the shortest.
    All,
}
