//! Relationship uniqueness: the relationships of a pattern that must be tested to differ.

use rustc_hash::FxHashMap;

use crate::{
    base::Direction,
    graph::Stats,
    optimize::pattern::implied::different,
    plan::{PatternEdge, QueryGraph, Slot},
};

/// For each relationship, those of its clause that it could be the same as, ascending. `stats` are the counts of the
/// graph, if they hold while the statement runs.
pub(super) fn rivals(graph: &QueryGraph, stats: Option<&Stats>) -> Vec<Vec<usize>> {
    let contradictions = Contradictions::new(graph, stats);
    let mut rivals = vec![Vec::new(); graph.edges.len()];
    for (other, edge) in graph.edges.iter().enumerate() {
        for (one, before) in graph.edges[..other].iter().enumerate() {
            if before.clause == edge.clause
                && before.may_be(edge)
                && !told_apart(before, edge, &contradictions)
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
fn told_apart(one: &PatternEdge, other: &PatternEdge, contradictions: &Contradictions) -> bool {
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
    ways.iter().all(|same| contradictions.follow_from(same))
}

/// For each node, the nodes that it cannot be the same as: a predicate says so, or a relationship between the two would be a
/// self-loop, and there is none of its types.
struct Contradictions(FxHashMap<Slot, Vec<Slot>>);

impl Contradictions {
    fn new(graph: &QueryGraph, stats: Option<&Stats>) -> Self {
        let mut others: FxHashMap<Slot, Vec<Slot>> = FxHashMap::default();
        let predicates = graph.predicates.iter().filter_map(different);
        let edges = graph.edges.iter().filter(|edge| has_no_loops(edge, stats));
        let edges = edges.map(|edge| (edge.from, edge.to));
        for (left, right) in predicates.chain(edges) {
            others.entry(left).or_default().push(right);
            others.entry(right).or_default().push(left);
        }
        Self(others)
    }

    /// True if the pattern cannot match if these pairs of nodes are the same. Only nodes of the pairs become the same as
    /// others, so that their contradictions alone are looked at.
    fn follow_from(&self, same: &[(Slot, Slot); 2]) -> bool {
        let merge = |slot, (left, right): &(Slot, Slot)| if slot == *right { *left } else { slot };
        let merged = |slot: Slot| {
            let once = same.iter().fold(slot, merge);
            same.iter().rev().fold(once, merge)
        };
        let mut slots = same.iter().flat_map(|(left, right)| [*left, *right]);
        slots.any(|slot| {
            let others = self.0.get(&slot).into_iter().flatten();
            others
                .into_iter()
                .any(|other| merged(*other) == merged(slot))
        })
    }
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
