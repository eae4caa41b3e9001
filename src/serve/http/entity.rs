//! Values as plain JSON: as Neo4j's Query API writes them, or as the openCypher endpoint of Amazon Neptune does.

use relata::{
    Node, Relationship, Value,
    answer::{Cell, Entities},
    value::Entries,
};
use serde_json::{Map, Value as Json, json};

/// Who reads the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Neo4j's Query API.
    Neo4j,
    /// Amazon Neptune's openCypher endpoint.
    Neptune,
}

/// A value as plain JSON.
pub(super) fn plain(value: &Value, entities: &Entities, style: Style) -> Json {
    match value {
        Value::List(items) => items
            .iter()
            .map(|item| plain(item, entities, style))
            .collect(),
        Value::Map(map) => properties(map, entities, style),
        Value::Node(id) => node(entities.node(*id), entities, style),
        Value::Relationship(id) => relationship(entities.relationship(*id), entities, style),
        Value::Path(path) => {
            let mut steps = vec![node(entities.node(path.nodes()[0]), entities, style)];
            for (edge, next) in path.relationships().iter().zip(&path.nodes()[1..]) {
                steps.push(relationship(entities.relationship(*edge), entities, style));
                steps.push(node(entities.node(*next), entities, style));
            }
            steps.into()
        }
        other => json!(Cell::new(other, entities)),
    }
}

fn properties(map: &Entries, entities: &Entities, style: Style) -> Json {
    let entry = |(key, value): (&relata::value::Text, &Value)| {
        (key.to_string(), plain(value, entities, style))
    };
    Json::Object(map.iter().map(entry).collect::<Map<_, _>>())
}

fn node(node: &Node, entities: &Entities, style: Style) -> Json {
    let labels: Vec<_> = node.labels.iter().map(|label| &**label).collect();
    let properties = properties(&node.properties, entities, style);
    let id = node.id.0.to_string();
    match style {
        Style::Neo4j => json!({"elementId": id, "labels": labels, "properties": properties}),
        Style::Neptune => {
            json!({"~id": id, "~entityType": "node", "~labels": labels, "~properties": properties})
        }
    }
}

fn relationship(edge: &Relationship, entities: &Entities, style: Style) -> Json {
    let properties = properties(&edge.properties, entities, style);
    let [id, start, end] = [edge.id.0, edge.start.0, edge.end.0].map(|id| id.to_string());
    let kind = &*edge.kind;
    match style {
        Style::Neo4j => json!({
            "elementId": id, "startNodeElementId": start, "endNodeElementId": end, "type": kind,
            "properties": properties,
        }),
        Style::Neptune => json!({
            "~id": id, "~entityType": "relationship", "~start": start, "~end": end, "~type": kind,
            "~properties": properties,
        }),
    }
}
