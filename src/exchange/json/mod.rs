//! Graphs as JSON: node-link of NetworkX and D3, Cytoscape, JSON Graph Format, the JSON Lines of APOC, and records.
//!
//! All of them share their endings, so the shape of the content decides how a file is read. Property values have the forms of
//! `list` columns: a number with a point is a float, and a value without a JSON form is an object such as
//! `{"date": "2020-02-19"}`.

mod apoc;
mod cytoscape;
mod json_graph;
mod node_link;
mod records;
mod shape;
mod source;
mod value;

pub(super) use self::shape::syntax;
pub(super) use self::value::properties;
use super::format::{GraphFormat, Read, Write_};

pub(super) const NODE_LINK: GraphFormat = GraphFormat {
    name: "node-link",
    doc: "node-link JSON, as NetworkX and D3 read it",
    extensions: &["json"],
    decisive: &[],
    example: r#"{"nodes": [{"id": "ann", "labels": ["Person"], "age": 30}, {"id": "bea"}],
 "links": [{"source": "ann", "target": "bea", "type": "KNOWS"}]}
"#,
    sniff: |head| head.trim_start().starts_with(['{', '[']),
    read: Read::With(shape::read),
    write: Write_::With(node_link::write),
};

pub(super) const CYTOSCAPE: GraphFormat = GraphFormat {
    name: "cytoscape",
    doc: "JSON of Cytoscape and Cytoscape.js",
    extensions: &["cyjs", "json"],
    decisive: &[],
    example: r#"{"elements": {"nodes": [{"data": {"id": "ann", "labels": ["Person"]}}, {"data": {"id": "bea"}}],
 "edges": [{"data": {"source": "ann", "target": "bea", "type": "KNOWS"}}]}}
"#,
    sniff: |_| false,
    read: Read::With(shape::read),
    write: Write_::With(cytoscape::write),
};

pub(super) const JSON_GRAPH: GraphFormat = GraphFormat {
    name: "json-graph",
    doc: "JSON Graph Format, version 2",
    extensions: &["jgf", "json"],
    decisive: &[],
    example: r#"{"graph": {"nodes": {"ann": {"label": "Ann", "metadata": {"age": 30}}, "bea": {}},
 "edges": [{"source": "ann", "target": "bea", "relation": "KNOWS"}]}}
"#,
    sniff: |_| false,
    read: Read::With(shape::read),
    write: Write_::With(json_graph::write),
};

pub(super) const APOC: GraphFormat = GraphFormat {
    name: "apoc-json",
    doc: "JSON Lines, one node or relationship per line, as APOC exports it",
    extensions: &["jsonl", "ndjson", "json"],
    decisive: &[],
    example: r#"{"type":"node","id":"0","labels":["Person"],"properties":{"name":"Ann"}}
{"type":"node","id":"1","labels":["Person"]}
{"id":"0","type":"relationship","label":"KNOWS","start":{"id":"0"},"end":{"id":"1"}}
"#,
    sniff: |_| false,
    read: Read::With(shape::read),
    write: Write_::With(apoc::write),
};
