//! Plans as answers: one row per operator.

use std::time::Duration;

use crate::{
    answer::{Answer, Entities, Measured, PlanLine},
    exec::OperatorProfile,
    plan::{Op, Plan, SlotNames},
    value::{Text, Value},
};

/// The answer to `EXPLAIN`. `source` is the text of the statement.
pub(super) fn explain(plan: &Plan, source: &str) -> Answer {
    let lines = lines(plan, source).into_iter();
    table(lines.map(|(line, _)| line).collect())
}

/// The answer to `PROFILE`. `profile` is indexed by plan node id.
pub(super) fn profile(plan: &Plan, source: &str, profile: &[OperatorProfile]) -> Answer {
    let lines = lines(plan, source).into_iter().map(|(line, id)| {
        let measured = profile.get(id).copied().unwrap_or_default();
        let measured = Some(Measured {
            rows: measured.rows,
            time: Duration::from_nanos(measured.nanos),
            memory: measured.memory,
        });
        PlanLine { measured, ..line }
    });
    table(lines.collect())
}

/// The lines of a plan, each with the id of its plan node.
fn lines(plan: &Plan, source: &str) -> Vec<(PlanLine, usize)> {
    let names = SlotNames::new(plan, source);
    let lines = plan.root.lines().into_iter();
    lines
        .map(|line| {
            let node = line.node;
            let is_counted = node.is_counted() && !matches!(node.op, Op::Message(_));
            let counted = if is_counted { " (count)" } else { "" };
            let line = PlanLine {
                branches: line.branches.into(),
                depth: line.depth,
                operator: format!("{}{counted}", node.op.name()).into(),
                details: node.op.details(&names).into(),
                estimated: Some(node.rows),
                measured: None,
            };
            (line, node.id)
        })
        .collect()
}

/// The lines as a table, which every output format can write.
fn table(lines: Vec<PlanLine>) -> Answer {
    let profiled = lines.iter().any(|line| line.measured.is_some());
    let names: &[&str] = if profiled {
        &[
            "operator",
            "details",
            "estimatedRows",
            "rows",
            "microseconds",
            "bytes",
        ]
    } else {
        &["operator", "details", "estimatedRows"]
    };
    let columns: Vec<Text> = names.iter().map(|name| (*name).into()).collect();
    let values = lines.iter().flat_map(row).collect();
    Answer {
        plan: Some(lines),
        ..Answer::new(columns, values, Entities::default())
    }
}

fn row(line: &PlanLine) -> Vec<Value> {
    let drawn = format!("{}{}", line.branches, line.operator);
    let estimated = line.estimated.map(rounded);
    let mut row = vec![
        drawn.into(),
        Value::String(line.details.clone()),
        estimated.into(),
    ];
    if let Some(measured) = line.measured {
        let whole = |count: u64| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let microseconds = measured.time.as_nanos() as f64 / 1000.0;
        row.extend([
            whole(measured.rows),
            microseconds.into(),
            whole(measured.memory),
        ]);
    }
    row
}

/// Rounds an estimate, which is not more precise: to three significant digits and at most two decimals, or to one digit
/// below 0.01.
fn rounded(rows: f64) -> f64 {
    if rows == 0.0 || !rows.is_finite() {
        return rows;
    }
    if rows.abs() < 0.01 {
        return format!("{rows:.0e}").parse().unwrap_or(rows);
    }
    let step = 10_f64.powf(rows.abs().log10().floor() - 2.0);
    let rounded = (rows / step).round() * step;
    // The multiplication by `step` can add digits again.
    format!("{rounded:.2}").parse().unwrap_or(rounded)
}
