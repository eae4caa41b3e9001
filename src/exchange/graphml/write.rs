//! Writes GraphML.

use std::io::Write;

use indexmap::IndexMap;

use crate::{
    base::Fault,
    exchange::{
        format::Written,
        name, property,
        view::{Ids, View, plain},
        xml::{attribute, text},
    },
    value::{NodeId, Value},
};

/// The declared properties, by scope, name and type; the value is the id.
type Keys = IndexMap<(&'static str, String, String), String>;

pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> Written {
    let ids = view.ids(|value| matches!(value, Value::String(_)));
    let ids = if could_be_numbers(view, ids) {
        Ids::Numbers
    } else {
        ids
    };
    let keys = keys(view, ids)?;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#
    )?;
    for ((scope, key, kind), id) in &keys {
        let key = attribute(key)?;
        let kinds = kinds(kind);
        writeln!(
            out,
            r#"  <key id="{id}" for="{scope}" attr.name="{key}" {kinds}/>"#
        )?;
    }
    writeln!(out, r#"  <graph id="G" edgedefault="directed">"#)?;
    for node in view.nodes() {
        let id = attribute(&id(view, ids, node))?;
        let labels = attribute(&name::joined(&view.labels(node)))?;
        write!(out, r#"    <node id="{id}""#)?;
        if !labels.is_empty() {
            write!(out, r#" labels="{labels}""#)?;
        }
        let own = is_id(view, ids);
        let values = view.properties(node).filter(|(key, _)| !own(key));
        data(out, &keys, "node", values, "node")?;
    }
    for edge in view.edges() {
        let [from, to] = [edge.from, edge.to].map(|node| id(view, ids, node));
        let (from, to) = (attribute(&from)?, attribute(&to)?);
        let kind = attribute(edge.kind)?;
        write!(
            out,
            r#"    <edge source="{from}" target="{to}" label="{kind}""#
        )?;
        data(out, &keys, "edge", view.edge_properties(edge.id), "edge")?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    Ok(())
}

/// Whether all ids would be read as numbers that a program made.
fn could_be_numbers(view: &View<'_>, ids: Ids) -> bool {
    let Ids::Property(key) = ids else {
        return false;
    };
    let mut nodes = view.nodes();
    nodes.all(|node| plain(&view.property(node, key)) == format!("n{}", view.number(node)))
}

fn id(view: &View<'_>, ids: Ids, node: NodeId) -> String {
    match ids {
        Ids::Property(key) => plain(&view.property(node, key)),
        Ids::Numbers => format!("n{}", view.number(node)),
    }
}

/// Tells the key that is written as the id of a node.
fn is_id(view: &View<'_>, ids: Ids) -> impl Fn(&str) -> bool {
    let own = match ids {
        Ids::Property(key) => Some(view.graph().catalog().key_name(key).clone()),
        Ids::Numbers => None,
    };
    move |key| own.as_deref() == Some(key)
}

fn keys(view: &View<'_>, ids: Ids) -> Result<Keys, Fault> {
    let mut keys = Keys::new();
    let mut add = |scope, key: &str, value: &Value| -> Result<(), Fault> {
        let kind = kind(key, value)?;
        let id = format!("d{}", keys.len());
        keys.entry((scope, key.to_owned(), kind)).or_insert(id);
        Ok(())
    };
    let own = is_id(view, ids);
    for node in view.nodes() {
        for (key, value) in view.properties(node).filter(|(key, _)| !own(key)) {
            add("node", key, &value)?;
        }
    }
    for edge in view.edges() {
        for (key, value) in view.edge_properties(edge.id) {
            add("edge", key, &value)?;
        }
    }
    Ok(keys)
}

/// The column type of a value; integers have one type.
fn kind(key: &str, value: &Value) -> Result<String, Fault> {
    let (kind, _) = property::typed(key, value)?;
    Ok(if kind == "int" {
        "long".to_owned()
    } else {
        kind
    })
}

/// The attributes that declare a column type.
fn kinds(kind: &str) -> String {
    match kind {
        "string" | "boolean" | "long" | "double" => format!(r#"attr.type="{kind}""#),
        "list" => r#"attr.type="string" attr.list="string""#.to_owned(),
        temporal => format!(r#"attr.type="string" attr.temporal="{temporal}""#),
    }
}

fn data<'v>(
    out: &mut dyn Write,
    keys: &Keys,
    scope: &'static str,
    values: impl Iterator<Item = (&'v str, Value)>,
    element: &str,
) -> Written {
    let mut is_empty = true;
    for (key, value) in values {
        if is_empty {
            write!(out, ">")?;
        }
        is_empty = false;
        let (_, content) = property::typed(key, &value)?;
        let id = &keys[&(scope, key.to_owned(), kind(key, &value)?)];
        write!(out, r#"<data key="{id}">{}</data>"#, text(&content)?)?;
    }
    if is_empty {
        writeln!(out, "/>")?;
    } else {
        writeln!(out, "</{element}>")?;
    }
    Ok(())
}
