//! Messages: sums of the weights of neighbours.

use super::*;

/// Parallel relationships, a self-loop, two types, two labels.
fn small() -> Graph {
    graph("A B A", "0R1 0R1 1S2 2R2 0S2")
}

/// Checks the nodes `a` that a message keeps, each as often as it says.
fn counts(message: &str, weights: &str, expected: &str) {
    let plan = format!(
        "RETURN a, n\nAggregate a AS a, count(*) AS n\n{message}\n├─ NodeScan (a)\n└─ {weights}"
    );
    check(&small(), &plan, expected);
}

#[test]
fn a_row_counts_once_for_each_neighbour() {
    let all = "NodeScan (v)";
    counts("Message (a)-[]->(v)", all, "n0 3, n1 1, n2 1");
    counts("Message (a)<-[]-(v)", all, "n1 2, n2 3");
    counts("Message (a)-[]-(v)", all, "n0 3, n1 3, n2 3");
    counts("Message (a)-[:Z]->(v)", all, "");
}

#[test]
fn neighbours_count_by_their_weight() {
    counts("Message (a)-[]->(v)", "NodeScan (v:A)", "n0 1, n1 1, n2 1");
    counts(
        "Message (a)-[]->(v)",
        "Filter v.x = 1\n   NodeScan (v)",
        "n0 2",
    );
    let degrees = "Expand (v)-[]->()\n   NodeScan (v)";
    counts("Message (a)-[]->(v)", degrees, "n0 3, n1 1, n2 1");
    let twice = "NodeScan (v)\n   Unwind [1, 2] AS x";
    counts("Message (a)-[:R]-(v)", twice, "n0 4, n1 4, n2 2");
}

#[test]
fn common_neighbours_count_once_for_each_choice_of_relationships() {
    let all = "NodeScan (v)";
    counts("Message (a)-[:R]->(v), (a)-[:R]->(v)", all, "n0 4, n2 1");
    counts("Message (a)-[:R]->(v), (a)-[:S]->(v)", all, "");
    counts("Message (a)-[]->(v), (a)-[]-(v)", "NodeScan (v:B)", "n0 4");
    counts(
        "Message (a)-[]-(v), (a)-[]->(v), (a)-[]-(v)",
        all,
        "n0 9, n1 1, n2 1",
    );
}

#[test]
fn exceptions_are_subtracted_once() {
    let all = "NodeScan (v)";
    counts("Message (a)-[]-(v) EXCEPT v = a", all, "n0 3, n1 3, n2 2");
    counts(
        "Message (a)-[]-(v) EXCEPT v = a, v = a",
        all,
        "n0 3, n1 3, n2 2",
    );
    counts(
        "Message (a)-[]-(v) EXCEPT (a)-[:R]->(v)",
        all,
        "n0 1, n1 3, n2 2",
    );
    counts(
        "Message (a)-[]-(v) EXCEPT (a)-[:R]->(v), v = a",
        all,
        "n0 1, n1 3, n2 2",
    );
    counts(
        "Message (a)-[]-(v) EXCEPT (a)-[:R]->(v), (a)-[]->(v)",
        all,
        "n1 2, n2 2",
    );
    counts(
        "Message (a)-[]-(v), (a)-[]-(v) EXCEPT v = a",
        all,
        "n0 5, n1 5, n2 2",
    );
    counts(
        "Message (a)-[]-(v) EXCEPT (a)-[:R]->(v)",
        "NodeScan (v:A)",
        "n0 1, n1 3, n2 1",
    );
}

#[test]
fn a_relationship_of_the_row_is_subtracted() {
    let counted = |message: &str, weights: &str, expected: &str| {
        let plan = format!(
            "RETURN r, n\nAggregate r AS r, count(*) AS n\n{message}\n├─ Expand (a)-[r]->(b)\n│  NodeScan (a)\n└─ {weights}"
        );
        check(&small(), &plan, expected);
    };
    let all = "NodeScan (v)";
    let others = "r0 2, r1 2, r4 2";
    counted("Message (a)-[]->(v) EXCEPT r", all, others);
    counted(
        "Message (b)-[]-(v) EXCEPT r",
        all,
        "r0 2, r1 2, r4 2, r2 2, r3 2",
    );
    counted(
        "Message (a)-[]->(v) EXCEPT r, v = b",
        all,
        "r0 1, r1 1, r4 2",
    );
    counted(
        "Message (a)-[]->(v) EXCEPT r",
        "NodeScan (v:A)",
        "r0 1, r1 1",
    );
    counted("Message (a)<-[:R]-(v) EXCEPT r", all, "r2 2");
}

#[test]
fn a_message_can_be_a_test_or_a_number() {
    let all = "NodeScan (v)";
    counts("OptionalMessage (a)-[:R]->(v)", all, "n0 2, n1 1, n2 1");
    counts("SemiMessage (a)-[:R]->(v)", all, "n0 1, n2 1");
    counts("AntiMessage (a)-[:R]->(v)", all, "n1 1");
    let plan = "RETURN a, n\nCountMessage n OF (a)-[:R]->(v)\n├─ NodeScan (a)\n└─ NodeScan (v)";
    check(&small(), plan, "n0 2, n1 0, n2 1");
    let dead = "RETURN a\nCountMessage n OF (a)-[:R]->(v)\n├─ NodeScan (a)\n└─ NodeScan (v)";
    check(&small(), dead, "n0, n1, n2");
}

#[test]
fn null_has_no_neighbours_but_optional_rows_stay() {
    let over_null = |kind: &str| {
        format!("RETURN a\n{kind} (a)-[]->(v)\n├─ Project null AS a\n└─ NodeScan (v:A)")
    };
    check(&small(), &over_null("Message"), "");
    check(&small(), &over_null("SemiMessage"), "");
    check(&small(), &over_null("OptionalMessage"), "-");
    check(&small(), &over_null("AntiMessage"), "-");
}

#[test]
fn sums_are_kept_when_rows_repeat() {
    let plan = |weights: &str| {
        format!(
            "RETURN n
             Aggregate count(*) AS n
             Message (a)-[]-(v)
             ├─ NodeScan (a)
             │  Unwind range(1, 3000) AS x
             └─ {weights}"
        )
    };
    check(&small(), &plan("NodeScan (v)"), "27000");
    check(&small(), &plan("NodeScan (v:A)"), "18000");
}

#[test]
fn messages_inside_of_inner_plans_are_computed_once() {
    check(
        &small(),
        "RETURN a, n
         CountApply n ROW @9
         ├─ NodeScan (a)
         │  Unwind range(1, 2) AS x
         └─ Message (b)-[]->(v)
            ├─ Expand (a)-[]->(b)
            │  Argument a
            └─ NodeScan (v:A)",
        "n0 3, n0 3, n1 1, n1 1, n2 1, n2 1",
    );
}

#[test]
fn more_than_64_bits_of_rows_are_an_error() {
    let many = "NodeScan (v)\n   ".to_owned()
        + &(0..5)
            .map(|at| format!("Unwind range(1, 8000) AS x{at}\n   "))
            .collect::<String>();
    let many = many.trim_end();
    let plan = format!(
        "RETURN n\nAggregate count(*) AS n\nMessage (a)-[]->(v)\n├─ NodeScan (a)\n└─ PreAggregate v\n   {many}"
    );
    fails(&small(), &plan, Code::NumericOverflow);
}

#[test]
fn pairs_with_a_partner_differ() {
    let pairs = |message: &str, expected: &str| {
        let plan = format!(
            "RETURN a, n\nAggregate a AS a, count(*) AS n\nMessage {message}\nNodeScan (a)"
        );
        check(&small(), &plan, expected);
    };
    let different = "(a)-[]-(v) TIMES (a)-[]-(w) OTHER NODE";
    pairs(different, "n0 4, n1 4, n2 6");
    let different = "(a)-[]-(v) TIMES (a)-[]-(w) OTHER RELATIONSHIP";
    pairs(different, "n0 6, n1 6, n2 6");
    pairs("(a)-[:R]->(v) TIMES (a)<-[:R]-(w) OTHER RELATIONSHIP", "");
    pairs(
        "(a)-[]->(v) TIMES (a)<-[]-(w) OTHER RELATIONSHIP",
        "n1 2, n2 2",
    );
    pairs("(a)-[]->(v) TIMES (a)<-[]-(w) OTHER NODE", "n1 2, n2 2");
    pairs(
        "(a)-[]-(v) TIMES (a)-[:R]->(w) OTHER NODE EXCEPT v = a",
        "n0 2, n2 2",
    );
}

#[test]
fn a_partner_may_hang_on_another_node() {
    let counted = |message: &str, weights: &str, expected: &str| {
        let plan = format!(
            "RETURN r, n
             Aggregate r AS r, count(*) AS n
             Message {message}
             ├─ Expand (a)-[r:R]->(b)
             │  NodeScan (a)
             └─ {weights}"
        );
        check(&small(), &plan, expected);
    };
    let all = "NodeScan (v)";
    counted(
        "(a)-[]->(v) TIMES (b)-[]->(w) OTHER NODE",
        all,
        "r0 2, r1 2",
    );
    counted(
        "(a)-[]->(v) TIMES (b)<-[]-(w) OTHER RELATIONSHIP",
        all,
        "r0 4, r1 4, r3 2",
    );
    counted(
        "(a)-[]-(v) TIMES (b)-[]-(w) OTHER RELATIONSHIP",
        "NodeScan (v:B)",
        "r0 4, r1 4, r3 2",
    );
}

/// Six nodes with parallel relationships and self-loops.
fn six() -> Graph {
    graph(
        "A A B A B A",
        "0R1 0R1 1R0 2R2 2R3 3R2 0R2 4R1 4R1 5R5 5R0 1R1 3S1 2S1 0S1",
    )
}

#[test]
fn marked_neighbours_are_the_common_ones() {
    let both = |above: &str, other: &str| {
        let plan = |op: &str| {
            format!(
                "RETURN k, n\nAggregate {above} AS k, count(*) AS n\n{op}\nNodeScan (b)\nNodeScan (a)"
            )
        };
        let sorted = |op: &str| {
            let mut found = rows(&six(), &plan(op));
            found.sort();
            found
        };
        let common = sorted(&format!("Intersect (a)-[]-(v), (b){other}(v)"));
        let expanded = sorted(&format!("ExpandInto (b){other}(v)\nExpand (a)-[]-(v)"));
        assert_eq!(common, expanded, "{other}");
        assert!(!common.is_empty());
    };
    for other in ["-[]->", "<-[:R]-", "-[]-"] {
        both("a", other);
        both("b", other);
        both("v", other);
    }
}

#[test]
fn marked_neighbours_are_subtracted() {
    let counted = |source: &str| {
        let plan = |op: &str| {
            format!(
                "RETURN a, b, n\nAggregate a AS a, b AS b, count(*) AS n\n{op}\nNodeScan (b)\nNodeScan (a)"
            )
        };
        let other = if source == "a" { "b" } else { "a" };
        let message = format!("Message ({other})-[]-(v) EXCEPT ({source})-[:R]->(v)");
        let tested = format!("Filter NOT ({source})-[:R]->(v)\nExpand ({other})-[]-(v)");
        assert_eq!(rows(&six(), &plan(&message)), rows(&six(), &plan(&tested)));
    };
    counted("a");
    counted("b");
}

#[test]
fn neighbours_of_a_node_of_several_rows_are_excepted_once() {
    // Parallel relationships, self-loops, and several rows in a row for each `a`.
    let edges: Vec<_> = (0..12)
        .flat_map(|from| (1..=6).map(move |step| format!("{from}R{}", from * step % 12)))
        .chain((0..12).map(|node| format!("{node}R{node}")))
        .collect();
    let graph = graph(&"A ".repeat(12), &edges.join(" "));
    let below = "Expand (a)-[r]-(b)\nNodeScan (a)";
    let except = |exceptions: &str, filter: &str| {
        for weights in ["NodeScan (v)", "Expand (v)-[]->()\n   NodeScan (v)"] {
            let found = format!(
                "RETURN a, b, n\nAggregate a AS a, b AS b, count(*) AS n\n\
                 Message (b)-[]-(v) EXCEPT {exceptions}\n\
                 ├─ Expand (a)-[r]-(b)\n│  NodeScan (a)\n└─ {weights}"
            );
            let weigh = match weights {
                "NodeScan (v)" => "",
                _ => "Expand (v)-[]->()\n",
            };
            let expected = format!(
                "RETURN a, b, n\nAggregate a AS a, b AS b, count(*) AS n\n{weigh}\
                 Filter {filter}\nExpand (b)-[s]-(v)\n{below}"
            );
            assert_eq!(rows(&graph, &found), rows(&graph, &expected), "{found}");
        }
    };
    let adjacent = "NOT (a)-[]->(v)";
    except("(a)-[]->(v)", adjacent);
    except("v = a, (a)-[]->(v)", &format!("v <> a AND {adjacent}"));
    except("r, (a)-[]->(v)", &format!("s <> r AND {adjacent}"));
    except(
        "v = a, r, (a)-[]->(v), (a)<-[]-(v)",
        &format!("v <> a AND s <> r AND {adjacent} AND NOT (a)<-[]-(v)"),
    );
}
