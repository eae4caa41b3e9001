//! Scans, expansions, intersections, index lookups.

use super::*;
use crate::plan::{Arm, IndexLookup, Lookup};

/// Two parallel relationships, a loop, two types.
fn small() -> Graph {
    graph(
        &["A", "B", "A"],
        &[
            (0, "R", 1),
            (0, "R", 1),
            (1, "S", 2),
            (2, "R", 2),
            (0, "S", 2),
        ],
    )
}

#[test]
fn scans_extend_every_row() {
    let graph = small();
    assert_eq!(rows(&graph, scan(Op::Unit, 0), &[0]), ["n0", "n1", "n2"]);
    assert_eq!(
        rows(&graph, scan_label(Op::Unit, 0, "A"), &[0]),
        ["n0", "n2"]
    );
    assert!(rows(&graph, scan_label(Op::Unit, 0, "Z"), &[0]).is_empty());
    let pairs = scan_label(scan_label(Op::Unit, 0, "A"), 1, "B");
    assert_eq!(rows(&graph, pairs, &[0, 1]), ["n0 n1", "n2 n1"]);
}

#[test]
fn a_scan_goes_on_over_many_chunks() {
    let many = graph(&["A"; 5_000], &[]);
    let root = group(
        scan(unwind(Op::Unit, integers(0..3), 1), 0),
        vec![(2, slot(1))],
        vec![(3, aggregate("count", Some(slot(0)), true))],
        None,
    );
    assert_eq!(rows(&many, root, &[2, 3]), ["0 5000", "1 5000", "2 5000"]);
}

#[test]
fn expansions_come_in_the_order_of_neighbours() {
    let graph = small();
    let all = step(
        scan(Op::Unit, 0),
        0,
        Towards::Outgoing,
        &[],
        Some(1),
        Some(2),
    );
    assert_eq!(
        rows(&graph, Op::Expand(all), &[0, 1, 2]),
        ["n0 r0 n1", "n0 r1 n1", "n0 r4 n2", "n1 r2 n2", "n2 r3 n2"]
    );
    let back = step(
        scan(Op::Unit, 0),
        0,
        Towards::Incoming,
        &["R"],
        Some(1),
        Some(2),
    );
    assert_eq!(
        rows(&graph, Op::Expand(back), &[0, 1, 2]),
        ["n1 r0 n0", "n1 r1 n0", "n2 r3 n2"]
    );
    let unknown = step(
        scan(Op::Unit, 0),
        0,
        Towards::Outgoing,
        &["Z"],
        None,
        Some(2),
    );
    assert!(rows(&graph, Op::Expand(unknown), &[0]).is_empty());
}

#[test]
fn either_way_gives_loops_once() {
    let graph = small();
    let either = step(
        scan(Op::Unit, 0),
        0,
        Towards::Either,
        &["R", "S"],
        Some(1),
        Some(2),
    );
    assert_eq!(
        rows(&graph, Op::Expand(either), &[0, 1, 2]),
        [
            "n0 r0 n1", "n0 r1 n1", "n0 r4 n2", "n1 r0 n0", "n1 r1 n0", "n1 r2 n2", "n2 r4 n0",
            "n2 r2 n1", "n2 r3 n2"
        ]
    );
}

#[test]
fn what_nobody_reads_is_counted() {
    let graph = small();
    for (direction, count) in [
        (Towards::Outgoing, "5"),
        (Towards::Incoming, "5"),
        (Towards::Either, "9"),
    ] {
        let expand = Op::Expand(step(scan(Op::Unit, 0), 0, direction, &[], Some(1), Some(2)));
        let root = group(expand, Vec::new(), vec![(3, count_rows())], None);
        assert_eq!(rows(&graph, root, &[3]), [count]);
    }
    let nodes = group(
        scan(scan(Op::Unit, 0), 1),
        Vec::new(),
        vec![(3, count_rows())],
        None,
    );
    assert_eq!(rows(&graph, nodes, &[3]), ["9"]);
}

#[test]
fn null_has_no_neighbours() {
    let graph = small();
    let null = project(Op::Unit, vec![(0, lit(Value::Null))]);
    let expand = step(null, 0, Towards::Outgoing, &[], None, Some(2));
    assert!(rows(&graph, Op::Expand(expand), &[2]).is_empty());
    let number = project(Op::Unit, vec![(0, lit(1))]);
    let expand = step(number, 0, Towards::Outgoing, &[], None, Some(2));
    assert_eq!(
        outcome(&graph, Op::Expand(expand), &[2]).unwrap_err(),
        Code::InvalidArgumentTypeAtRuntime
    );
}

#[test]
fn expanding_into_finds_parallel_relationships() {
    let graph = small();
    let pairs = || scan(scan(Op::Unit, 0), 1);
    let into = |direction, edge| Op::ExpandInto(step(pairs(), 0, direction, &["R"], edge, Some(1)));
    assert_eq!(
        rows(&graph, into(Towards::Outgoing, Some(2)), &[0, 1, 2]),
        ["n0 n1 r0", "n0 n1 r1", "n2 n2 r3"]
    );
    assert_eq!(
        rows(&graph, into(Towards::Outgoing, None), &[0, 1]),
        ["n0 n1", "n0 n1", "n2 n2"]
    );
    assert_eq!(
        rows(&graph, into(Towards::Either, Some(2)), &[0, 1, 2]),
        ["n0 n1 r0", "n0 n1 r1", "n1 n0 r0", "n1 n0 r1", "n2 n2 r3"]
    );
    assert_eq!(rows(&graph, into(Towards::Either, None), &[0, 1]).len(), 5);
}

#[test]
fn relationships_are_scanned_once_or_from_both_ends() {
    let graph = small();
    let edges = |names: &[&str], either| Op::EdgeScan {
        input: unit(),
        edge: Slot(0),
        from: Slot(1),
        to: Slot(2),
        types: types(names),
        either,
    };
    assert_eq!(
        rows(&graph, edges(&["S"], false), &[0, 1, 2]),
        ["r4 n0 n2", "r2 n1 n2"]
    );
    assert_eq!(
        rows(&graph, edges(&["R"], true), &[0, 1, 2]),
        ["r0 n0 n1", "r0 n1 n0", "r1 n0 n1", "r1 n1 n0", "r3 n2 n2"]
    );
    assert_eq!(rows(&graph, edges(&[], false), &[0]).len(), 5);
    let counted = group(edges(&[], true), Vec::new(), vec![(3, count_rows())], None);
    assert_eq!(rows(&graph, counted, &[3]), ["9"]);
}

#[test]
fn relationships_are_scanned_for_every_row() {
    let many = graph(
        &["A"; 40],
        &(0..40)
            .flat_map(|a| (0..40).map(move |b| (a, "R", b)))
            .collect::<Vec<_>>(),
    );
    let edges = Op::EdgeScan {
        input: Box::new(unwind(Op::Unit, integers(0..3), 4)),
        edge: Slot(0),
        from: Slot(1),
        to: Slot(2),
        types: Vec::new(),
        either: true,
    };
    let root = group(
        edges,
        vec![(5, slot(4))],
        vec![(6, aggregate("count", Some(slot(0)), false))],
        None,
    );
    assert_eq!(rows(&many, root, &[5, 6]), ["0 3160", "1 3160", "2 3160"]);
}

fn arm(from: u32, direction: Towards, edge: Option<u32>) -> Arm {
    Arm {
        from: Slot(from),
        direction,
        types: types(&["R"]),
        edge: edge.map(Slot),
    }
}

#[test]
fn triangles_are_closed_by_intersection() {
    let graph = graph(
        &["A"; 4],
        &[
            (0, "R", 1),
            (1, "R", 2),
            (0, "R", 2),
            (0, "R", 2),
            (1, "R", 3),
        ],
    );
    let edges = || {
        Op::Expand(step(
            scan(Op::Unit, 0),
            0,
            Towards::Outgoing,
            &["R"],
            None,
            Some(1),
        ))
    };
    let close = |first, second| Op::Intersect {
        input: Box::new(edges()),
        node: Slot(2),
        arms: vec![
            arm(0, Towards::Outgoing, first),
            arm(1, Towards::Outgoing, second),
        ],
    };
    assert_eq!(
        rows(&graph, close(Some(3), Some(4)), &[0, 1, 2, 3, 4]),
        ["n0 n1 n2 r2 r1", "n0 n1 n2 r3 r1"]
    );
    assert_eq!(
        rows(&graph, close(None, Some(4)), &[2, 4]),
        ["n2 r1", "n2 r1"]
    );
    let counted = group(close(None, None), Vec::new(), vec![(5, count_rows())], None);
    assert_eq!(rows(&graph, counted, &[5]), ["2"]);
    let three = Op::Intersect {
        input: Box::new(edges()),
        node: Slot(2),
        arms: vec![
            arm(0, Towards::Outgoing, None),
            arm(1, Towards::Outgoing, None),
            arm(0, Towards::Outgoing, Some(3)),
        ],
    };
    assert_eq!(rows(&graph, three, &[2, 3]).len(), 4);
}

#[test]
fn indexes_and_plain_scans_find_the_same() {
    let plain = graph(&["A", "A", "A", "B", "A"], &[]);
    let mut indexed = plain.clone();
    let (label, key_id) = (indexed.intern_label("A"), indexed.intern_key("x"));
    indexed.create_index(label, key_id);
    let seek = |lookup| {
        Op::IndexSeek(IndexLookup {
            input: unit(),
            node: Slot(0),
            label: Named {
                name: "A".into(),
                id: LabelId::NONE,
            },
            key: key("x"),
            lookup,
        })
    };
    let both = |lookup: Lookup| {
        let found = rows(&indexed, seek(lookup.clone()), &[0]);
        assert_eq!(found, rows(&plain, seek(lookup), &[0]));
        found.join(" ")
    };
    assert_eq!(both(Lookup::Equal(lit(2))), "n2");
    assert_eq!(both(Lookup::Equal(lit(2.0))), "n2");
    assert_eq!(both(Lookup::Equal(lit(Value::Null))), "");
    assert_eq!(both(Lookup::In(lit(integers([4, 1, 3, 1])))), "n1 n4");
    assert_eq!(both(Lookup::In(lit(Value::Null))), "");
    assert_eq!(
        both(Lookup::Range {
            lower: Some((lit(1), false)),
            upper: None
        }),
        "n2 n4"
    );
    assert_eq!(
        both(Lookup::Range {
            lower: Some((lit(1), true)),
            upper: Some((lit(2), true))
        }),
        "n1 n2"
    );
    assert_eq!(
        both(Lookup::Range {
            lower: Some((lit(Value::Null), true)),
            upper: Some((lit(2), true))
        }),
        ""
    );
    assert_eq!(both(Lookup::Prefix(lit("a"))), "");
    assert_eq!(
        outcome(&plain, seek(Lookup::In(lit(1))), &[0]).unwrap_err(),
        Code::InvalidArgumentTypeAtRuntime
    );
}
