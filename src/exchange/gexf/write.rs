//! Writes GEXF.

use std::io::Write;

use indexmap::IndexMap;

use crate::{
    base::Fault,
    exchange::{
        format::Written,
        name, property,
        view::{View, plain},
        xml::attribute,
    },
    value::{NodeId, Value},
};

/// The declared attributes of a class, by title and column type; the id is the position.
type Declared = IndexMap<(String, String), ()>;

pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> Written {
    let mut nodes = Declared::new();
    let mut edges = Declared::new();
    for node in view.nodes() {
        declare(&mut nodes, view.properties(node))?;
    }
    for edge in view.edges() {
        declare(&mut edges, view.edge_properties(edge.id))?;
    }
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#)?;
    writeln!(out, r#"  <graph mode="static" defaultedgetype="directed">"#)?;
    declarations(out, "node", "labels", &nodes)?;
    declarations(out, "edge", "type", &edges)?;
    writeln!(out, "    <nodes>")?;
    for node in view.nodes() {
        let (number, shown) = (view.number(node), attribute(&shown(view, node))?);
        write!(out, r#"      <node id="n{number}" label="{shown}">"#)?;
        let labels = name::joined(&view.labels(node));
        values(out, "labels", &labels, &nodes, view.properties(node))?;
        writeln!(out, "</node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (at, edge) in view.edges().enumerate() {
        let [from, to] = [edge.from, edge.to].map(|node| view.number(node));
        write!(
            out,
            r#"      <edge id="e{at}" source="n{from}" target="n{to}">"#
        )?;
        values(
            out,
            "type",
            edge.kind,
            &edges,
            view.edge_properties(edge.id),
        )?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")?;
    Ok(())
}

/// The text that programs show for a node: a name, or the labels and the number.
fn shown(view: &View<'_>, node: NodeId) -> String {
    let properties: Vec<_> = view.properties(node).collect();
    let find = |name: &str| properties.iter().find(|(key, _)| *key == name);
    let named = ["name", "label", "title", "id"].into_iter().find_map(find);
    named.map_or_else(
        || format!("{} {}", view.labels(node).join(" "), view.number(node)),
        |(_, value)| plain(value),
    )
}

fn declare<'v>(
    declared: &mut Declared,
    values: impl Iterator<Item = (&'v str, Value)>,
) -> Result<(), Fault> {
    for (key, value) in values {
        let (kind, _) = property::typed(key, &value)?;
        declared.insert((key.to_owned(), kind), ());
    }
    Ok(())
}

fn declarations(out: &mut dyn Write, class: &str, name: &str, declared: &Declared) -> Written {
    writeln!(out, r#"    <attributes class="{class}">"#)?;
    writeln!(
        out,
        r#"      <attribute id="{name}" title="{name}" type="string"/>"#
    )?;
    for (id, ((title, kind), ())) in declared.iter().enumerate() {
        let title = attribute(title)?;
        let shown = match &**kind {
            "string" | "boolean" | "double" | "long" => kind,
            "int" => "long",
            _ => "string",
        };
        writeln!(
            out,
            r#"      <attribute id="{id}" title="{title}" type="{shown}" kind="{kind}"/>"#
        )?;
    }
    writeln!(out, "    </attributes>")?;
    Ok(())
}

fn values<'v>(
    out: &mut dyn Write,
    name: &str,
    text: &str,
    declared: &Declared,
    values: impl Iterator<Item = (&'v str, Value)>,
) -> Written {
    let text = attribute(text)?;
    write!(out, r#"<attvalues><attvalue for="{name}" value="{text}"/>"#)?;
    for (key, value) in values {
        let (kind, text) = property::typed(key, &value)?;
        let id = declared
            .get_index_of(&(key.to_owned(), kind))
            .unwrap_or_default();
        write!(
            out,
            r#"<attvalue for="{id}" value="{}"/>"#,
            attribute(&text)?
        )?;
    }
    write!(out, "</attvalues>")?;
    Ok(())
}
