//! The table of formats, how a file is recognised, and how files of several formats are read into one graph.

use super::{
    collect::Collector,
    document::Document,
    format::{GraphFormat, Read, Write_},
    gexf, graphml, json, lines, rdf,
    reading::{Imported, ReadOptions, Reading},
    table,
};
use crate::{
    base::{did_you_mean, without_compression},
    graph::load::{LoadError, Problem, Problems},
};

/// Every format. Of formats that share an ending, the first is the one that is written to it; content is matched in this
/// order.
static FORMATS: &[GraphFormat] = &[
    GraphFormat {
        name: "csv",
        doc: "a folder of CSV files with typed headers and a manifest",
        extensions: &[],
        decisive: &[],
        example: "",
        sniff: |_| false,
        read: Read::Folder,
        write: Write_::Saved,
    },
    GraphFormat {
        name: "cypher",
        doc: "a script of statements that create the graph",
        extensions: &["cypher", "cql", "cyp", "gql"],
        decisive: &["cypher", "cql", "cyp", "gql"],
        example: "CREATE (:Person {name: 'Ann'})-[:KNOWS]->(:Person {name: 'Bea'});\n",
        sniff: is_script,
        read: Read::Script,
        write: Write_::Saved,
    },
    graphml::FORMAT,
    gexf::FORMAT,
    rdf::RDF_XML,
    rdf::JSON_LD,
    rdf::N_TRIPLES,
    rdf::N_QUADS,
    rdf::TURTLE,
    rdf::TRIG,
    json::NODE_LINK,
    json::CYTOSCAPE,
    json::JSON_GRAPH,
    json::APOC,
    table::EXCEL,
    table::SQLITE,
    table::PARQUET,
    table::ARROW,
    table::FORMAT,
    lines::EDGES,
    lines::ADJACENCY,
];

/// Whether a text begins as a script of statements, after comments.
fn is_script(head: &str) -> bool {
    const WORDS: &[&str] = &[
        "CREATE", "MERGE", "MATCH", "UNWIND", "CALL", "BEGIN", "WITH", "DROP", "LOAD", ":BEGIN",
        ":PARAM",
    ];
    let lines = head.lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    let first = lines
        .next()
        .and_then(|line| line.split([' ', ';', '(']).next());
    let is_keyword = |word: &str| WORDS.contains(&word.to_uppercase().as_str());
    first.is_some_and(is_keyword) && head.contains(['(', ';'])
}

impl GraphFormat {
    /// Every format.
    #[must_use]
    pub fn all() -> &'static [Self] {
        FORMATS
    }

    /// The format with a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that a file with this name is expected to have, by its ending, which may have that of a compression after it.
    #[must_use]
    pub fn of_ending(name: &str) -> Option<&'static Self> {
        let (_, ending) = without_compression(name).rsplit_once('.')?;
        let ending = ending.to_lowercase();
        FORMATS
            .iter()
            .find(|format| format.extensions.contains(&&*ending))
    }

    /// The format that is written to a file with this name by its ending.
    #[must_use]
    pub fn of_name(name: &str) -> Option<&'static Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_lowercase();
        FORMATS
            .iter()
            .find(|format| format.can_write() && format.extensions.contains(&&*ending))
    }
}

/// The format of a document: by its ending if its content agrees, else by its content.
///
/// # Errors
/// If nothing is recognised.
pub(crate) fn recognise(document: &Document) -> Result<&'static GraphFormat, Problem> {
    let extension = document.extension();
    let head = document.head();
    let head = head.trim_start_matches('\u{FEFF}');
    let named = |format: &&&GraphFormat| format.extensions.contains(&&*extension);
    let sniffed = |format: &&GraphFormat| (format.sniff)(head);
    let both = FORMATS.iter().filter(|format| named(&format));
    let by_name = |format: &&GraphFormat| sniffed(format) || format.decisive.contains(&&*extension);
    if let Some(format) = both.clone().find(by_name) {
        return Ok(format);
    }
    if let Some(format) = FORMATS.iter().find(sniffed) {
        return Ok(format);
    }
    let mut named = both;
    named.next().ok_or_else(|| unknown(document, &extension))
}

fn unknown(document: &Document, extension: &str) -> Problem {
    let endings = FORMATS.iter().flat_map(|format| format.extensions);
    let near = did_you_mean(extension, endings.copied()).filter(|_| !extension.is_empty());
    let names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    let help = near.unwrap_or_else(|| format!("the formats are {}", names.join(", ")));
    let message = "expected a graph, found a file of an unknown format";
    document.problem(message).maybe_help(Some(help))
}

/// Reads documents into one graph.
///
/// # Errors
/// All problems of the files, up to a hundred.
pub(crate) fn read(
    documents: &[(Document, &'static GraphFormat)],
    options: &ReadOptions,
) -> Result<Imported, LoadError> {
    let mut reading = Reading {
        graph: Collector::default(),
        problems: Problems::default(),
        options,
        tables: Vec::new(),
        rdf: None,
        manifest: None,
        skipped: Vec::new(),
        mapping: None,
    };
    for format in FORMATS {
        let (Read::With(reader) | Read::Rdf(reader)) = format.read else {
            continue;
        };
        let same = |(_, of): &&(Document, &GraphFormat)| std::ptr::eq(*of, format);
        let documents: Vec<_> = documents
            .iter()
            .filter(same)
            .map(|(file, _)| file)
            .collect();
        if documents.is_empty() {
            continue;
        }
        if let Err(problem) = reader(&documents, &mut reading) {
            reading.problem(problem);
        }
    }
    if reading.problems.is_empty() {
        table::build(&mut reading);
        rdf::build(&mut reading);
    }
    reading.problems.into_result()?;
    let notes = std::mem::take(&mut reading.graph.notes);
    Ok(Imported {
        graph: reading.graph.finish(&options.stop)?,
        notes,
        skipped: reading.skipped,
        mapping: reading.mapping,
        rdf: reading.manifest,
    })
}
