//! JSON of Cytoscape: `{"elements": {"nodes": [{"data": {"id": …}}], "edges": [{"data": {"source": …}}]}}`.
//!
//! Cytoscape.js also takes one array of elements, told apart by `group` or by their members. Properties are members of
//! `data`. Those of the writer's files that would be read otherwise are in `data.properties`, whole.

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

/// The member with the properties in files of this writer.
const PROPERTIES: &str = "properties";

/// Whether an object is an element of an array of elements.
pub(super) fn is_element(object: &Object) -> bool {
    object.get("data").is_some_and(|data| {
        data.get("id").is_some() || (data.get("source").is_some() && data.get("target").is_some())
    })
}

pub(super) fn read(source: &mut Source<'_, '_, '_>, object: &Object) -> Result<(), Problem> {
    match &object["elements"] {
        Json::Array(items) => elements(source, items),
        Json::Object(groups) => {
            for node in source.objects("elements.nodes", groups.get("nodes")) {
                self::node(source, node);
            }
            for edge in source.objects("elements.edges", groups.get("edges")) {
                self::edge(source, edge);
            }
            Ok(())
        }
        other => {
            let message = format!("expected elements, found `{other}`");
            Err(source.document.problem(message))
        }
    }
}

/// Reads an array of elements; nodes first, because edges may come before them.
pub(super) fn elements(source: &mut Source<'_, '_, '_>, items: &[Json]) -> Result<(), Problem> {
    let items = Json::Array(items.to_vec());
    let objects = source.objects("elements", Some(&items));
    let is_edge = |object: &&&Object| match object.get("group").and_then(Json::as_str) {
        Some(group) => group == "edges",
        None => object
            .get("data")
            .is_some_and(|data| data.get("source").is_some()),
    };
    for object in objects.iter().filter(|object| !is_edge(object)) {
        node(source, object);
    }
    for object in objects.iter().filter(is_edge) {
        edge(source, object);
    }
    Ok(())
}

fn data<'j>(source: &mut Source<'_, '_, '_>, object: &'j Object) -> Option<&'j Object> {
    let data = object.get("data").and_then(Json::as_object);
    if data.is_none() {
        source.problem("elements", "expected elements with `data`".to_owned());
    }
    data
}

fn node(source: &mut Source<'_, '_, '_>, object: &Object) {
    let Some(data) = data(source, object) else {
        return;
    };
    let id = data.get("id").and_then(value::id);
    let unnamed = || format!("~{}", source.nodes.len());
    let id = id.unwrap_or_else(unnamed);
    let node = source.node("elements.nodes", id);
    let labels = data.get("labels").and_then(value::names);
    if let Some(labels) = labels {
        source.reading.graph.label(node, labels);
    } else if let Some(classes) = object.get("classes").and_then(Json::as_str) {
        source.reading.graph.label(node, classes.split_whitespace());
    }
    match data.get(PROPERTIES) {
        Some(Json::Object(own)) => source.whole(Target::Node(node), own),
        _ => {
            let reserved: &[&str] = if data.contains_key("labels") {
                &["labels"]
            } else {
                &[]
            };
            source.set(Target::Node(node), data, reserved);
            position(source, Target::Node(node), object);
        }
    }
}

/// The position of a node as the properties `position.x` and `position.y`.
fn position(source: &mut Source<'_, '_, '_>, target: Target, object: &Object) {
    if let Some(place) = object.get("position") {
        let mut outer = Object::new();
        outer.insert("position".to_owned(), place.clone());
        source.set(target, &outer, &[]);
    }
}

fn edge(source: &mut Source<'_, '_, '_>, object: &Object) {
    let Some(data) = data(source, object) else {
        return;
    };
    let own = data.get(PROPERTIES);
    // `interaction` is the type in files of Cytoscape.
    let key = ["type", "interaction"]
        .into_iter()
        .find(|key| data.get(*key).is_some_and(Json::is_string));
    let kind = key.and_then(|key| data[key].as_str()).unwrap_or(RELATED);
    let ends = [data.get("source"), data.get("target")];
    let Some(edge) = source.edge("elements.edges", kind, ends) else {
        return;
    };
    match own {
        Some(Json::Object(own)) => source.whole(Target::Edge(edge), own),
        _ => {
            let reserved = ["source", "target", key.unwrap_or_default()];
            source.set(Target::Edge(edge), data, &reserved);
        }
    }
}

pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> Written {
    write!(out, "{{\"elements\": {{\n\"nodes\": [")?;
    for (at, node) in view.nodes().enumerate() {
        let properties = object(view.properties(node))?;
        let mut data = properties.clone();
        data.insert("id".to_owned(), json!(format!("n{}", view.number(node))));
        data.insert("labels".to_owned(), json!(view.labels(node)));
        data.insert(PROPERTIES.to_owned(), Json::Object(properties));
        write!(
            out,
            "{}\n{}",
            if at == 0 { "" } else { "," },
            json!({"data": data})
        )?;
    }
    write!(out, "\n],\n\"edges\": [")?;
    for (at, edge) in view.edges().enumerate() {
        let properties = object(view.edge_properties(edge.id))?;
        let mut data = properties.clone();
        data.insert("id".to_owned(), json!(format!("e{at}")));
        let end = |node| json!(format!("n{}", view.number(node)));
        data.insert("source".to_owned(), end(edge.from));
        data.insert("target".to_owned(), end(edge.to));
        data.insert("type".to_owned(), json!(edge.kind));
        data.insert(PROPERTIES.to_owned(), Json::Object(properties));
        write!(
            out,
            "{}\n{}",
            if at == 0 { "" } else { "," },
            json!({"data": data})
        )?;
    }
    writeln!(out, "\n]}}}}")?;
    Ok(())
}
