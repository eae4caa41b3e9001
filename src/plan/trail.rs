//! Trails: variable-length relationships of patterns and shortest paths.

use crate::{
    base::{CompareOp, Direction},
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

impl Length {
    /// Bounds that also satisfy a comparison; `None` for `<>`.
    #[must_use]
    pub fn limited(self, op: CompareOp, bound: i64) -> Option<Self> {
        let (low, high) = match op {
            CompareOp::Equal => (bound, Some(bound)),
            CompareOp::NotEqual => return None,
            CompareOp::Less => (0, Some(bound.saturating_sub(1))),
            CompareOp::LessOrEqual => (0, Some(bound)),
            CompareOp::Greater => (bound.saturating_add(1), None),
            CompareOp::GreaterOrEqual => (bound, None),
        };
        if high.is_some_and(|high| high < 0) {
            // No trail is so short.
            return Some(Self {
                min: self.min.max(1),
                max: Some(0),
            });
        }
        let high = high.map(|high| high.unsigned_abs());
        Some(Self {
            min: self.min.max(u64::try_from(low).unwrap_or(0)),
            max: self.max.into_iter().chain(high).min(),
        })
    }
}

/// A slot, and predicates about the entity in it.
pub type ElementPredicate = (Slot, Vec<Expr>);

/// Which trails an expansion returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrailMode {
    /// Every trail.
    All,
    /// One trail per pair of ends, and one of the shortest if its list is an output; one per input row if the end is dead.
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

/// The predicates about an element, if there are any.
pub(super) fn about(element: &Option<ElementPredicate>) -> impl Iterator<Item = &Expr> {
    element.iter().flat_map(|(_, predicates)| predicates)
}

/// The predicates about an element, if there are any, to change them.
pub(super) fn about_mut(element: &mut Option<ElementPredicate>) -> impl Iterator<Item = &mut Expr> {
    element.iter_mut().flat_map(|(_, predicates)| predicates)
}
