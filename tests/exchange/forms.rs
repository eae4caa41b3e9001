//! Files of each form, as other programs write them.

use crate::read;

#[test]
fn graphml_of_other_programs_is_read() {
    insta::assert_snapshot!(read(
        "networkx.graphml",
        r#"<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="edge" attr.name="weight" attr.type="double"><default>1.0</default></key>
  <key id="d1" for="node" attr.name="club" attr.type="string"/>
  <graph edgedefault="undirected">
    <node id="0"><data key="d1">Mr. &lt;Hi&gt;</data></node><node id="1"/>
    <edge source="0" target="1"><data key="d0">4</data></edge><edge source="1" target="0"/>
  </graph>
</graphml>"#
    ));
    insta::assert_snapshot!(read(
        "apoc.graphml",
        r#"<graphml><key id="labels" for="node" attr.name="labels"/><key id="label" for="edge" attr.name="label"/>
<key id="tags" for="node" attr.name="tags" attr.type="string" attr.list="string"/>
<graph id="G" edgedefault="directed">
<node id="n0" labels=":Person:User"><data key="labels">:Person:User</data><data key="tags">["a","b"]</data></node>
<edge id="e0" source="n0" target="n0" label="KNOWS"><data key="label">KNOWS</data></edge>
</graph></graphml>"#
    ));
    insta::assert_snapshot!(read(
        "bad.graphml",
        "<graphml><key id='k' for='node' attr.name='n' attr.type='int'/>\n<graph><node id='a'><data key='k'>x</data></node>\n<node id='a'/>\n<edge source='a' target='b'/></graph></graphml>"
    ));
    insta::assert_snapshot!(read("cut.graphml", "<graphml>\n<graph>"));
}

#[test]
fn gexf_is_read_with_its_attributes() {
    insta::assert_snapshot!(read(
        "gephi.gexf",
        r#"<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<graph defaultedgetype="undirected"><attributes class="node">
<attribute id="0" title="url" type="string"/><attribute id="1" title="indegree" type="float"><default>1.5</default></attribute>
<attribute id="2" title="tags" type="liststring"/></attributes>
<nodes><node id="a" label="A"><attvalues><attvalue for="0" value="http://a"/><attvalue for="2" value="x|y"/></attvalues>
<viz:position x="1.0" y="2.0"/></node><node id="b" label="B"/></nodes>
<edges><edge id="0" source="a" target="b" weight="2"/></edges></graph></gexf>"#
    ));
}

#[test]
fn json_of_each_shape_is_read() {
    let files = [
        (
            "d3.json",
            r#"{"nodes": [{"name": "A", "group": 1}, {"name": "B"}], "links": [{"source": 0, "target": 1, "value": 8}]}"#,
        ),
        (
            "nx.json",
            r#"{"directed": false, "multigraph": false, "graph": {}, "nodes": [{"id": 1}, {"id": "x"}], "edges": [{"source": 1, "target": "x", "w": 1.5}]}"#,
        ),
        (
            "adjacency.json",
            r#"{"directed": true, "graph": [], "nodes": [{"id": 1}, {"id": 2}], "adjacency": [[{"id": 2, "w": 3}], []]}"#,
        ),
        (
            "elements.json",
            r#"[{"data": {"source": "a", "target": "b"}}, {"data": {"id": "a"}, "classes": "X Y"}, {"data": {"id": "b"}, "position": {"x": 1.5}}]"#,
        ),
        (
            "version1.json",
            r#"{"graph": {"nodes": [{"id": "a", "label": "A"}, {"id": "b"}], "edges": [{"source": "a", "target": "b", "metadata": {"w": 1}}]}}"#,
        ),
        (
            "bad.json",
            r#"{"nodes": [{"id": 1}, {"id": 1}], "links": [{"source": 1, "target": 9}, 5]}"#,
        ),
        (
            "wide.json",
            "{\"nodes\": [],\n \"links\": [], \"n\": 99999999999999999999}",
        ),
        ("cut.json", "{\"nodes\": [\n1,"),
        ("other.json", "[1, 2]"),
    ];
    let shown = files.map(|(name, text)| format!("{name}\n{}", read(name, text)));
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn edges_and_neighbours_in_lines_are_read() {
    let files = [
        (
            "a.edgelist",
            "# x\n1 2 {'weight': 7, 'kind': 'a'}\n2 3 {}\n",
        ),
        ("b.txt", "ann bea 0.5\nbea\tcem 2\n"),
        ("c.adjlist", "# x\n1 2 3\n2 3\n3\n"),
        ("bad.edgelist", "1 2\n3\n"),
    ];
    let shown = files.map(|(name, text)| format!("{name}\n{}", read(name, text)));
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn scripts_of_other_engines_run_as_they_are() {
    insta::assert_snapshot!(read(
        "export.cypher",
        ":param name => 'Ann'\n:begin\nCREATE (:A {name: $name});\n:commit\n:begin\nMATCH (a:A) CREATE (a)-[:R]->(:B);\n:commit\n"
    ));
    insta::assert_snapshot!(read("bad.cypher", "CREATE (:A);\n:help\n"));
}

#[test]
fn a_file_of_no_known_format_is_refused() {
    insta::assert_snapshot!(read("a.grpahml", "This is a sentence.\n"));
    insta::assert_snapshot!(read("a", "This is a sentence.\n"));
}
