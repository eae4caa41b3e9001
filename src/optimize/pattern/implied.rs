//! Predicates that other parts of a pattern imply.

use crate::{
    base::{CompareOp, Direction},
    plan::{Expr, ExprKind, PatternEdge, QueryGraph, Slot},
};

/// Drops each `x <> y` for which the pattern has `NOT (c)-[:R]->(x)` and `(c)-[:R]->(y)`: the nodes differ, because only one
/// of them is a neighbour of `c`.
pub(super) fn drop_implied(graph: &mut QueryGraph) {
    let predicates = std::mem::take(&mut graph.predicates);
    let is_implied = |predicate: &Expr| {
        different(predicate).is_some_and(|(left, right)| {
            let mut others = predicates.iter();
            others.any(|other| tells_apart(graph, other, left, right))
        })
    };
    let dropped: Vec<bool> = predicates.iter().map(is_implied).collect();
    let kept = predicates.into_iter().zip(dropped);
    let kept = kept.filter(|(_, dropped)| !dropped);
    graph.predicates = kept.map(|(predicate, _)| predicate).collect();
}

/// The slots that a predicate requires to differ: `left <> right`.
pub(super) fn different(predicate: &Expr) -> Option<(Slot, Slot)> {
    match &predicate.kind {
        ExprKind::Compare(CompareOp::NotEqual, one, other) => one.as_slot().zip(other.as_slot()),
        _ => None,
    }
}

/// True if a predicate says that one of two nodes is not a neighbour of a node of which the other is.
fn tells_apart(graph: &QueryGraph, predicate: &Expr, left: Slot, right: Slot) -> bool {
    let ExprKind::Not(inner) = &predicate.kind else {
        return false;
    };
    let ExprKind::HasEdge {
        from,
        to,
        types,
        direction,
    } = &inner.kind
    else {
        return false;
    };
    let ends = [(*from, *to, *direction), (*to, *from, direction.reversed())];
    ends.iter().any(|(center, apart, direction)| {
        let neighbour = match *apart {
            slot if slot == left => right,
            slot if slot == right => left,
            _ => return false,
        };
        let mut edges = graph.edges.iter();
        edges.any(|edge| {
            let named = |name| types.is_empty() || types.iter().any(|kind| kind.name == name);
            let covered = !edge.types.is_empty() || types.is_empty();
            let all_named = edge.types.iter().all(|kind| named(kind.name.clone()));
            joins(edge, *center, neighbour, *direction) && covered && all_named
        })
    })
}

/// True if an edge of a pattern is a relationship from one node to another in a direction.
fn joins(edge: &PatternEdge, from: Slot, to: Slot, direction: Direction) -> bool {
    let ends = [(edge.from, edge.to), (edge.to, edge.from)];
    edge.length.is_none()
        && !edge.bound
        && ends.contains(&(from, to))
        && (direction == Direction::Either || direction == edge.direction_from(from))
}
