//! GEXF, the format of Gephi.
//!
//! The labels of nodes are in an attribute with the id `labels` (`:Person:Author`), the type of edges in one with the id `type`,
//! because GEXF has no place for them. Attributes of temporal types and lists are texts for other programs; their column type is
//! the additional XML attribute `kind`.

mod read;
mod write;

use super::format::{GraphFormat, Read, Write_};

pub(super) const FORMAT: GraphFormat = GraphFormat {
    name: "gexf",
    doc: "GEXF, as Gephi and NetworkX read and write it",
    extensions: &["gexf"],
    decisive: &[],
    example: EXAMPLE,
    sniff: |head| head.contains("<gexf"),
    read: Read::With(read::read),
    write: Write_::With(write::write),
};

const EXAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <graph defaultedgetype="directed">
    <attributes class="node"><attribute id="0" title="age" type="long"/></attributes>
    <nodes>
      <node id="ann" label="Ann"><attvalues><attvalue for="0" value="30"/></attvalues></node>
      <node id="bea" label="Bea"/>
    </nodes>
    <edges><edge id="0" source="ann" target="bea" weight="0.5"/></edges>
  </graph>
</gexf>
"#;
