//! Expressions.

use super::*;
use crate::plan::{MapItem, PathStep, Quantifier, StringOp};

/// The value of an expression over a graph with nothing in it, on rows that hold 1, 2 and null in slot 0.
fn values(of: Expr) -> String {
    let list = Value::list(vec![1.into(), 2.into(), Value::Null]);
    let root = project(unwind(Op::Unit, list, 0), vec![(1, of)]);
    rows(&Graph::new(), root, &[1]).join(" ")
}

fn fails(of: Expr) -> Code {
    let root = project(unwind(Op::Unit, integers([1, 2]), 0), vec![(1, of)]);
    outcome(&Graph::new(), root, &[1]).unwrap_err()
}

fn list(items: Vec<Expr>) -> Expr {
    expr(ExprKind::List(items))
}

fn is_one() -> Expr {
    equal(slot(0), lit(1))
}

/// Fails unless slot 0 is 1.
fn fragile() -> Expr {
    equal(divide(lit(1), add(slot(0), lit(-2))), lit(-1))
}

#[test]
fn comparison_and_arithmetic_know_null() {
    assert_eq!(values(is_one()), "true false -");
    assert_eq!(
        values(compare(CompareOp::NotEqual, slot(0), lit(1))),
        "false true -"
    );
    assert_eq!(
        values(compare(CompareOp::GreaterOrEqual, lit(1), slot(0))),
        "true false -"
    );
    assert_eq!(values(add(slot(0), slot(0))), "2 4 -");
    assert_eq!(values(expr(ExprKind::Negate(boxed(slot(0))))), "-1 -2 -");
    assert_eq!(values(compare(CompareOp::Less, slot(0), lit("a"))), "- - -");
    assert_eq!(fails(add(lit(i64::MAX), slot(0))), Code::NumericOverflow);
    assert_eq!(fails(divide(slot(0), lit(0))), Code::DivisionByZero);
}

#[test]
fn logic_has_three_values() {
    let both = |kind: fn(Vec<Expr>) -> ExprKind, other: Expr| expr(kind(vec![is_one(), other]));
    assert_eq!(values(both(ExprKind::And, lit(Value::Null))), "- false -");
    assert_eq!(values(both(ExprKind::Or, lit(Value::Null))), "true - -");
    assert_eq!(
        values(expr(ExprKind::Xor(boxed(is_one()), boxed(lit(true))))),
        "false true -"
    );
    assert_eq!(values(expr(ExprKind::Not(boxed(is_one())))), "false true -");
    assert_eq!(
        values(expr(ExprKind::IsNull(boxed(slot(0))))),
        "false false true"
    );
    assert_eq!(
        values(expr(ExprKind::IsNotNull(boxed(slot(0))))),
        "true true false"
    );
    assert_eq!(
        fails(expr(ExprKind::Not(boxed(slot(0))))),
        Code::InvalidArgumentTypeAtRuntime
    );
}

#[test]
fn an_operand_that_fails_is_skipped_where_the_answer_is_known() {
    assert_eq!(fails(fragile()), Code::DivisionByZero);
    assert_eq!(
        values(expr(ExprKind::And(vec![is_one(), fragile()]))),
        "true false -"
    );
    let not_one = expr(ExprKind::Not(boxed(is_one())));
    assert_eq!(
        values(expr(ExprKind::Or(vec![not_one, fragile()]))),
        "true true -"
    );
    assert_eq!(
        fails(expr(ExprKind::Or(vec![is_one(), fragile()]))),
        Code::DivisionByZero
    );
}

#[test]
fn a_branch_that_is_not_taken_cannot_fail() {
    let case = |operand: Option<Expr>, when: Expr, otherwise: Option<Expr>| {
        expr(ExprKind::Case {
            operand: operand.map(Box::new),
            branches: vec![(when, divide(lit(2), add(slot(0), lit(-2))))],
            otherwise: otherwise.map(Box::new),
        })
    };
    assert_eq!(values(case(None, is_one(), Some(slot(0)))), "-2 2 -");
    assert_eq!(values(case(Some(slot(0)), lit(1), None)), "-2 - -");
    assert_eq!(
        values(case(Some(slot(0)), lit(Value::Null), Some(lit("x")))),
        "x x x"
    );
    assert_eq!(fails(case(None, lit(true), None)), Code::DivisionByZero);
}

#[test]
fn lists_and_maps_are_made_and_read() {
    let pair = || list(vec![slot(0), lit("b")]);
    assert_eq!(values(pair()), "[1 b] [2 b] [- b]");
    assert_eq!(
        values(expr(ExprKind::Index(boxed(pair()), boxed(lit(-1))))),
        "b b b"
    );
    let slice = ExprKind::Slice(boxed(pair()), None, Some(boxed(slot(0))));
    assert_eq!(values(expr(slice)), "[1] [2 b] -");
    let map = || {
        expr(ExprKind::Map(vec![
            ("a".into(), slot(0)),
            ("b".into(), lit(true)),
        ]))
    };
    assert_eq!(values(map()), "{a:1 b:true} {a:2 b:true} {a:- b:true}");
    assert_eq!(values(property(map(), "a")), "1 2 -");
    assert_eq!(values(property(map(), "z")), "- - -");
    assert_eq!(fails(property(slot(0), "a")), Code::PropertyAccessOnNonMap);
    let items = vec![
        MapItem::All,
        MapItem::Property(key("z")),
        MapItem::Entry("b".into(), slot(0)),
    ];
    assert_eq!(
        values(expr(ExprKind::MapProjection(boxed(map()), items))),
        "{a:1 b:1 z:-} {a:2 b:2 z:-} {a:- b:- z:-}"
    );
    assert_eq!(
        values(expr(ExprKind::In(
            boxed(slot(0)),
            boxed(lit(integers([2, 3])))
        ))),
        "false true -"
    );
    assert_eq!(
        fails(expr(ExprKind::In(boxed(slot(0)), boxed(slot(0))))),
        Code::InvalidArgumentTypeAtRuntime
    );
}

#[test]
fn strings_are_searched() {
    let test = |op, part: &str| {
        values(expr(ExprKind::String(
            op,
            boxed(lit("abc")),
            boxed(lit(part)),
        )))
    };
    assert_eq!(test(StringOp::StartsWith, "ab"), "true true true");
    assert_eq!(test(StringOp::EndsWith, "ab"), "false false false");
    assert_eq!(test(StringOp::Contains, "b"), "true true true");
    assert_eq!(test(StringOp::Matches, "a.c"), "true true true");
}

fn comprehension(of: Expr, predicate: Option<Expr>, map: Option<Expr>) -> Expr {
    expr(ExprKind::ListComprehension {
        variable: Slot(5),
        list: boxed(of),
        predicate: predicate.map(Box::new),
        map: map.map(Box::new),
    })
}

#[test]
fn comprehensions_read_their_row() {
    let three = || lit(integers([1, 2, 3]));
    let larger = || compare(CompareOp::Greater, slot(5), slot(0));
    assert_eq!(
        values(comprehension(three(), Some(larger()), None)),
        "[2 3] [3] []"
    );
    assert_eq!(
        values(comprehension(three(), None, Some(add(slot(5), slot(0))))),
        "[2 3 4] [3 4 5] [- - -]"
    );
    assert_eq!(
        values(comprehension(lit(Value::Null), None, Some(slot(5)))),
        "- - -"
    );
    assert_eq!(
        fails(comprehension(slot(0), None, None)),
        Code::InvalidArgumentTypeAtRuntime
    );
    let nested = comprehension(three(), None, Some(list(vec![slot(5), slot(0)])));
    assert_eq!(
        values(nested),
        "[[1 1] [2 1] [3 1]] [[1 2] [2 2] [3 2]] [[1 -] [2 -] [3 -]]"
    );
}

#[test]
fn long_lists_are_worked_through_in_parts() {
    let long = || lit(integers(0..10_000));
    let kept = comprehension(
        long(),
        Some(compare(CompareOp::Less, slot(5), lit(5_000))),
        None,
    );
    assert_eq!(values(call("size", vec![kept])), "5000 5000 5000");
    let sum = expr(ExprKind::Reduce {
        accumulator: Slot(6),
        init: boxed(slot(0)),
        variable: Slot(5),
        list: boxed(long()),
        body: boxed(add(slot(6), slot(5))),
    });
    assert_eq!(values(sum), "49995001 49995002 -");
}

#[test]
fn quantifiers_know_null() {
    let test = |quantifier| {
        let items = Value::list(vec![1.into(), Value::Null, 3.into()]);
        let predicate = compare(CompareOp::Greater, slot(5), slot(0));
        let quantified = ExprKind::Quantifier {
            quantifier,
            variable: Slot(5),
            list: boxed(lit(items)),
            predicate: boxed(predicate),
        };
        values(expr(quantified))
    };
    assert_eq!(test(Quantifier::All), "false false -");
    assert_eq!(test(Quantifier::Any), "true true -");
    assert_eq!(test(Quantifier::None), "false false -");
    assert_eq!(test(Quantifier::Single), "- - -");
}

#[test]
fn functions_are_called_for_each_row() {
    assert_eq!(values(call("toString", vec![slot(0)])), "1 2 -");
    assert_eq!(values(call("coalesce", vec![slot(0), lit(9)])), "1 2 9");
}

#[test]
fn properties_and_labels_of_entities() {
    let graph = graph(&["A", "B"], &[(0, "R", 1)]);
    let expand = || {
        Op::Expand(step(
            scan(Op::Unit, 0),
            0,
            Towards::Outgoing,
            &[],
            Some(1),
            None,
        ))
    };
    let one = |of: Expr| rows(&graph, project(expand(), vec![(2, of)]), &[2]).join(" ");
    assert_eq!(one(property(slot(1), "x")), "0");
    assert_eq!(one(has_label(slot(0), "A")), "true");
    assert_eq!(one(has_label(slot(1), "R")), "true");
    assert_eq!(one(has_label(slot(1), "A")), "false");
    assert_eq!(one(property(slot(0), "nix")), "-");
    let whole = MapItem::All;
    assert_eq!(
        one(expr(ExprKind::MapProjection(boxed(slot(0)), vec![whole]))),
        "{x:0}"
    );
    assert_eq!(
        one(expr(ExprKind::Index(boxed(slot(1)), boxed(lit("x"))))),
        "0"
    );
    for (op, found) in [
        (CompareOp::Equal, "n1"),
        (CompareOp::Less, "n0"),
        (CompareOp::Greater, ""),
    ] {
        let chosen = filter(
            scan(Op::Unit, 0),
            vec![compare(op, property(slot(0), "x"), lit(1))],
        );
        assert_eq!(rows(&graph, chosen, &[0]).join(" "), found);
        let chosen = filter(
            scan(Op::Unit, 0),
            vec![compare(op, property(slot(0), "x"), lit(1.0))],
        );
        assert_eq!(rows(&graph, chosen, &[0]).join(" "), found);
    }
}

#[test]
fn paths_are_put_together_of_relationships_and_lists() {
    let graph = graph(&["A"; 3], &[(0, "R", 1), (2, "R", 1)]);
    let first = Op::Expand(step(
        scan(Op::Unit, 0),
        0,
        Towards::Outgoing,
        &[],
        Some(1),
        Some(2),
    ));
    let second = Op::Expand(step(first, 2, Towards::Incoming, &[], Some(3), Some(4)));
    let apart = filter(second, vec![expr(ExprKind::Disjoint(Slot(1), Slot(3)))]);
    let steps = vec![
        PathStep {
            edge: Slot(1),
            node: Slot(2),
        },
        PathStep {
            edge: Slot(3),
            node: Slot(4),
        },
    ];
    let path = expr(ExprKind::Path {
        start: Slot(0),
        steps,
    });
    let both = project(apart.clone(), vec![(5, path)]);
    assert_eq!(
        rows(&graph, both, &[5]),
        ["[n0, n1, n2][r0, r1]", "[n2, n1, n0][r1, r0]"]
    );
    let listed = project(apart, vec![(6, list(vec![slot(1), slot(3)]))]);
    let steps = vec![PathStep {
        edge: Slot(6),
        node: Slot(4),
    }];
    let path = expr(ExprKind::Path {
        start: Slot(0),
        steps,
    });
    assert_eq!(
        rows(&graph, project(listed, vec![(7, path)]), &[7]),
        ["[n0, n1, n2][r0, r1]", "[n2, n1, n0][r1, r0]"]
    );
}

#[test]
fn whether_nodes_are_connected() {
    let graph = graph(&["A"; 2], &[(0, "R", 1)]);
    let test = |either| {
        let edge = ExprKind::HasEdge {
            from: Slot(0),
            to: Slot(1),
            types: types(&["R"]),
            either,
        };
        let pairs = filter(scan(scan(Op::Unit, 0), 1), vec![expr(edge)]);
        rows(&graph, pairs, &[0, 1]).join(", ")
    };
    assert_eq!(test(false), "n0 n1");
    assert_eq!(test(true), "n0 n1, n1 n0");
}

#[test]
fn what_goes_wrong_has_a_place() {
    let root = project(Op::Unit, vec![(1, divide(lit(1), lit(0)))]);
    let failure = run(
        &plan(root, &[1]),
        Access::Read(&Graph::new()),
        &[],
        &options(),
    )
    .unwrap_err();
    assert_eq!(failure.span, Some(at()));
}
