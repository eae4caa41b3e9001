//! Inner plans.

use super::*;

fn chain() -> Graph {
    graph(&["A", "A", "A"], &[(0, "R", 1), (0, "R", 2), (1, "R", 2)])
}

/// The neighbours of slot 0, into slot 1; outer rows are numbered in slot 9.
fn neighbours() -> Op {
    Op::Expand(step(
        argument(9, &[0]),
        0,
        Towards::Outgoing,
        &["R"],
        None,
        Some(1),
    ))
}

fn over_nodes(inner: Op, kind: ApplyKind) -> Op {
    apply(scan(Op::Unit, 0), inner, 9, kind)
}

#[test]
fn inner_rows_extend_outer_ones() {
    let root = over_nodes(
        neighbours(),
        ApplyKind::Inner {
            adds: vec![Slot(1)],
        },
    );
    assert_eq!(
        rows(&chain(), root.clone(), &[0, 1]),
        ["n0 n1", "n0 n2", "n1 n2"]
    );
    assert_eq!(rows(&chain(), root, &[0]), ["n0", "n0", "n1"]);
}

#[test]
fn optional_rows_without_a_partner_stay_in_their_places() {
    let inner = filter(
        neighbours(),
        vec![compare(CompareOp::Greater, property(slot(1), "x"), lit(1))],
    );
    let root = over_nodes(
        inner,
        ApplyKind::Optional {
            adds: vec![Slot(1)],
        },
    );
    assert_eq!(rows(&chain(), root, &[0, 1]), ["n0 n2", "n1 n2", "n2 -"]);
    let backwards = Op::Sort {
        input: Box::new(neighbours()),
        keys: vec![crate::plan::SortKey {
            expr: slot(9),
            descending: true,
        }],
    };
    let root = over_nodes(
        backwards,
        ApplyKind::Optional {
            adds: vec![Slot(1)],
        },
    );
    assert_eq!(
        rows(&chain(), root, &[0, 1]),
        ["n1 n2", "n0 n1", "n0 n2", "n2 -"]
    );
}

#[test]
fn optional_rows_that_nobody_reads_are_counted() {
    let root = over_nodes(
        neighbours(),
        ApplyKind::Optional {
            adds: vec![Slot(1)],
        },
    );
    let counted = group(root, Vec::new(), vec![(2, count_rows())], None);
    assert_eq!(rows(&chain(), counted, &[2]), ["4"]);
}

#[test]
fn existence_and_counts_and_lists() {
    let exists = over_nodes(neighbours(), ApplyKind::Exists(Slot(2)));
    assert_eq!(
        rows(&chain(), exists, &[0, 2]),
        ["n0 true", "n1 true", "n2 false"]
    );
    let count = over_nodes(neighbours(), ApplyKind::Count(Slot(2)));
    assert_eq!(rows(&chain(), count, &[0, 2]), ["n0 2", "n1 1", "n2 0"]);
    let list = over_nodes(
        neighbours(),
        ApplyKind::Collect {
            list: Slot(2),
            value: Slot(1),
        },
    );
    assert_eq!(
        rows(&chain(), list, &[0, 2]),
        ["n0 [n1 n2]", "n1 [n2]", "n2 []"]
    );
}

#[test]
fn lists_of_rows_that_stand_for_many_are_spelled_out() {
    let twice = Op::Expand(step(neighbours(), 0, Towards::Outgoing, &["R"], None, None));
    let list = over_nodes(
        twice,
        ApplyKind::Collect {
            list: Slot(2),
            value: Slot(1),
        },
    );
    assert_eq!(rows(&chain(), list, &[2]), ["[n1 n1 n2 n2]", "[n2]", "[]"]);
}

#[test]
fn semi_and_anti_choose_outer_rows() {
    assert_eq!(
        rows(&chain(), over_nodes(neighbours(), ApplyKind::Semi), &[0]),
        ["n0", "n1"]
    );
    assert_eq!(
        rows(&chain(), over_nodes(neighbours(), ApplyKind::Anti), &[0]),
        ["n2"]
    );
}

#[test]
fn outer_rows_keep_what_they_stand_for() {
    let doubled = || {
        Op::Expand(step(
            scan(Op::Unit, 0),
            0,
            Towards::Outgoing,
            &["R"],
            None,
            None,
        ))
    };
    let semi = apply(doubled(), neighbours(), 9, ApplyKind::Semi);
    assert_eq!(rows(&chain(), semi, &[0]), ["n0", "n0", "n1"]);
    let inner = apply(
        doubled(),
        neighbours(),
        9,
        ApplyKind::Inner {
            adds: vec![Slot(1)],
        },
    );
    assert_eq!(
        rows(&chain(), inner, &[0, 1]),
        ["n0 n1", "n0 n1", "n0 n2", "n0 n2", "n1 n2"]
    );
    let count = apply(doubled(), neighbours(), 9, ApplyKind::Count(Slot(2)));
    assert_eq!(rows(&chain(), count, &[0, 2]), ["n0 2", "n0 2", "n1 1"]);
}

#[test]
fn a_partition_without_keys_has_a_group_for_every_outer_row() {
    let calls = vec![
        (2, aggregate("collect", Some(slot(1)), false)),
        (3, count_rows()),
    ];
    let inner = group(neighbours(), Vec::new(), calls, Some(9));
    let root = over_nodes(
        inner,
        ApplyKind::Inner {
            adds: vec![Slot(2), Slot(3)],
        },
    );
    assert_eq!(
        rows(&chain(), root, &[0, 2, 3]),
        ["n0 [n1 n2] 2", "n1 [n2] 1", "n2 [] 0"]
    );
}

#[test]
fn limits_count_each_outer_row_by_itself() {
    let limit = Op::Limit {
        input: Box::new(neighbours()),
        count: lit(1),
        partition: Some(Slot(9)),
    };
    let root = over_nodes(
        limit,
        ApplyKind::Inner {
            adds: vec![Slot(1)],
        },
    );
    assert_eq!(rows(&chain(), root, &[0, 1]), ["n0 n1", "n1 n2"]);
    let skip = Op::Skip {
        input: Box::new(neighbours()),
        count: lit(1),
        partition: Some(Slot(9)),
    };
    let root = over_nodes(
        skip,
        ApplyKind::Inner {
            adds: vec![Slot(1)],
        },
    );
    assert_eq!(rows(&chain(), root, &[0, 1]), ["n0 n2"]);
}

#[test]
fn inner_plans_hold_inner_plans() {
    let deep = Op::Expand(step(
        argument(8, &[1]),
        1,
        Towards::Outgoing,
        &["R"],
        None,
        Some(3),
    ));
    let inner = apply(neighbours(), deep, 8, ApplyKind::Semi);
    let root = over_nodes(
        inner,
        ApplyKind::Collect {
            list: Slot(2),
            value: Slot(1),
        },
    );
    assert_eq!(rows(&chain(), root, &[0, 2]), ["n0 [n1]", "n1 []", "n2 []"]);
}

#[test]
fn an_inner_plan_stops_when_every_outer_row_has_its_answer() {
    let graph = graph(&["A"; 300], &[]);
    let pairs = scan(scan(scan(argument(9, &[0]), 1), 2), 3);
    let wanted = filter(
        pairs,
        vec![equal(slot(1), slot(1)), equal(slot(3), slot(3))],
    );
    let root = group(
        over_nodes(wanted, ApplyKind::Exists(Slot(4))),
        vec![(5, slot(4))],
        vec![(6, count_rows())],
        None,
    );
    // Without stopping this would visit 8,100,000,000 rows.
    assert_eq!(rows(&graph, root, &[5, 6]), ["true 300"]);
}
