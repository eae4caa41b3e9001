//! Limits, interruption, profiles, access.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use super::*;

const BIG: &str = "RETURN n\nUnwind range(0, 9999) AS n";

fn refused(plan: &str, options: &Options<'_>, code: Code) {
    let failure = outcome(&empty(), plan, options).unwrap_err();
    assert_eq!(failure.code, code, "{plan}");
}

#[test]
fn exceeding_a_limit_is_an_error_that_names_it() {
    let most = |count| with(|options| options.max_rows = Some(count));
    refused(BIG, &most(9_999), Code::RowLimit);
    assert!(outcome(&empty(), BIG, &most(10_000)).is_ok());
    let memory = with(|options| options.max_memory = Some(50_000));
    let eager = "RETURN n\nEager\nUnwind range(0, 9999) AS n";
    refused(eager, &memory, Code::MemoryLimit);
}

#[test]
fn a_statement_is_interrupted() {
    let cancel = Arc::new(AtomicBool::new(true));
    let cancelled = with(|options| options.cancel = Some(cancel));
    refused(BIG, &cancelled, Code::Cancelled);
    let calls = AtomicU64::new(0);
    let expired = || calls.fetch_add(1, Ordering::Relaxed) >= 3;
    let expiring = with(|options| options.expired = Some(&expired));
    refused(BIG, &expiring, Code::TimeLimit);
}

#[test]
fn memory_of_inner_plans_is_released() {
    let options = with(|options| options.max_memory = Some(40_000));
    let outcome = outcome(
        &graph(&"A ".repeat(3_000), ""),
        "RETURN c
         Aggregate count(*) AS c
         SemiApply ROW @9
         ├─ NodeScan (a)
         └─ Eager
            Argument a",
        &options,
    );
    assert_eq!(lines(&outcome.unwrap()), ["3000"]);
}

#[test]
fn every_operator_is_measured() {
    let time = AtomicU64::new(0);
    let clock = || time.fetch_add(1, Ordering::Relaxed) + 1;
    let options = with(|options| options.profile = Some(&clock));
    let plan = "RETURN n\nFilter n < 10\nUnwind range(0, 9999) AS n";
    let outcome = outcome(&empty(), plan, &options).unwrap();
    let profile = outcome.profile.iter();
    let rows: Vec<_> = profile.clone().map(|operator| operator.rows).collect();
    assert_eq!(rows, [10, 10_000, 1]);
    assert!(profile.clone().all(|operator| operator.nanos > 0));
}

#[test]
fn a_plan_that_writes_needs_access() {
    refused("Create", &options(), Code::InvalidTransactionState);
}

#[test]
fn rows_without_columns_are_counted() {
    let plan = "RETURN\nUnwind range(0, 9999) AS n";
    let outcome = outcome(&empty(), plan, &options()).unwrap();
    let counts = (outcome.count, outcome.width, outcome.rows.len());
    assert_eq!(counts, (10_000, 0, 0));
}
