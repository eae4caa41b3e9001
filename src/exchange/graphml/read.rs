//! Reads GraphML.

use std::collections::HashMap;

use crate::{
    exchange::{
        collect::RELATED,
        document::Document,
        name, property,
        reading::Reading,
        xml::{Attributes, Node, Xml, decode},
    },
    graph::load::Problem,
    value::{NodeId, Value},
};

pub(super) fn read(documents: &[&Document], reading: &mut Reading<'_>) -> Result<(), Problem> {
    for document in documents {
        let text = decode(document)?;
        let file = File {
            xml: Xml::new(document.name(), &text),
            reading,
            keys: HashMap::new(),
            nodes: HashMap::new(),
            node_ids: Vec::new(),
            edge_ids: Vec::new(),
            edges: Vec::new(),
            directed: true,
            undirected: 0,
        };
        file.read()?;
    }
    Ok(())
}

/// A declared property.
struct Key {
    name: String,
    /// The name of a column type.
    kind: String,
    of_edges: bool,
    of_nodes: bool,
    default: Option<Value>,
}

/// The data of a node or an edge.
#[derive(Default)]
struct Data {
    values: Vec<(String, Value)>,
    /// The labels or the type, which APOC also writes as data.
    name: Option<String>,
}

/// An edge, resolved when all nodes are known.
struct Edge {
    at: usize,
    source: String,
    target: String,
    kind: Option<String>,
    id: Option<String>,
    values: Vec<(String, Value)>,
}

struct File<'t, 'r, 'o> {
    xml: Xml<'t>,
    reading: &'r mut Reading<'o>,
    keys: HashMap<String, Key>,
    nodes: HashMap<String, NodeId>,
    /// The id of each node in the file, and whether it has a property `id`.
    node_ids: Vec<(NodeId, String, bool)>,
    edge_ids: Vec<(usize, String, bool)>,
    edges: Vec<Edge>,
    directed: bool,
    undirected: usize,
}

impl File<'_, '_, '_> {
    fn read(mut self) -> Result<(), Problem> {
        let mut count = 0;
        while let Some(node) = self.xml.next()? {
            if let Node::Open(name, attributes) = node {
                match &*name {
                    "key" => self.key(&attributes)?,
                    "graph" => self.directed = attributes.get("edgedefault") != Some("undirected"),
                    "node" => self.node(&attributes)?,
                    "edge" => self.edge(&attributes)?,
                    "hyperedge" => {
                        let message = "expected edges with two ends, found a hyperedge";
                        return Err(self.xml.problem(message));
                    }
                    _ => {}
                }
            }
            count += 1;
            if self.reading.ends_at(count) {
                return Ok(());
            }
        }
        self.join();
        self.name_by_ids();
        self.reading.note_undirected(self.undirected);
        Ok(())
    }

    /// `<key id="d0" for="node" attr.name="age" attr.type="long"/>`
    fn key(&mut self, attributes: &Attributes) -> Result<(), Problem> {
        let id = attributes.get("id").unwrap_or_default().to_owned();
        let name = attributes.get("attr.name").unwrap_or(&id).to_owned();
        let scope = attributes.get("for").unwrap_or("all");
        let kind = if attributes.get("attr.list").is_some() {
            "list"
        } else {
            let plain = attributes.get("attr.type").unwrap_or("string");
            attributes.get("attr.temporal").unwrap_or(plain)
        };
        let mut key = Key {
            name,
            kind: kind.to_owned(),
            of_nodes: matches!(scope, "node" | "all"),
            of_edges: matches!(scope, "edge" | "all"),
            default: None,
        };
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Some(Node::Open(name, _)) if name == "default" => {
                    let text = self.xml.content()?;
                    key.default = self.value(&key, text.trim());
                }
                Some(Node::Open(..)) => open += 1,
                Some(Node::Close) => open -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        self.keys.insert(id, key);
        Ok(())
    }

    /// The value of a text; a text that does not fit is a problem.
    fn value(&mut self, key: &Key, text: &str) -> Option<Value> {
        let numeric = !matches!(&*key.kind, "string" | "list");
        if numeric && text.trim().is_empty() {
            return None;
        }
        match property::read(&key.kind, text) {
            Ok(value) => Some(value),
            Err(message) => {
                let problem = self.xml.problem(format!("{message} for `{}`", key.name));
                self.reading.problem(problem);
                None
            }
        }
    }

    /// The values of `data` elements, up to the end of the element that was opened. Nodes may contain graphs.
    fn data(&mut self, of_nodes: bool) -> Result<Data, Problem> {
        let mut found = Data::default();
        let values = &mut found.values;
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Some(Node::Open(name, attributes)) if name == "data" => {
                    let id = attributes.get("key").unwrap_or_default().to_owned();
                    let at = self.xml.at();
                    let text = self.xml.content()?;
                    match self.keys.remove(&id) {
                        Some(key) if id == key.name && matches!(&*id, "labels" | "label") => {
                            found.name = Some(text.trim().to_owned());
                            self.keys.insert(id, key);
                        }
                        Some(key) => {
                            let text = if key.kind == "string" {
                                &*text
                            } else {
                                text.trim()
                            };
                            if let Some(value) = self.value(&key, text) {
                                put(values, key.name.clone(), value);
                            }
                            self.keys.insert(id, key);
                        }
                        // NetworkX once wrote data without declarations.
                        None if text.trim().is_empty() => {}
                        None if !id.is_empty() => put(values, id, text.trim().into()),
                        None => {
                            let problem = self.xml.problem_at(at, "expected the attribute `key`");
                            self.reading.problem(problem);
                        }
                    }
                }
                Some(Node::Open(name, attributes)) if name == "node" => self.node(&attributes)?,
                Some(Node::Open(name, attributes)) if name == "edge" => self.edge(&attributes)?,
                Some(Node::Open(..)) => open += 1,
                Some(Node::Close) => open -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        for key in self.keys.values() {
            let applies = if of_nodes { key.of_nodes } else { key.of_edges };
            if let (true, Some(value)) = (applies, &key.default)
                && !values.iter().any(|(name, _)| *name == key.name)
            {
                values.push((key.name.clone(), value.clone()));
            }
        }
        Ok(found)
    }

    fn node(&mut self, attributes: &Attributes) -> Result<(), Problem> {
        let at = self.xml.at();
        let id = attributes.get("id").unwrap_or_default().to_owned();
        let node = self.reading.graph.node([]);
        if self.nodes.insert(id.clone(), node).is_some() {
            let message = format!("expected a unique id, found `{id}` again");
            let problem = self.xml.problem_at(at, message);
            self.reading.problem(problem);
        }
        let data = self.data(true)?;
        let has_id = data.values.iter().any(|(key, _)| key == "id");
        for (key, value) in data.values {
            self.reading.graph.set(node, &key, value);
        }
        let labels = attributes.get("labels").or(data.name.as_deref());
        let labels = name::split(labels.unwrap_or_default());
        self.reading
            .graph
            .label(node, labels.iter().map(String::as_str));
        self.node_ids.push((node, id, has_id));
        Ok(())
    }

    fn edge(&mut self, attributes: &Attributes) -> Result<(), Problem> {
        let at = self.xml.at();
        let text = |name| attributes.get(name).map(str::to_owned);
        let directed = match attributes.get("directed") {
            Some(directed) => directed == "true",
            None => self.directed,
        };
        self.undirected += usize::from(!directed);
        let data = self.data(false)?;
        self.edges.push(Edge {
            at,
            source: text("source").unwrap_or_default(),
            target: text("target").unwrap_or_default(),
            kind: text("label").or(data.name),
            id: text("id"),
            values: data.values,
        });
        Ok(())
    }

    /// Adds the edges, whose ends are known now.
    fn join(&mut self) {
        for edge in std::mem::take(&mut self.edges) {
            let ends = [&edge.source, &edge.target].map(|id| (id, self.nodes.get(id).copied()));
            let [(_, Some(from)), (_, Some(to))] = ends else {
                for (id, _) in ends.iter().filter(|(_, node)| node.is_none()) {
                    let message = format!("expected the id of a node, found `{id}`");
                    let problem = self.xml.problem_at(edge.at, message);
                    self.reading.problem(problem);
                }
                continue;
            };
            let kind = edge.kind.filter(|kind| !kind.is_empty());
            let kind = kind.as_deref().unwrap_or(RELATED);
            let at = self.reading.graph.edge(kind, from, to);
            let has_id = edge.values.iter().any(|(key, _)| key == "id");
            for (key, value) in edge.values {
                self.reading.graph.set_edge(at, &key, value);
            }
            self.edge_ids.extend(edge.id.map(|id| (at, id, has_id)));
        }
    }

    /// Keeps the ids of the file as the property `id`, unless they are numbers that a program made.
    fn name_by_ids(&mut self) {
        if !is_numbered(self.node_ids.iter().map(|(_, id, _)| &**id), 'n') {
            for (node, id) in std::mem::take(&mut self.node_ids)
                .into_iter()
                .filter_map(unnamed)
            {
                self.reading.graph.set(node, "id", id.into());
            }
        }
        if !is_numbered(self.edge_ids.iter().map(|(_, id, _)| &**id), 'e') {
            for (edge, id) in std::mem::take(&mut self.edge_ids)
                .into_iter()
                .filter_map(unnamed)
            {
                self.reading.graph.set_edge(edge, "id", id.into());
            }
        }
    }
}

fn put(values: &mut Vec<(String, Value)>, key: String, value: Value) {
    match values.iter_mut().find(|(known, _)| *known == key) {
        Some((_, known)) => *known = value,
        None => values.push((key, value)),
    }
}

/// The id of an entity that has no property `id`.
fn unnamed<T>((entity, id, has_id): (T, String, bool)) -> Option<(T, String)> {
    (!has_id).then_some((entity, id))
}

/// Whether ids are a letter and the numbers from 0: `n0`, `n1`. Programs write such ids where there are none.
fn is_numbered<'i>(mut ids: impl Iterator<Item = &'i str>, letter: char) -> bool {
    let mut numbers = 0..;
    ids.all(|id| {
        let number = numbers
            .next()
            .map(|number: usize| format!("{letter}{number}"));
        number.as_deref() == Some(id)
    })
}
