//! The query graph: the pattern of a `MATCH` without an order of evaluation.

use crate::{
    base::Direction,
    plan::{Apply, ElementPredicate, Expr, Length, Named, Slot},
    value::TypeId,
};

/// The pattern of one `MATCH` clause, or of several consecutive ones.
///
/// Relationship uniqueness holds within each clause; planning adds the tests that types and predicates do not imply.
#[derive(Clone, Debug, Default)]
pub struct QueryGraph {
    /// The nodes, each slot once.
    pub nodes: Vec<PatternNode>,
    /// The relationships, each slot once, in the order of the text.
    pub edges: Vec<PatternEdge>,
    /// The conjuncts that a match must satisfy: labels, properties, `WHERE`.
    pub predicates: Vec<Expr>,
    /// The subqueries whose results predicates read.
    pub subqueries: Vec<SubqueryNeed>,
}

impl QueryGraph {
    /// True if the input rows hold the node.
    #[must_use]
    pub fn is_bound(&self, node: Slot) -> bool {
        let mut nodes = self.nodes.iter();
        nodes.any(|known| known.slot == node && known.bound)
    }
}

/// A node of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternNode {
    /// The slot of the node.
    pub slot: Slot,
    /// True if the input rows hold it.
    pub bound: bool,
}

/// A relationship or trail of a pattern.
#[derive(Clone, Debug)]
pub struct PatternEdge {
    /// The slot of the relationship; of a list of relationships if it has a length.
    pub slot: Slot,
    /// The node it starts at.
    pub from: Slot,
    /// The node it ends at.
    pub to: Slot,
    /// `Outgoing` from `from` to `to`, or `Either`.
    pub direction: Direction,
    /// The types; all types if empty.
    pub types: Vec<Named<TypeId>>,
    /// True if the input rows hold it.
    pub bound: bool,
    /// The number of relationships of a trail; `None` for a single relationship.
    pub length: Option<Length>,
    /// Of a trail: predicates about each relationship.
    pub edge_predicate: Option<ElementPredicate>,
    /// Of a trail: which shortest ones match; `None` if all trails do.
    pub shortest: Option<crate::plan::Shortest>,
    /// The number of its `MATCH` clause, the scope of relationship uniqueness.
    pub clause: u32,
    /// True if `from` is on the right in the text; the list of a trail runs from left to right in the text.
    pub reversed: bool,
}

impl PatternEdge {
    /// The end other than `end`.
    #[must_use]
    pub fn other(&self, end: Slot) -> Slot {
        if end == self.from { self.to } else { self.from }
    }

    /// The direction, seen from one of its ends.
    #[must_use]
    pub fn direction_from(&self, end: Slot) -> Direction {
        if end == self.from {
            self.direction
        } else {
            self.direction.reversed()
        }
    }

    /// True if, by their types, both can match the same relationship.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let shared = |kind: &Named<TypeId>| other.types.iter().any(|twin| twin.name == kind.name);
        self.types.is_empty() || other.types.is_empty() || self.types.iter().any(shared)
    }
}

/// A subquery whose result predicates of the pattern read.
#[derive(Clone, Debug)]
pub struct SubqueryNeed {
    /// How the inner plan is applied. The plan itself is an input of the [`Op::Match`](crate::plan::Op::Match).
    pub apply: Apply,
    /// The slots of the pattern that it reads.
    pub reads: Vec<Slot>,
}
