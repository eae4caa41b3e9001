//! Finds the predicates of a pattern that an index can answer.

use crate::{
    base::CompareOp,
    graph::Stats,
    optimize::cost,
    plan::{Expr, ExprKind, Key, LabelTest, Lookup, Named, QueryGraph, Slot, StringOp},
    value::LabelId,
};

/// An index lookup that finds a node.
pub(super) struct Candidate {
    /// The position of the node.
    pub(super) node: usize,
    pub(super) label: Named<LabelId>,
    pub(super) key: Key,
    pub(super) lookup: Lookup,
    /// The positions of the predicates that it answers.
    pub(super) answers: Vec<usize>,
    /// The estimated number of nodes per row.
    pub(super) rows: f64,
}

/// The index lookups of a pattern, in the order of its predicates.
pub(super) fn lookups(graph: &QueryGraph, stats: &Stats) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (position, predicate) in graph.predicates.iter().enumerate() {
        for (subject, key, lookup) in readings(predicate) {
            let Some(node) = graph
                .nodes
                .iter()
                .position(|node| node.slot == subject && !node.bound)
            else {
                continue;
            };
            for (at, label) in labels(graph, subject) {
                if stats.is_indexed(label.id, key.id) {
                    add(
                        &mut found,
                        stats,
                        Candidate {
                            node,
                            label,
                            key: key.clone(),
                            rows: 0.0,
                            answers: vec![position, at],
                            lookup: lookup.clone(),
                        },
                    );
                }
            }
        }
    }
    found
}

/// Adds a candidate; two bounds on one key become one range.
fn add(found: &mut Vec<Candidate>, stats: &Stats, mut candidate: Candidate) {
    if let Lookup::Range { lower, upper } = &candidate.lookup {
        let twin = found.iter_mut().find(|known| {
            known.node == candidate.node
                && known.label.id == candidate.label.id
                && known.key.id == candidate.key.id
        });
        if let Some(twin) = twin
            && let Lookup::Range {
                lower: low,
                upper: high,
            } = &mut twin.lookup
            && (low.is_none() || lower.is_none())
            && (high.is_none() || upper.is_none())
        {
            *low = low.take().or_else(|| lower.clone());
            *high = high.take().or_else(|| upper.clone());
            twin.answers.extend(candidate.answers);
            twin.answers.sort_unstable();
            twin.answers.dedup();
            twin.rows = rows(twin, stats);
            return;
        }
    }
    candidate.rows = rows(&candidate, stats);
    found.push(candidate);
}

fn rows(candidate: &Candidate, stats: &Stats) -> f64 {
    let (label, key) = (candidate.label.id, candidate.key.id);
    cost::looked_up(stats, label, key, &candidate.lookup)
}

/// The lookups that a predicate can become, each with its node and key.
fn readings(predicate: &Expr) -> Vec<(Slot, Key, Lookup)> {
    let both =
        |left: &Expr, right: &Expr, make: fn(Expr) -> Lookup, flipped: fn(Expr) -> Lookup| {
            let one = property(left).filter(|(slot, _)| !reads(right, *slot));
            let other = property(right).filter(|(slot, _)| !reads(left, *slot));
            let one = one.map(|(slot, key)| (slot, key, make(right.clone())));
            one.into_iter()
                .chain(other.map(|(slot, key)| (slot, key, flipped(left.clone()))))
                .collect()
        };
    match &predicate.kind {
        ExprKind::Compare(op, left, right) => match op {
            CompareOp::Equal => both(left, right, Lookup::Equal, Lookup::Equal),
            CompareOp::NotEqual => Vec::new(),
            CompareOp::Less => both(left, right, |v| below(v, false), |v| above(v, false)),
            CompareOp::LessOrEqual => both(left, right, |v| below(v, true), |v| above(v, true)),
            CompareOp::Greater => both(left, right, |v| above(v, false), |v| below(v, false)),
            CompareOp::GreaterOrEqual => both(left, right, |v| above(v, true), |v| below(v, true)),
        },
        ExprKind::In(needle, list) => {
            let found = property(needle).filter(|(slot, _)| !reads(list, *slot));
            found
                .map(|(slot, key)| (slot, key, Lookup::In((**list).clone())))
                .into_iter()
                .collect()
        }
        ExprKind::String(StringOp::StartsWith, text, prefix) => {
            let found = property(text).filter(|(slot, _)| !reads(prefix, *slot));
            found
                .map(|(slot, key)| (slot, key, Lookup::Prefix((**prefix).clone())))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

fn above(value: Expr, included: bool) -> Lookup {
    Lookup::Range {
        lower: Some((value, included)),
        upper: None,
    }
}

fn below(value: Expr, included: bool) -> Lookup {
    Lookup::Range {
        lower: None,
        upper: Some((value, included)),
    }
}

/// The slot and the key of `n.key`; `None` for other expressions.
fn property(expr: &Expr) -> Option<(Slot, Key)> {
    let ExprKind::Property(subject, key) = &expr.kind else {
        return None;
    };
    match subject.kind {
        ExprKind::Slot(slot) => Some((slot, key.clone())),
        _ => None,
    }
}

fn reads(expr: &Expr, slot: Slot) -> bool {
    expr.slots().contains(slot)
}

/// The labels that a node must have, each with the position of its predicate.
fn labels(graph: &QueryGraph, subject: Slot) -> Vec<(usize, Named<LabelId>)> {
    let tests = graph.predicates.iter().enumerate();
    tests
        .filter_map(|(at, predicate)| Some((at, label_of(predicate, subject)?.clone())))
        .collect()
}

/// The label of `n:Label`; `None` for other predicates.
pub(super) fn label_of(predicate: &Expr, subject: Slot) -> Option<&Named<LabelId>> {
    let ExprKind::HasLabels(tested, LabelTest::Name { label, .. }) = &predicate.kind else {
        return None;
    };
    matches!(tested.kind, ExprKind::Slot(slot) if slot == subject).then_some(label)
}
