//! Parses files of RDF into quads. They become a graph when all files are read.

use oxrdf::{BlankNode, GraphName, NamedOrBlankNode, Quad, Term, Triple};
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};

use crate::{
    exchange::{document::Document, reading::Reading},
    graph::load::Problem,
};

type Outcome = Result<(), Problem>;

/// Reads files of a format.
pub(super) fn read(
    documents: &[&Document],
    reading: &mut Reading<'_>,
    format: RdfFormat,
) -> Outcome {
    for document in documents {
        if let Err(problem) = file(document, reading, format) {
            reading.problem(problem);
        }
    }
    Ok(())
}

fn file(document: &Document, reading: &mut Reading<'_>, format: RdfFormat) -> Outcome {
    let text = document.text()?;
    let text = text.trim_start_matches('\u{FEFF}');
    let parser = RdfParser::from_format(format).with_base_iri(base(document.name()));
    let parser = parser.map_err(|error| document.problem(error.to_string()))?;
    let mut source = reading.rdf.take().unwrap_or_default();
    let number = source.files.len();
    source.files.push(document.name().to_owned());
    let mut quads = parser.for_reader(text.as_bytes());
    let mut outcome = Ok(());
    for (count, quad) in (&mut quads).enumerate() {
        match quad {
            Ok(quad) => source.quads.insert(numbered(quad, number)),
            Err(error) => {
                outcome = Err(problem(document, &error));
                break;
            }
        };
        if reading.ends_at(count) {
            break;
        }
    }
    let prefixes = quads.prefixes();
    let prefixes = prefixes.map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned()));
    source.prefixes.extend(prefixes);
    reading.rdf = Some(source);
    outcome
}

/// The IRI that relative ones are resolved by, if the file gives none: its name as an address.
fn base(name: &str) -> String {
    if name.contains("://") {
        return name.to_owned();
    }
    let mut base = String::from("file:///");
    for letter in name.trim_start_matches('/').chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '/' | '.' | '-' | '_') {
            base.push(letter);
        } else {
            base.push('-');
        }
    }
    base
}

fn problem(document: &Document, error: &RdfParseError) -> Problem {
    let RdfParseError::Syntax(syntax) = error else {
        return document.problem(error.to_string());
    };
    let mut problem = document.problem(syntax.to_string());
    let location = syntax.location().map(|range| range.start);
    problem.place = location.map(|at| (to_number(at.line) + 1, to_number(at.column) + 1));
    let text = syntax.to_string();
    let is_remote = text.contains("document loader") || text.contains("LoadDocumentCallback");
    problem.maybe_help(
        is_remote.then(|| "replace the address of the context by the context itself".to_owned()),
    )
}

fn to_number(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// A quad of a further file, whose blank nodes are others than those of the first.
fn numbered(quad: Quad, file: usize) -> Quad {
    if file == 0 {
        return quad;
    }
    Quad {
        subject: subject(quad.subject, file),
        predicate: quad.predicate,
        object: object(quad.object, file),
        graph_name: match quad.graph_name {
            GraphName::BlankNode(node) => GraphName::BlankNode(blank(&node, file)),
            other => other,
        },
    }
}

fn subject(term: NamedOrBlankNode, file: usize) -> NamedOrBlankNode {
    match term {
        NamedOrBlankNode::BlankNode(node) => blank(&node, file).into(),
        NamedOrBlankNode::NamedNode(_) => term,
    }
}

fn object(term: Term, file: usize) -> Term {
    match term {
        Term::BlankNode(node) => blank(&node, file).into(),
        Term::Triple(triple) => {
            let Triple {
                subject,
                predicate,
                object,
            } = *triple;
            let subject = self::subject(subject, file);
            Term::Triple(Box::new(Triple::new(
                subject,
                predicate,
                self::object(object, file),
            )))
        }
        other => other,
    }
}

fn blank(node: &BlankNode, file: usize) -> BlankNode {
    BlankNode::new_unchecked(format!("f{file}.{}", node.as_str()))
}

/// Whether a text is Turtle: it begins with a declaration or a triple, and has no named graphs.
pub(super) fn is_turtle(head: &str) -> bool {
    (declares(head) || terms(head) == Some(3)) && !has_graphs(head)
}

/// Whether a text begins with declarations, so that it is TriG if it is not Turtle.
pub(super) fn is_trig(head: &str) -> bool {
    declares(head)
}

/// Whether the lines are triples.
pub(super) fn is_n_triples(head: &str) -> bool {
    terms(head) == Some(3)
}

/// Whether the lines are triples or quads.
pub(super) fn is_n_quads(head: &str) -> bool {
    terms(head).is_some()
}

/// Whether a text is an object of JSON whose first key is a keyword, or an array of such objects.
pub(super) fn is_json_ld(head: &str) -> bool {
    let start = head.trim_start();
    let start = start.strip_prefix('[').unwrap_or(start).trim_start();
    let first = start.strip_prefix('{').map(str::trim_start);
    first.is_some_and(|first| {
        ["\"@context\"", "\"@id\"", "\"@graph\"", "\"@type\""]
            .iter()
            .any(|key| first.starts_with(key))
    })
}

fn declares(head: &str) -> bool {
    let first = lines(head).next().unwrap_or_default();
    let mut words = first.split_whitespace();
    let is_keyword = |word: &str| {
        let words = ["@prefix", "@base", "prefix", "base", "@version"];
        words.iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    words.next().is_some_and(is_keyword) && words.any(|word| word.starts_with(['<', '"']))
}

fn has_graphs(head: &str) -> bool {
    lines(head).any(|line| line.ends_with('{') || line.contains(" { ") || line.starts_with('{'))
}

/// The largest number of terms in a line, if all lines are those of N-Quads. The last line may be cut off.
fn terms(head: &str) -> Option<usize> {
    let first = lines(head).next()?;
    if !first.starts_with(['<', '_']) || !first.ends_with('.') {
        return None;
    }
    let whole = head.rsplit_once('\n').map_or(head, |(whole, _)| whole);
    let parser = RdfParser::from_format(RdfFormat::NQuads);
    let quads: Result<Vec<Quad>, _> = parser.for_slice(whole.as_bytes()).collect();
    let is_quad = |quad: &Quad| !quad.graph_name.is_default_graph();
    Some(if quads.ok()?.iter().any(is_quad) {
        4
    } else {
        3
    })
}

/// The lines that are neither blank nor comments.
fn lines(head: &str) -> impl Iterator<Item = &str> {
    let lines = head.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}
