//! Pipelines that several threads run.

use std::{
    num::NonZeroUsize,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use super::*;

/// Two hundred nodes, each with relationships to the next five.
fn ring() -> Graph {
    let edges: Vec<_> = (0..200)
        .flat_map(|from| (1..=5).map(move |step| format!("{from}R{}", (from + step) % 200)))
        .collect();
    graph(&"A ".repeat(200), &edges.join(" "))
}

fn on(threads: usize) -> Options<'static> {
    with(|options| options.threads = NonZeroUsize::new(threads))
}

/// Checks that a plan has the same rows in the same order with and without `Gather`, on any number of threads.
fn check(plan: &str) {
    let lines = plan.lines();
    let alone: Vec<_> = lines.filter(|line| !line.contains("Gather")).collect();
    agrees(plan, &alone.join("\n"));
}

/// Checks that a plan has the same rows in the same order as one without `Gather`, on any number of threads.
fn agrees(plan: &str, alone: &str) {
    let graph = ring();
    let expected = rows(&graph, alone);
    assert!(!expected.is_empty(), "{plan}");
    for threads in [1, 2, 5] {
        let found = outcome(&graph, plan, &on(threads)).unwrap();
        assert_eq!(lines(&found), expected, "{plan} on {threads} threads");
    }
}

#[test]
fn rows_come_in_the_order_of_the_scan() {
    check("RETURN a, b\nGather\nFilter b.x > 7\nExpand (a)-[]-(b)\nNodeScan (a)");
    check("RETURN a, r, b\nGather\nFilter r.x > 7\nRelationshipScan (a)-[r]->(b)");
    check("RETURN a, x\nGather\nUnwind [1, 2, 3] AS x\nNodeScan (a:A)");
    check("RETURN a, r\nGather\nVarExpand (a)-[r*1..2]->(b)\nNodeScan (a)");
}

#[test]
fn groups_come_in_the_order_of_their_first_rows() {
    let calls = "count(*) AS n, count(DISTINCT b.x % 3) AS d, min(b.x) AS low, max(b.x) AS high, sum(b.x) AS s, \
         sum(b.x * 0.1) AS f, collect(b.x % 2) AS l, stDev(b.x) AS v, percentileDisc(b.x, 0.5) AS p";
    let names = "n, d, low, high, s, l, p";
    let below = "Gather\nExpand (a)-[]->(b)\nNodeScan (a)";
    for keys in ["", "a.x % 7 AS k, ", "a AS k, ", "b.x AS k, b.x % 2 AS m, "] {
        let key = if keys.is_empty() { "" } else { "k, " };
        check(&format!(
            "RETURN {key}{names}\nAggregate {keys}{calls}\n{below}"
        ));
    }
}

#[test]
fn rows_with_many_groups_are_grouped_one_range_after_the_other() {
    let below = "Gather\nUnwind range(1, 200) AS y\nNodeScan (a)";
    for keys in ["a.x AS k, y AS l", "y AS l, a.x % 3 AS k"] {
        check(&format!(
            "RETURN k, l, n\nAggregate {keys}, count(*) AS n\n{below}"
        ));
    }
    check(&format!(
        "RETURN k, n\nAggregate a.x % 3 AS k, count(DISTINCT a.x * 1000 + y) AS n\n{below}"
    ));
}

#[test]
fn floats_are_the_same_on_any_number_of_threads() {
    let plan = "RETURN f, v, w\n\
         Aggregate sum(0.1 * b.x) AS f, stDev(b.x / 7.0) AS v, avg(b.x / 3.0) AS w\n\
         Gather\nExpand (a)-[]->(b)\nNodeScan (a)";
    let found = |threads| lines(&outcome(&ring(), plan, &on(threads)).unwrap());
    assert_eq!(found(1), found(2));
    assert_eq!(found(1), found(5));
}

#[test]
fn weights_are_shared() {
    agrees(
        "RETURN a, n
         Aggregate a AS a, count(*) AS n
         Gather
         Message (a)-[]->(v) EXCEPT v = a
         ├─ NodeScan (a)
         └─ Gather
            Filter v.x > 3
            NodeScan (v)",
        "RETURN a, n
         Aggregate a AS a, count(*) AS n
         Message (a)-[]->(v) EXCEPT v = a
         ├─ NodeScan (a)
         └─ Filter v.x > 3
            NodeScan (v)",
    );
}

#[test]
fn a_range_without_rows_has_no_groups() {
    check(
        "RETURN k, n\nAggregate a.x % 3 AS k, count(*) AS n\nGather\nFilter a.x > 100\nNodeScan (a)",
    );
}

#[test]
fn an_empty_scan_has_one_group_without_keys() {
    for threads in [1, 2] {
        let plan = "RETURN n\nAggregate count(*) AS n\nGather\nFilter a.x = 1\nNodeScan (a)";
        let found = outcome(&empty(), plan, &on(threads)).unwrap();
        assert_eq!(lines(&found), ["0"]);
    }
}

#[test]
fn the_error_is_that_of_the_first_range() {
    let plan = "RETURN n\nAggregate sum(1 / (a.x % 50 - 30)) AS n\nGather\nNodeScan (a)";
    for threads in [1, 2, 5] {
        let failure = outcome(&ring(), plan, &on(threads)).unwrap_err();
        assert_eq!(failure.code, Code::DivisionByZero, "{threads} threads");
    }
}

/// Many rows for each node of a scan, on two threads.
const LONG: &str = "RETURN n\nAggregate count(*) AS n\nGather\nFilter x > 0\nUnwind range(1, 20000) AS x\nNodeScan (a)";

#[test]
fn limits_hold_on_every_thread() {
    let looks = AtomicU64::new(0);
    let expired = || looks.fetch_add(1, Ordering::Relaxed) > 5;
    let timed = Options {
        expired: Some(&expired),
        ..on(2)
    };
    let failure = outcome(&ring(), LONG, &timed).unwrap_err();
    assert_eq!(failure.code, Code::TimeLimit);
    let cancelled = Options {
        cancel: Some(std::sync::Arc::new(AtomicBool::new(true))),
        ..on(2)
    };
    let failure = outcome(&ring(), LONG, &cancelled).unwrap_err();
    assert_eq!(failure.code, Code::Cancelled);
    let plan = "RETURN a, x\nGather\nFilter x > 0\nUnwind range(1, 20000) AS x\nNodeScan (a)";
    let small = Options {
        max_memory: Some(1_000_000),
        ..on(2)
    };
    let failure = outcome(&ring(), plan, &small).unwrap_err();
    assert_eq!(failure.code, Code::MemoryLimit);
}

#[test]
fn a_panic_of_a_thread_reaches_the_caller() {
    let here = std::thread::current().id();
    let looks = AtomicU64::new(0);
    // Panics on the threads of the pool only.
    let expired = || {
        looks.fetch_add(1, Ordering::Relaxed);
        if std::thread::current().id() != here {
            panic!("{}", panics::MESSAGE);
        }
        false
    };
    let options = Options {
        expired: Some(&expired),
        ..on(2)
    };
    let graph = ring();
    let run = || outcome(&graph, LONG, &options).map(|found| found.count);
    let ended = catch_unwind(AssertUnwindSafe(run));
    assert!(ended.is_err() && looks.load(Ordering::Relaxed) > 0);
}

#[test]
fn threads_are_measured_together() {
    let time = AtomicU64::new(0);
    let clock = || time.fetch_add(1, Ordering::Relaxed);
    let options = Options {
        profile: Some(&clock),
        ..on(2)
    };
    let plan = "RETURN n\nAggregate count(*) AS n\nGather\nExpand (a)-[]->(b)\nNodeScan (a)";
    let profile = outcome(&ring(), plan, &options).unwrap().profile;
    let rows: Vec<_> = profile.iter().map(|operator| operator.rows).collect();
    assert_eq!(rows[..4], [1, 1_000, 1_000, 200]);
}
