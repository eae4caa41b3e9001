//! Recognises the shape of JSON files and reads them.

use std::collections::HashMap;

use serde_json::{Deserializer, Value as Json};

use super::{
    apoc, cytoscape, json_graph, node_link, records,
    source::{Object, Source},
};
use crate::{
    exchange::{document::Document, reading::Reading},
    graph::load::Problem,
    value::number::wide_integer,
};

pub(super) fn read(documents: &[&Document], reading: &mut Reading<'_>) -> Result<(), Problem> {
    for document in documents {
        let values = values(document)?;
        let mut source = Source {
            document,
            reading,
            nodes: HashMap::new(),
            is_marked: false,
        };
        source.read(&values)?;
    }
    Ok(())
}

/// The values of a file: one, or one per line.
fn values(document: &Document) -> Result<Vec<Json>, Problem> {
    let text = document.text()?;
    if let Some(number) = wide_integer(&text) {
        let at = number.as_ptr() as usize - text.as_ptr() as usize;
        let message = format!("expected integers of 64 bits, found `{number}`");
        let problem = Problem::at(document.name(), &text, at, message);
        return Err(problem.maybe_help(Some("write it as a string".to_owned())));
    }
    let mut values = Vec::new();
    for value in Deserializer::from_str(&text).into_iter() {
        values.push(value.map_err(|error| syntax(document, &error))?);
    }
    Ok(values)
}

/// The problem of a text that is no JSON.
pub(in crate::exchange) fn syntax(document: &Document, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let message = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(message, _)| message);
    let mut problem = document.problem(format!("expected JSON: {message}"));
    problem.place = Some((error.line(), error.column()));
    problem
}

impl Source<'_, '_, '_> {
    fn read(&mut self, values: &[Json]) -> Result<(), Problem> {
        match values {
            [Json::Object(object)] => self.object(object),
            [Json::Array(items)] => self.items(items),
            [] => Err(self.document.problem("expected JSON, found an empty file")),
            lines => self.items(lines),
        }
    }

    fn object(&mut self, object: &Object) -> Result<(), Problem> {
        let has = |key: &str| object.contains_key(key);
        if has("elements") {
            return cytoscape::read(self, object);
        }
        if has("nodes") && (has("links") || has("edges") || has("adjacency")) {
            return node_link::read(self, object);
        }
        if has("graph") || has("graphs") {
            return json_graph::read(self, object);
        }
        if apoc::is_entity(object) {
            return apoc::read(self, &[Json::Object(object.clone())]);
        }
        if records::members(self, object) {
            return Ok(());
        }
        Err(self.unknown())
    }

    fn items(&mut self, items: &[Json]) -> Result<(), Problem> {
        let Some(Json::Object(first)) = items.first() else {
            return Err(self.unknown());
        };
        if apoc::is_entity(first) {
            apoc::read(self, items)
        } else if cytoscape::is_element(first) {
            cytoscape::elements(self, items)
        } else if records::are_records(items) {
            let records: Vec<&Object> = items.iter().filter_map(Json::as_object).collect();
            records::add(self, None, &records);
            Ok(())
        } else {
            Err(self.unknown())
        }
    }

    fn unknown(&self) -> Problem {
        let message = "expected a graph or records as JSON, found JSON of another shape";
        let help = "a graph has `nodes` and `links`, `elements` or `graph`; records are an array of objects";
        self.document
            .problem(message)
            .maybe_help(Some(help.to_owned()))
    }
}
