//! Plans as answers: a row for each operator.

use std::time::Duration;

use crate::{
    answer::{Answer, Entities, Measured, PlanLine},
    exec::OperatorProfile,
    graph::Stats,
    optimize::estimate,
    plan::{Op, Plan},
    value::{Text, Value},
};

/// How a plan would be run.
pub(super) fn explain(plan: &Plan, stats: &Stats) -> Answer {
    table(lines(plan, stats))
}

/// How a plan was run. `profile` is in the order of [`Plan::each_operator`].
pub(super) fn profile(plan: &Plan, stats: &Stats, profile: &[OperatorProfile]) -> Answer {
    let mut lines = lines(plan, stats);
    for (line, measured) in lines.iter_mut().zip(profile) {
        line.measured = Some(Measured {
            rows: measured.rows,
            time: Duration::from_nanos(measured.nanos),
            memory: measured.memory,
        });
    }
    table(lines)
}

fn lines(plan: &Plan, stats: &Stats) -> Vec<PlanLine> {
    let mut lines = Vec::new();
    add(&plan.root, plan, 0, &mut lines);
    for (line, rows) in lines.iter_mut().zip(estimate(plan, stats)) {
        line.estimated = Some(rows);
    }
    lines
}

/// Adds a line for an operator, and for those below it in the order of [`Plan::each_operator`].
fn add(op: &Op, plan: &Plan, depth: usize, lines: &mut Vec<PlanLine>) {
    lines.push(PlanLine {
        depth,
        operator: op.name().into(),
        details: op.details(plan).into(),
        estimated: None,
        measured: None,
    });
    // Only a second input is set off: a chain of operators reads better in one column.
    let children = op.children();
    let deeper = usize::from(children.len() > 1);
    for (position, child) in children.into_iter().enumerate() {
        add(
            child,
            plan,
            depth + deeper * usize::from(position > 0),
            lines,
        );
    }
}

/// The lines as a table, so that every format can write them.
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
    let indented = format!("{}{}", "  ".repeat(line.depth), line.operator);
    let estimated = line.estimated.map(rounded);
    let mut row = vec![
        indented.into(),
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

/// Three digits say all that an estimate knows.
fn rounded(rows: f64) -> f64 {
    if rows == 0.0 || !rows.is_finite() {
        return rows;
    }
    let step = 10_f64.powf(rows.abs().log10().floor() - 2.0);
    let rounded = (rows / step).round() * step;
    // Multiplying back may leave digits behind that the rounding took.
    format!("{rounded:.2}").parse().unwrap_or(rounded)
}
