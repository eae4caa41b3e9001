//! The JSON Lines of APOC: `{"type":"node","id":"0","labels":["Person"],"properties":{…}}`.

use std::io::Write;

use serde_json::{Value as Json, json};

use super::{
    source::{Object, Source, Target},
    value::{self, object},
};
use crate::{
    exchange::{collect::RELATED, format::Written, view::View},
    graph::load::Problem,
};

/// Whether an object is a node or a relationship.
pub(super) fn is_entity(object: &Object) -> bool {
    let kind = object.get("type").and_then(Json::as_str);
    match kind {
        Some("node") => object.contains_key("id"),
        Some("relationship") => object.contains_key("start"),
        _ => false,
    }
}

pub(super) fn read(source: &mut Source<'_, '_, '_>, items: &[Json]) -> Result<(), Problem> {
    let is_edge = |item: &&Json| item.get("type").is_some_and(|kind| kind == "relationship");
    for (at, item) in items.iter().enumerate().filter(|(_, item)| !is_edge(item)) {
        node(source, &place(at), item);
    }
    for (at, item) in items.iter().enumerate().filter(|(_, item)| is_edge(item)) {
        edge(source, &place(at), item);
    }
    Ok(())
}

fn place(at: usize) -> String {
    format!("line {}", at + 1)
}

fn node(source: &mut Source<'_, '_, '_>, place: &str, item: &Json) {
    let Some(object) = item.as_object().filter(|object| is_entity(object)) else {
        let message = format!("expected a node or a relationship, found `{item}`");
        return source.problem(place, message);
    };
    let Some(id) = object.get("id").and_then(value::id) else {
        return source.problem(place, "expected an id, found none".to_owned());
    };
    let node = source.node(place, id);
    if let Some(labels) = object.get("labels").and_then(value::names) {
        source.reading.graph.label(node, labels);
    }
    if let Some(Json::Object(own)) = object.get("properties") {
        source.whole(Target::Node(node), own);
    }
}

fn edge(source: &mut Source<'_, '_, '_>, place: &str, item: &Json) {
    let kind = item.get("label").and_then(Json::as_str).unwrap_or(RELATED);
    let ends = ["start", "end"].map(|end| item.get(end).and_then(|end| end.get("id")));
    let Some(edge) = source.edge(place, kind, ends) else {
        return;
    };
    if let Some(Json::Object(own)) = item.get("properties") {
        source.whole(Target::Edge(edge), own);
    }
}

pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> Written {
    for node in view.nodes() {
        let id = view.number(node).to_string();
        let properties = object(view.properties(node))?;
        let line = json!({
            "type": "node", "id": id, "labels": view.labels(node), "properties": properties,
        });
        writeln!(out, "{line}")?;
    }
    for (at, edge) in view.edges().enumerate() {
        let end = |node| json!({"id": view.number(node).to_string(), "labels": view.labels(node)});
        let line = json!({
            "id": at.to_string(), "type": "relationship", "label": edge.kind,
            "start": end(edge.from), "end": end(edge.to),
            "properties": object(view.edge_properties(edge.id))?,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
