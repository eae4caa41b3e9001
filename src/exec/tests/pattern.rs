//! Scans, expansions, intersections, index lookups.

use super::*;

/// Two parallel relationships, a self-loop, two types.
fn small() -> Graph {
    graph("A B A", "0R1 0R1 1S2 2R2 0S2")
}

/// Checks an operator over every node `a`.
fn over_nodes(answer: &str, op: &str, expected: &str) {
    let plan = format!("RETURN {answer}\n{op}\nNodeScan (a)");
    check(&small(), &plan, expected);
}

#[test]
fn scans_extend_every_row() {
    check(&small(), "RETURN a\nNodeScan (a)", "n0, n1, n2");
    check(&small(), "RETURN a\nNodeScan (a:A)", "n0, n2");
    check(&small(), "RETURN a\nNodeScan (a:Z)", "");
    let pairs = "RETURN a, b\nNodeScan (b:B)\nNodeScan (a:A)";
    check(&small(), pairs, "n0 n1, n2 n1");
}

#[test]
fn a_scan_continues_over_many_chunks() {
    check(
        &graph(&"A ".repeat(5_000), ""),
        "RETURN n, c
         Aggregate x AS n, count(DISTINCT a) AS c
         NodeScan (a)
         Unwind [0, 1, 2] AS x",
        "0 5000, 1 5000, 2 5000",
    );
}

#[test]
fn expansions_return_neighbours_in_their_order() {
    let outgoing = "n0 r0 n1, n0 r1 n1, n0 r4 n2, n1 r2 n2, n2 r3 n2";
    over_nodes("a, r, b", "Expand (a)-[r]->(b)", outgoing);
    let incoming = "n1 r0 n0, n1 r1 n0, n2 r3 n2";
    over_nodes("a, r, b", "Expand (a)<-[r:R]-(b)", incoming);
    over_nodes("a", "Expand (a)-[:Z]->(b)", "");
}

#[test]
fn both_directions_give_self_loops_once() {
    let expected =
        "n0 r0 n1, n0 r1 n1, n0 r4 n2, n1 r0 n0, n1 r1 n0, n1 r2 n2, n2 r4 n0, n2 r2 n1, n2 r3 n2";
    over_nodes("a, r, b", "Expand (a)-[r:R|S]-(b)", expected);
}

#[test]
fn extensions_with_dead_outputs_are_counted() {
    let count = "Aggregate count(*) AS c";
    over_nodes("c", &format!("{count}\nExpand (a)-[r]->(b)"), "5");
    over_nodes("c", &format!("{count}\nExpand (a)<-[r]-(b)"), "5");
    over_nodes("c", &format!("{count}\nExpand (a)-[r]-(b)"), "9");
    over_nodes("c", &format!("{count}\nNodeScan (b)"), "9");
}

#[test]
fn null_has_no_neighbours() {
    let null = "RETURN b\nExpand (a)-[]->(b)\nProject null AS a";
    check(&small(), null, "");
    let number = "RETURN b\nExpand (a)-[]->(b)\nProject 1 AS a";
    fails(&small(), number, Code::InvalidArgumentTypeAtRuntime);
}

#[test]
fn expanding_into_finds_parallel_relationships() {
    let pairs = |answer: &str, op: &str, expected: &str| {
        over_nodes(answer, &format!("{op}\nNodeScan (b)"), expected);
    };
    let one_way = "n0 n1 r0, n0 n1 r1, n2 n2 r3";
    pairs("a, b, r", "ExpandInto (a)-[r:R]->(b)", one_way);
    pairs("a, b", "ExpandInto (a)-[:R]->(b)", "n0 n1, n0 n1, n2 n2");
    let both_ways = "n0 n1 r0, n0 n1 r1, n1 n0 r0, n1 n0 r1, n2 n2 r3";
    pairs("a, b, r", "ExpandInto (a)-[r:R]-(b)", both_ways);
    let nodes = "n0 n1, n0 n1, n1 n0, n1 n0, n2 n2";
    pairs("a, b", "ExpandInto (a)-[:R]-(b)", nodes);
}

#[test]
fn relationships_are_scanned_once_or_from_both_ends() {
    let scan = |answer: &str, op: &str, expected: &str| {
        check(&small(), &format!("RETURN {answer}\n{op}"), expected);
    };
    let once = "r4 n0 n2, r2 n1 n2";
    scan("r, a, b", "RelationshipScan (a)-[r:S]->(b)", once);
    let twice = "r0 n0 n1, r0 n1 n0, r1 n0 n1, r1 n1 n0, r3 n2 n2";
    scan("r, a, b", "RelationshipScan (a)-[r:R]-(b)", twice);
    let all = "RETURN r\nRelationshipScan (a)-[r]->(b)";
    assert_eq!(rows(&small(), all).len(), 5);
    let counted = "Aggregate count(*) AS c\nRelationshipScan (a)-[r]-(b)";
    scan("c", counted, "9");
}

#[test]
fn relationships_are_scanned_for_every_row() {
    let edges = (0..40).flat_map(|a| (0..40).map(move |b| format!("{a}R{b} ")));
    check(
        &graph(&"A ".repeat(40), &edges.collect::<String>()),
        "RETURN n, c
         Aggregate x AS n, count(r) AS c
         RelationshipScan (a)-[r]-(b)
         Unwind [0, 1, 2] AS x",
        "0 3160, 1 3160, 2 3160",
    );
}

#[test]
fn triangles_are_closed_by_intersection() {
    let graph = graph("A A A A", "0R1 1R2 0R2 0R2 1R3");
    let close = |answer: &str, op: &str, expected: &str| {
        let plan = format!("RETURN {answer}\n{op}\nExpand (a)-[:R]->(b)\nNodeScan (a)");
        check(&graph, &plan, expected);
    };
    close(
        "a, b, c, r, s",
        "Intersect (a)-[r:R]->(c), (b)-[s:R]->(c)",
        "n0 n1 n2 r2 r1, n0 n1 n2 r3 r1",
    );
    let one_edge = "Intersect (a)-[:R]->(c), (b)-[s:R]->(c)";
    close("c, s", one_edge, "n2 r1, n2 r1");
    let counted = "Aggregate count(*) AS n\nIntersect (a)-[:R]->(c), (b)-[:R]->(c)";
    close("n", counted, "2");
    let three = "Intersect (a)-[:R]->(c), (b)-[:R]->(c), (a)-[r:R]->(c)";
    close("c, r", three, "n2 r2, n2 r2, n2 r3, n2 r3");
}

#[test]
fn indexes_and_scans_find_the_same_nodes() {
    let plain = graph("A A A B A", "");
    let mut indexed = plain.clone();
    let (label, key) = (indexed.intern_label("A"), indexed.intern_key("x"));
    indexed.create_index(label, key);
    let both = |lookup: &str, expected: &str| {
        let plan = format!("RETURN n\nIndexSeek (n:A) WHERE {lookup}");
        check(&plain, &plan, expected);
        check(&indexed, &plan, expected);
    };
    both("n.x = 2", "n2");
    both("n.x = 2.0", "n2");
    both("n.x = null", "");
    both("n.x IN [4, 1, 3, 1]", "n1, n4");
    both("n.x IN null", "");
    both("n.x > 1", "n2, n4");
    both("n.x >= 1 AND n.x <= 2", "n1, n2");
    both("n.x >= null AND n.x <= 2", "");
    both("n.x STARTS WITH 'a'", "");
    let number = "RETURN n\nIndexSeek (n:A) WHERE n.x IN 1";
    fails(&plain, number, Code::InvalidArgumentTypeAtRuntime);
}
