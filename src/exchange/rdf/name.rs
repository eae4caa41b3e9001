//! Names of labels, types and keys, and the IRIs that they stand for.
//!
//! A name without a known prefix stands for an IRI of one namespace, so every name has an IRI. The two functions are inverse
//! to each other: `name` of `iri` of a name is the name, and `iri` of `name` of an IRI is the IRI, as long as names are
//! shortened or kept. For this, an IRI of that namespace whose last part would be read as a name with a prefix, or is
//! reserved, is shortened as one of a foreign namespace.

use indexmap::IndexMap;
use oxrdf::NamedNode;

use super::{GRAPH, RESOURCE, TERMS, URI};
use crate::{
    exchange::rdf_options::{RdfOptions, Vocabulary},
    graph::manifest::Rdf,
};

/// The namespace of names without a prefix, as in neosemantics.
pub(super) const BASE: &str = "neo4j://graph.schema#";

/// The sign between a prefix and a name.
const SIGN: &str = "__";

/// Namespaces with the prefixes that they get in files that declare none.
const USUAL: &[(&str, &str)] = &[
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("sch", "http://schema.org/"),
    ("sh", "http://www.w3.org/ns/shacl#"),
];

/// The mapping between names and IRIs of a graph.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    prefixes: IndexMap<String, String>,
    vocabulary: Vocabulary,
    mappings: IndexMap<String, String>,
}

impl Names {
    pub(super) fn new(options: &RdfOptions) -> Self {
        Self {
            prefixes: IndexMap::new(),
            vocabulary: options.vocabulary,
            mappings: options.mappings.clone(),
        }
    }

    /// The names of a graph with this manifest.
    pub(super) fn of(rdf: &Rdf) -> Self {
        Self {
            prefixes: rdf.prefixes.clone(),
            vocabulary: if rdf.keeps_iris {
                Vocabulary::Keep
            } else {
                Vocabulary::Shorten
            },
            mappings: IndexMap::new(),
        }
    }

    pub(super) fn prefixes(&self) -> &IndexMap<String, String> {
        &self.prefixes
    }

    /// Declares a prefix. The first of two namespaces with one prefix keeps it.
    pub(super) fn declare(&mut self, prefix: &str, namespace: &str) {
        let usable = !prefix.is_empty() && !prefix.contains(SIGN) && !prefix.ends_with('_');
        if usable && namespace != BASE && !self.prefixes.values().any(|known| known == namespace) {
            let entry = self.prefixes.entry(prefix.to_owned());
            entry.or_insert_with(|| namespace.to_owned());
        }
    }

    /// Gives the namespace of an IRI a prefix, if shortening needs one. The error is a namespace that may get none.
    pub(super) fn cover(&mut self, iri: &str) -> Result<(), String> {
        let shortens = matches!(
            self.vocabulary,
            Vocabulary::Shorten | Vocabulary::ShortenStrict
        );
        if !shortens || plain(iri).is_some() || self.shortened(iri).is_some() {
            return Ok(());
        }
        let (namespace, _) = split(iri);
        let usual = USUAL
            .iter()
            .find(|(prefix, known)| *known == namespace && !self.prefixes.contains_key(*prefix));
        if let Some((prefix, _)) = usual {
            self.prefixes
                .insert((*prefix).to_owned(), namespace.to_owned());
            return Ok(());
        }
        if self.vocabulary == Vocabulary::ShortenStrict {
            return Err(namespace.to_owned());
        }
        self.number(namespace);
        Ok(())
    }

    fn number(&mut self, namespace: &str) {
        let mut names = (0..).map(|number: usize| format!("ns{number}"));
        let free = names.find(|name| !self.prefixes.contains_key(name));
        let prefix = free.expect("the numbers do not end");
        self.prefixes.insert(prefix, namespace.to_owned());
    }

    /// Covers IRIs whose last parts would be read as names with prefixes, when all prefixes are known.
    pub(super) fn settle<'i>(&mut self, iris: impl Iterator<Item = &'i str>) {
        for iri in iris {
            let is_name = plain(iri).is_some_and(|name| self.expanded(&name).is_some());
            if is_name && self.shortened(iri).is_none() && self.vocabulary == Vocabulary::Shorten {
                self.number(BASE);
            }
        }
    }

    /// The name of an IRI whose namespace is covered.
    pub(super) fn name(&self, iri: &str) -> String {
        match self.vocabulary {
            Vocabulary::Keep => iri.to_owned(),
            Vocabulary::Ignore => split(iri).1.to_owned(),
            Vocabulary::Map => {
                let mapped = self.mappings.get(iri).map(String::as_str);
                mapped.unwrap_or(split(iri).1).to_owned()
            }
            Vocabulary::Shorten | Vocabulary::ShortenStrict => {
                let plain = plain(iri).filter(|name| self.expanded(name).is_none());
                plain
                    .or_else(|| self.shortened(iri))
                    .unwrap_or_else(|| iri.to_owned())
            }
        }
    }

    /// The IRI of a name.
    pub(super) fn iri(&self, name: &str) -> NamedNode {
        if self.vocabulary == Vocabulary::Keep
            && let Ok(iri) = NamedNode::new(name)
        {
            return iri;
        }
        if let Some(iri) = self.expanded(name) {
            return iri;
        }
        NamedNode::new_unchecked(format!("{BASE}{}", encoded(name)))
    }

    /// The IRI of a name with a known prefix, if the IRI has no other name.
    fn expanded(&self, name: &str) -> Option<NamedNode> {
        let (prefix, local) = name.split_once(SIGN)?;
        let iri = NamedNode::new(format!("{}{local}", self.prefixes.get(prefix)?)).ok()?;
        (self.name(iri.as_str()) == name).then_some(iri)
    }

    fn shortened(&self, iri: &str) -> Option<String> {
        let fits = |namespace: &String| {
            let local = iri.strip_prefix(namespace.as_str())?;
            (!local.contains(['/', '#'])).then_some(local)
        };
        let prefixes = self.prefixes.iter();
        let found = prefixes.filter_map(|(prefix, namespace)| Some((prefix, fits(namespace)?)));
        let (prefix, local) = found.min_by_key(|(_, local)| local.len())?;
        Some(format!("{prefix}{SIGN}{local}"))
    }
}

/// The namespace of an IRI, and what follows it.
fn split(iri: &str) -> (&str, &str) {
    let at = iri.rfind(['#', '/']).or_else(|| iri.rfind(':'));
    iri.split_at(at.map_or(0, |at| at + 1))
}

/// The name without a prefix that an IRI of the base namespace stands for.
fn plain(iri: &str) -> Option<String> {
    let local = iri.strip_prefix(BASE)?;
    let name = decoded(local)?;
    (encoded(&name) == local).then_some(name)
}

/// A name as a part of an IRI. Of a reserved name the first letter is encoded, too, because nodes of RDF have such properties
/// with another meaning.
fn encoded(name: &str) -> String {
    use std::fmt::Write as _;
    let is_reserved = [RESOURCE, URI, GRAPH, TERMS].contains(&name);
    let mut out = String::with_capacity(name.len());
    for (at, letter) in name.char_indices() {
        let is_plain = letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '~');
        if (is_plain || letter >= '\u{A0}' && letter.is_alphanumeric()) && !(is_reserved && at == 0)
        {
            out.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(iris: &[&str]) -> Names {
        let mut names = Names::default();
        names.declare("ex", "http://example.org/");
        for iri in iris {
            names.cover(iri).expect("is not strict");
        }
        names.settle(iris.iter().copied());
        names
    }

    #[test]
    fn a_name_has_an_iri_that_has_the_name() {
        let names = names(&[]);
        for name in [
            "a",
            "a b",
            "",
            "ex:x",
            "ex__a",
            "ex__",
            "ns0__x",
            "uri",
            "Resource",
            "Ä",
            "%41",
            "http://a/b",
        ] {
            assert_eq!(names.name(names.iri(name).as_str()), name);
        }
        assert_eq!(names.iri("ex__a").as_str(), "http://example.org/a");
        assert_eq!(names.iri("a b").as_str(), "neo4j://graph.schema#a%20b");
    }

    #[test]
    fn an_iri_has_a_name_that_has_the_iri() {
        let iris = [
            "http://example.org/a",
            "http://example.org/a/b",
            "http://example.org/x#b",
            "urn:a:b",
            "http://x/",
            "neo4j://graph.schema#a",
            "neo4j://graph.schema#uri",
            "neo4j://graph.schema#%41",
            "neo4j://graph.schema#ex__a",
            "http://www.w3.org/2000/01/rdf-schema#label",
            "mailto:x__y",
        ];
        let names = names(&iris);
        let found: Vec<_> = iris.iter().map(|iri| names.name(iri)).collect();
        for (iri, name) in iris.iter().zip(&found) {
            assert_eq!(names.iri(name).as_str(), *iri, "{name}");
        }
        assert_eq!(
            found,
            [
                "ex__a",
                "ns0__b",
                "ns1__b",
                "ns2__b",
                "ns3__",
                "a",
                "ns4__uri",
                "ns4__%41",
                "ns4__ex__a",
                "rdfs__label",
                "ns5__x__y"
            ]
        );
    }
}
