//! The pattern of a `MATCH` as a graph of its own: what has to be found, with no word on how.

use crate::{
    base::Direction,
    plan::{Apply, ElementPredicate, Expr, Length, Named, Slot},
    value::TypeId,
};

/// What one `MATCH` clause asks for, or several in a row.
///
/// Within one clause no relationship is used twice (openCypher's relationship uniqueness); planning adds the tests
/// where types do not rule it out already.
#[derive(Clone, Debug, Default)]
pub struct QueryGraph {
    /// The nodes, each slot once.
    pub nodes: Vec<PatternNode>,
    /// The relationships, each slot once, in the order in which they are written.
    pub edges: Vec<PatternEdge>,
    /// What must be true of a match: labels, properties, `WHERE`; a conjunction.
    pub predicates: Vec<Expr>,
    /// What must be computed before predicates that read the slots filled by it.
    pub subqueries: Vec<SubqueryNeed>,
}

/// A node of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternNode {
    /// Where it goes.
    pub slot: Slot,
    /// Whether the rows that come in hold it already.
    pub bound: bool,
}

/// A relationship of a pattern, or a walk along relationships.
#[derive(Clone, Debug)]
pub struct PatternEdge {
    /// Where it goes; a list of relationships where it has a length.
    pub slot: Slot,
    /// The node it starts at.
    pub from: Slot,
    /// The node it ends at.
    pub to: Slot,
    /// `Outgoing` from `from` to `to`, or `Either`.
    pub direction: Direction,
    /// The types; any where there are none.
    pub types: Vec<Named<TypeId>>,
    /// Whether the rows that come in hold it already.
    pub bound: bool,
    /// How many relationships the walk has, if it is one.
    pub length: Option<Length>,
    /// Of a trail: what must hold of each relationship.
    pub edge_predicate: Option<ElementPredicate>,
    /// Of a walk: whether only shortest ones count.
    pub shortest: Option<crate::plan::Shortest>,
    /// Which `MATCH` it comes from, where several became one graph: relationships of one clause differ from each
    /// other, those of two clauses need not.
    pub clause: u32,
    /// Whether `from` was written on the right; a walk's relationships are listed from left to right as written.
    pub reversed: bool,
}

impl PatternEdge {
    /// Whether the types leave it open that a relationship of one is a relationship of the other.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let shared = |kind: &Named<TypeId>| other.types.iter().any(|twin| twin.name == kind.name);
        self.types.is_empty() || other.types.is_empty() || self.types.iter().any(shared)
    }
}

/// A subquery whose answer predicates of the pattern read.
#[derive(Clone, Debug)]
pub struct SubqueryNeed {
    /// How the inner plan is applied. The plan itself is an input of the [`Op::Match`](crate::plan::Op::Match).
    pub apply: Apply,
    /// The slots of the pattern that it reads.
    pub reads: Vec<Slot>,
}
