//! Operators on rows: aggregation, order, limits, joins, unions.

use super::*;

const MIXED: &str = "Unwind [1, null, 1.0, 'a', 2, 1] AS a";

#[test]
fn unwinding_null_gives_nothing_and_a_value_itself() {
    check(&empty(), "RETURN a\nUnwind null AS a", "");
    check(&empty(), "RETURN a\nUnwind 7 AS a", "7");
    let long = "RETURN a\nUnwind range(0, 4999) AS a";
    assert_eq!(rows(&empty(), long).len(), 5_000);
}

#[test]
fn groups_have_equal_keys() {
    let plan = "RETURN k, n, c\nAggregate a AS k, count(*) AS n, count(a) AS c";
    let expected = "1 3 3, - 1 0, a 1 1, 2 1 1";
    check(&empty(), &format!("{plan}\n{MIXED}"), expected);
}

#[test]
fn without_keys_there_is_one_group_even_of_no_rows() {
    let plan = "RETURN n, l, s
         Aggregate count(*) AS n, collect(a) AS l, sum(DISTINCT a) AS s";
    check(&empty(), &format!("{plan}\nUnwind null AS a"), "0 [] 0");
    let some = format!("{plan}\nUnwind [3, 1, 3] AS a");
    check(&empty(), &some, "3 [3 1 3] 4");
    let keyed = "RETURN n\nAggregate a AS k, count(*) AS n\nUnwind null AS a";
    check(&empty(), keyed, "");
}

#[test]
fn aggregates_use_the_multiplicity_of_rows() {
    check(
        &graph("A A", "0R1 0R0 1R1"),
        "RETURN n, s, l, d, m
         Aggregate count(*) AS n, sum(a.x + 1) AS s, collect(a.x) AS l, collect(DISTINCT a.x) AS d, avg(a.x) AS m
         Expand (a)-[:R]->()
         Expand (a)-[:R]->()
         NodeScan (a)",
        "5 6 [0 0 0 0 1] [0 1] 0.2",
    );
}

#[test]
fn the_answer_repeats_rows_by_their_multiplicity() {
    let graph = graph("A A", "0R1 0R0");
    for (op, expected) in [
        ("", "n0, n0"),
        ("Distinct a", "n0"),
        ("Skip 1", "n0"),
        ("Limit 1", "n0"),
    ] {
        let plan = format!("RETURN a\n{op}\nExpand (a)-[:R]->()\nNodeScan (a)");
        check(&graph, &plan, expected);
    }
}

#[test]
fn pre_aggregation_merges_rows_and_adds_their_multiplicities() {
    let merged = "PreAggregate a\nUnwind [5, 6, 5, 5] AS a";
    check(&empty(), &format!("RETURN a\n{merged}"), "5, 5, 5, 6");
    let counted = format!("RETURN n\nAggregate count(*) AS n\n{merged}");
    check(&empty(), &counted, "4");
}

#[test]
fn distinct_keeps_the_first_row() {
    let plan = format!("RETURN a\nDistinct a\n{MIXED}");
    check(&empty(), &plan, "1, -, a, 2");
}

#[test]
fn sorting_puts_nulls_last_and_keeps_ties_in_order() {
    let ascending = format!("RETURN a\nSort a\n{MIXED}");
    check(&empty(), &ascending, "a, 1, 1.0, 1, 2, -");
    let descending = format!("RETURN a\nSort a DESC\n{MIXED}");
    check(&empty(), &descending, "-, 2, 1, 1.0, 1, a");
}

#[test]
fn top_k_is_sort_and_limit() {
    let mut numbers: Vec<i64> = (0..10_000).map(|n| n * 7_919 % 10_007).collect();
    numbers.sort_by(|a, b| b.cmp(a));
    for count in [0, 1, 3, 2_048, 5_000, 20_000] {
        let scattered = "Unwind [n IN range(0, 9999) | n * 7919 % 10007] AS a";
        let top = format!("RETURN a\nTopK a DESC LIMIT {count}\n{scattered}");
        let first = numbers.iter().take(count).map(i64::to_string);
        assert_eq!(rows(&empty(), &top), first.collect::<Vec<_>>());
    }
}

#[test]
fn counts_must_be_integers_and_not_negative() {
    let limit = |count: &str| format!("RETURN a\nLimit {count}\nUnwind range(0, 4) AS a");
    check(&empty(), &limit("$p"), "0, 1, 2");
    check(&empty(), &limit("0"), "");
    fails(&empty(), &limit("-1"), Code::NegativeIntegerAtRuntime);
    fails(&empty(), &limit("1.5"), Code::InvalidCountAtRuntime);
    let skip = "RETURN a\nSkip 3\nUnwind range(0, 4) AS a";
    check(&empty(), skip, "3, 4");
}

#[test]
fn a_union_renames_the_slots_of_both_inputs() {
    check(
        &empty(),
        "RETURN c
         Union c = a | b
         ├─ Unwind [1, 2] AS a
         └─ Unwind [3] AS b",
        "1, 2, 3",
    );
}

#[test]
fn an_empty_plan_has_no_rows() {
    check(&empty(), "RETURN a\nEmpty a", "");
    let counted = "RETURN n\nAggregate count(*) AS n\nEmpty a";
    check(&empty(), counted, "0");
}

#[test]
fn joins_pair_rows_with_equal_keys_and_never_nulls() {
    let pairs = "HashJoin a = b
         ├─ Unwind [1, null, 1.0, 'a', 2, 1] AS a
         └─ Project b AS c
            Unwind [1, null, 1.0, 'a', 2, 1] AS b";
    let expected = "1 1, 1 1.0, 1 1, 1.0 1, 1.0 1.0, 1.0 1, a a, 2 2, 1 1, 1 1.0, 1 1";
    check(
        &empty(),
        &format!("RETURN a, c\n         {pairs}"),
        expected,
    );
    let probe = format!("RETURN a\n         {pairs}");
    assert_eq!(rows(&empty(), &probe).len(), 11);
    check(
        &empty(),
        "RETURN a
         HashJoin a = b
         ├─ Unwind [1] AS a
         └─ Unwind [] AS b",
        "",
    );
}

#[test]
fn join_keys_are_expressions_over_each_input() {
    check(
        &empty(),
        "RETURN a, b
         HashJoin (a + 1) = b AND (a % 2) = 0
         ├─ Unwind [1, 2, 3, 4] AS a
         └─ Unwind [2, 3, 5] AS b",
        "2 3, 4 5",
    );
}

#[test]
fn joins_multiply_multiplicities() {
    let graph = graph("A A", "0R1 0R0 1R1");
    check(
        &graph,
        "RETURN a, x
         HashJoin a = b
         ├─ Expand (a)-[:R]->()
         │  NodeScan (a)
         └─ Project b.x AS x
            Expand (b)-[:R]->()
            NodeScan (b)",
        "n0 0, n0 0, n0 0, n0 0, n1 1",
    );
    check(
        &graph,
        "RETURN n
         Aggregate count(*) AS n
         HashJoin a = b
         ├─ Expand (a)-[:R]->()
         │  NodeScan (a)
         └─ Expand (b)-[:R]->()
            NodeScan (b)",
        "5",
    );
}

#[test]
fn joins_with_many_partners_continue_over_chunks() {
    check(
        &empty(),
        "RETURN k, l, n
         Aggregate a AS k, c AS l, count(*) AS n
         HashJoin a = b
         ├─ Unwind [0, 1, 5] AS a
         └─ Project b AS c
            Unwind [n IN range(0, 5999) | n % 2] AS b",
        "0 0 3000, 1 1 3000",
    );
}

#[test]
fn an_eager_operator_changes_no_rows() {
    let eager = "RETURN a\nEager\nUnwind range(0, 2999) AS a";
    assert_eq!(rows(&empty(), eager).len(), 3_000);
}
