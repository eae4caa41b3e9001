//! Inner plans.

use super::*;

fn chain() -> Graph {
    graph("A A A", "0R1 0R2 1R2")
}

const NEIGHBOURS: &str = "Expand (a)-[:R]->(b)\nArgument a";
const DOUBLED: &str = "Expand (a)-[:R]->()\nNodeScan (a)";

/// Checks an apply of an inner plan over every node `a`.
fn applied(answer: &str, apply: &str, inner: &str, expected: &str) {
    applied_to("NodeScan (a)", answer, apply, inner, expected);
}

fn applied_to(outer: &str, answer: &str, apply: &str, inner: &str, expected: &str) {
    let (outer, inner) = (outer.replace('\n', "\n│  "), inner.replace('\n', "\n   "));
    let plan = format!("RETURN {answer}\n{apply} ROW @9\n├─ {outer}\n└─ {inner}");
    check(&chain(), &plan, expected);
}

#[test]
fn inner_rows_extend_outer_rows() {
    applied("a, b", "Apply b", NEIGHBOURS, "n0 n1, n0 n2, n1 n2");
    applied("a", "Apply b", NEIGHBOURS, "n0, n0, n1");
}

#[test]
fn optional_rows_without_inner_rows_stay_in_their_places() {
    let filtered = format!("Filter b.x > 1\n{NEIGHBOURS}");
    applied("a, b", "OptionalApply b", &filtered, "n0 n2, n1 n2, n2 -");
    let backwards = format!("Sort @9 DESC\n{NEIGHBOURS}");
    let expected = "n1 n2, n0 n1, n0 n2, n2 -";
    applied("a, b", "OptionalApply b", &backwards, expected);
}

#[test]
fn optional_rows_that_are_dead_are_counted() {
    check(
        &chain(),
        "RETURN c
         Aggregate count(*) AS c
         OptionalApply b ROW @9
         ├─ NodeScan (a)
         └─ Expand (a)-[:R]->(b)
            Argument a",
        "4",
    );
}

#[test]
fn existence_counts_and_lists() {
    applied(
        "a, c",
        "ExistsApply c",
        NEIGHBOURS,
        "n0 true, n1 true, n2 false",
    );
    applied("a, c", "CountApply c", NEIGHBOURS, "n0 2, n1 1, n2 0");
    let expected = "n0 [n1 n2], n1 [n2], n2 []";
    applied("a, c", "CollectApply b AS c", NEIGHBOURS, expected);
}

#[test]
fn lists_hold_a_value_as_often_as_its_row_counts() {
    let twice = format!("Expand (a)-[:R]->()\n{NEIGHBOURS}");
    applied(
        "c",
        "CollectApply b AS c",
        &twice,
        "[n1 n1 n2 n2], [n2], []",
    );
}

#[test]
fn semi_and_anti_apply_choose_outer_rows() {
    applied("a", "SemiApply", NEIGHBOURS, "n0, n1");
    applied("a", "AntiApply", NEIGHBOURS, "n2");
}

#[test]
fn outer_rows_keep_their_multiplicity() {
    applied_to(DOUBLED, "a", "SemiApply", NEIGHBOURS, "n0, n0, n1");
    let expected = "n0 n1, n0 n1, n0 n2, n0 n2, n1 n2";
    applied_to(DOUBLED, "a, b", "Apply b", NEIGHBOURS, expected);
    applied_to(
        DOUBLED,
        "a, c",
        "CountApply c",
        NEIGHBOURS,
        "n0 2, n0 2, n1 1",
    );
}

#[test]
fn a_partition_without_keys_has_a_group_for_every_outer_row() {
    let grouped = format!("Aggregate collect(b) AS l, count(*) AS c\n{NEIGHBOURS}");
    let expected = "n0 [n1 n2] 2, n1 [n2] 1, n2 [] 0";
    applied("a, l, c", "Apply l, c", &grouped, expected);
}

#[test]
fn limits_count_the_rows_of_each_outer_row() {
    let limited = format!("Limit 1\n{NEIGHBOURS}");
    applied("a, b", "Apply b", &limited, "n0 n1, n1 n2");
    let skipped = format!("Skip 1\n{NEIGHBOURS}");
    applied("a, b", "Apply b", &skipped, "n0 n2");
}

#[test]
fn inner_plans_have_inner_plans() {
    let inner = "SemiApply ROW @8
├─ Expand (a)-[:R]->(b)
│  Argument a
└─ Expand (b)-[:R]->(c)
   Argument b";
    applied(
        "a, l",
        "CollectApply b AS l",
        inner,
        "n0 [n1], n1 [], n2 []",
    );
}

#[test]
fn an_inner_plan_stops_when_every_outer_row_has_its_answer() {
    // Without an early end, this visits 8,100,000,000 rows.
    check(
        &graph(&"A ".repeat(300), ""),
        "RETURN e, c
         Aggregate @4 AS e, count(*) AS c
         ExistsApply @4 ROW @9
         ├─ NodeScan (a)
         └─ Filter b = b AND d = d
            NodeScan (d)
            NodeScan (@2)
            NodeScan (b)
            Argument a",
        "true 300",
    );
}
