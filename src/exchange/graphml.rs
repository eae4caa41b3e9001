//! GraphML, with the attributes of Neo4j for labels and types.
//!
//! Nodes have their labels in the attribute `labels` (`:Person:Author`), relationships their type in `label`. A `key` declares
//! the name and the type of a property. Lists are JSON arrays with the type of their items in `attr.list`, as APOC writes them;
//! `attr.temporal` names the type of a temporal value, which other programs read as text.

mod read;
mod write;

use super::format::{GraphFormat, Read, Write_};

pub(super) const FORMAT: GraphFormat = GraphFormat {
    name: "graphml",
    doc: "GraphML, as NetworkX, igraph, Gephi, yEd and APOC read and write it",
    extensions: &["graphml", "xml"],
    decisive: &[],
    example: EXAMPLE,
    sniff: |head| head.contains("<graphml"),
    read: Read::With(read::read),
    write: Write_::With(write::write),
};

const EXAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="age" attr.type="long"/>
  <graph edgedefault="directed">
    <node id="ann" labels=":Person"><data key="d0">30</data></node>
    <node id="bea" labels=":Person"/>
    <edge source="ann" target="bea" label="KNOWS"/>
  </graph>
</graphml>
"#;
