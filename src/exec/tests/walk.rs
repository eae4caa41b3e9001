//! Variable-length walks and shortest paths.

use super::*;
use crate::plan::{Length, Shortest, VarExpand};

fn walk(from: u32, to: u32, min: u64, max: Option<u64>) -> VarExpand {
    VarExpand {
        input: Box::new(filter(
            scan(Op::Unit, 0),
            vec![equal(property(slot(0), "x"), lit(i64::from(from)))],
        )),
        from: Slot(0),
        to: Slot(to),
        into: false,
        direction: Towards::Outgoing,
        types: types(&["R"]),
        length: Length { min, max },
        edges: Some(Slot(2)),
        reversed: false,
        step: None,
        stop: None,
        passing: None,
        disjoint: Vec::new(),
        along: None,
        shortest: None,
        span: at(),
    }
}

/// Walks from the first node of two held nodes to the second.
fn between(from: i64, to: i64, plan: VarExpand) -> VarExpand {
    let pairs = scan(scan(Op::Unit, 0), 1);
    let tests = vec![
        equal(property(slot(0), "x"), lit(from)),
        equal(property(slot(1), "x"), lit(to)),
    ];
    VarExpand {
        input: Box::new(filter(pairs, tests)),
        into: true,
        ..plan
    }
}

/// A diamond from 0 to 3 with a way back, and a long way round.
fn diamond() -> Graph {
    graph(
        &["A"; 6],
        &[
            (0, "R", 1),
            (0, "R", 2),
            (1, "R", 3),
            (2, "R", 3),
            (3, "R", 0),
            (0, "R", 4),
            (4, "R", 5),
            (5, "R", 3),
        ],
    )
}

fn ends(plan: VarExpand) -> Vec<String> {
    rows(&diamond(), Op::VarExpand(plan), &[1, 2])
}

#[test]
fn walks_come_depth_first_within_their_bounds() {
    assert_eq!(
        ends(walk(0, 1, 1, Some(2))),
        [
            "n1 [r0]",
            "n3 [r0 r2]",
            "n2 [r1]",
            "n3 [r1 r3]",
            "n4 [r5]",
            "n5 [r5 r6]"
        ]
    );
    assert_eq!(ends(walk(1, 1, 0, Some(1))), ["n1 []", "n3 [r2]"]);
    assert_eq!(ends(walk(1, 1, 0, Some(0))), ["n1 []"]);
    assert!(ends(walk(0, 1, 2, Some(1))).is_empty());
}

#[test]
fn no_relationship_comes_twice() {
    let all = ends(walk(3, 1, 1, None));
    assert_eq!(all.len(), 8);
    assert!(all.iter().all(|line| line.matches("r4").count() <= 1));
    assert_eq!(ends(walk(3, 1, 8, None)).len(), 0);
}

#[test]
fn walks_run_either_way_and_backwards() {
    let either = VarExpand {
        direction: Towards::Either,
        ..walk(5, 1, 1, Some(1))
    };
    assert_eq!(ends(either), ["n3 [r7]", "n4 [r6]"]);
    let back = VarExpand {
        direction: Towards::Incoming,
        reversed: true,
        ..walk(3, 1, 2, Some(2))
    };
    assert_eq!(ends(back), ["n0 [r0 r2]", "n0 [r1 r3]", "n4 [r6 r7]"]);
}

#[test]
fn walks_end_where_they_must() {
    let into = between(0, 3, walk(0, 1, 1, Some(3)));
    assert_eq!(ends(into), ["n3 [r0 r2]", "n3 [r1 r3]", "n3 [r5 r6 r7]"]);
    assert_eq!(ends(between(2, 2, walk(0, 1, 0, Some(1)))), ["n2 []"]);
}

#[test]
fn steps_are_tested_on_the_way() {
    let odd = compare(CompareOp::GreaterOrEqual, property(slot(7), "x"), lit(1));
    let plan = VarExpand {
        step: Some((Slot(7), vec![odd])),
        ..walk(0, 1, 1, Some(2))
    };
    assert_eq!(
        ends(plan),
        ["n2 [r1]", "n3 [r1 r3]", "n4 [r5]", "n5 [r5 r6]"]
    );
    let outer = compare(
        CompareOp::Greater,
        property(slot(7), "x"),
        property(slot(0), "x"),
    );
    let plan = VarExpand {
        step: Some((Slot(7), vec![outer])),
        ..walk(3, 1, 1, Some(2))
    };
    assert_eq!(ends(plan), ["n0 [r4]", "n4 [r4 r5]"]);
}

#[test]
fn relationships_of_the_row_are_left_out() {
    let first = Op::Expand(step(
        *walk(0, 1, 1, None).input,
        0,
        Towards::Outgoing,
        &[],
        Some(8),
        Some(9),
    ));
    let plan = VarExpand {
        input: Box::new(first),
        disjoint: vec![Slot(8)],
        ..walk(0, 1, 1, Some(1))
    };
    assert_eq!(
        rows(&diamond(), Op::VarExpand(plan), &[8, 2]),
        [
            "r0 [r1]", "r0 [r5]", "r1 [r0]", "r1 [r5]", "r5 [r0]", "r5 [r1]"
        ]
    );
}

#[test]
fn walks_that_nobody_reads_are_counted() {
    let counted = group(
        Op::VarExpand(walk(3, 1, 1, None)),
        Vec::new(),
        vec![(3, count_rows())],
        None,
    );
    assert_eq!(rows(&diamond(), counted, &[3]), ["8"]);
}

#[test]
fn a_limit_on_the_length_is_told() {
    let run_with = |most, plan: VarExpand| {
        let options = Options {
            max_path_length: Some(most),
            ..options()
        };
        let plan = super::plan(Op::VarExpand(plan), &[1]);
        run(&plan, Access::Read(&diamond()), &[], &options)
            .map(|outcome| outcome.count)
            .map_err(|failure| failure.code)
    };
    assert_eq!(run_with(2, walk(3, 1, 1, None)), Err(Code::PathLimit));
    assert_eq!(run_with(2, walk(3, 1, 1, Some(2))), Ok(4));
    assert_eq!(run_with(4, walk(3, 1, 1, None)), Ok(8));
    assert_eq!(run_with(2, walk(3, 1, 4, None)), Err(Code::PathLimit));
    let shortest = between(
        0,
        5,
        VarExpand {
            shortest: Some(Shortest::Any),
            ..walk(0, 1, 1, None)
        },
    );
    assert_eq!(run_with(1, shortest.clone()), Err(Code::PathLimit));
    assert_eq!(run_with(2, shortest.clone()), Ok(1));
    let long = VarExpand {
        length: Length { min: 3, max: None },
        ..shortest
    };
    assert_eq!(run_with(2, long), Err(Code::PathLimit));
}

fn shortest(from: i64, to: i64, which: Shortest, min: u64, max: Option<u64>) -> Vec<String> {
    ends(between(
        from,
        to,
        VarExpand {
            shortest: Some(which),
            ..walk(0, 1, min, max)
        },
    ))
}

#[test]
fn shortest_walks_are_found_from_both_ends() {
    assert_eq!(shortest(0, 3, Shortest::Any, 1, None), ["n3 [r0 r2]"]);
    assert_eq!(
        shortest(0, 3, Shortest::All, 1, None),
        ["n3 [r0 r2]", "n3 [r1 r3]"]
    );
    assert_eq!(shortest(1, 5, Shortest::All, 1, None), ["n5 [r2 r4 r5 r6]"]);
    assert!(shortest(1, 5, Shortest::All, 1, Some(3)).is_empty());
    assert_eq!(shortest(0, 1, Shortest::Any, 0, Some(1)), ["n1 [r0]"]);
}

#[test]
fn shortest_walks_to_where_they_start() {
    assert_eq!(shortest(0, 0, Shortest::All, 0, None), ["n0 []"]);
    assert_eq!(
        shortest(0, 0, Shortest::All, 1, None),
        ["n0 [r0 r2 r4]", "n0 [r1 r3 r4]"]
    );
    assert_eq!(shortest(0, 3, Shortest::All, 3, None), ["n3 [r5 r6 r7]"]);
    assert!(shortest(0, 3, Shortest::All, 3, Some(2)).is_empty());
}

#[test]
fn shortest_walks_obey_tests_and_do_without_a_way() {
    let late = compare(CompareOp::GreaterOrEqual, property(slot(7), "x"), lit(4));
    let plan = VarExpand {
        shortest: Some(Shortest::All),
        step: Some((Slot(7), vec![late])),
        ..walk(0, 1, 1, None)
    };
    assert_eq!(ends(between(0, 3, plan)), ["n3 [r5 r6 r7]"]);
    let graph = graph(&["A"; 2], &[(0, "R", 0)]);
    let plan = between(
        0,
        1,
        VarExpand {
            shortest: Some(Shortest::Any),
            ..walk(0, 1, 1, None)
        },
    );
    assert!(rows(&graph, Op::VarExpand(plan), &[1]).is_empty());
}

#[test]
fn long_walks_are_accounted_before_there_are_many() {
    let edges: Vec<_> = (0..2_999).map(|at| (at, "R", at + 1)).collect();
    let graph = graph(&vec!["A"; 3_000], &edges);
    let options = Options {
        max_memory: Some(20_000_000),
        ..options()
    };
    let plan = super::plan(Op::VarExpand(walk(0, 1, 1, None)), &[2]);
    let outcome = run(&plan, Access::Read(&graph), &[], &options);
    assert_eq!(
        outcome
            .map(|outcome| outcome.count)
            .map_err(|failure| failure.code),
        Err(Code::MemoryLimit)
    );
    let plan = super::plan(
        group(
            Op::VarExpand(walk(0, 1, 1, None)),
            Vec::new(),
            vec![(
                3,
                aggregate("sum", Some(call("size", vec![slot(2)])), false),
            )],
            None,
        ),
        &[3],
    );
    let outcome = run(&plan, Access::Read(&graph), &[], &options).unwrap();
    assert_eq!(lines(&outcome), ["4498500"]);
}
