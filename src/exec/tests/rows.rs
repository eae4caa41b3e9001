//! Operators on rows: aggregation, order, limits, joins, unions.

use super::*;
use crate::plan::{Join, SortKey, Union};

fn empty() -> Graph {
    Graph::new()
}

fn numbers(list: impl IntoIterator<Item = i64>, element: u32) -> Op {
    unwind(Op::Unit, integers(list), element)
}

fn mixed() -> Value {
    Value::list(vec![
        1.into(),
        Value::Null,
        1.0.into(),
        "a".into(),
        2.into(),
        1.into(),
    ])
}

#[test]
fn unwinding_null_gives_nothing_and_a_value_itself() {
    assert!(rows(&empty(), unwind(Op::Unit, Value::Null, 0), &[0]).is_empty());
    assert_eq!(rows(&empty(), unwind(Op::Unit, 7, 0), &[0]), ["7"]);
    assert_eq!(rows(&empty(), numbers(0..5_000, 0), &[0]).len(), 5_000);
}

#[test]
fn groups_are_made_of_equal_keys() {
    let input = unwind(Op::Unit, mixed(), 0);
    let calls = vec![
        (2, count_rows()),
        (3, aggregate("count", Some(slot(0)), false)),
    ];
    let root = group(input, vec![(1, slot(0))], calls, None);
    assert_eq!(
        rows(&empty(), root, &[1, 2, 3]),
        ["1 3 3", "- 1 0", "a 1 1", "2 1 1"]
    );
}

#[test]
fn without_keys_there_is_one_group_even_of_nothing() {
    let calls = || {
        let list = aggregate("collect", Some(slot(0)), false);
        vec![
            (1, count_rows()),
            (2, list),
            (3, aggregate("sum", Some(slot(0)), true)),
        ]
    };
    let nothing = group(unwind(Op::Unit, Value::Null, 0), Vec::new(), calls(), None);
    assert_eq!(rows(&empty(), nothing, &[1, 2, 3]), ["0 [] 0"]);
    let some = group(numbers([3, 1, 3], 0), Vec::new(), calls(), None);
    assert_eq!(rows(&empty(), some, &[1, 2, 3]), ["3 [3 1 3] 4"]);
    let keyed = group(
        unwind(Op::Unit, Value::Null, 0),
        vec![(4, slot(0))],
        calls(),
        None,
    );
    assert!(rows(&empty(), keyed, &[1]).is_empty());
}

#[test]
fn what_rows_stand_for_counts_in_aggregates() {
    let graph = graph(&["A", "A"], &[(0, "R", 1), (0, "R", 0), (1, "R", 1)]);
    let expand = |input, to| Op::Expand(step(input, 0, Towards::Outgoing, &["R"], None, to));
    let x = || property(slot(0), "x");
    let calls = vec![
        (1, count_rows()),
        (2, aggregate("sum", Some(add(x(), lit(1))), false)),
        (3, aggregate("collect", Some(x()), false)),
        (4, aggregate("collect", Some(x()), true)),
        (5, aggregate("avg", Some(x()), false)),
    ];
    let root = group(
        expand(expand(scan(Op::Unit, 0), None), None),
        Vec::new(),
        calls,
        None,
    );
    assert_eq!(
        rows(&graph, root, &[1, 2, 3, 4, 5]),
        ["5 6 [0 0 0 0 1] [0 1] 0.2"]
    );
}

#[test]
fn rows_that_stand_for_many_are_spelled_out_in_the_answer() {
    let graph = graph(&["A", "A"], &[(0, "R", 1), (0, "R", 0)]);
    let expand = Op::Expand(step(
        scan(Op::Unit, 0),
        0,
        Towards::Outgoing,
        &["R"],
        None,
        None,
    ));
    assert_eq!(rows(&graph, expand.clone(), &[0]), ["n0", "n0"]);
    let distinct = Op::Distinct {
        input: Box::new(expand.clone()),
        keys: vec![Slot(0)],
    };
    assert_eq!(rows(&graph, distinct, &[0]), ["n0"]);
    let skip = Op::Skip {
        input: Box::new(expand.clone()),
        count: lit(1),
        partition: None,
    };
    assert_eq!(rows(&graph, skip, &[0]), ["n0"]);
    let limit = Op::Limit {
        input: Box::new(expand),
        count: lit(1),
        partition: None,
    };
    assert_eq!(rows(&graph, limit, &[0]), ["n0"]);
}

#[test]
fn compact_merges_rows_and_adds_what_they_stand_for() {
    let input = Op::Compact {
        input: Box::new(numbers([5, 6, 5, 5], 0)),
        keys: vec![Slot(0)],
    };
    assert_eq!(rows(&empty(), input.clone(), &[0]), ["5", "5", "5", "6"]);
    let root = group(input, Vec::new(), vec![(1, count_rows())], None);
    assert_eq!(rows(&empty(), root, &[1]), ["4"]);
}

#[test]
fn distinct_keeps_the_first() {
    let distinct = Op::Distinct {
        input: Box::new(unwind(Op::Unit, mixed(), 0)),
        keys: vec![Slot(0)],
    };
    assert_eq!(rows(&empty(), distinct, &[0]), ["1", "-", "a", "2"]);
}

fn sort_key(number: u32, descending: bool) -> SortKey {
    SortKey {
        expr: slot(number),
        descending,
    }
}

#[test]
fn sorting_puts_nulls_last_and_keeps_ties_in_order() {
    let sort = |descending| Op::Sort {
        input: Box::new(unwind(Op::Unit, mixed(), 0)),
        keys: vec![sort_key(0, descending)],
    };
    assert_eq!(
        rows(&empty(), sort(false), &[0]),
        ["a", "1", "1.0", "1", "2", "-"]
    );
    assert_eq!(
        rows(&empty(), sort(true), &[0]),
        ["-", "2", "1", "1.0", "1", "a"]
    );
}

#[test]
fn top_k_is_sort_and_limit() {
    let scattered: Vec<i64> = (0..10_000).map(|n| n * 7_919 % 10_007).collect();
    for count in [0, 1, 3, 2_048, 5_000, 20_000] {
        let top = Op::TopK {
            input: Box::new(numbers(scattered.clone(), 0)),
            keys: vec![sort_key(0, true)],
            count: lit(count),
        };
        let mut expected = scattered.clone();
        expected.sort_by(|a, b| b.cmp(a));
        expected.truncate(count as usize);
        let expected: Vec<_> = expected.iter().map(i64::to_string).collect();
        assert_eq!(rows(&empty(), top, &[0]), expected);
    }
}

#[test]
fn counts_must_be_whole_and_not_negative() {
    let limit = |count: Expr| Op::Limit {
        input: Box::new(numbers(0..5, 0)),
        count,
        partition: None,
    };
    assert_eq!(
        rows(&empty(), limit(expr(ExprKind::Parameter(0))), &[0]),
        ["0", "1", "2"]
    );
    assert!(rows(&empty(), limit(lit(0)), &[0]).is_empty());
    assert_eq!(
        outcome(&empty(), limit(lit(-1)), &[0]).unwrap_err(),
        Code::NegativeIntegerAtRuntime
    );
    assert_eq!(
        outcome(&empty(), limit(lit(1.5)), &[0]).unwrap_err(),
        Code::InvalidCountAtRuntime
    );
    let skip = Op::Skip {
        input: Box::new(numbers(0..5, 0)),
        count: lit(3),
        partition: None,
    };
    assert_eq!(rows(&empty(), skip, &[0]), ["3", "4"]);
}

#[test]
fn a_union_renames_both_sides() {
    let union = Op::Union(Union {
        left: Box::new(numbers([1, 2], 0)),
        right: Box::new(numbers([3], 1)),
        columns: vec![(Slot(2), Slot(0), Slot(1))],
    });
    assert_eq!(rows(&empty(), union, &[2]), ["1", "2", "3"]);
}

fn join(left: Op, right: Op, keys: &[(u32, u32)]) -> Op {
    let keys = keys
        .iter()
        .map(|(left, right)| (Slot(*left), Slot(*right)))
        .collect();
    Op::HashJoin(Join {
        left: Box::new(left),
        right: Box::new(right),
        keys,
    })
}

#[test]
fn joins_pair_rows_that_agree_and_never_nulls() {
    let right = project(unwind(Op::Unit, mixed(), 1), vec![(2, slot(1))]);
    let pairs = join(unwind(Op::Unit, mixed(), 0), right, &[(0, 1)]);
    let found = rows(&empty(), pairs.clone(), &[0, 2]);
    assert_eq!(
        found,
        [
            "1 1", "1 1.0", "1 1", "1.0 1", "1.0 1.0", "1.0 1", "a a", "2 2", "1 1", "1 1.0", "1 1"
        ]
    );
    assert_eq!(rows(&empty(), pairs, &[0]).len(), 11);
    assert!(
        rows(
            &empty(),
            join(numbers([1], 0), numbers([], 1), &[(0, 1)]),
            &[0]
        )
        .is_empty()
    );
}

#[test]
fn joins_count_what_rows_stand_for() {
    let graph = graph(&["A", "A"], &[(0, "R", 1), (0, "R", 0), (1, "R", 1)]);
    let side = |from| {
        Op::Expand(step(
            scan(Op::Unit, from),
            from,
            Towards::Outgoing,
            &["R"],
            None,
            None,
        ))
    };
    let payload = project(side(1), vec![(2, property(slot(1), "x"))]);
    assert_eq!(
        rows(&graph, join(side(0), payload, &[(0, 1)]), &[0, 2]),
        ["n0 0", "n0 0", "n0 0", "n0 0", "n1 1"]
    );
    let counted = group(
        join(side(0), side(1), &[(0, 1)]),
        Vec::new(),
        vec![(3, count_rows())],
        None,
    );
    assert_eq!(rows(&graph, counted, &[3]), ["5"]);
}

#[test]
fn joins_with_many_partners_go_on_over_chunks() {
    let right = project(numbers((0..6_000).map(|n| n % 2), 1), vec![(2, slot(1))]);
    let pairs = join(numbers([0, 1, 5], 0), right, &[(0, 1)]);
    let root = group(
        pairs,
        vec![(3, slot(0)), (4, slot(2))],
        vec![(5, count_rows())],
        None,
    );
    assert_eq!(rows(&empty(), root, &[3, 4, 5]), ["0 0 3000", "1 1 3000"]);
}

#[test]
fn an_eager_operator_changes_nothing_that_is_read() {
    let eager = Op::Eager {
        input: Box::new(numbers(0..3_000, 0)),
    };
    assert_eq!(rows(&empty(), eager, &[0]).len(), 3_000);
}
