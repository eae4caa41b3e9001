//! Operators that change the graph.

use super::*;
use crate::{
    plan::{Create, CreateEdge, CreateNode, Foreach, Merge, SetItem},
    value::{NodeId, Text},
};

fn write(graph: &mut Graph, root: Op, answer: &[u32]) -> Result<Vec<String>, Code> {
    let plan = plan(root, answer);
    let outcome = run(&plan, Access::Write(graph), &[], &options());
    outcome
        .map(|outcome| lines(&outcome))
        .map_err(|failure| failure.code)
}

fn map(entries: Vec<(&str, Expr)>) -> Expr {
    expr(ExprKind::Map(
        entries
            .into_iter()
            .map(|(key, expr)| (key.into(), expr))
            .collect(),
    ))
}

fn node(number: u32, labels: &[&str], properties: Option<Expr>) -> CreateNode {
    let labels: Vec<Text> = labels.iter().map(|label| (*label).into()).collect();
    CreateNode {
        slot: Slot(number),
        labels,
        properties,
        span: at(),
    }
}

fn edge(number: u32, from: u32, to: u32, properties: Option<Expr>) -> CreateEdge {
    CreateEdge {
        slot: Slot(number),
        from: Slot(from),
        to: Slot(to),
        kind: "R".into(),
        properties,
        span: at(),
    }
}

fn create(input: Op, nodes: Vec<CreateNode>, edges: Vec<CreateEdge>) -> Op {
    Op::Create(Create {
        input: Box::new(input),
        nodes,
        edges,
    })
}

fn set(input: Op, items: Vec<SetItem>) -> Op {
    Op::Set {
        input: Box::new(input),
        items,
    }
}

fn set_x(entity: u32, value: Expr) -> SetItem {
    SetItem::Property {
        entity: slot(entity),
        key: "x".into(),
        value,
    }
}

fn delete(input: Op, items: Vec<Expr>, detach: bool) -> Op {
    Op::Delete {
        input: Box::new(input),
        items,
        detach,
        span: at(),
    }
}

/// The nodes of a graph with their labels and properties.
fn nodes(graph: &Graph) -> String {
    let names = |node| {
        graph
            .labels_of(node)
            .iter()
            .map(|label| graph.catalog().label_name(*label).to_string())
    };
    let show_node = |node: NodeId| {
        let properties = graph
            .node_properties(node)
            .map(|(key, value)| format!("{}:{}", graph.catalog().key_name(key), show(&value)));
        format!(
            "{}({})",
            names(node).collect::<Vec<_>>().join("&"),
            properties.collect::<Vec<_>>().join(" ")
        )
    };
    graph
        .nodes()
        .iter()
        .map(|node| show_node(NodeId(node)))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn creating_makes_what_each_row_asks_for() {
    let mut graph = Graph::new();
    let rows = unwind(Op::Unit, integers([1, 2]), 0);
    let properties = || Some(map(vec![("x", slot(0)), ("y", lit(Value::Null))]));
    let root = create(
        rows,
        vec![node(1, &["A"], properties()), node(2, &[], None)],
        vec![edge(3, 1, 2, properties())],
    );
    assert_eq!(
        write(&mut graph, root, &[1, 2, 3]).unwrap(),
        ["n0 n1 r0", "n2 n3 r1"]
    );
    assert_eq!(nodes(&graph), "A(x:1) () A(x:2) ()");
    assert!(graph.catalog().key("y").is_none());
}

#[test]
fn limits_do_not_stop_changes() {
    let mut graph = Graph::new();
    let made = create(
        unwind(Op::Unit, integers(0..5_000), 0),
        vec![node(1, &["A"], None)],
        Vec::new(),
    );
    let limit = Op::Limit {
        input: Box::new(made),
        count: lit(1),
        partition: None,
    };
    assert_eq!(write(&mut graph, limit, &[0]).unwrap(), ["0"]);
    assert_eq!(graph.node_count(), 5_000);
}

#[test]
fn what_cannot_be_stored_is_refused() {
    let bad = || {
        Some(map(vec![(
            "x",
            expr(ExprKind::List(vec![map(Vec::new())])),
        )]))
    };
    let root = create(Op::Unit, vec![node(1, &[], bad())], Vec::new());
    assert_eq!(
        write(&mut Graph::new(), root, &[]).unwrap_err(),
        Code::InvalidPropertyType
    );
    let null = project(Op::Unit, vec![(0, lit(Value::Null))]);
    let root = create(null, Vec::new(), vec![edge(3, 0, 0, None)]);
    assert_eq!(
        write(&mut Graph::new(), root, &[]).unwrap_err(),
        Code::InvalidArgumentTypeAtRuntime
    );
}

#[test]
fn each_row_sees_what_rows_before_it_set() {
    let mut graph = graph(&["A"], &[]);
    let twice = scan(unwind(Op::Unit, integers([1, 2]), 1), 0);
    let root = set(twice, vec![set_x(0, add(property(slot(0), "x"), slot(1)))]);
    write(&mut graph, root, &[]).unwrap();
    assert_eq!(nodes(&graph), "A(x:3)");
}

#[test]
fn items_of_set_change_properties_and_labels() {
    let mut graph = graph(&["A"], &[]);
    let with = |graph: &mut Graph, item: SetItem| {
        write(graph, set(scan(Op::Unit, 0), vec![item]), &[]).unwrap();
        nodes(graph)
    };
    let labels = || vec!["B".into(), "A".into()];
    assert_eq!(
        with(
            &mut graph,
            SetItem::AddLabels {
                entity: slot(0),
                labels: labels()
            }
        ),
        "A&B(x:0)"
    );
    let other = map(vec![("y", lit(1)), ("x", lit(Value::Null))]);
    assert_eq!(
        with(
            &mut graph,
            SetItem::Map {
                entity: slot(0),
                value: other,
                replace: false
            }
        ),
        "A&B(y:1)"
    );
    let other = map(vec![("z", lit(2))]);
    assert_eq!(
        with(
            &mut graph,
            SetItem::Map {
                entity: slot(0),
                value: other,
                replace: true
            }
        ),
        "A&B(z:2)"
    );
    let null = SetItem::Map {
        entity: slot(0),
        value: lit(Value::Null),
        replace: false,
    };
    assert_eq!(with(&mut graph, null), "A&B(z:2)");
    let dynamic = SetItem::Dynamic {
        entity: slot(0),
        key: lit("w"),
        value: lit(3),
    };
    assert_eq!(with(&mut graph, dynamic), "A&B(z:2 w:3)");
    assert_eq!(
        with(
            &mut graph,
            SetItem::RemoveLabels {
                entity: slot(0),
                labels: labels()
            }
        ),
        "(z:2 w:3)"
    );
    assert_eq!(
        with(
            &mut graph,
            SetItem::Property {
                entity: lit(Value::Null),
                key: "q".into(),
                value: lit(1)
            }
        ),
        "(z:2 w:3)"
    );
}

#[test]
fn a_node_with_relationships_is_not_deleted() {
    let fresh = || graph(&["A", "A"], &[(0, "R", 1)]);
    let mut graph = fresh();
    let one = || {
        filter(
            scan(Op::Unit, 0),
            vec![equal(property(slot(0), "x"), lit(0))],
        )
    };
    let failure = write(&mut graph, delete(one(), vec![slot(0)], false), &[]);
    assert_eq!(failure.unwrap_err(), Code::DeleteConnectedNode);
    let mut graph = fresh();
    write(&mut graph, delete(one(), vec![slot(0)], true), &[]).unwrap();
    assert_eq!((graph.node_count(), graph.relationship_count()), (1, 0));
}

#[test]
fn relationships_go_before_their_nodes() {
    let mut graph = graph(&["A", "A"], &[(0, "R", 1), (1, "R", 1)]);
    let all = Op::Expand(step(
        scan(Op::Unit, 0),
        0,
        Towards::Either,
        &[],
        Some(1),
        Some(2),
    ));
    write(
        &mut graph,
        delete(all, vec![slot(0), slot(1), lit(Value::Null)], false),
        &[],
    )
    .unwrap();
    assert_eq!((graph.node_count(), graph.relationship_count()), (0, 0));
}

#[test]
fn what_is_deleted_cannot_be_read() {
    let read = |of: Expr| {
        let mut graph = graph(&["A"], &[]);
        let gone = delete(scan(Op::Unit, 0), vec![slot(0)], false);
        write(&mut graph, project(gone, vec![(1, of)]), &[1])
    };
    assert_eq!(
        read(property(slot(0), "x")).unwrap_err(),
        Code::DeletedEntityAccess
    );
    assert_eq!(
        read(has_label(slot(0), "A")).unwrap_err(),
        Code::DeletedEntityAccess
    );
    assert_eq!(read(slot(0)).unwrap(), ["n0"]);
}

fn merge(input: Op, value: Expr, on_create: Vec<SetItem>, on_match: Vec<SetItem>) -> Op {
    let matched = filter(
        scan_label(argument(9, &[0]), 1, "A"),
        vec![equal(property(slot(1), "x"), value.clone())],
    );
    Op::Merge(Merge {
        input: Box::new(input),
        inner: Box::new(matched),
        row: Slot(9),
        adds: vec![Slot(1)],
        create: Create {
            input: unit(),
            nodes: vec![node(1, &["A"], Some(map(vec![("x", value)])))],
            edges: Vec::new(),
        },
        on_create,
        on_match,
        span: at(),
    })
}

#[test]
fn merging_sees_what_rows_before_it_created() {
    let mut graph = Graph::new();
    let input = unwind(Op::Unit, integers([5, 6, 5]), 0);
    let mark = |value: i64| {
        vec![SetItem::Property {
            entity: slot(1),
            key: "y".into(),
            value: lit(value),
        }]
    };
    let root = merge(input, slot(0), mark(1), mark(2));
    assert_eq!(
        write(&mut graph, root, &[0, 1]).unwrap(),
        ["5 n0", "6 n1", "5 n0"]
    );
    assert_eq!(nodes(&graph), "A(x:5 y:2) A(x:6 y:1)");
}

#[test]
fn merging_gives_every_match() {
    let mut graph = graph(&["A", "A"], &[]);
    let same = set(scan(Op::Unit, 0), vec![set_x(0, lit(7))]);
    write(&mut graph, same, &[]).unwrap();
    let root = merge(
        unwind(Op::Unit, integers([7]), 0),
        slot(0),
        Vec::new(),
        Vec::new(),
    );
    assert_eq!(write(&mut graph, root, &[0, 1]).unwrap(), ["7 n0", "7 n1"]);
    let null = merge(
        unwind(Op::Unit, integers([7]), 0),
        lit(Value::Null),
        Vec::new(),
        Vec::new(),
    );
    assert_eq!(
        write(&mut graph, null, &[]).unwrap_err(),
        Code::MergeReadOwnWrites
    );
}

#[test]
fn foreach_updates_for_each_element_and_keeps_rows() {
    let mut graph = graph(&["A"], &[]);
    let updates = set(
        argument(9, &[0, 1]),
        vec![set_x(0, add(property(slot(0), "x"), slot(1)))],
    );
    let root = Op::Foreach(Foreach {
        input: Box::new(scan(Op::Unit, 0)),
        list: lit(integers([1, 2, 3])),
        element: Slot(1),
        inner: Box::new(create(
            updates,
            vec![node(
                2,
                &["B"],
                Some(map(vec![("x", property(slot(0), "x"))])),
            )],
            Vec::new(),
        )),
        row: Slot(9),
    });
    assert_eq!(write(&mut graph, root, &[0]).unwrap(), ["n0"]);
    assert_eq!(nodes(&graph), "A(x:6) B(x:1) B(x:3) B(x:6)");
}

#[test]
fn an_inner_plan_that_writes_runs_row_by_row() {
    let mut graph = graph(&["A"], &[]);
    let update = set(
        scan_label(argument(9, &[]), 1, "A"),
        vec![set_x(1, add(property(slot(1), "x"), lit(1)))],
    );
    let inner = project(update, vec![(2, property(slot(1), "x"))]);
    let root = apply(
        unwind(Op::Unit, integers([0, 0, 0]), 0),
        inner,
        9,
        ApplyKind::Inner {
            adds: vec![Slot(2)],
        },
    );
    assert_eq!(write(&mut graph, root, &[2]).unwrap(), ["1", "2", "3"]);
    let inner = create(argument(9, &[]), vec![node(1, &[], None)], Vec::new());
    let root = apply(
        unwind(Op::Unit, integers([0, 0]), 0),
        inner,
        9,
        ApplyKind::Effect,
    );
    assert_eq!(write(&mut graph, root, &[0]).unwrap(), ["0", "0"]);
    assert_eq!(graph.node_count(), 3);
}
