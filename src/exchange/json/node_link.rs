//! Node-link JSON: `{"nodes": [{"id": …}], "links": [{"source": …, "target": …}]}`, and the adjacency data of NetworkX.
//!
//! Properties are members of the objects. Labels are in `labels`, the type in `type`. A property whose key has another meaning
//! here, or begins with `@`, is written with an additional `@`. The member `ids` of `graph` marks such files; `numbers` says
//! that the ids are not properties.

use std::io::Write;

use serde_json::{Value as Json, json};

use super::{
    source::{Object, Source, Target},
    value,
};
use crate::{
    base::Fault,
    exchange::{
        collect::RELATED,
        format::Written,
        view::{Ids, View},
    },
    graph::load::Problem,
    value::{NodeId, Value},
};

/// The keys with a meaning in nodes and in links.
const NODE_KEYS: &[&str] = &["id", "labels"];
const LINK_KEYS: &[&str] = &["source", "target", "type"];

fn marked(key: &str, reserved: &[&str]) -> String {
    if reserved.contains(&key) || key.starts_with('@') {
        format!("@{key}")
    } else {
        key.to_owned()
    }
}

pub(super) fn read(source: &mut Source<'_, '_, '_>, object: &Object) -> Result<(), Problem> {
    let ids = object.get("graph").and_then(|graph| graph.get("ids"));
    source.is_marked = ids.is_some();
    let numbered = ids.is_some_and(|ids| ids == "numbers");
    let nodes = nodes(source, object, numbered);
    if let Some(adjacency) = object.get("adjacency") {
        self::adjacency(source, adjacency, &nodes);
    }
    for (name, key) in [
        ("links", object.get("links")),
        ("edges", object.get("edges")),
    ] {
        let links = source.objects(name, key);
        links_of(source, name, &links);
    }
    if object.get("directed") == Some(&Json::Bool(false)) && source.reading.graph.edge_count() > 0 {
        let note = "the edges are undirected and stored in the direction of the file: match them without an arrow, `-[]-`";
        source.reading.graph.note(note);
    }
    Ok(())
}

/// Adds the nodes. In files of D3, links may refer to them by position or by name.
fn nodes(source: &mut Source<'_, '_, '_>, object: &Object, numbered: bool) -> Vec<NodeId> {
    let objects = source.objects("nodes", object.get("nodes"));
    let id_key = ["id", "name", "key"]
        .into_iter()
        .find(|key| objects.iter().all(|node| node.contains_key(*key)));
    let by_position = id_key != Some("id") && refers_by_position(object);
    let mut nodes = Vec::with_capacity(objects.len());
    for (at, object) in objects.into_iter().enumerate() {
        let place = format!("nodes[{at}]");
        let named = id_key
            .filter(|_| !by_position)
            .and_then(|key| object.get(key));
        let id = named.and_then(value::id).unwrap_or_else(|| at.to_string());
        let node = source.node(&place, id);
        let labels = object.get("labels").and_then(value::names);
        if let Some(labels) = &labels {
            source.reading.graph.label(node, labels.iter().copied());
        }
        let reserved: &[&str] = if labels.is_some() { NODE_KEYS } else { &["id"] };
        source.set(Target::Node(node), object, reserved);
        if !numbered {
            source.set_id(node, object.get("id"));
        }
        nodes.push(node);
    }
    nodes
}

fn refers_by_position(object: &Object) -> bool {
    let links = object.get("links").or(object.get("edges"));
    let ends = links.and_then(Json::as_array).into_iter().flatten();
    let mut ends = ends.filter_map(|link| link.get("source")).peekable();
    ends.peek().is_some() && ends.all(Json::is_u64)
}

fn links_of(source: &mut Source<'_, '_, '_>, name: &str, links: &[&Object]) {
    for (at, link) in links.iter().enumerate() {
        let place = format!("{name}[{at}]");
        let kind = link.get("type").and_then(Json::as_str);
        let ends = [link.get("source"), link.get("target")].map(|end| end.map(inner_id));
        if let Some(edge) = source.edge(&place, kind.unwrap_or(RELATED), ends) {
            let reserved = if kind.is_some() {
                LINK_KEYS
            } else {
                &LINK_KEYS[..2]
            };
            source.set(Target::Edge(edge), link, reserved);
        }
    }
}

/// The id in an end of a link: D3 replaces ends by the nodes themselves.
fn inner_id(json: &Json) -> &Json {
    json.get("id").unwrap_or(json)
}

/// `[[{"id": 1}], …]`: the neighbours of each node, in the order of the nodes.
fn adjacency(source: &mut Source<'_, '_, '_>, json: &Json, nodes: &[NodeId]) {
    let rows = json.as_array().map_or(&[][..], Vec::as_slice);
    for (at, (row, from)) in rows.iter().zip(nodes).enumerate() {
        for neighbour in source.objects(&format!("adjacency[{at}]"), Some(row)) {
            let Some(to) = source.end(&format!("adjacency[{at}]"), neighbour.get("id")) else {
                continue;
            };
            let edge = source.reading.graph.edge(RELATED, *from, to);
            source.set(Target::Edge(edge), neighbour, &["id"]);
        }
    }
}

pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> Written {
    let ids = view.ids(|value| matches!(value, Value::String(_) | Value::Integer(_)));
    let graph = match ids {
        Ids::Property(_) => json!({"ids": "property"}),
        Ids::Numbers => json!({"ids": "numbers"}),
    };
    write!(
        out,
        "{{\"directed\": true, \"multigraph\": true, \"graph\": {graph},\n\"nodes\": ["
    )?;
    for (at, node) in view.nodes().enumerate() {
        let mut object = Object::new();
        object.insert("id".to_owned(), id(view, ids, node)?);
        object.insert("labels".to_owned(), json!(view.labels(node)));
        let own = matches!(ids, Ids::Property(_));
        let values = view
            .properties(node)
            .filter(|(key, _)| !(own && *key == "id"));
        insert(&mut object, values, NODE_KEYS)?;
        write!(
            out,
            "{}\n{}",
            if at == 0 { "" } else { "," },
            Json::Object(object)
        )?;
    }
    write!(out, "\n],\n\"links\": [")?;
    for (at, edge) in view.edges().enumerate() {
        let mut object = Object::new();
        object.insert("source".to_owned(), id(view, ids, edge.from)?);
        object.insert("target".to_owned(), id(view, ids, edge.to)?);
        object.insert("type".to_owned(), json!(edge.kind));
        insert(&mut object, view.edge_properties(edge.id), LINK_KEYS)?;
        write!(
            out,
            "{}\n{}",
            if at == 0 { "" } else { "," },
            Json::Object(object)
        )?;
    }
    writeln!(out, "\n]}}")?;
    Ok(())
}

fn id(view: &View<'_>, ids: Ids, node: NodeId) -> Result<Json, Fault> {
    match ids {
        Ids::Property(key) => value::json("id", &view.property(node, key)),
        Ids::Numbers => Ok(json!(view.number(node))),
    }
}

fn insert<'v>(
    object: &mut Object,
    values: impl Iterator<Item = (&'v str, Value)>,
    reserved: &[&str],
) -> Result<(), Fault> {
    for (key, value) in values {
        object.insert(marked(key, reserved), value::json(key, &value)?);
    }
    Ok(())
}
