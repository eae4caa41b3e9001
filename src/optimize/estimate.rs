//! How many rows each operator of a plan is expected to give, for `EXPLAIN` and `PROFILE`.

use crate::{
    graph::Stats,
    optimize::cost,
    plan::{Apply, ApplyKind, Expand, Expr, ExprKind, Op, Plan, Towards},
    value::{LabelId, Value},
};

/// The expected rows of every operator, in the order of [`Plan::each_operator`].
#[must_use]
pub fn estimate(plan: &Plan, stats: &Stats) -> Vec<f64> {
    let mut rows = Vec::new();
    visit(&plan.root, stats, 1.0, &mut rows);
    rows
}

/// Notes the rows of `op` and of all below it; gives those of `op`. `outer` is how many rows an argument gives.
fn visit(op: &Op, stats: &Stats, outer: f64, rows: &mut Vec<f64>) -> f64 {
    let position = rows.len();
    rows.push(0.0);
    let mut inputs = Vec::new();
    op.each_child(&mut |child| {
        let is_inner = !inputs.is_empty() && !matches!(op, Op::Union(_) | Op::HashJoin(_));
        let outer = if is_inner { inputs[0] } else { outer };
        inputs.push(visit(child, stats, outer, rows));
    });
    let first = inputs.first().copied().unwrap_or(1.0);
    let found = match op {
        Op::Unit => 1.0,
        Op::Argument { .. } => outer,
        Op::NodeScan { label, .. } => {
            first * cost::nodes(stats, label.as_ref().map(|label| label.id))
        }
        Op::IndexSeek(seek) => {
            first * cost::looked_up(stats, seek.label.id, seek.key.id, &seek.lookup)
        }
        Op::EdgeScan { types, either, .. } => {
            first * cost::relationships(stats, None, types, None, *either)
        }
        Op::Expand(expand) => first * degree(expand, stats),
        Op::ExpandInto(expand) => {
            first * (degree(expand, stats) / cost::nodes(stats, None).max(1.0)).min(1.0)
        }
        Op::Intersect { .. } | Op::Foreach(_) | Op::Merge(_) => first,
        Op::VarExpand(expand) if expand.into || expand.along.is_some() => first,
        Op::VarExpand(expand) => {
            let starts = cost::starting_nodes(stats, &expand.types, expand.direction).max(1.0);
            let either = expand.direction == Towards::Either;
            let all = cost::relationships(stats, None, &expand.types, None, either);
            first * cost::walks(expand.length, all / starts)
        }
        Op::Filter { predicates, .. } => {
            let no_label = |_| None::<LabelId>;
            first
                * predicates
                    .iter()
                    .map(|expr| cost::selectivity(stats, expr, &no_label))
                    .product::<f64>()
        }
        Op::Aggregate {
            keys, partition, ..
        } => match (keys.is_empty(), partition) {
            (true, None) => 1.0,
            (true, Some(_)) => outer,
            (false, _) => first.sqrt().max(1.0),
        },
        Op::Distinct { .. } | Op::Compact { .. } => first.powf(0.8),
        Op::TopK { count, .. } | Op::Limit { count, .. } => {
            first.min(constant(count).unwrap_or(first))
        }
        Op::Skip { count, .. } => (first - constant(count).unwrap_or(0.0)).max(0.0),
        Op::Unwind { list, .. } => first * cost::length(list),
        Op::Union(_) => inputs.iter().sum(),
        Op::HashJoin(_) => inputs.iter().copied().fold(0.0, f64::max),
        Op::Apply(Apply { kind, .. }) => match kind {
            ApplyKind::Inner { .. } => inputs.get(1).copied().unwrap_or(first),
            ApplyKind::Optional { .. } => inputs.get(1).copied().unwrap_or(first).max(first),
            ApplyKind::Semi | ApplyKind::Anti => first * 0.5,
            ApplyKind::Exists(_)
            | ApplyKind::Count(_)
            | ApplyKind::Collect { .. }
            | ApplyKind::Effect => first,
        },
        Op::ProcedureCall(_) => first * cost::LIST,
        Op::Match { .. }
        | Op::Project { .. }
        | Op::Sort { .. }
        | Op::Eager { .. }
        | Op::Create(_)
        | Op::Set { .. }
        | Op::Delete { .. } => first,
    };
    rows[position] = found;
    found
}

fn degree(expand: &Expand, stats: &Stats) -> f64 {
    let either = expand.direction == Towards::Either;
    let all = cost::relationships(stats, None, &expand.types, None, either);
    all / cost::starting_nodes(stats, &expand.types, expand.direction).max(1.0)
}

fn constant(expr: &Expr) -> Option<f64> {
    match expr.kind {
        ExprKind::Constant(Value::Integer(count)) => u64::try_from(count).ok().map(cost::float),
        _ => None,
    }
}
