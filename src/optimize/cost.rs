//! Cardinality estimates from exact counts and from the constants below.
//!
//! A constant is used only if there is no count, for example for properties without an index. Predicates are assumed to
//! be independent.

use crate::{
    base::{CompareOp, Direction},
    graph::{Orientation, Stats},
    plan::{Expr, ExprKind, LabelTest, Length, Lookup, Named, Probe, Slot, StringOp},
    value::{KeyId, LabelId, TypeId, Value},
};

/// Selectivity of an equality without a count.
const EQUAL: f64 = 0.1;
/// Selectivity of `<`, `<=`, `>` and `>=`.
const RANGE: f64 = 0.3;
/// Selectivity of `STARTS WITH`.
const PREFIX: f64 = 0.05;
/// Selectivity of the other string predicates.
const MATCH: f64 = 0.2;
/// Selectivity of all other predicates.
pub(super) const OTHER: f64 = 0.5;
/// Length from which trails do not become more with their length.
const LONGEST: u64 = 12;
/// Least estimate of the number of trails from a node.
const FEWEST: f64 = 0.01;
/// Assumed length of a list of unknown length.
pub(super) const LIST: f64 = 5.0;

#[allow(clippy::cast_precision_loss)]
pub(super) fn float(count: u64) -> f64 {
    count as f64
}

/// The number of nodes with a label; of all nodes for `None`; zero if the graph does not have the label.
pub(super) fn nodes(stats: &Stats, label: Option<LabelId>) -> f64 {
    match label {
        Some(label) if label.is_none() => 0.0,
        label => float(stats.nodes(label)),
    }
}

/// The number of relationships of the types from one label to another; for `Either`, the sum of both directions.
pub(super) fn relationships(
    stats: &Stats,
    from: Option<LabelId>,
    types: &[Named<TypeId>],
    to: Option<LabelId>,
    direction: Direction,
) -> f64 {
    let one_way = |from: Option<LabelId>, to: Option<LabelId>| {
        if from.is_some_and(LabelId::is_none) || to.is_some_and(LabelId::is_none) {
            0
        } else if types.is_empty() {
            stats.count(from, None, to)
        } else {
            let known = types.iter().filter(|kind| !kind.id.is_none());
            known.map(|kind| stats.count(from, Some(kind.id), to)).sum()
        }
    };
    match direction {
        Direction::Outgoing => float(one_way(from, to)),
        Direction::Incoming => float(one_way(to, from)),
        Direction::Either => float(one_way(from, to)) + float(one_way(to, from)),
    }
}

/// The estimated number of nodes with a relationship of the types in a direction.
pub(super) fn starting_nodes(stats: &Stats, types: &[Named<TypeId>], direction: Direction) -> f64 {
    if types.is_empty() {
        return nodes(stats, None);
    }
    let one_way = |direction: Orientation| {
        let known = types.iter().filter(|kind| !kind.id.is_none());
        float(
            known
                .map(|kind| stats.degrees(kind.id, direction).nodes)
                .sum(),
        )
    };
    let (outgoing, incoming) = (Orientation::Outgoing, Orientation::Incoming);
    let count = match direction {
        Direction::Outgoing => one_way(outgoing),
        Direction::Incoming => one_way(incoming),
        Direction::Either => one_way(outgoing) + one_way(incoming),
    };
    count.min(nodes(stats, None))
}

/// The estimated number of trails that start at a node, if each node has `degree` relationships. Only the first five
/// lengths are counted. Longer trails than [`LONGEST`] count as that long: they run out of relationships.
pub(super) fn trails(length: Length, degree: f64) -> f64 {
    let max = length.max.unwrap_or(u64::MAX);
    if max < length.min {
        return FEWEST;
    }
    let least = length.min.min(LONGEST);
    let lengths = least..=max.min(least + 4).min(LONGEST);
    let powers = lengths.map(|steps| degree.max(0.1).powi(steps as i32));
    powers.sum::<f64>().max(FEWEST)
}

/// The estimated number of nodes that an index lookup returns.
pub(super) fn looked_up(stats: &Stats, label: Option<LabelId>, probe: &Probe) -> f64 {
    let mut keys = probe.known.iter().map(|(key, _)| key).chain([&probe.key]);
    if keys.any(|key| key.id.is_none()) || label.is_some_and(LabelId::is_none) {
        return 0.0;
    }
    let first = probe.known.first().map_or(&probe.key, |(key, _)| key).id;
    let having = float(stats.with_key(label, first));
    let distinct = |key: KeyId| label.and_then(|label| stats.distinct(label, key));
    let composite = label.and_then(|label| {
        let mut all = stats.composites();
        let keys = probe_keys(probe);
        let found = all.find(|(own, on, _)| *own == label && **on == *keys)?;
        Some(found.2)
    });
    shares(probe, having, distinct, composite)
}

/// The estimated number of relationships of a type that an index lookup returns.
pub(super) fn relationships_looked_up(stats: &Stats, ty: TypeId, probe: &Probe) -> f64 {
    let mut keys = probe.known.iter().map(|(key, _)| key).chain([&probe.key]);
    if keys.any(|key| key.id.is_none()) || ty.is_none() {
        return 0.0;
    }
    let first = probe.known.first().map_or(&probe.key, |(key, _)| key).id;
    let having = float(stats.relationships_with_key(Some(ty), first));
    let exactly = |wanted: &[KeyId]| {
        let mut all = stats.relationship_indexes(ty);
        all.find(|(keys, _)| **keys == *wanted).map(|found| found.1)
    };
    let all = probe_keys(probe);
    shares(probe, having, |key| exactly(&[key]), exactly(&all))
}

fn probe_keys(probe: &Probe) -> Vec<KeyId> {
    let known = probe.known.iter().map(|(key, _)| key.id);
    known.chain([probe.key.id]).collect()
}

/// The share of `having` entities that a probe finds. `distinct` returns the number of values of a key, `composite` is the
/// number of values of all keys together.
fn shares(
    probe: &Probe,
    having: f64,
    distinct: impl Fn(KeyId) -> Option<u64>,
    composite: Option<u64>,
) -> f64 {
    let share_of =
        |distinct: Option<u64>| distinct.map_or(EQUAL, |distinct| 1.0 / float(distinct).max(1.0));
    if let (Lookup::Equal(_), Some(distinct), false) =
        (&probe.lookup, composite, probe.known.is_empty())
    {
        return having * share_of(Some(distinct));
    }
    let known = probe
        .known
        .iter()
        .map(|(key, _)| share_of(distinct(key.id)));
    let having = having * known.product::<f64>();
    let share = share_of(distinct(probe.key.id));
    match &probe.lookup {
        Lookup::Equal(_) => having * share,
        Lookup::In(list) => having * (length(list) * share).min(1.0),
        Lookup::Range { lower, upper } if lower.is_some() && upper.is_some() => {
            having * RANGE * RANGE
        }
        Lookup::Range { .. } => having * RANGE,
        Lookup::Prefix(_) => having * PREFIX,
        Lookup::Suffix(_) | Lookup::Part(_) => having * MATCH,
    }
}

/// The number of elements of a list.
pub(super) fn length(list: &Expr) -> f64 {
    match &list.kind {
        ExprKind::List(items) => float(items.len() as u64),
        ExprKind::Constant(Value::List(items)) => float(items.len() as u64),
        _ => LIST,
    }
}

/// The selectivity of a predicate. `labels` returns the known label of a node.
pub(super) fn selectivity(
    stats: &Stats,
    predicate: &Expr,
    labels: &dyn Fn(Slot) -> Option<LabelId>,
) -> f64 {
    let part = |expr: &Expr| selectivity(stats, expr, labels);
    match &predicate.kind {
        ExprKind::Constant(Value::Boolean(true)) => 1.0,
        ExprKind::Constant(_) => 0.0,
        ExprKind::And(parts) => parts.iter().map(part).product(),
        ExprKind::Or(parts) => 1.0 - parts.iter().map(|expr| 1.0 - part(expr)).product::<f64>(),
        ExprKind::Not(inner) => 1.0 - part(inner),
        ExprKind::Compare(CompareOp::Equal, left, right) => {
            property_share(stats, left, labels).min(property_share(stats, right, labels))
        }
        ExprKind::Compare(CompareOp::NotEqual, ..) | ExprKind::Disjoint(..) => 0.9,
        ExprKind::Compare(..) => RANGE,
        ExprKind::In(needle, list) => {
            (property_share(stats, needle, labels) * length(list)).min(1.0)
        }
        ExprKind::String(StringOp::StartsWith, ..) => PREFIX,
        ExprKind::String(..) => MATCH,
        ExprKind::HasLabels(subject, test) => match subject.kind {
            ExprKind::Slot(_) => label_share(stats, test),
            _ => OTHER,
        },
        ExprKind::IsNull(_) => 0.1,
        ExprKind::IsNotNull(_) | ExprKind::IsLive(_) => 0.9,
        ExprKind::HasEdge { .. } => 0.1,
        _ => OTHER,
    }
}

/// The selectivity of an equality of a property and a value.
fn property_share(stats: &Stats, expr: &Expr, labels: &dyn Fn(Slot) -> Option<LabelId>) -> f64 {
    let ExprKind::Property(subject, key) = &expr.kind else {
        return EQUAL;
    };
    let ExprKind::Slot(slot) = subject.kind else {
        return EQUAL;
    };
    if key.id.is_none() {
        return 0.0;
    }
    let Some(label) = labels(slot) else {
        return EQUAL;
    };
    let holders = nodes(stats, Some(label)).max(1.0);
    let having = float(stats.with_key(Some(label), key.id));
    match stats.distinct(label, key.id) {
        Some(distinct) => having / holders / float(distinct).max(1.0),
        None => EQUAL * (having / holders).min(1.0),
    }
}

/// The selectivity of a label test among all nodes.
pub(super) fn label_share(stats: &Stats, test: &LabelTest) -> f64 {
    let all = nodes(stats, None).max(1.0);
    match test {
        LabelTest::Name { label, .. } => nodes(stats, Some(label.id)) / all,
        LabelTest::Any => 1.0,
        LabelTest::Not(inner) => 1.0 - label_share(stats, inner),
        LabelTest::And(parts) => parts
            .iter()
            .map(|part| label_share(stats, part))
            .fold(1.0, f64::min),
        LabelTest::Or(parts) => parts
            .iter()
            .map(|part| label_share(stats, part))
            .sum::<f64>()
            .min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_trails_are_not_fewer_than_shorter_ones() {
        let from = |min| trails(Length { min, max: None }, 2.0);
        assert_eq!(from(1), 62.0);
        for min in [9, 12, 13, 20, u64::MAX] {
            assert!(from(min) >= 4096.0, "*{min}..: {}", from(min));
        }
        let exactly = |steps| {
            let max = Some(steps);
            trails(Length { min: steps, max }, 2.0)
        };
        assert_eq!((exactly(12), exactly(30)), (4096.0, 4096.0));
        let max = Some(15);
        assert_eq!(trails(Length { min: 20, max }, 2.0), 0.01);
    }
}
