//! Graphs as text, independent of the ids that storage gives.

use std::collections::BTreeMap;

use relata::{
    Database, Value,
    graph::Graph,
    value::{NodeId, display::expression},
};

/// One line per node and relationship, in an order that depends only on the content, as far as the content tells nodes apart.
pub(crate) fn show(database: &Database) -> String {
    let graph = database.graph();
    let nodes: BTreeMap<NodeId, String> = graph
        .nodes()
        .iter()
        .map(|node| (NodeId(node), node_text(graph, NodeId(node))))
        .collect();
    let mut lines: Vec<String> = nodes.values().cloned().collect();
    let edges = graph.edges().map(|edge| {
        let (from, to) = graph.endpoints(edge);
        let kind = graph.catalog().type_name(graph.edge_type(edge));
        let properties = graph.edge_properties(edge);
        let properties = map(graph, properties.collect());
        format!("{}-[:{kind}{properties}]->{}", nodes[&from], nodes[&to])
    });
    lines.extend(edges);
    lines.sort();
    lines.join("\n")
}

fn node_text(graph: &Graph, node: NodeId) -> String {
    let names = graph.labels_of(node).iter();
    let mut labels: Vec<_> = names
        .map(|label| format!(":{}", graph.catalog().label_name(*label)))
        .collect();
    labels.sort();
    let properties = map(graph, graph.node_properties(node).collect());
    format!("({}{properties})", labels.concat())
}

fn map(graph: &Graph, properties: Vec<(relata::value::KeyId, Value)>) -> String {
    let mut entries: Vec<_> = properties
        .into_iter()
        .map(|(key, value)| format!("{}: {}", graph.catalog().key_name(key), expression(&value)))
        .collect();
    entries.sort();
    if entries.is_empty() {
        String::new()
    } else {
        format!(" {{{}}}", entries.join(", "))
    }
}
