//! Finds the predicates of a pattern that an index on several keys, or an index on relationships, can answer.

use std::collections::HashMap;

use crate::{
    graph::Stats,
    optimize::{
        cost,
        pattern::lookup::{Candidate, Target, label_of, readings},
    },
    plan::{Expr, Key, Lookup, Named, Probe, QueryGraph, Slot},
    value::{KeyId, LabelId},
};

/// A predicate that compares a property: its position, the key and the values to find.
type Reading = (usize, Key, Lookup);

/// The candidates for indexes on several keys of nodes, and for those on relationships.
pub(super) fn candidates(graph: &QueryGraph, stats: &Stats) -> Vec<Candidate> {
    let has_composites = stats.composites().next().is_some();
    let mut by_slot: HashMap<Slot, Vec<Reading>> = HashMap::new();
    let edges = graph.edges.iter().enumerate().filter_map(|(at, edge)| {
        let [kind] = edge.types.as_slice() else {
            return None;
        };
        let plain = !edge.bound && edge.length.is_none() && edge.from != edge.to;
        let indexed = stats.has_relationship_indexes(kind.id);
        (plain && indexed && !graph.is_bound(edge.from) && !graph.is_bound(edge.to))
            .then_some((at, edge, kind))
    });
    let edges: Vec<_> = edges.collect();
    if !has_composites && edges.is_empty() {
        return Vec::new();
    }
    for (at, predicate) in graph.predicates.iter().enumerate() {
        for (slot, key, lookup) in readings(predicate) {
            by_slot.entry(slot).or_default().push((at, key, lookup));
        }
    }
    let mut found = Vec::new();
    for (position, node) in graph.nodes.iter().enumerate() {
        let Some(readings) = by_slot.get(&node.slot).filter(|_| !node.bound) else {
            continue;
        };
        for (at, label) in labels(graph, node.slot) {
            let own = stats.composites().filter(|(known, ..)| *known == label.id);
            for (_, keys, _) in own {
                let Some((probe, mut answers)) = probe(keys, readings) else {
                    continue;
                };
                let is_single = probe.known.is_empty();
                if is_single && stats.is_indexed(label.id, probe.key.id) {
                    continue;
                }
                answers.push(at);
                found.push(Candidate {
                    target: Target::Node(position),
                    label: Some(label.clone()),
                    rows: cost::looked_up(stats, Some(label.id), &probe),
                    probe,
                    automatic: false,
                    answers,
                });
            }
        }
    }
    for (position, edge, kind) in edges {
        let Some(readings) = by_slot.get(&edge.slot) else {
            continue;
        };
        let candidate = |(probe, answers): (Probe, Vec<usize>)| Candidate {
            target: Target::Edge(position),
            label: None,
            rows: cost::relationships_looked_up(stats, kind.id, &probe),
            probe,
            automatic: false,
            answers,
        };
        for (keys, _) in stats.relationship_indexes(kind.id) {
            found.extend(probe(keys, readings).map(candidate));
        }
        let texts = readings.iter().filter(|(_, key, lookup)| {
            let is_text = matches!(
                lookup,
                Lookup::Prefix(_) | Lookup::Suffix(_) | Lookup::Part(_)
            );
            is_text && stats.has_relationship_text_index(kind.id, key.id)
        });
        for (at, key, lookup) in texts {
            let probe = Probe {
                known: Vec::new(),
                key: key.clone(),
                lookup: lookup.clone(),
            };
            found.push(candidate((probe, vec![*at])));
        }
    }
    found
}

/// The longest look-up of the first keys of an index, with the positions of the predicates that it answers.
fn probe(keys: &[KeyId], readings: &[Reading]) -> Option<(Probe, Vec<usize>)> {
    let about = |wanted: KeyId| readings.iter().filter(move |(_, key, _)| key.id == wanted);
    let mut known: Vec<(Key, Expr)> = Vec::new();
    let mut answers = Vec::new();
    let mut last = None;
    for wanted in keys {
        let equal = about(*wanted).find_map(|(at, key, lookup)| match lookup {
            Lookup::Equal(value) => Some((*at, key, value)),
            _ => None,
        });
        if let Some((at, key, value)) = equal {
            known.push((key.clone(), value.clone()));
            answers.push(at);
            continue;
        }
        last = range(about(*wanted));
        if last.is_none() && known.is_empty() && keys.len() == 1 {
            last = about(*wanted).find_map(|(at, key, lookup)| match lookup {
                Lookup::In(_) => Some((vec![*at], key.clone(), lookup.clone())),
                _ => None,
            });
        }
        break;
    }
    let (key, lookup) = match last {
        Some((at, key, lookup)) => {
            answers.extend(at);
            (key, lookup)
        }
        None => {
            let (key, value) = known.pop()?;
            (key, Lookup::Equal(value))
        }
    };
    Some((Probe { known, key, lookup }, answers))
}

/// A prefix, or one or two bounds, with the positions of their predicates.
fn range<'r>(readings: impl Iterator<Item = &'r Reading>) -> Option<(Vec<usize>, Key, Lookup)> {
    let mut found: Option<(Vec<usize>, Key, Lookup)> = None;
    for (at, key, lookup) in readings {
        match (&mut found, lookup) {
            (None, Lookup::Prefix(_) | Lookup::Range { .. }) => {
                found = Some((vec![*at], key.clone(), lookup.clone()));
            }
            (
                Some((places, _, Lookup::Range { lower, upper })),
                Lookup::Range {
                    lower: low,
                    upper: high,
                },
            ) if (lower.is_none() || low.is_none()) && (upper.is_none() || high.is_none()) => {
                *lower = lower.take().or_else(|| low.clone());
                *upper = upper.take().or_else(|| high.clone());
                places.push(*at);
            }
            _ => {}
        }
    }
    found
}

/// The labels that a node must have, each with the position of its predicate.
fn labels(graph: &QueryGraph, subject: Slot) -> Vec<(usize, Named<LabelId>)> {
    let tests = graph.predicates.iter().enumerate();
    tests
        .filter_map(|(at, predicate)| Some((at, label_of(predicate, subject)?.clone())))
        .collect()
}
