//! Relationship uniqueness: the relationships of a pattern that must be tested to differ.

use crate::{
    base::Direction,
    graph::Stats,
    optimize::pattern::implied::different,
    plan::{Expr, PatternEdge, QueryGraph, Slot},
};

/// For each relationship, those of its clause that it could be the same as, ascending. `stats` are the counts of the
/// graph, if they hold while the statement runs.
pub(super) fn rivals(graph: &QueryGraph, stats: Option<&Stats>) -> Vec<Vec<usize>> {
    let mut rivals = vec![Vec::new(); graph.edges.len()];
    for (other, edge) in graph.edges.iter().enumerate() {
        for (one, before) in graph.edges[..other].iter().enumerate() {
            if before.clause == edge.clause
                && before.may_be(edge)
                && !told_apart(graph, before, edge, stats)
            {
                rivals[one].push(other);
                rivals[other].push(one);
            }
        }
    }
    rivals
}

/// True if two relationships always differ: if they were the same, some of the nodes of the pattern would be the same,
/// and the pattern would not match.
fn told_apart(
    graph: &QueryGraph,
    one: &PatternEdge,
    other: &PatternEdge,
    stats: Option<&Stats>,
) -> bool {
    if one.length.is_some() || other.length.is_some() {
        return false;
    }
    let parallel = [(one.from, other.from), (one.to, other.to)];
    let crossed = [(one.from, other.to), (one.to, other.from)];
    let is_either = |edge: &PatternEdge| edge.direction == Direction::Either;
    let ways: &[_] = if is_either(one) || is_either(other) {
        &[parallel, crossed]
    } else {
        &[parallel]
    };
    ways.iter().all(|same| is_contradiction(graph, same, stats))
}

/// True if the pattern cannot match if these pairs of nodes are the same.
fn is_contradiction(graph: &QueryGraph, same: &[(Slot, Slot); 2], stats: Option<&Stats>) -> bool {
    let merge = |slot, (left, right): &(Slot, Slot)| if slot == *right { *left } else { slot };
    let merged = |slot: Slot| {
        let once = same.iter().fold(slot, merge);
        same.iter().rev().fold(once, merge)
    };
    let differs = |predicate: &Expr| {
        different(predicate).is_some_and(|(left, right)| merged(left) == merged(right))
    };
    let is_loop = |edge: &PatternEdge| merged(edge.from) == merged(edge.to);
    let mut edges = graph.edges.iter();
    graph.predicates.iter().any(differs)
        || edges.any(|edge| is_loop(edge) && has_no_loops(edge, stats))
}

/// True if no relationship of the types is a self-loop.
fn has_no_loops(edge: &PatternEdge, stats: Option<&Stats>) -> bool {
    let Some(stats) = stats else {
        return false;
    };
    let mut types = edge.types.iter();
    edge.length.is_none()
        && !edge.types.is_empty()
        && types.all(|kind| kind.id.is_none() || stats.loops(kind.id) == 0)
}
