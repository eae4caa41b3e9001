//! Makes a graph of quads: resources are nodes, classes labels, literals properties, other triples relationships.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use oxrdf::{GraphName, NamedOrBlankNodeRef, Quad, Term, Triple, vocab::rdf};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{
    GRAPH, NODE_CLASS, RESOURCE, TERMS, URI,
    literal::hint,
    name::Names,
    reifier::{Place, Reifiers},
    shape::{Shape, term},
};
use crate::{
    exchange::{
        quads::RdfSource,
        rdf_options::{RdfOptions, Types, Vocabulary},
        reading::Reading,
    },
    graph::{load::Problem, manifest::Rdf},
    value::{NodeId, Value},
};

/// The entry of [`TERMS`] of a relationship whose triple is reified but not stated.
pub(super) const UNSTATED: &str = "unstated";

/// The entry of [`TERMS`] of a relationship whose triple is reified, but nothing is said about it.
const REIFIED: &str = "reified";

/// Terms by the entity and the key that they are values of.
type Properties<'q, T> = IndexMap<(T, usize), Vec<&'q Term>, FxBuildHasher>;

/// Adds what the files of RDF say to the graph.
pub(in crate::exchange) fn build(reading: &mut Reading<'_>) {
    let Some(source) = reading.rdf.take() else {
        return;
    };
    let file = source.files.first().map_or("RDF", String::as_str);
    let options = &reading.options.rdf;
    let outcome = Terms::of(&source, options).and_then(|vocabulary| {
        let reifiers = Reifiers::find(&source.quads)?;
        let mut build = Build::new(reading, &source, &vocabulary, reifiers);
        build.read(&source)?;
        let manifest = build.finish()?;
        reading.manifest = Some(manifest);
        Ok(())
    });
    if let Err(message) = outcome {
        reading.problem(Problem::whole(file, message));
    }
}

/// The names that the files need.
struct Terms<'q> {
    names: Names,
    /// The keys by predicate, and their names by position.
    keys: FxHashMap<&'q str, usize>,
    key_names: Vec<String>,
    /// The predicate of each key; of several the first.
    predicates: Vec<&'q str>,
    /// The datatype of all literals of a key, if there is only one and it is not the usual one.
    datatypes: Vec<Option<&'static str>>,
    options: &'q RdfOptions,
}

impl<'q> Terms<'q> {
    fn of(source: &'q RdfSource, options: &'q RdfOptions) -> Result<Self, String> {
        let mut names = Names::new(options);
        for (prefix, namespace) in &source.prefixes {
            names.declare(prefix, namespace);
        }
        let mut iris: IndexMap<&str, (), FxBuildHasher> = IndexMap::default();
        for quad in &source.quads {
            if quad.predicate != rdf::TYPE || !quad.object.is_named_node() {
                iris.insert(quad.predicate.as_str(), ());
            }
            match &quad.object {
                Term::NamedNode(class) if quad.predicate == rdf::TYPE => {
                    iris.insert(class.as_str(), ())
                }
                Term::Triple(triple) => iris.insert(triple.predicate.as_str(), ()),
                Term::Literal(literal) if options.keeps_datatypes => {
                    iris.insert(literal.datatype().as_str(), ())
                }
                _ => None,
            };
        }
        iris.retain(|iri, ()| *iri != super::REIFIES && *iri != NODE_CLASS);
        if options.types != Types::Labels {
            iris.insert(rdf::TYPE.as_str(), ());
        }
        for iri in iris.keys() {
            names.cover(iri).map_err(|namespace| {
                format!("expected a prefix for the namespace `{namespace}`, found none (declare it in the file, or use `handleVocabUris=SHORTEN`)")
            })?;
        }
        names.settle(iris.keys().copied());
        let mut vocabulary = Self {
            names,
            keys: FxHashMap::default(),
            key_names: Vec::new(),
            predicates: Vec::new(),
            datatypes: Vec::new(),
            options,
        };
        vocabulary.add_keys(source);
        Ok(vocabulary)
    }

    fn add_keys(&mut self, source: &'q RdfSource) {
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for quad in &source.quads {
            let predicate = quad.predicate.as_str();
            if !self.keys.contains_key(predicate) {
                let name = self.names.name(predicate);
                let next = self.key_names.len();
                let at = *by_name.entry(name.clone()).or_insert(next);
                if at == next {
                    self.key_names.push(name);
                    self.predicates.push(predicate);
                    self.datatypes.push(None);
                }
                self.keys.insert(predicate, at);
            }
        }
        self.find_datatypes(source);
    }

    fn find_datatypes(&mut self, source: &'q RdfSource) {
        let mut found: Vec<Option<Option<&'static str>>> = vec![None; self.key_names.len()];
        for quad in &source.quads {
            if let Term::Literal(literal) = &quad.object {
                let of_key = &mut found[self.keys[quad.predicate.as_str()]];
                let hint = hint(literal);
                match of_key {
                    None => *of_key = Some(hint),
                    Some(known) if *known != hint => *known = None,
                    Some(_) => {}
                }
            }
        }
        self.datatypes = found.into_iter().map(Option::flatten).collect();
    }

    fn manifest(&self) -> Rdf {
        let keys = self.key_names.iter();
        let datatypes = keys.zip(&self.datatypes);
        let arrays = self.key_names.iter().zip(&self.predicates);
        let shape = Shape {
            names: &self.names,
            options: self.options,
        };
        Rdf {
            prefixes: self.names.prefixes().clone(),
            datatypes: datatypes
                .filter_map(|(key, datatype)| Some((key.clone(), (*datatype)?.to_owned())))
                .collect(),
            arrays: arrays
                .filter(|(_, predicate)| shape.is_array(predicate))
                .map(|(key, _)| key.clone())
                .collect(),
            keeps_iris: self.options.vocabulary == Vocabulary::Keep,
        }
    }
}

/// The graph while it is built.
struct Build<'b, 'q, 'o> {
    reading: &'b mut Reading<'o>,
    vocabulary: &'b Terms<'q>,
    reifiers: Reifiers<'q>,
    nodes: FxHashMap<(NamedOrBlankNodeRef<'q>, &'q GraphName), NodeId>,
    labels: IndexMap<NodeId, Vec<String>>,
    /// The nodes with the property `uri`.
    resources: HashSet<NodeId>,
    properties: Properties<'q, NodeId>,
    statements: Properties<'q, Place<'q>>,
    /// The blank nodes that occur in several graphs, or name one.
    shared: HashSet<NamedOrBlankNodeRef<'q>>,
    /// The triples that are stated, among those that are reified.
    stated: HashSet<(&'q Triple, &'q GraphName)>,
    excluded: HashSet<&'q str>,
}

impl<'b, 'q, 'o> Build<'b, 'q, 'o> {
    fn new(
        reading: &'b mut Reading<'o>,
        source: &'q RdfSource,
        vocabulary: &'b Terms<'q>,
        reifiers: Reifiers<'q>,
    ) -> Self {
        let excluded = vocabulary
            .options
            .excluded
            .iter()
            .map(String::as_str)
            .collect();
        Self {
            reading,
            vocabulary,
            reifiers,
            nodes: FxHashMap::default(),
            labels: IndexMap::new(),
            resources: HashSet::new(),
            properties: Properties::default(),
            statements: Properties::default(),
            shared: shared(source),
            stated: HashSet::new(),
            excluded,
        }
    }

    fn read(&mut self, source: &'q RdfSource) -> Result<(), String> {
        let lonely = lonely(source);
        for (count, quad) in source.quads.iter().enumerate() {
            if self.excluded.contains(quad.predicate.as_str()) {
                continue;
            }
            self.quad(quad, &lonely);
            if self.reading.ends_at(count) {
                return Ok(());
            }
        }
        self.add_unstated();
        Ok(())
    }

    fn quad(&mut self, quad: &'q Quad, lonely: &HashSet<Place<'q>>) {
        let place = (&quad.subject, &quad.graph_name);
        if self.reifiers.is_reifier(place) {
            if !matches!(quad.object, Term::Triple(_)) {
                let key = self.vocabulary.keys[quad.predicate.as_str()];
                self.statements
                    .entry((place, key))
                    .or_default()
                    .push(&quad.object);
            }
            return;
        }
        match &quad.object {
            Term::Triple(_) => {}
            Term::Literal(literal) => {
                let wanted = self.vocabulary.options.language.as_deref();
                let other = |language: &str| wanted.is_some_and(|wanted| wanted != language);
                if !literal.language().is_some_and(other) {
                    let node = self.node(quad.subject.as_ref(), &quad.graph_name);
                    let key = self.vocabulary.keys[quad.predicate.as_str()];
                    self.properties
                        .entry((node, key))
                        .or_default()
                        .push(&quad.object);
                }
            }
            Term::NamedNode(class) if class.as_str() == NODE_CLASS && lonely.contains(&place) => {
                self.node(quad.subject.as_ref(), &quad.graph_name);
            }
            Term::NamedNode(class) if quad.predicate == rdf::TYPE => {
                self.class(quad, class.as_str())
            }
            Term::NamedNode(object) => self.link(quad, object.as_ref().into()),
            Term::BlankNode(object) => self.link(quad, object.as_ref().into()),
        }
    }

    /// `ex:ann a ex:Person`
    fn class(&mut self, quad: &'q Quad, class: &'q str) {
        let Term::NamedNode(object) = &quad.object else {
            return;
        };
        let types = self.vocabulary.options.types;
        let label = self.vocabulary.names.name(class);
        // A class with the name of the label of all resources must not vanish in it.
        let is_hidden = label == RESOURCE && quad.subject.is_named_node();
        let is_reified = self.reified(quad).is_some();
        if types != Types::Labels || is_hidden || is_reified {
            self.link(quad, object.as_ref().into());
        }
        if types != Types::Nodes && !is_hidden && !is_reified {
            let node = self.node(quad.subject.as_ref(), &quad.graph_name);
            self.labels[&node].push(label);
        }
    }

    /// The key of a reified triple.
    fn reified(&self, quad: &'q Quad) -> Option<(&'q Triple, &'q GraphName)> {
        if self.reifiers.triples.is_empty() {
            return None;
        }
        let triple = Triple::new(
            quad.subject.clone(),
            quad.predicate.clone(),
            quad.object.clone(),
        );
        let triples = &self.reifiers.triples;
        let at = triples.get_index_of(&(&triple, &quad.graph_name))?;
        triples.get_index(at).map(|(key, _)| *key)
    }

    /// `ex:ann ex:knows ex:bea`: a relationship, or one per reifier.
    fn link(&mut self, quad: &'q Quad, object: NamedOrBlankNodeRef<'q>) {
        if let Some(key) = self.reified(quad) {
            self.stated.insert(key);
        } else {
            let from = self.node(quad.subject.as_ref(), &quad.graph_name);
            let to = self.node(object, &quad.graph_name);
            let kind = self.vocabulary.names.name(quad.predicate.as_str());
            self.reading.graph.edge(&kind, from, to);
        }
    }

    /// Adds the relationships of reified triples.
    fn add_unstated(&mut self) {
        let triples: Vec<_> = self.reifiers.triples.keys().copied().collect();
        for (triple, graph) in triples {
            let object = match &triple.object {
                Term::NamedNode(node) => node.as_ref().into(),
                Term::BlankNode(node) => node.as_ref().into(),
                Term::Literal(_) | Term::Triple(_) => continue,
            };
            let from = self.node(triple.subject.as_ref(), graph);
            let to = self.node(object, graph);
            let kind = self.vocabulary.names.name(triple.predicate.as_str());
            let is_stated = self.stated.contains(&(triple, graph));
            let reifiers = self.reifiers.triples[&(triple, graph)].clone();
            let mark = match reifiers.len() {
                _ if !is_stated => Some(UNSTATED),
                1 => Some(REIFIED),
                _ => None,
            };
            for reifier in reifiers {
                let edge = self.reading.graph.edge(&kind, from, to);
                self.statement(edge, (reifier, graph), mark);
            }
        }
    }

    /// Sets the properties of the relationship of a reifier.
    fn statement(&mut self, edge: usize, place: Place<'q>, mark: Option<&str>) {
        let mut entries = Vec::new();
        let mut is_said = place.0.is_named_node();
        if let NamedOrBlankNodeRef::NamedNode(iri) = place.0.as_ref() {
            self.reading.graph.set_edge(edge, URI, iri.as_str().into());
        }
        let keys = 0..self.vocabulary.key_names.len();
        for key in keys {
            if let Some(terms) = self.statements.get(&(place, key)) {
                let (name, value, more) = property(self.vocabulary, key, terms);
                self.reading.graph.set_edge(edge, &name, value);
                entries.extend(more);
                is_said = true;
            }
        }
        let mark = mark.filter(|mark| !is_said || *mark == UNSTATED);
        entries.extend(mark.map(str::to_owned));
        if !entries.is_empty() {
            self.reading.graph.set_edge(edge, TERMS, texts(entries));
        }
    }

    fn node(&mut self, term: NamedOrBlankNodeRef<'q>, graph: &'q GraphName) -> NodeId {
        if let Some(node) = self.nodes.get(&(term, graph)) {
            return *node;
        }
        let node = self.reading.graph.node([]);
        self.nodes.insert((term, graph), node);
        let uri = match term {
            NamedOrBlankNodeRef::NamedNode(iri) => Some(iri.as_str().to_owned()),
            blank => self.shared.contains(&blank).then(|| blank.to_string()),
        };
        let labels = uri.iter().map(|_| RESOURCE.to_owned()).collect();
        self.labels.insert(node, labels);
        if let Some(uri) = uri {
            self.resources.insert(node);
            self.reading.graph.set(node, URI, uri.into());
        }
        match graph {
            GraphName::DefaultGraph => {}
            GraphName::NamedNode(name) => self.reading.graph.set(node, GRAPH, name.as_str().into()),
            GraphName::BlankNode(name) => {
                self.reading.graph.set(node, GRAPH, name.to_string().into())
            }
        }
        node
    }

    /// Whether a property of a node would have another meaning.
    fn is_taken(&self, node: NodeId, name: &str, value: &Value) -> bool {
        match name {
            URI => self.resources.contains(&node),
            GRAPH => matches!(value, Value::String(text) if term(text).is_some()),
            TERMS => is_texts(value),
            _ => false,
        }
    }

    /// Sets labels and properties, and returns what the manifest keeps.
    fn finish(self) -> Result<Rdf, String> {
        for (node, labels) in &self.labels {
            let labels = labels.iter().map(String::as_str);
            self.reading.graph.label(*node, labels);
        }
        let mut entries: IndexMap<NodeId, Vec<String>> = IndexMap::new();
        for ((node, key), terms) in &self.properties {
            let (name, value, more) = property(self.vocabulary, *key, terms);
            if self.is_taken(*node, &name, &value) {
                return Err(format!(
                    "expected another name than `{name}`, which is reserved"
                ));
            }
            self.reading.graph.set(*node, &name, value);
            if !more.is_empty() {
                entries.entry(*node).or_default().extend(more);
            }
        }
        for (node, entries) in entries {
            self.reading.graph.set(node, TERMS, texts(entries));
        }
        for (prefix, namespace) in self.vocabulary.names.prefixes() {
            if prefix.starts_with("ns") && prefix[2..].parse::<usize>().is_ok() {
                self.reading
                    .graph
                    .note(format!("`{prefix}__` stands for `{namespace}`"));
            }
        }
        Ok(self.vocabulary.manifest())
    }
}

/// Whether a value is a list of texts, as that of [`TERMS`].
fn is_texts(value: &Value) -> bool {
    let is_text = |item: &Value| matches!(item, Value::String(_));
    matches!(value, Value::List(items) if items.iter().all(is_text))
}

/// The name of a key, its value, and the entries of the exact terms.
fn property(vocabulary: &Terms<'_>, key: usize, terms: &[&Term]) -> (String, Value, Vec<String>) {
    let shape = Shape {
        names: &vocabulary.names,
        options: vocabulary.options,
    };
    let name = vocabulary.key_names[key].clone();
    let datatype = vocabulary.datatypes[key];
    let property = shape.property(&name, vocabulary.predicates[key], terms, datatype);
    (name, property.value, property.entries)
}

fn texts(texts: Vec<String>) -> Value {
    Value::list(texts.into_iter().map(Value::from).collect())
}

/// The blank nodes that occur in several graphs, or name one.
fn shared(source: &RdfSource) -> HashSet<NamedOrBlankNodeRef<'_>> {
    let mut shared = HashSet::new();
    let mut places: FxHashMap<NamedOrBlankNodeRef<'_>, &GraphName> = FxHashMap::default();
    if source
        .quads
        .iter()
        .all(|quad| quad.graph_name.is_default_graph())
    {
        return shared;
    }
    for quad in &source.quads {
        if let GraphName::BlankNode(name) = &quad.graph_name {
            shared.insert(name.as_ref().into());
        }
        let object = match &quad.object {
            Term::BlankNode(node) => Some(node.as_ref().into()),
            _ => None,
        };
        let blank = |term: &NamedOrBlankNodeRef<'_>| term.is_blank_node();
        for term in [Some(quad.subject.as_ref()), object]
            .into_iter()
            .flatten()
            .filter(blank)
        {
            if *places.entry(term).or_insert(&quad.graph_name) != &quad.graph_name {
                shared.insert(term);
            }
        }
    }
    shared
}

/// The subjects of a single quad that are no objects.
fn lonely(source: &RdfSource) -> HashSet<Place<'_>> {
    let marked = source.quads.iter().filter(
        |quad| matches!(&quad.object, Term::NamedNode(class) if class.as_str() == NODE_CLASS),
    );
    let mut lonely: HashSet<Place<'_>> = marked
        .map(|quad| (&quad.subject, &quad.graph_name))
        .collect();
    if lonely.is_empty() {
        return lonely;
    }
    let mut counts: HashMap<Place<'_>, usize> = HashMap::new();
    for quad in &source.quads {
        *counts.entry((&quad.subject, &quad.graph_name)).or_default() += 1;
    }
    let objects = source.quads.iter().filter_map(|quad| match &quad.object {
        Term::NamedNode(node) => Some((node.as_ref().into(), &quad.graph_name)),
        Term::BlankNode(node) => Some((node.as_ref().into(), &quad.graph_name)),
        Term::Literal(_) | Term::Triple(_) => None,
    });
    let objects: HashSet<(NamedOrBlankNodeRef<'_>, &GraphName)> = objects.collect();
    lonely.retain(|place| counts[place] == 1 && !objects.contains(&(place.0.as_ref(), place.1)));
    lonely
}
