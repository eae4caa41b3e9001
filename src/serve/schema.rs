//! The schema of a graph as JSON.

use relata::{Endpoints, Kind, PropertySummary, Schema};
use serde_json::{Value as Any, json};

/// A schema as JSON.
pub(super) fn described(schema: &Schema) -> Any {
    let labels: Vec<_> = schema
        .labels
        .iter()
        .map(|label| {
            json!({
                "name": &*label.name, "count": label.count, "properties": properties(&label.properties),
            })
        })
        .collect();
    let types: Vec<_> = schema
        .types
        .iter()
        .map(|kind| {
            let endpoints: Vec<_> = kind.endpoints.iter().map(endpoint).collect();
            json!({
                "name": &*kind.name, "count": kind.count, "properties": properties(&kind.properties),
                "endpoints": endpoints,
            })
        })
        .collect();
    json!({
        "nodes": schema.nodes, "relationships": schema.relationships, "labels": labels, "types": types,
    })
}

fn properties(properties: &[PropertySummary]) -> Any {
    let described = |property: &PropertySummary| {
        let kinds: Vec<_> = property.kinds.iter().map(Kind::to_string).collect();
        json!({"name": &*property.name, "count": property.count, "types": kinds})
    };
    properties.iter().map(described).collect()
}

fn endpoint(endpoint: &Endpoints) -> Any {
    json!({"from": endpoint.from.as_deref(), "to": endpoint.to.as_deref(), "count": endpoint.count})
}
