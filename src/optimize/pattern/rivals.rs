//! Relationship uniqueness: the relationships of a pattern that must be tested to differ.

use crate::{
    base::CompareOp,
    plan::{Expr, ExprKind, PatternEdge, QueryGraph, Slot},
};

/// For each relationship, those of its clause that it could be the same as, ascending.
pub(super) fn rivals(graph: &QueryGraph) -> Vec<Vec<usize>> {
    let mut rivals = vec![Vec::new(); graph.edges.len()];
    for (other, edge) in graph.edges.iter().enumerate() {
        for (one, before) in graph.edges[..other].iter().enumerate() {
            if before.clause == edge.clause
                && before.may_be(edge)
                && !told_apart(graph, before, edge)
            {
                rivals[one].push(other);
                rivals[other].push(one);
            }
        }
    }
    rivals
}

/// True if two relationships differ because they share an end, and a predicate requires their other ends to differ.
fn told_apart(graph: &QueryGraph, one: &PatternEdge, other: &PatternEdge) -> bool {
    if one.length.is_some() || other.length.is_some() {
        return false;
    }
    let others = [
        (one.from == other.from, one.to, other.to),
        (one.from == other.to, one.to, other.from),
        (one.to == other.from, one.from, other.to),
        (one.to == other.to, one.from, other.from),
    ];
    others.iter().any(|(shared, left, right)| {
        let mut predicates = graph.predicates.iter();
        *shared && predicates.any(|predicate| differs(predicate, *left, *right))
    })
}

/// True if a predicate is `left <> right` or `right <> left`.
fn differs(predicate: &Expr, left: Slot, right: Slot) -> bool {
    let ExprKind::Compare(CompareOp::NotEqual, one, other) = &predicate.kind else {
        return false;
    };
    let sides = (one.as_slot(), other.as_slot());
    sides == (Some(left), Some(right)) || sides == (Some(right), Some(left))
}
