//! Reifiers of RDF 1.2: what is said about a triple becomes the properties of a relationship.
//!
//! `_:r rdf:reifies <<( ex:a ex:knows ex:b )>> . _:r ex:since 2020 .`

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use oxrdf::{GraphName, NamedOrBlankNode, Term, Triple};

use super::REIFIES;
use crate::exchange::quads::Quads;

/// The subject of quads in a graph.
pub(super) type Place<'q> = (&'q NamedOrBlankNode, &'q GraphName);

/// The reifiers by the triples that they reify.
#[derive(Default)]
pub(super) struct Reifiers<'q> {
    /// Each triple in a graph, with its reifiers in the order of the file.
    pub(super) triples: IndexMap<(&'q Triple, &'q GraphName), Vec<&'q NamedOrBlankNode>>,
    /// Reifiers with what they reify.
    pub(super) of: HashMap<Place<'q>, &'q Triple>,
}

impl<'q> Reifiers<'q> {
    /// Finds the reifiers. The error is what no relationship can express.
    pub(super) fn find(quads: &'q Quads) -> Result<Self, String> {
        let mut found = Self::default();
        for quad in quads {
            let Term::Triple(triple) = &quad.object else {
                continue;
            };
            if quad.predicate.as_str() != REIFIES {
                return Err(format!(
                    "expected triple terms only after `rdf:reifies`, found one after `{}`",
                    quad.predicate
                ));
            }
            if matches!(triple.object, Term::Literal(_) | Term::Triple(_)) {
                return Err(format!(
                    "expected a reified triple between two resources, found `{triple}`"
                ));
            }
            let place = (&quad.subject, &quad.graph_name);
            if found.of.insert(place, triple).is_some() {
                return Err(format!(
                    "expected one triple per reifier, found several of `{}`",
                    quad.subject
                ));
            }
            let key = (&**triple, &quad.graph_name);
            found.triples.entry(key).or_default().push(&quad.subject);
        }
        found.check(quads)?;
        Ok(found)
    }

    /// Checks that nothing else refers to reifiers, and that they refer to no blank nodes.
    fn check(&self, quads: &Quads) -> Result<(), String> {
        let subjects: HashSet<_> = self.of.keys().map(|(subject, _)| *subject).collect();
        if subjects.is_empty() {
            return Ok(());
        }
        for quad in quads {
            let object = match &quad.object {
                Term::NamedNode(node) => Some(NamedOrBlankNode::from(node.clone())),
                Term::BlankNode(node) => Some(NamedOrBlankNode::from(node.clone())),
                _ => None,
            };
            if let Some(reifier) = object.filter(|object| subjects.contains(object)) {
                return Err(format!(
                    "expected no triple that leads to a reifier, found one to `{reifier}`"
                ));
            }
            let is_reifier = self.is_reifier((&quad.subject, &quad.graph_name));
            if subjects.contains(&quad.subject) && !is_reifier {
                return Err(format!(
                    "expected a reifier in one graph, found `{}` in several",
                    quad.subject
                ));
            }
            if is_reifier && quad.object.is_blank_node() {
                return Err(format!(
                    "expected a literal or an IRI of a reifier, found `{}`",
                    quad.object
                ));
            }
        }
        Ok(())
    }

    pub(super) fn is_reifier(&self, place: Place<'_>) -> bool {
        self.of.contains_key(&place)
    }
}
