//! JSON Graph Format: `{"graph": {"nodes": {"ann": {"metadata": {…}}}, "edges": [{"source": "ann", …}]}}`.
//!
//! Properties are in `metadata`; the labels of nodes, too, as `labels`, in files of this writer beside `properties`.

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

pub(super) fn read(source: &mut Source<'_, '_, '_>, object: &Object) -> Result<(), Problem> {
    let single = object.get("graph").into_iter();
    let several = object.get("graphs").and_then(Json::as_array);
    for graph in single.chain(several.into_iter().flatten()) {
        source.nodes.clear();
        let Json::Object(graph) = graph else {
            return Err(source.document.problem("expected `graph` to be an object"));
        };
        nodes(source, graph.get("nodes"));
        for (at, edge) in source
            .objects("edges", graph.get("edges"))
            .iter()
            .enumerate()
        {
            self::edge(source, &format!("edges[{at}]"), edge);
        }
    }
    Ok(())
}

/// Nodes are the members of an object; in version 1 they were an array.
fn nodes(source: &mut Source<'_, '_, '_>, json: Option<&Json>) {
    match json {
        Some(Json::Object(members)) => {
            for (id, member) in members {
                let empty = Object::new();
                node(source, id, member.as_object().unwrap_or(&empty));
            }
        }
        other => {
            for object in source.objects("nodes", other) {
                match object.get("id").and_then(value::id) {
                    Some(id) => node(source, &id, object),
                    None => source.problem("nodes", "expected an id, found none".to_owned()),
                }
            }
        }
    }
}

fn node(source: &mut Source<'_, '_, '_>, id: &str, object: &Object) {
    let node = source.node("nodes", id.to_owned());
    let empty = Object::new();
    let metadata = object.get("metadata").and_then(Json::as_object);
    let metadata = metadata.unwrap_or(&empty);
    if let Some(labels) = metadata.get("labels").and_then(value::names) {
        source.reading.graph.label(node, labels);
    }
    if let Some(Json::Object(own)) = metadata.get("properties") {
        return source.whole(Target::Node(node), own);
    }
    source.reading.graph.set(node, "id", id.into());
    // The members of `metadata` are properties of their own.
    let outer: Object = object
        .iter()
        .filter(|(key, _)| *key != "metadata" && *key != "id")
        .map(|(key, json)| (key.clone(), json.clone()))
        .collect();
    source.set(Target::Node(node), &outer, &[]);
    source.set(Target::Node(node), metadata, &["labels"]);
}

fn edge(source: &mut Source<'_, '_, '_>, place: &str, object: &Object) {
    let kind = object
        .get("relation")
        .and_then(Json::as_str)
        .unwrap_or(RELATED);
    let ends = [object.get("source"), object.get("target")];
    let Some(edge) = source.edge(place, kind, ends) else {
        return;
    };
    let empty = Object::new();
    let metadata = object.get("metadata").and_then(Json::as_object);
    let metadata = metadata.unwrap_or(&empty);
    if let Some(Json::Object(own)) = metadata.get("properties") {
        return source.whole(Target::Edge(edge), own);
    }
    let outer: Object = object
        .iter()
        .filter(|(key, _)| !["metadata", "source", "target", "relation"].contains(&key.as_str()))
        .map(|(key, json)| (key.clone(), json.clone()))
        .collect();
    source.set(Target::Edge(edge), &outer, &[]);
    source.set(Target::Edge(edge), metadata, &[]);
}

pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> Written {
    write!(out, "{{\"graph\": {{\"directed\": true,\n\"nodes\": {{")?;
    for (at, node) in view.nodes().enumerate() {
        let id = json!(format!("n{}", view.number(node)));
        let properties = object(view.properties(node))?;
        let metadata = json!({"labels": view.labels(node), "properties": properties});
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\n{id}: {}", json!({"metadata": metadata}))?;
    }
    write!(out, "\n}},\n\"edges\": [")?;
    for (at, edge) in view.edges().enumerate() {
        let end = |node| json!(format!("n{}", view.number(node)));
        let properties = object(view.edge_properties(edge.id))?;
        let line = json!({
            "source": end(edge.from), "target": end(edge.to), "relation": edge.kind,
            "metadata": {"properties": properties},
        });
        write!(out, "{}\n{line}", if at == 0 { "" } else { "," })?;
    }
    writeln!(out, "\n]}}}}")?;
    Ok(())
}
