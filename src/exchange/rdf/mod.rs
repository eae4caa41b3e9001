//! RDF: Turtle, N-Triples, N-Quads, TriG, RDF/XML and JSON-LD, mapped to property graphs and back.
//!
//! The mapping is that of neosemantics, with its options. A resource is a node with the label `Resource` and its IRI in the
//! property `uri`; its classes are further labels, its literals properties, its links relationships. A node without an IRI
//! is a blank node, and no label marks it. What a property value cannot express of a literal, such as its language, is kept
//! in the property [`TERMS`], so that the triples that were read are the triples that are written.
//!
//! `name` maps IRIs of a vocabulary to names, `literal` maps literals to values, and both are inverted by `write`. Parsing
//! and the syntax of the output are the work of the crates of Oxigraph.

use oxrdfio::{JsonLdProfileSet, RdfFormat};

mod build;
mod literal;
mod name;
mod read;
mod reifier;
mod shape;
mod write;

pub(super) use self::build::build;
use super::format::{GraphFormat, Read, Write_};

/// The label of nodes that are resources with an IRI.
const RESOURCE: &str = "Resource";

/// The key of the IRI of a resource, or of a reifier.
const URI: &str = "uri";

/// The key of the named graph in which a node is.
const GRAPH: &str = "graphUri";

/// The key of the exact terms: a list of texts `key term`, the term in the syntax of N-Triples.
const TERMS: &str = "_rdf";

/// The class of a node about which nothing else is said.
const NODE_CLASS: &str = "urn:relata:Node";

/// The property of triple terms by which a reifier names its triple.
const REIFIES: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";

pub(super) const TURTLE: GraphFormat = GraphFormat {
    name: "turtle",
    doc: "Turtle, an RDF format",
    extensions: &["ttl", "turtle"],
    decisive: &["ttl", "turtle"],
    example: "@prefix ex: <http://example.org/> .\nex:ann a ex:Person ; ex:age 30 ; ex:knows ex:bea .\n",
    sniff: read::is_turtle,
    read: Read::Rdf(|files, reading| read::read(files, reading, RdfFormat::Turtle)),
    write: Write_::With(|view, out| write::write(view, out, RdfFormat::Turtle)),
};

pub(super) const N_TRIPLES: GraphFormat = GraphFormat {
    name: "n-triples",
    doc: "N-Triples, an RDF format with a triple per line",
    extensions: &["nt", "ntriples"],
    decisive: &["nt"],
    example: "<http://example.org/ann> <http://example.org/knows> <http://example.org/bea> .\n",
    sniff: read::is_n_triples,
    read: Read::Rdf(|files, reading| read::read(files, reading, RdfFormat::NTriples)),
    write: Write_::With(|view, out| write::write(view, out, RdfFormat::NTriples)),
};

pub(super) const N_QUADS: GraphFormat = GraphFormat {
    name: "n-quads",
    doc: "N-Quads, an RDF format with named graphs",
    extensions: &["nq", "nquads"],
    decisive: &["nq"],
    example: "<http://example.org/ann> <http://example.org/knows> <http://example.org/bea> <http://example.org/g> .\n",
    sniff: read::is_n_quads,
    read: Read::Rdf(|files, reading| read::read(files, reading, RdfFormat::NQuads)),
    write: Write_::With(|view, out| write::write(view, out, RdfFormat::NQuads)),
};

pub(super) const TRIG: GraphFormat = GraphFormat {
    name: "trig",
    doc: "TriG, Turtle with named graphs",
    extensions: &["trig"],
    decisive: &["trig"],
    example: "@prefix ex: <http://example.org/> .\nGRAPH ex:g { ex:ann ex:knows ex:bea . }\n",
    sniff: read::is_trig,
    read: Read::Rdf(|files, reading| read::read(files, reading, RdfFormat::TriG)),
    write: Write_::With(|view, out| write::write(view, out, RdfFormat::TriG)),
};

pub(super) const RDF_XML: GraphFormat = GraphFormat {
    name: "rdf-xml",
    doc: "RDF/XML, as ontologies are often published",
    extensions: &["rdf", "owl", "xml"],
    decisive: &["owl"],
    example: RDF_XML_EXAMPLE,
    sniff: |head| head.contains("<rdf:RDF") || head.contains("22-rdf-syntax-ns#\""),
    read: Read::Rdf(|files, reading| read::read(files, reading, RdfFormat::RdfXml)),
    write: Write_::Nothing,
};

const RDF_XML_EXAMPLE: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">
  <ex:Person rdf:about="http://example.org/ann"><ex:knows rdf:resource="http://example.org/bea"/></ex:Person>
</rdf:RDF>
"#;

const PLAIN_JSON_LD: RdfFormat = RdfFormat::JsonLd {
    profile: JsonLdProfileSet::empty(),
};

pub(super) const JSON_LD: GraphFormat = GraphFormat {
    name: "json-ld",
    doc: "JSON-LD, RDF as JSON",
    extensions: &["jsonld"],
    decisive: &["jsonld"],
    example: r#"{"@context": {"knows": {"@id": "http://example.org/knows", "@type": "@id"}},
 "@id": "http://example.org/ann", "@type": "http://example.org/Person", "knows": "http://example.org/bea"}
"#,
    sniff: read::is_json_ld,
    read: Read::Rdf(|files, reading| read::read(files, reading, PLAIN_JSON_LD)),
    write: Write_::Nothing,
};
