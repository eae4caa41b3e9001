//! Finds the predicates of a pattern that an index can answer.
//!
//! Without an index, an equality or `IN` is a candidate if many nodes would be scanned: the executor then builds an
//! automatic index once the look-ups cost more than building it. A statement that writes may itself create the nodes.

use std::collections::HashMap;

use crate::{
    base::CompareOp,
    graph::Stats,
    optimize::cost,
    plan::{Expr, ExprKind, Key, LabelTest, Lookup, Named, Probe, QueryGraph, Slot, StringOp},
    value::LabelId,
};

/// An index lookup that finds a node or a relationship.
pub(super) struct Candidate {
    pub(super) target: Target,
    /// The label of the node; `None` for all nodes.
    pub(super) label: Option<Named<LabelId>>,
    pub(super) probe: Probe,
    /// True if there is no index.
    pub(super) automatic: bool,
    /// The positions of the predicates that it answers.
    pub(super) answers: Vec<usize>,
    /// The estimated number of nodes per row.
    pub(super) rows: f64,
}

/// What a lookup finds, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Node(usize),
    /// A relationship, with both its ends.
    Edge(usize),
}

/// Minimum number of scanned nodes for a lookup without an index.
pub(super) const WORTH: f64 = 1_000.0;

/// The index lookups of a pattern, in the order of its predicates. `rows` is the estimated number of input rows, `writes`
/// is true if the statement writes.
pub(super) fn lookups(
    graph: &QueryGraph,
    stats: &Stats,
    rows: f64,
    writes: bool,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut nodes = HashMap::new();
    for (node, known) in graph
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| !node.bound)
    {
        nodes.insert(known.slot, (node, labels(graph, known.slot)));
    }
    for (position, predicate) in graph.predicates.iter().enumerate() {
        for (subject, key, lookup) in readings(predicate) {
            let Some((node, labels)) = nodes.get(&subject) else {
                continue;
            };
            let candidate = |label: Option<&(usize, Named<LabelId>)>, automatic| Candidate {
                target: Target::Node(*node),
                label: label.map(|(_, label)| label.clone()),
                rows: 0.0,
                answers: label.iter().map(|(at, _)| *at).chain([position]).collect(),
                probe: Probe {
                    known: Vec::new(),
                    key: key.clone(),
                    lookup: lookup.clone(),
                },
                automatic,
            };
            let is_indexed = |label: &&(usize, Named<LabelId>)| {
                let label = label.1.id;
                match lookup {
                    Lookup::Suffix(_) | Lookup::Part(_) => stats.has_text_index(label, key.id),
                    Lookup::Prefix(_) => {
                        stats.is_indexed(label, key.id) || stats.has_text_index(label, key.id)
                    }
                    Lookup::Equal(_) | Lookup::In(_) | Lookup::Range { .. } => {
                        stats.is_indexed(label, key.id)
                    }
                }
            };
            for label in labels.iter().filter(is_indexed) {
                add(&mut found, stats, candidate(Some(label), false));
            }
            if !labels.iter().any(|label| is_indexed(&label))
                && matches!(lookup, Lookup::Equal(_) | Lookup::In(_))
            {
                let rarest = rarest(labels, stats);
                let nodes = cost::nodes(stats, rarest.map(|(_, label)| label.id));
                if writes || nodes * rows.max(1.0) >= WORTH {
                    add(&mut found, stats, candidate(rarest, true));
                }
            }
        }
    }
    found
}

/// Adds a candidate; two bounds on one key become one range.
fn add(found: &mut Vec<Candidate>, stats: &Stats, mut candidate: Candidate) {
    if let Lookup::Range { lower, upper } = &candidate.probe.lookup {
        let twin = found.iter_mut().find(|known| {
            known.target == candidate.target
                && label_id(known) == label_id(&candidate)
                && known.probe.key.id == candidate.probe.key.id
        });
        if let Some(twin) = twin
            && let Lookup::Range {
                lower: low,
                upper: high,
            } = &mut twin.probe.lookup
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
    cost::looked_up(stats, label_id(candidate), &candidate.probe)
}

fn label_id(candidate: &Candidate) -> Option<LabelId> {
    candidate.label.as_ref().map(|label| label.id)
}

/// The label with the fewest nodes.
fn rarest<'l>(
    labels: &'l [(usize, Named<LabelId>)],
    stats: &Stats,
) -> Option<&'l (usize, Named<LabelId>)> {
    let count = |label: &LabelId| cost::nodes(stats, Some(*label));
    let one = labels.iter();
    one.min_by(|one, other| count(&one.1.id).total_cmp(&count(&other.1.id)))
}

/// The lookups that a predicate can become, each with its node and key.
pub(super) fn readings(predicate: &Expr) -> Vec<(Slot, Key, Lookup)> {
    let one = |sought: &Expr, value: &Expr, make: fn(Expr) -> Lookup| {
        let (slot, key) = sought.as_property()?;
        // A random number is drawn for each node, not for each lookup.
        let known = !value.slots().contains(slot) && !value.draws();
        known.then(|| (slot, key.clone(), make(value.clone())))
    };
    let both =
        |left: &Expr, right: &Expr, make: fn(Expr) -> Lookup, flipped: fn(Expr) -> Lookup| {
            let found = [one(left, right, make), one(right, left, flipped)];
            found.into_iter().flatten().collect()
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
        ExprKind::In(needle, list) => one(needle, list, Lookup::In).into_iter().collect(),
        ExprKind::String(StringOp::StartsWith, text, prefix) => {
            one(text, prefix, Lookup::Prefix).into_iter().collect()
        }
        ExprKind::String(StringOp::EndsWith, text, suffix) => {
            one(text, suffix, Lookup::Suffix).into_iter().collect()
        }
        ExprKind::String(StringOp::Contains, text, part) => {
            one(text, part, Lookup::Part).into_iter().collect()
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
    (tested.as_slot() == Some(subject)).then_some(label)
}
