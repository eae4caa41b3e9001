//! Operators that change the graph.

use super::*;
use crate::value::NodeId;

/// Checks the rows of a plan that changes the graph.
fn write(graph: &mut Graph, plan: &str, expected: &str) {
    let outcome = executed(Access::Write(graph), plan, &options()).unwrap();
    assert_eq!(lines(&outcome).join(", "), expected, "{plan}");
}

fn refused(graph: &mut Graph, plan: &str, code: Code) {
    let failure = executed(Access::Write(graph), plan, &options()).unwrap_err();
    assert_eq!(failure.code, code, "{plan}");
}

/// The nodes of a graph with their labels and properties.
fn nodes(graph: &Graph) -> String {
    let show_node = |node: NodeId| {
        let labels = graph.labels_of(node).iter();
        let labels = labels.map(|label| graph.catalog().label_name(*label).to_string());
        let properties = graph
            .node_properties(node)
            .map(|(key, value)| format!("{}:{}", graph.catalog().key_name(key), show(&value)));
        let (labels, properties): (Vec<_>, Vec<_>) = (labels.collect(), properties.collect());
        format!("{}({})", labels.join("&"), properties.join(" "))
    };
    let nodes = graph.nodes();
    let nodes = nodes.iter().map(|node| show_node(NodeId(node)));
    nodes.collect::<Vec<_>>().join(" ")
}

#[test]
fn creating_makes_the_entities_of_each_row() {
    let mut graph = empty();
    write(
        &mut graph,
        "RETURN n, m, r
         Create (n:A {x: i, y: null}), (m), (n)-[r:R {x: i, y: null}]->(m)
         Unwind [1, 2] AS i",
        "n0 n1 r0, n2 n3 r1",
    );
    assert_eq!(nodes(&graph), "A(x:1) () A(x:2) ()");
    assert!(graph.catalog().key("y").is_none());
}

#[test]
fn limits_do_not_stop_changes() {
    let mut graph = empty();
    let plan = "RETURN i\nLimit 1\nCreate (n:A)\nUnwind range(0, 4999) AS i";
    write(&mut graph, plan, "0");
    assert_eq!(graph.node_count(), 5_000);
}

#[test]
fn values_that_cannot_be_stored_are_refused() {
    let map = "Create (n {x: [{}]})";
    refused(&mut empty(), map, Code::InvalidPropertyType);
    let null = "Create (n)-[r:R]->(n)\nProject null AS n";
    refused(&mut empty(), null, Code::InvalidArgumentTypeAtRuntime);
}

#[test]
fn each_row_sees_what_rows_before_it_set() {
    let mut graph = graph("A", "");
    let plan = "RETURN\nSet n.x = n.x + i\nNodeScan (n)\nUnwind [1, 2] AS i";
    write(&mut graph, plan, "");
    assert_eq!(nodes(&graph), "A(x:3)");
}

#[test]
fn items_of_set_change_properties_and_labels() {
    let mut graph = graph("A", "");
    for (item, expected) in [
        ("n:B:A", "A&B(x:0)"),
        ("n += {y: 1, x: null}", "A&B(y:1)"),
        ("n = {z: 2}", "A&B(z:2)"),
        ("n += null", "A&B(z:2)"),
        ("n['w'] = 3", "A&B(z:2 w:3)"),
        ("REMOVE n:B:A", "(z:2 w:3)"),
        ("null.q = 1", "(z:2 w:3)"),
    ] {
        write(&mut graph, &format!("RETURN\nSet {item}\nNodeScan (n)"), "");
        assert_eq!(nodes(&graph), expected, "{item}");
    }
}

#[test]
fn a_node_with_relationships_is_not_deleted() {
    let connected = || graph("A A", "0R1");
    let first = "Filter n.x = 0\nNodeScan (n)";
    let plan = format!("RETURN\nDelete n\n{first}");
    refused(&mut connected(), &plan, Code::DeleteConnectedNode);
    let mut graph = connected();
    write(&mut graph, &format!("RETURN\nDelete DETACH n\n{first}"), "");
    assert_eq!((graph.node_count(), graph.relationship_count()), (1, 0));
}

#[test]
fn relationships_are_deleted_before_their_nodes() {
    let mut graph = graph("A A", "0R1 1R1");
    let plan = "RETURN\nDelete n, r, null\nExpand (n)-[r]-(m)\nNodeScan (n)";
    write(&mut graph, plan, "");
    assert_eq!((graph.node_count(), graph.relationship_count()), (0, 0));
}

#[test]
fn a_deleted_entity_cannot_be_read() {
    let read = |expr: &str| format!("RETURN v\nProject {expr} AS v\nDelete n\nNodeScan (n)");
    for expr in ["n.x", "n:A"] {
        refused(&mut graph("A", ""), &read(expr), Code::DeletedEntityAccess);
    }
    write(&mut graph("A", ""), &read("n"), "n0");
}

/// A merge of `(n:A {x: value})`, for each element of a list.
fn merge(list: &str, value: &str, actions: &str) -> String {
    format!(
        "RETURN i, n
         Merge (n:A {{x: {value}}}){actions} ROW @9
         ├─ Unwind {list} AS i
         └─ Filter n.x = {value}
            NodeScan (n:A)
            Argument i"
    )
}

#[test]
fn merging_sees_what_rows_before_it_created() {
    let mut graph = empty();
    let actions = " ON CREATE SET n.y = 1 ON MATCH SET n.y = 2";
    let plan = merge("[5, 6, 5]", "i", actions);
    write(&mut graph, &plan, "5 n0, 6 n1, 5 n0");
    assert_eq!(nodes(&graph), "A(x:5 y:2) A(x:6 y:1)");
}

#[test]
fn merging_gives_every_match() {
    let mut graph = graph("A A", "");
    write(&mut graph, "RETURN\nSet n.x = 7\nNodeScan (n)", "");
    write(&mut graph, &merge("[7]", "i", ""), "7 n0, 7 n1");
    let null = merge("[7]", "null", "");
    refused(&mut graph, &null, Code::MergeReadOwnWrites);
}

#[test]
fn foreach_updates_for_each_element_and_keeps_rows() {
    let mut graph = graph("A", "");
    write(
        &mut graph,
        "RETURN n
         Foreach i IN [1, 2, 3] ROW @9
         ├─ NodeScan (n)
         └─ Create (m:B {x: n.x})
            Set n.x = n.x + i
            Argument n, i",
        "n0",
    );
    assert_eq!(nodes(&graph), "A(x:6) B(x:1) B(x:3) B(x:6)");
}

#[test]
fn an_inner_plan_that_writes_runs_row_by_row() {
    let mut graph = graph("A", "");
    write(
        &mut graph,
        "RETURN x
         Apply x ROW @9
         ├─ Unwind [0, 0, 0] AS i
         └─ Project n.x AS x
            Set n.x = n.x + 1
            NodeScan (n:A)
            Argument",
        "1, 2, 3",
    );
    write(
        &mut graph,
        "RETURN i
         EffectApply ROW @9
         ├─ Unwind [0, 0] AS i
         └─ Create (n)
            Argument",
        "0, 0",
    );
    assert_eq!(graph.node_count(), 3);
}
