//! Trails and shortest paths.

use super::*;

/// A diamond from 0 to 3 with a way back, and a longer way from 0 to 3.
fn diamond() -> Graph {
    graph("A A A A A A", "0R1 0R2 1R3 2R3 3R0 0R4 4R5 5R3")
}

/// A plan that follows trails `(a)-[r]->(b)` from node `from`.
fn from(from: usize, op: &str) -> String {
    format!("RETURN b, r\n{op}\nFilter a.x = {from}\nNodeScan (a)")
}

/// A plan that searches trails `(a)-[r]->(b)` between two nodes.
fn between(from: usize, to: usize, op: &str) -> String {
    let nodes = "NodeScan (b)\nNodeScan (a)";
    format!("RETURN b, r\n{op}\nFilter a.x = {from} AND b.x = {to}\n{nodes}")
}

fn check_from(start: usize, op: &str, expected: &str) {
    check(&diamond(), &from(start, op), expected);
}

fn check_between(start: usize, end: usize, op: &str, expected: &str) {
    check(&diamond(), &between(start, end, op), expected);
}

#[test]
fn trails_come_depth_first_within_their_bounds() {
    let expected = "n1 [r0], n3 [r0 r2], n2 [r1], n3 [r1 r3], n4 [r5], n5 [r5 r6]";
    check_from(0, "VarExpand (a)-[r:R*1..2]->(b)", expected);
    check_from(1, "VarExpand (a)-[r:R*0..1]->(b)", "n1 [], n3 [r2]");
    check_from(1, "VarExpand (a)-[r:R*0..0]->(b)", "n1 []");
    check_from(0, "VarExpand (a)-[r:R*2..1]->(b)", "");
}

#[test]
fn no_relationship_repeats() {
    let all = rows(&diamond(), &from(3, "VarExpand (a)-[r:R*1..]->(b)"));
    assert_eq!(all.len(), 8);
    assert!(all.iter().all(|line| line.matches("r4").count() <= 1));
    check_from(3, "VarExpand (a)-[r:R*8..]->(b)", "");
}

#[test]
fn trails_run_in_both_directions_and_backwards() {
    check_from(5, "VarExpand (a)-[r:R*1..1]-(b)", "n3 [r7], n4 [r6]");
    let expected = "n0 [r0 r2], n0 [r1 r3], n4 [r6 r7]";
    check_from(3, "VarExpand (a)<-[r:R*2..2]-(b) REVERSED", expected);
}

/// A graph with more trails than can be counted.
fn complete() -> Graph {
    let ends = (0..12).flat_map(|from| (0..12).map(move |to| (from, to)));
    let edges = ends.filter(|(from, to)| from != to);
    let edges = edges.map(|(from, to)| format!("{from}R{to}"));
    graph(&"A ".repeat(12), &edges.collect::<Vec<_>>().join(" "))
}

#[test]
fn the_first_rows_come_before_all_trails_are_counted() {
    let limited = "RETURN a\nLimit 2\nVarExpand (a)-[:R*1..]->(b)\nNodeScan (a)";
    check(&complete(), limited, "n0, n0");
    let limited =
        "RETURN a\nLimit 2\nExpand (b)-[:R]->()\nVarExpand (a)-[:R*1..]->(b)\nNodeScan (a)";
    check(&complete(), limited, "n0, n0");
    let inner = "Limit 1\n   VarExpand (a)-[r:R*2..]->(b)\n   Argument a";
    let applied = format!("RETURN a, r\nLimit 2\nApply r ROW @9\n├─ NodeScan (a)\n└─ {inner}");
    check(&complete(), &applied, "n0 [r0 r11], n1 [r11 r0]");
}

#[test]
fn a_pruning_expansion_returns_each_end_once() {
    let ends = |start, op: &str, expected| {
        let plan = from(start, op).replacen("b, r", "b", 1);
        check(&diamond(), &plan, expected);
    };
    ends(
        0,
        "PruningVarExpand (a)-[:R*1..2]->(b)",
        "n1, n2, n4, n3, n5",
    );
    ends(1, "PruningVarExpand (a)-[:R*0..1]->(b)", "n1, n3");
    ends(
        3,
        "PruningVarExpand (a)-[:R*1..]->(b)",
        "n0, n1, n2, n4, n3, n5",
    );
    ends(
        3,
        "PruningVarExpand (a)-[:R*0..]->(b)",
        "n3, n0, n1, n2, n4, n5",
    );
    ends(3, "PruningVarExpand (a)-[:R*1..2]->(b)", "n0, n1, n2, n4");
    ends(0, "PruningVarExpand (a)-[:R*2..3]->(b)", "n3, n0, n5");
    ends(0, "PruningVarExpand (a)-[:R*2..1]->(b)", "");
    let tested = "PruningVarExpand (a)-[:R*1..]->(b) FOR EDGE e WHERE e.x <> 5 AND e.x <> a.x";
    ends(0, tested, "n2, n3, n0");
}

#[test]
fn without_direction_a_node_is_reached_again_along_a_cycle() {
    let again = |edges: &str, length: &str, expected| {
        let op = format!("PruningVarExpandInto (a)-[:R*{length}]-(a)");
        let plan = format!("RETURN a\n{op}\nNodeScan (a)");
        check(&graph("A A A A A", edges), &plan, expected);
    };
    again("0R1 1R2 2R3", "1..", "");
    again("0R1 1R2 2R3 3R1", "1..", "n1, n2, n3");
    again("0R1 1R2 2R3 3R1", "1..2", "");
    again("0R1 1R2 2R3 3R4 4R0", "1..4", "");
    again("0R1 1R2 2R3 3R4 4R0", "1..5", "n0, n1, n2, n3, n4");
    again("0R1 1R2 2R3 3R0", "1..4", "n0, n1, n2, n3");
    again("0R1 0R1 1R2 2R2", "1..", "n0, n1, n2");
    again("0R1 0R1 1R2 2R2", "1..1", "n2");
    again("0R1 1R2", "0..", "n0, n1, n2, n3, n4");
}

#[test]
fn a_pruning_expansion_between_nodes_keeps_the_row_once() {
    check_pruned("PruningVarExpandInto (a)-[:R*1..3]->(b)", "n0 n3");
    check_pruned("PruningVarExpandInto (a)-[:R*1..1]->(b)", "");
    check_pruned("PruningVarExpandInto (a)-[:R*3..]->(b)", "n0 n3");
    check_pruned("PruningVarExpandInto (a)<-[:R*9..]-(b)", "");
    let count =
        "RETURN c\nAggregate count(*) AS c\nPruningVarExpand (a)-[:R*1..]->(b)\nNodeScan (a)";
    check(&diamond(), count, "6");
}

fn check_pruned(op: &str, expected: &str) {
    let plan = between(0, 3, op).replacen("b, r", "a, b", 1);
    check(&diamond(), &plan, expected);
}

#[test]
fn trails_end_at_a_node_of_the_row() {
    let expected = "n3 [r0 r2], n3 [r1 r3], n3 [r5 r6 r7]";
    check_between(0, 3, "VarExpandInto (a)-[r:R*1..3]->(b)", expected);
    check_between(2, 2, "VarExpandInto (a)-[r:R*0..1]->(b)", "n2 []");
}

#[test]
fn relationships_are_tested_on_the_way() {
    let tested = |bounds: &str, test: &str| {
        format!("VarExpand (a)-[r:R{bounds}]->(b) FOR EDGE e WHERE {test}")
    };
    let expected = "n2 [r1], n3 [r1 r3], n4 [r5], n5 [r5 r6]";
    check_from(0, &tested("*1..2", "e.x >= 1"), expected);
    check_from(3, &tested("*1..2", "e.x > a.x"), "n0 [r4], n4 [r4 r5]");
}

#[test]
fn relationships_of_the_row_do_not_occur_on_the_trail() {
    check(
        &diamond(),
        "RETURN s, r
         VarExpand (a)-[r:R*1..1]->(b) DISJOINT s
         Expand (a)-[s]->(c)
         Filter a.x = 0
         NodeScan (a)",
        "r0 [r1], r0 [r5], r1 [r0], r1 [r5], r5 [r0], r5 [r1]",
    );
}

#[test]
fn trails_that_are_dead_are_counted() {
    let trails = from(3, "VarExpand (a)-[r:R*1..]->(b)");
    let counted = trails.replace("RETURN b, r", "RETURN c\nAggregate count(*) AS c");
    check(&diamond(), &counted, "8");
}

#[test]
fn a_list_is_followed_if_it_is_a_trail() {
    let follow = |list: &str, expected: &str| {
        let plan = format!(
            "RETURN a, b
             FollowList (a)-[:R*1..]->(b) ALONG l
             Project {list} AS l
             Filter disjoint(s, t)
             Expand (m)-[t]->(n)
             Expand (c)-[s]->(m)
             Filter c.x = 1
             NodeScan (c)
             NodeScan (a)"
        );
        check(&diamond(), &plan, expected);
    };
    follow("[s, t]", "n1 n0");
    follow("[t, s]", "");
    follow("[s, s]", "");
}

#[test]
fn exceeding_the_path_length_is_an_error() {
    let limited = |most, plan: &str| {
        let options = with(|options| options.max_path_length = Some(most));
        let outcome = outcome(&diamond(), plan, &options);
        outcome
            .map(|outcome| outcome.count)
            .map_err(|failure| failure.code)
    };
    let trails = from(3, "VarExpand (a)-[r:R*1..]->(b)");
    assert_eq!(limited(2, &trails), Err(Code::PathLimit));
    assert_eq!(limited(4, &trails), Ok(8));
    let bounded = from(3, "VarExpand (a)-[r:R*1..2]->(b)");
    assert_eq!(limited(2, &bounded), Ok(4));
    let long = from(3, "VarExpand (a)-[r:R*4..]->(b)");
    assert_eq!(limited(2, &long), Err(Code::PathLimit));
    let ends = |op| from(3, op).replacen("b, r", "b", 1);
    let pruned = ends("PruningVarExpand (a)-[:R*1..]->(b)");
    assert_eq!(limited(2, &pruned), Err(Code::PathLimit));
    assert_eq!(limited(3, &pruned), Ok(6));
    let long = ends("PruningVarExpand (a)-[:R*4..]->(b)");
    assert_eq!(limited(2, &long), Err(Code::PathLimit));
    let shortest = between(0, 5, "ShortestPath (a)-[r:R*1..]->(b)");
    assert_eq!(limited(1, &shortest), Err(Code::PathLimit));
    assert_eq!(limited(2, &shortest), Ok(1));
    let long = between(0, 5, "ShortestPath (a)-[r:R*3..]->(b)");
    assert_eq!(limited(2, &long), Err(Code::PathLimit));
}

#[test]
fn shortest_paths_are_found_from_both_ends() {
    let (one, all) = (
        "ShortestPath (a)-[r:R*1..]->(b)",
        "AllShortestPaths (a)-[r:R*1..]->(b)",
    );
    check_between(0, 3, one, "n3 [r0 r2]");
    check_between(0, 3, all, "n3 [r0 r2], n3 [r1 r3]");
    check_between(1, 5, all, "n5 [r2 r4 r5 r6]");
    check_between(1, 5, "AllShortestPaths (a)-[r:R*1..3]->(b)", "");
    check_between(0, 1, "ShortestPath (a)-[r:R*0..1]->(b)", "n1 [r0]");
}

#[test]
fn shortest_paths_lead_to_their_start() {
    check_between(0, 0, "AllShortestPaths (a)-[r:R*0..]->(b)", "n0 []");
    let circles = "n0 [r0 r2 r4], n0 [r1 r3 r4]";
    check_between(0, 0, "AllShortestPaths (a)-[r:R*1..]->(b)", circles);
    let long = "AllShortestPaths (a)-[r:R*3..]->(b)";
    check_between(0, 3, long, "n3 [r5 r6 r7]");
    check_between(0, 3, "AllShortestPaths (a)-[r:R*3..2]->(b)", "");
}

#[test]
fn shortest_paths_obey_tests_and_may_not_exist() {
    let late = "AllShortestPaths (a)-[r:R*1..]->(b) FOR EDGE e WHERE e.x >= 4";
    check_between(0, 3, late, "n3 [r5 r6 r7]");
    let around = "AllShortestPaths (a)-[r:R*1..]->(b) FOR NODE n WHERE n.x <> 1 AND n.x <> 2";
    check_between(0, 3, around, "n3 [r5 r6 r7]");
    let plan = between(0, 1, "ShortestPath (a)-[r:R*1..]->(b)");
    check(&graph("A A", "0R0"), &plan, "");
}

#[test]
fn the_shortest_paths_with_an_inner_row_are_found() {
    let search = |name: &str, test: &str, expected: &str| {
        let plan = format!(
            "RETURN r
             {name} (a)-[r:R*1..]->(b) CANDIDATE c ROW @9
             ├─ Filter a.x = 0 AND b.x = 3
             │  NodeScan (b)
             │  NodeScan (a)
             └─ Filter {test}
                Argument c"
        );
        check(&diamond(), &plan, expected);
    };
    search("ShortestPathWhere", "size(c) > 2", "[r5 r6 r7]");
    search("AllShortestPathsWhere", "size(c) > 1", "[r0 r2], [r1 r3]");
    search("AllShortestPathsWhere", "c[0].x = 1", "[r1 r3]");
}

#[test]
fn memory_of_long_trails_is_reserved_before_there_are_many() {
    let edges: String = (0..2_999).map(|at| format!("{at}R{} ", at + 1)).collect();
    let graph = graph(&"A ".repeat(3_000), &edges);
    let options = with(|options| options.max_memory = Some(20_000_000));
    let trails = from(0, "VarExpand (a)-[r:R*1..]->(b)");
    let failure = outcome(&graph, &trails, &options).unwrap_err();
    assert_eq!(failure.code, Code::MemoryLimit);
    let summed = trails.replace("RETURN b, r", "RETURN s\nAggregate sum(size(r)) AS s");
    let outcome = outcome(&graph, &summed, &options).unwrap();
    assert_eq!(lines(&outcome), ["4498500"]);
}
