//! Cardinality estimates of the operators whose rows the pattern search has not estimated.

use crate::{
    base::Direction,
    graph::Stats,
    optimize::cost,
    plan::{Apply, ApplyKind, Expand, Expr, ExprKind, MessageKind, Node, Op, Trail},
    value::{LabelId, Value},
};

/// Writes the estimated rows of all nodes that have none, inputs first. `outer` is the number of rows of an
/// [`Op::Argument`].
pub(super) fn estimate(node: &mut Node, stats: &Stats, outer: f64) {
    let sources = node.sources().len();
    for input in &mut node.inputs[..sources] {
        estimate(input, stats, outer);
    }
    let inside = node.inputs.first().map_or(outer, |input| input.rows);
    for inner in &mut node.inputs[sources..] {
        estimate(inner, stats, inside);
    }
    estimate_above(node, stats, outer);
}

/// Writes the estimated rows of a node that has none, and whose inputs have theirs.
pub(super) fn estimate_above(node: &mut Node, stats: &Stats, outer: f64) {
    if node.rows.is_nan() {
        node.rows = rows(node, stats, outer);
    }
}

/// The rows of a node whose inputs are estimated.
fn rows(node: &Node, stats: &Stats, outer: f64) -> f64 {
    let mut inputs = node.inputs.iter().map(|input| input.rows);
    let (first, second) = (inputs.next().unwrap_or(1.0), inputs.next().unwrap_or(0.0));
    match &node.op {
        Op::Unit => 1.0,
        Op::Empty { .. } => 0.0,
        Op::Argument { .. } => outer,
        Op::NodeScan { label, .. } => {
            first * cost::nodes(stats, label.as_ref().map(|label| label.id))
        }
        Op::IndexSeek(seek) => {
            let label = seek.label.as_ref().map(|label| label.id);
            first * cost::looked_up(stats, label, &seek.probe)
        }
        Op::RelationshipSeek(seek) => {
            let found = cost::relationships_looked_up(stats, seek.kind.id, &seek.probe);
            first
                * found
                * if seek.direction == Direction::Either {
                    2.0
                } else {
                    1.0
                }
        }
        Op::RelationshipScan {
            types, direction, ..
        } => first * cost::relationships(stats, None, types, None, *direction),
        Op::Expand(expand) => first * degree(expand, stats),
        Op::ExpandInto(expand) => {
            first * (degree(expand, stats) / cost::nodes(stats, None).max(1.0)).min(1.0)
        }
        Op::VarExpand(trail) => first * trails(trail, stats),
        Op::Filter { predicates } => first * selectivity(predicates, stats),
        Op::Aggregate {
            keys, partition, ..
        } => match (keys.is_empty(), partition) {
            (true, None) => 1.0,
            (true, Some(_)) => outer,
            (false, _) => first.sqrt().max(1.0),
        },
        Op::Distinct { .. } | Op::PreAggregate { .. } => first.powf(0.8).min(first),
        Op::TopK { count, .. } | Op::Limit { count, .. } => {
            first.min(constant(count).unwrap_or(first))
        }
        Op::Skip { count, .. } => (first - constant(count).unwrap_or(0.0)).max(0.0),
        Op::Unwind { list, .. } => first * cost::length(list),
        Op::Union { .. } => first + second,
        Op::HashJoin { .. } => first.max(second),
        Op::Message(message) => match message.kind {
            MessageKind::Product => first.max(second),
            MessageKind::Optional | MessageKind::Count(_) => first,
            MessageKind::Semi | MessageKind::Anti => first * cost::OTHER,
        },
        Op::Apply(Apply { kind, .. }) => match kind {
            ApplyKind::Inner { .. } => second,
            ApplyKind::Optional { .. } => second.max(first),
            ApplyKind::Semi | ApplyKind::Anti => first * cost::OTHER,
            ApplyKind::Exists(_)
            | ApplyKind::Count(_)
            | ApplyKind::Collect { .. }
            | ApplyKind::Effect => first,
        },
        Op::Schema { .. } => first,
        Op::ProcedureCall(_) => first * cost::LIST,
        Op::Match(_)
        | Op::Intersect { .. }
        | Op::VarExpandInto(_)
        | Op::FollowList { .. }
        | Op::ShortestPath(_)
        | Op::ShortestPathWhere { .. }
        | Op::Project { .. }
        | Op::Sort { .. }
        | Op::Gather
        | Op::Eager
        | Op::Create(_)
        | Op::Merge(_)
        | Op::Set { .. }
        | Op::Delete { .. }
        | Op::Foreach(_) => first,
    }
}

fn degree(expand: &Expand, stats: &Stats) -> f64 {
    let all = cost::relationships(stats, None, &expand.types, None, expand.direction);
    all / cost::starting_nodes(stats, &expand.types, expand.direction).max(1.0)
}

fn trails(trail: &Trail, stats: &Stats) -> f64 {
    let either = match trail.direction {
        Direction::Either => Direction::Either,
        Direction::Outgoing | Direction::Incoming => Direction::Outgoing,
    };
    let all = cost::relationships(stats, None, &trail.types, None, either);
    let starts = cost::starting_nodes(stats, &trail.types, trail.direction).max(1.0);
    cost::trails(trail.length, all / starts)
}

fn selectivity(predicates: &[Expr], stats: &Stats) -> f64 {
    let no_label = |_| None::<LabelId>;
    let each = predicates.iter();
    each.map(|expr| cost::selectivity(stats, expr, &no_label))
        .product()
}

fn constant(expr: &Expr) -> Option<f64> {
    match expr.kind {
        ExprKind::Constant(Value::Integer(count)) => u64::try_from(count).ok().map(cost::float),
        _ => None,
    }
}
