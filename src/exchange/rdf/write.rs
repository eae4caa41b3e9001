//! Writes a graph as RDF: the inverse of reading.

use std::{
    collections::{HashMap, HashSet},
    io::Write,
};

use oxrdf::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term, Triple, vocab::rdf};
use oxrdfio::{RdfFormat, RdfSerializer, WriterQuadSerializer};

use super::{
    GRAPH, NODE_CLASS, REIFIES, RESOURCE, TERMS, URI,
    build::UNSTATED,
    name::{BASE, Names},
    shape::{self, term},
};
use crate::{
    base::{Code, Fault},
    exchange::{
        format::{WriteError, Written},
        property::unfit,
        view::{Edge, View},
    },
    graph::manifest::Rdf,
    value::{NodeId, Value},
};

/// The prefix of the names without one, in the files.
const BASE_PREFIX: &str = "n4sch";

/// Writes a graph in a format.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write, format: RdfFormat) -> Written {
    let empty = Rdf::default();
    let rdf = view.rdf().unwrap_or(&empty);
    let mut serializer = RdfSerializer::from_format(format);
    let prefixes = rdf
        .prefixes
        .iter()
        .map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()));
    let own = (!rdf.prefixes.contains_key(BASE_PREFIX)).then_some((BASE_PREFIX, BASE));
    for (prefix, namespace) in prefixes.chain(own) {
        // A namespace that is no IRI, from an edited manifest, has no names.
        serializer = serializer
            .clone()
            .with_prefix(prefix, namespace)
            .unwrap_or(serializer);
    }
    let terms = Terms::of(view);
    let mut writer = Writer {
        view,
        rdf,
        names: Names::of(rdf),
        has_graphs: format.supports_datasets(),
        out: serializer.for_writer(out),
        terms,
    };
    writer.write()?;
    writer.out.finish()?;
    Ok(())
}

/// The terms of the nodes, and the graphs that they are in, by number.
struct Terms {
    terms: Vec<(NamedOrBlankNode, GraphName)>,
    /// Whether the property `graphUri` of the node names its graph.
    in_graph: Vec<bool>,
    /// The beginning of the labels of new blank nodes.
    fresh: String,
    /// The IRIs of all nodes.
    iris: HashSet<NamedNode>,
}

impl Terms {
    fn of(view: &View<'_>) -> Self {
        let mut graphs = Vec::new();
        let mut candidates = Vec::new();
        for node in view.nodes() {
            graphs.push(text(view, node, GRAPH).and_then(|text| graph(&text)));
            let is_resource = view.labels(node).contains(&RESOURCE);
            let term = text(view, node, URI)
                .filter(|_| is_resource)
                .and_then(|text| term(&text));
            candidates.push(term);
        }
        let mut places: HashMap<(&NamedOrBlankNode, &Option<GraphName>), usize> = HashMap::new();
        let mut spread: HashMap<&NamedOrBlankNode, usize> = HashMap::new();
        for (term, graph) in candidates.iter().zip(&graphs) {
            if let Some(term) = term {
                *places.entry((term, graph)).or_default() += 1;
                *spread.entry(term).or_default() += 1;
            }
        }
        let named: HashSet<NamedOrBlankNode> = graphs.iter().flatten().filter_map(name).collect();
        // A blank node has a label only where it is needed.
        let is_kept = |term: &NamedOrBlankNode, graph: &Option<GraphName>| {
            places[&(term, graph)] == 1
                && (term.is_named_node() || spread[term] > 1 || named.contains(term))
        };
        let kept: Vec<bool> = candidates
            .iter()
            .zip(&graphs)
            .map(|(term, graph)| term.as_ref().is_some_and(|term| is_kept(term, graph)))
            .collect();
        let fresh = fresh(candidates.iter().flatten().chain(&named));
        let number = |at| NamedOrBlankNode::from(BlankNode::new_unchecked(format!("{fresh}n{at}")));
        let in_graph = graphs.iter().map(Option::is_some).collect();
        let terms: Vec<_> = candidates
            .into_iter()
            .zip(graphs)
            .enumerate()
            .map(|(at, (term, graph))| {
                let term = term.filter(|_| kept[at]).unwrap_or_else(|| number(at));
                (term, graph.unwrap_or_default())
            })
            .collect();
        let iris = terms.iter().filter_map(|(term, _)| match term {
            NamedOrBlankNode::NamedNode(iri) => Some(iri.clone()),
            NamedOrBlankNode::BlankNode(_) => None,
        });
        Self {
            iris: iris.collect(),
            terms,
            in_graph,
            fresh,
        }
    }
}

/// A beginning that no label of a blank node has.
fn fresh<'t>(terms: impl Iterator<Item = &'t NamedOrBlankNode> + Clone) -> String {
    let mut fresh = String::new();
    let begins = |term: &NamedOrBlankNode, fresh: &str| match term {
        NamedOrBlankNode::BlankNode(node) => node.as_str().starts_with(fresh),
        NamedOrBlankNode::NamedNode(_) => false,
    };
    while terms.clone().any(|term| begins(term, &fresh)) {
        fresh.push('x');
    }
    fresh
}

fn text(view: &View<'_>, node: NodeId, key: &str) -> Option<String> {
    match view.named(node, key) {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn graph(text: &str) -> Option<GraphName> {
    term(text).map(Into::into)
}

fn name(graph: &GraphName) -> Option<NamedOrBlankNode> {
    match graph {
        GraphName::NamedNode(iri) => Some(iri.clone().into()),
        GraphName::BlankNode(node) => Some(node.clone().into()),
        GraphName::DefaultGraph => None,
    }
}

struct Writer<'v, 'g, 'o> {
    view: &'v View<'g>,
    rdf: &'v Rdf,
    names: Names,
    has_graphs: bool,
    out: WriterQuadSerializer<&'o mut dyn Write>,
    terms: Terms,
}

impl<'g> Writer<'_, 'g, '_> {
    fn write(&mut self) -> Written {
        let mut edges: Vec<Edge<'g>> = self.view.edges().collect();
        edges.sort_by_key(|edge| self.view.number(edge.from));
        let mut is_end = vec![false; self.terms.terms.len()];
        let mut parallel: HashMap<(NodeId, &str, NodeId), usize> = HashMap::new();
        for edge in &edges {
            is_end[self.view.number(edge.from)] = true;
            is_end[self.view.number(edge.to)] = true;
            *parallel.entry((edge.from, edge.kind, edge.to)).or_default() += 1;
        }
        let uris = self.reifiers(&edges);
        let mut rest = edges.iter().enumerate().peekable();
        let nodes: Vec<NodeId> = self.view.nodes().collect();
        for node in nodes {
            let is_alone = !is_end[self.view.number(node)];
            self.node(node, is_alone)?;
            while let Some((at, edge)) = rest.next_if(|(_, edge)| edge.from == node) {
                let count = parallel[&(edge.from, edge.kind, edge.to)];
                self.edge(edge, at, count, uris[at].as_ref())?;
            }
        }
        Ok(())
    }

    /// The IRI of each relationship that has one of its own.
    fn reifiers(&self, edges: &[Edge<'_>]) -> Vec<Option<NamedNode>> {
        let uri = |edge: &Edge<'_>| {
            let mut properties = self.view.edge_properties(edge.id);
            let (_, value) = properties.find(|(key, _)| *key == URI)?;
            let Value::String(text) = value else {
                return None;
            };
            NamedNode::new(&*text).ok()
        };
        let uris: Vec<_> = edges.iter().map(uri).collect();
        let mut counts: HashMap<&NamedNode, usize> = HashMap::new();
        for uri in uris.iter().flatten() {
            *counts.entry(uri).or_default() += 1;
        }
        let is_own = |uri: &&NamedNode| counts[*uri] == 1 && !self.terms.iris.contains(*uri);
        uris.iter()
            .map(|uri| uri.as_ref().filter(is_own).cloned())
            .collect()
    }

    fn node(&mut self, node: NodeId, is_alone: bool) -> Written {
        let number = self.view.number(node);
        let (term, graph) = self.terms.terms[number].clone();
        self.check(&graph)?;
        let is_labelled = matches!(&term, NamedOrBlankNode::BlankNode(blank) if blank.as_str() == format!("{}n{number}", self.terms.fresh));
        let is_resource = !is_labelled;
        let mut is_said = false;
        for label in self.view.labels(node) {
            if !(is_resource && label == RESOURCE) {
                is_said = true;
                self.put(
                    &term,
                    rdf::TYPE.into_owned(),
                    self.names.iri(label).into(),
                    &graph,
                )?;
            }
        }
        let properties: Vec<_> = self.view.properties(node).collect();
        let in_graph = self.terms.in_graph[number];
        let hidden = |key: &str| key == URI && is_resource || key == GRAPH && in_graph;
        let properties = properties
            .into_iter()
            .filter(|(key, _)| !hidden(key))
            .collect();
        is_said |= self.properties(&term, &graph, properties)?;
        if is_alone && !is_said {
            let class = NamedNode::new_unchecked(NODE_CLASS);
            self.put(&term, rdf::TYPE.into_owned(), class.into(), &graph)?;
        }
        Ok(())
    }

    /// Writes properties and tells whether there are any.
    fn properties(
        &mut self,
        subject: &NamedOrBlankNode,
        graph: &GraphName,
        properties: Vec<(&str, Value)>,
    ) -> Result<bool, WriteError> {
        let entries = entries(&properties);
        let mut is_said = false;
        for (key, value) in &properties {
            if *key == TERMS && entries.is_some() {
                continue;
            }
            let kept = entries.as_deref().unwrap_or_default();
            let terms =
                shape::exact(key, value, kept, &self.names).or_else(|| self.usual(key, value));
            let terms = terms.ok_or_else(|| unfit(key, value))?;
            let predicate = self.names.iri(key);
            for term in terms {
                is_said = true;
                self.put(subject, predicate.clone(), term, graph)?;
            }
        }
        Ok(is_said)
    }

    fn usual(&self, key: &str, value: &Value) -> Option<Vec<Term>> {
        let datatype = self.rdf.datatypes.get(key).map(String::as_str);
        let is_array = self.rdf.arrays.iter().any(|known| known == key);
        shape::terms(value, datatype, is_array)
    }

    /// Writes a relationship: a triple, with a reifier if it has properties or parallel ones.
    fn edge(
        &mut self,
        edge: &Edge<'_>,
        at: usize,
        parallel: usize,
        uri: Option<&NamedNode>,
    ) -> Written {
        let (subject, graph) = self.terms.terms[self.view.number(edge.from)].clone();
        let (object, other) = self.terms.terms[self.view.number(edge.to)].clone();
        if graph != other {
            let message = format!(
                "cannot write a relationship `{}` from the named graph `{graph}` to another, `{other}`",
                edge.kind
            );
            return Err(Fault::new(Code::SaveProblem, message).into());
        }
        let triple = Triple::new(subject, self.names.iri(edge.kind), object);
        let properties: Vec<_> = self.view.edge_properties(edge.id).collect();
        let unstated = |entries: &[Value]| {
            entries
                .iter()
                .any(|entry| matches!(entry, Value::String(text) if &**text == UNSTATED))
        };
        let is_stated = !entries(&properties).is_some_and(|entries| unstated(&entries));
        if is_stated {
            let Triple {
                subject,
                predicate,
                object,
            } = &triple;
            self.put(subject, predicate.clone(), object.clone(), &graph)?;
        }
        if properties.is_empty() && parallel == 1 {
            return Ok(());
        }
        let reifier = match uri {
            Some(uri) => uri.clone().into(),
            None => NamedOrBlankNode::from(BlankNode::new_unchecked(format!(
                "{}e{at}",
                self.terms.fresh
            ))),
        };
        let reifies = NamedNode::new_unchecked(REIFIES);
        self.put(&reifier, reifies, Term::Triple(Box::new(triple)), &graph)?;
        let properties = properties
            .into_iter()
            .filter(|(key, _)| !(*key == URI && uri.is_some()));
        self.properties(&reifier, &graph, properties.collect())?;
        Ok(())
    }

    fn put(
        &mut self,
        subject: &NamedOrBlankNode,
        predicate: NamedNode,
        object: Term,
        graph: &GraphName,
    ) -> Written {
        let quad = Quad::new(subject.clone(), predicate, object, graph.clone());
        Ok(self.out.serialize_quad(&quad)?)
    }

    fn check(&self, graph: &GraphName) -> Written {
        if self.has_graphs || graph.is_default_graph() {
            return Ok(());
        }
        let message = format!(
            "cannot write the named graph `{graph}`: this format has none, `trig` and `n-quads` have"
        );
        Err(Fault::new(Code::SaveProblem, message).into())
    }
}

/// The entries of exact terms, if the property has the form of them.
fn entries(properties: &[(&str, Value)]) -> Option<Vec<Value>> {
    let (_, value) = properties.iter().find(|(key, _)| *key == TERMS)?;
    let Value::List(items) = value else {
        return None;
    };
    let is_text = |item: &Value| matches!(item, Value::String(_));
    items.iter().all(is_text).then(|| items.to_vec())
}
