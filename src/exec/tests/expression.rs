//! Expressions.

use super::*;

/// Checks an expression on rows that hold 1, 2 and null in `a`.
fn values(expr: &str, expected: &str) {
    let plan = format!("RETURN v\nProject {expr} AS v\nUnwind [1, 2, null] AS a");
    check(&empty(), &plan, expected);
}

/// Checks that an expression fails on rows that hold 1 and 2 in `a`.
fn fails(expr: &str, code: Code) {
    let plan = format!("RETURN v\nProject {expr} AS v\nUnwind [1, 2] AS a");
    super::fails(&empty(), &plan, code);
}

#[test]
fn comparison_and_arithmetic_know_null() {
    values("a = 1", "true, false, -");
    values("a <> 1", "false, true, -");
    values("1 >= a", "true, false, -");
    values("a + a", "2, 4, -");
    values("-a", "-1, -2, -");
    values("a < 'a'", "-, -, -");
    fails("9223372036854775807 + a", Code::NumericOverflow);
    fails("a / 0", Code::DivisionByZero);
}

#[test]
fn logic_has_three_values() {
    values("a = 1 AND null", "-, false, -");
    values("a = 1 OR null", "true, -, -");
    values("a = 1 XOR true", "false, true, -");
    values("NOT a = 1", "false, true, -");
    values("a IS NULL", "false, false, true");
    values("a IS NOT NULL", "true, true, false");
    fails("NOT a", Code::InvalidArgumentTypeAtRuntime);
}

#[test]
fn an_operand_that_fails_is_skipped_if_the_answer_is_known() {
    fails("1 / (a + -2) = -1", Code::DivisionByZero);
    values("a = 1 AND 1 / (a + -2) = -1", "true, false, -");
    values("NOT a = 1 OR 1 / (a + -2) = -1", "true, true, -");
    fails("a = 1 OR 1 / (a + -2) = -1", Code::DivisionByZero);
}

#[test]
fn a_branch_that_is_not_taken_cannot_fail() {
    values("CASE WHEN a = 1 THEN 2 / (a + -2) ELSE a END", "-2, 2, -");
    values("CASE a WHEN 1 THEN 2 / (a + -2) END", "-2, -, -");
    values("CASE a WHEN null THEN 2 / (a + -2) ELSE 'x' END", "x, x, x");
    fails("CASE WHEN true THEN 2 / (a + -2) END", Code::DivisionByZero);
}

#[test]
fn lists_and_maps_are_made_and_read() {
    values("[a, 'b']", "[1 b], [2 b], [- b]");
    values("[a, 'b'][-1]", "b, b, b");
    values("[a, 'b'][..a]", "[1], [2 b], -");
    values(
        "{a: a, b: true}",
        "{a:1 b:true}, {a:2 b:true}, {a:- b:true}",
    );
    values("{a: a, b: true}.a", "1, 2, -");
    values("{a: a, b: true}.z", "-, -, -");
    fails("a.a", Code::PropertyAccessOnNonMap);
    values(
        "{a: a, b: true} {.*, .z, b: a}",
        "{a:1 b:1 z:-}, {a:2 b:2 z:-}, {a:- b:- z:-}",
    );
    values("a IN [2, 3]", "false, true, -");
    fails("a IN a", Code::InvalidArgumentTypeAtRuntime);
}

#[test]
fn strings_are_searched() {
    values("'abc' STARTS WITH 'ab'", "true, true, true");
    values("'abc' ENDS WITH 'ab'", "false, false, false");
    values("'abc' CONTAINS 'b'", "true, true, true");
    values("'abc' =~ 'a.c'", "true, true, true");
}

#[test]
fn comprehensions_read_their_row() {
    values("[x IN [1, 2, 3] WHERE x > a]", "[2 3], [3], []");
    values("[x IN [1, 2, 3] | x + a]", "[2 3 4], [3 4 5], [- - -]");
    values("[x IN null | x]", "-, -, -");
    fails("[x IN a]", Code::InvalidArgumentTypeAtRuntime);
    values(
        "[x IN [1, 2, 3] | [x, a]]",
        "[[1 1] [2 1] [3 1]], [[1 2] [2 2] [3 2]], [[1 -] [2 -] [3 -]]",
    );
}

#[test]
fn long_lists_are_evaluated_in_parts() {
    let half = "size([x IN range(0, 9999) WHERE x < 5000])";
    values(half, "5000, 5000, 5000");
    let sum = "reduce(s = a, x IN range(0, 9999) | s + x)";
    values(sum, "49995001, 49995002, -");
}

#[test]
fn quantifiers_know_null() {
    values("all(x IN [1, null, 3] WHERE x > a)", "false, false, -");
    values("any(x IN [1, null, 3] WHERE x > a)", "true, true, -");
    values("none(x IN [1, null, 3] WHERE x > a)", "false, false, -");
    values("single(x IN [1, null, 3] WHERE x > a)", "-, -, -");
}

#[test]
fn functions_are_called_for_each_row() {
    values("toString(a)", "1, 2, -");
    values("coalesce(a, 9)", "1, 2, 9");
}

#[test]
fn properties_and_labels_of_entities() {
    let graph = graph("A B", "0R1");
    let one = |expr: &str, expected: &str| {
        let plan = format!("RETURN v\nProject {expr} AS v\nExpand (a)-[r]->()\nNodeScan (a)");
        check(&graph, &plan, expected);
    };
    one("r.x", "0");
    one("a:A", "true");
    one("r:R", "true");
    one("r:A", "false");
    one("a.nix", "-");
    one("a {.*}", "{x:0}");
    one("r['x']", "0");
    for (test, expected) in [("=", "n1"), ("<", "n0"), (">", "")] {
        for number in ["1", "1.0"] {
            let plan = format!("RETURN a\nFilter a.x {test} {number}\nNodeScan (a)");
            check(&graph, &plan, expected);
        }
    }
}

#[test]
fn paths_are_built_from_relationships_and_lists() {
    let graph = graph("A A A", "0R1 2R1");
    let expected = "[n0, n1, n2][r0, r1], [n2, n1, n0][r1, r0]";
    check(
        &graph,
        "RETURN p
         Project a-r-b-s-c AS p
         Filter disjoint(r, s)
         Expand (b)<-[s]-(c)
         Expand (a)-[r]->(b)
         NodeScan (a)",
        expected,
    );
    check(
        &graph,
        "RETURN p
         Project a-l-c AS p
         Project [r, s] AS l
         Filter disjoint(r, s)
         Expand (b)<-[s]-(c)
         Expand (a)-[r]->(b)
         NodeScan (a)",
        expected,
    );
}

#[test]
fn whether_nodes_are_connected() {
    let graph = graph("A A", "0R1");
    let connected = |pattern: &str, expected: &str| {
        let plan = format!("RETURN a, b\nFilter {pattern}\nNodeScan (b)\nNodeScan (a)");
        check(&graph, &plan, expected);
    };
    connected("(a)-[:R]->(b)", "n0 n1");
    connected("(a)<-[:R]-(b)", "n1 n0");
    connected("(a)-[:R]-(b)", "n0 n1, n1 n0");
}

#[test]
fn errors_have_a_span() {
    let plan = "RETURN v\nProject 1 / 0 AS v";
    let failure = outcome(&empty(), plan, &options()).unwrap_err();
    assert_eq!(failure.span.map(|span| &plan[span.range()]), Some("1 / 0"));
}
