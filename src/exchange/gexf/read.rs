//! Reads GEXF.

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
            declared: HashMap::new(),
            class: String::new(),
            nodes: HashMap::new(),
            edges: Vec::new(),
            undirected: 0,
            directed: true,
        };
        file.read()?;
    }
    Ok(())
}

/// A declared attribute: its title, its column type and its default.
struct Declared {
    title: String,
    kind: String,
    default: Option<Value>,
}

/// An edge, added when all nodes are known.
struct Edge {
    at: usize,
    ends: [String; 2],
    values: Values,
}

/// The values of an element, and the labels or the type.
#[derive(Default)]
struct Values {
    properties: Vec<(String, Value)>,
    name: Option<String>,
}

struct File<'t, 'r, 'o> {
    xml: Xml<'t>,
    reading: &'r mut Reading<'o>,
    /// By class and id.
    declared: HashMap<(String, String), Declared>,
    class: String,
    nodes: HashMap<String, NodeId>,
    edges: Vec<Edge>,
    undirected: usize,
    directed: bool,
}

impl File<'_, '_, '_> {
    fn read(mut self) -> Result<(), Problem> {
        let mut count = 0_usize;
        while let Some(node) = self.xml.next()? {
            if let Node::Open(name, attributes) = node {
                self.opened(&name, &attributes)?;
            }
            count += 1;
            if self.reading.ends_at(count) {
                return Ok(());
            }
        }
        self.join();
        self.reading.note_undirected(self.undirected);
        Ok(())
    }

    fn opened(&mut self, name: &str, attributes: &Attributes) -> Result<(), Problem> {
        match name {
            "graph" => self.directed = attributes.get("defaultedgetype") == Some("directed"),
            "attributes" => self.class = attributes.get("class").unwrap_or("node").to_owned(),
            "attribute" => self.attribute(attributes)?,
            "node" => self.node(attributes)?,
            "edge" => self.edge(attributes)?,
            _ => {}
        }
        Ok(())
    }

    /// `<attribute id="0" title="age" type="long"><default>0</default></attribute>`
    fn attribute(&mut self, attributes: &Attributes) -> Result<(), Problem> {
        let id = attributes.get("id").unwrap_or_default().to_owned();
        let plain = attributes.get("type").unwrap_or("string");
        let kind = attributes.get("kind").unwrap_or(plain).to_owned();
        let title = attributes.get("title").unwrap_or(&id).to_owned();
        let mut default = None;
        loop {
            match self.xml.next()? {
                Some(Node::Open(name, _)) if name == "default" => {
                    let text = self.xml.content()?;
                    default = self.value(&kind, &title, &text);
                }
                Some(Node::Open(..)) => drop(self.xml.content()?),
                Some(Node::Text(_)) => {}
                Some(Node::Close) | None => break,
            }
        }
        let declared = Declared {
            title,
            kind,
            default,
        };
        self.declared.insert((self.class.clone(), id), declared);
        Ok(())
    }

    /// The value of a text. Lists are separated by bars, or by commas in brackets.
    fn value(&mut self, kind: &str, title: &str, text: &str) -> Option<Value> {
        let read = match kind {
            "string" | "anyURI" => Ok(text.into()),
            _ if kind != "list" && kind.starts_with("list") => Ok(list(text)),
            _ if text.trim().is_empty() && kind != "list" => return None,
            _ => property::read(kind, text.trim()),
        };
        read.map_err(|message| {
            let problem = self.xml.problem(format!("{message} for `{title}`"));
            self.reading.problem(problem);
        })
        .ok()
    }

    /// The values inside an element. Nodes may contain nodes.
    fn values(&mut self, class: &str) -> Result<Values, Problem> {
        let mut found = Values::default();
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Some(Node::Open(name, attributes)) => {
                    open += 1;
                    match &*name {
                        "attvalue" => self.attvalue(class, &attributes, &mut found),
                        "node" => {
                            self.node(&attributes)?;
                            open -= 1;
                        }
                        "edge" => {
                            self.edge(&attributes)?;
                            open -= 1;
                        }
                        "size" | "color" | "position" | "shape" | "thickness" => {
                            visual(&name, &attributes, &mut found);
                        }
                        _ => {}
                    }
                }
                Some(Node::Close) => open -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        let defaults = self.declared.iter().filter(|((of, _), _)| of == class);
        for (_, declared) in defaults {
            if let Some(value) = &declared.default
                && !found
                    .properties
                    .iter()
                    .any(|(key, _)| *key == declared.title)
            {
                found
                    .properties
                    .push((declared.title.clone(), value.clone()));
            }
        }
        Ok(found)
    }

    fn attvalue(&mut self, class: &str, attributes: &Attributes, found: &mut Values) {
        let id = attributes
            .get("for")
            .or(attributes.get("id"))
            .unwrap_or_default();
        let text = attributes.get("value").unwrap_or_default();
        if (class, id) == ("node", "labels") || (class, id) == ("edge", "type") {
            found.name = Some(text.to_owned());
            return;
        }
        let declared = self.declared.get(&(class.to_owned(), id.to_owned()));
        let (title, kind) = declared.map_or((id.to_owned(), "string".to_owned()), |declared| {
            (declared.title.clone(), declared.kind.clone())
        });
        let value = self.value(&kind, &title, text);
        found.properties.extend(value.map(|value| (title, value)));
    }

    fn node(&mut self, attributes: &Attributes) -> Result<(), Problem> {
        let at = self.xml.at();
        let id = attributes.get("id").unwrap_or_default().to_owned();
        let node = self.reading.graph.node([]);
        if self.nodes.insert(id.clone(), node).is_some() {
            let problem = self
                .xml
                .problem_at(at, format!("expected a unique id, found `{id}` again"));
            self.reading.problem(problem);
        }
        let values = self.values("node")?;
        if let Some(labels) = &values.name {
            let labels = name::split(labels);
            self.reading
                .graph
                .label(node, labels.iter().map(String::as_str));
        } else {
            self.reading.graph.set(node, "id", id.into());
            for key in ["label", "start", "end", "pid"] {
                if let Some(text) = attributes.get(key) {
                    self.reading.graph.set(node, key, text.into());
                }
            }
        }
        for (key, value) in values.properties {
            self.reading.graph.set(node, &key, value);
        }
        Ok(())
    }

    fn edge(&mut self, attributes: &Attributes) -> Result<(), Problem> {
        let at = self.xml.at();
        let directed = match attributes.get("type") {
            Some(direction) => direction == "directed",
            None => self.directed,
        };
        self.undirected += usize::from(!directed);
        let text = |key| attributes.get(key).unwrap_or_default().to_owned();
        let mut values = self.values("edge")?;
        if values.name.is_none() {
            values.name = attributes.get("kind").map(str::to_owned);
            let weight = attributes.get("weight");
            if let Some(weight) = weight.and_then(|weight| property::read("double", weight).ok()) {
                values.properties.push(("weight".to_owned(), weight));
            }
            for key in ["id", "label", "start", "end"] {
                let value = attributes
                    .get(key)
                    .map(|text| (key.to_owned(), text.into()));
                values.properties.extend(value);
            }
        }
        self.edges.push(Edge {
            at,
            ends: ["source", "target"].map(text),
            values,
        });
        Ok(())
    }

    fn join(&mut self) {
        for edge in std::mem::take(&mut self.edges) {
            let [from, to] = edge.ends.each_ref().map(|id| self.nodes.get(id).copied());
            let (Some(from), Some(to)) = (from, to) else {
                let unknown = edge.ends.iter().find(|id| !self.nodes.contains_key(*id));
                let message = format!(
                    "expected the id of a node, found `{}`",
                    unknown.map_or("", String::as_str)
                );
                let problem = self.xml.problem_at(edge.at, message);
                self.reading.problem(problem);
                continue;
            };
            let kind = edge.values.name.as_deref().filter(|kind| !kind.is_empty());
            let at = self.reading.graph.edge(kind.unwrap_or(RELATED), from, to);
            for (key, value) in edge.values.properties {
                self.reading.graph.set_edge(at, &key, value);
            }
        }
    }
}

/// `a|b`, `[a, b]`
fn list(text: &str) -> Value {
    let inner = text
        .trim()
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let items: Vec<&str> = match inner {
        Some(inner) => inner.split(',').map(str::trim).collect(),
        None => text.split('|').collect(),
    };
    Value::list(
        items
            .into_iter()
            .filter(|item| !item.is_empty())
            .map(Value::from)
            .collect(),
    )
}

/// `<viz:position x="1" y="2"/>` as the properties `viz.position.x` and `viz.position.y`.
fn visual(name: &str, attributes: &Attributes, found: &mut Values) {
    for (key, text) in &attributes.0 {
        let value = property::read("double", text).unwrap_or_else(|_| text.as_str().into());
        found.properties.push((format!("viz.{name}.{key}"), value));
    }
}
