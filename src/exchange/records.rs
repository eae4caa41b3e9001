//! Rows of files for statements that read them: `LOAD CSV` and `CALL load.json`, `load.graphml`, `load.rdf`.

use csv::StringRecord;
use serde_json::{Deserializer, Value as Json};

use super::{document::Document, json, table};
use crate::{
    graph::{Graph, load::Problem},
    value::{Entries, NodeId, Value, number::wide_integer},
};

/// The rows of a CSV file: a list of texts per row, or a map by the names in the header. Empty fields are null.
///
/// # Errors
/// If the file is no text, or the delimiter no ASCII character.
pub(crate) fn csv_rows(
    document: &Document,
    has_header: bool,
    delimiter: Option<char>,
) -> Result<Vec<Value>, Problem> {
    let usual = if document.extension() == "tsv" {
        '\t'
    } else {
        ','
    };
    let delimiter = delimiter.unwrap_or(usual);
    let delimiter = u8::try_from(delimiter)
        .ok()
        .filter(u8::is_ascii)
        .ok_or_else(|| {
            let message =
                format!("expected an ASCII character between fields, found `{delimiter}`");
            document.problem(message)
        })?;
    let text = document.text()?;
    let mut reader = table::reader(text.trim_start_matches('\u{FEFF}'), delimiter);
    let mut header: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| document.problem(format!("expected a table: {error}")))?
    {
        match &header {
            Some(names) => rows.push(map(names, &record)),
            None if has_header => header = Some(record.iter().map(str::to_owned).collect()),
            None => rows.push(Value::list(record.iter().map(field).collect())),
        }
    }
    Ok(rows)
}

fn map(names: &[String], record: &StringRecord) -> Value {
    let fields = record
        .iter()
        .map(field)
        .chain(std::iter::repeat(Value::Null));
    let entries: Entries = names
        .iter()
        .map(|name| name.as_str().into())
        .zip(fields)
        .collect();
    Value::map(entries)
}

fn field(text: &str) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        text.into()
    }
}

/// The values of a JSON file: the items of an array, or each value of the file.
///
/// # Errors
/// If the file is no JSON, or has an integer of more than 64 bits.
pub(crate) fn json_rows(document: &Document) -> Result<Vec<Value>, Problem> {
    let text = document.text()?;
    if let Some(number) = wide_integer(&text) {
        return Err(document.problem(format!("expected integers of 64 bits, found `{number}`")));
    }
    let values = Deserializer::from_str(&text).into_iter::<Json>();
    let values: Result<Vec<Json>, _> = values.collect();
    let values = values.map_err(|error| json::syntax(document, &error))?;
    Ok(match &*values {
        [Json::Array(items)] => items.iter().map(value).collect(),
        values => values.iter().map(value).collect(),
    })
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(boolean) => Value::Boolean(*boolean),
        Json::String(text) => text.as_str().into(),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Value::Integer(integer),
            None => number.as_f64().map_or(Value::Null, Value::Float),
        },
        Json::Array(items) => Value::list(items.iter().map(value).collect()),
        Json::Object(members) => {
            let entries = members
                .iter()
                .map(|(key, json)| (key.as_str().into(), value(json)));
            Value::map(entries.collect())
        }
    }
}

/// A row per node and relationship of a graph: id, labels, type, the ids of the ends, properties. Nodes have no type.
pub(crate) fn graph_rows(graph: &Graph) -> Vec<Vec<Value>> {
    let catalog = graph.catalog();
    let properties = |found: Vec<_>| {
        let entries = found
            .into_iter()
            .map(|(key, value)| (catalog.key_name(key).clone(), value));
        Value::map(entries.collect())
    };
    let id = |node: NodeId| Value::Integer(node.0.into());
    let nodes = graph.nodes().iter().map(NodeId).map(|node| {
        let labels = graph.labels_of(node).iter();
        let labels = labels.map(|label| Value::String(catalog.label_name(*label).clone()));
        vec![
            id(node),
            Value::list(labels.collect()),
            Value::Null,
            Value::Null,
            Value::Null,
            properties(graph.node_properties(node).collect()),
        ]
    });
    let edges = graph.edges().map(|edge| {
        let (from, to) = graph.endpoints(edge);
        vec![
            Value::Integer(edge.0.into()),
            Value::Null,
            Value::String(catalog.type_name(graph.edge_type(edge)).clone()),
            id(from),
            id(to),
            properties(graph.edge_properties(edge).collect()),
        ]
    });
    nodes.chain(edges).collect()
}
