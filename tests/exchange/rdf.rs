//! Files of RDF, and RDF that is read and written again.

use std::fmt::Write as _;

use oxrdf::{Dataset, dataset::CanonicalizationAlgorithm};
use oxrdfio::{RdfFormat, RdfParser};
use proptest::{collection::vec, prelude::*, sample::select};
use relata::{Document, GraphFormat, OpenOptions, RdfOptions};

use crate::{open, read, show::show, written};

/// The triples of a text, with blank nodes labelled by what is said about them.
fn triples(text: &[u8], format: RdfFormat) -> Vec<String> {
    let quads = RdfParser::from_format(format).for_slice(text);
    let mut dataset: Dataset = quads.map(|quad| quad.expect("is valid")).collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
    let mut triples: Vec<_> = dataset.iter().map(|quad| quad.to_string()).collect();
    triples.sort();
    triples
}

/// Reads N-Quads, writes them, and compares.
fn round_trip(text: &str, options: RdfOptions) -> Result<(), TestCaseError> {
    let document = Document::new("a.nq", text.as_bytes().to_vec()).expect("is not compressed");
    let opened = OpenOptions::new()
        .rdf_options(options)
        .open_documents(vec![document]);
    let database = opened.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    let before = triples(text.as_bytes(), RdfFormat::NQuads);
    for (name, format) in [("n-quads", RdfFormat::NQuads), ("trig", RdfFormat::TriG)] {
        let format_of_graphs = GraphFormat::find(name).expect("is in the table");
        let bytes = written(&database, format_of_graphs).map_err(TestCaseError::fail)?;
        let after = triples(&bytes, format);
        prop_assert_eq!(
            &after,
            &before,
            "{}\n{}",
            String::from_utf8_lossy(&bytes),
            show(&database)
        );
    }
    Ok(())
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

fn iri() -> impl Strategy<Value = String> {
    let iris = [
        "http://e/a",
        "http://e/b",
        "http://e/b/c",
        "http://e/x#y",
        "urn:x:y",
        "http://e/ns0__z",
        "http://www.w3.org/2000/01/rdf-schema#label",
        "neo4j://graph.schema#name",
        "neo4j://graph.schema#uri",
        "neo4j://graph.schema#ns0__a",
        "neo4j://graph.schema#Resource",
        "http://e/",
        "mailto:a@b.c",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#first",
    ];
    select(iris.to_vec()).prop_map(|iri| format!("<{iri}>"))
}

fn blank() -> impl Strategy<Value = String> {
    select(vec!["_:a", "_:b", "_:n0", "_:e1"]).prop_map(str::to_owned)
}

fn literal() -> impl Strategy<Value = String> {
    let literals = [
        "\"a\"",
        "\"\"",
        "\"a@en\"",
        "\"a\"@en",
        "\"a\"@fr",
        "\"b\"@de-AT",
        "\"x^^y\"",
        "\"line\\nend\"",
        "\"1\"^^<XSDinteger>",
        "\"01\"^^<XSDinteger>",
        "\"1\"^^<XSDint>",
        "\"99999999999999999999\"^^<XSDinteger>",
        "\"1.50\"^^<XSDdecimal>",
        "\"1.5\"^^<XSDdecimal>",
        "\"1.5\"^^<XSDdouble>",
        "\"1.5E0\"^^<XSDdouble>",
        "\"NaN\"^^<XSDfloat>",
        "\"INF\"^^<XSDdouble>",
        "\"true\"^^<XSDboolean>",
        "\"1\"^^<XSDboolean>",
        "\"2020-02-19\"^^<XSDdate>",
        "\"2020-02-19Z\"^^<XSDdate>",
        "\"2020\"^^<XSDgYear>",
        "\"2020-02-19T12:31:00\"^^<XSDdateTime>",
        "\"2020-02-19T12:31:00.50Z\"^^<XSDdateTime>",
        "\"12:31:00\"^^<XSDtime>",
        "\"P1Y\"^^<XSDduration>",
        "\"P365D\"^^<XSDduration>",
        "\"x\"^^<http://e/type>",
        "\"x\"^^<XSDinteger>",
        "\"[1]\"^^<urn:relata:type:list>",
        "\"[1,2]\"^^<urn:relata:type:list>",
        "\"5\"^^<urn:relata:type:int>",
    ];
    select(literals.to_vec()).prop_map(|literal| literal.replace("XSD", XSD))
}

fn quad() -> impl Strategy<Value = String> {
    let subject = || prop_oneof![3 => iri(), 1 => blank()];
    let object = prop_oneof![2 => iri(), 1 => blank(), 3 => literal()];
    let graph = prop_oneof![4 => Just(String::new()), 1 => iri(), 1 => blank()];
    let triple = (subject(), iri(), object);
    let typed = (subject(), iri()).prop_map(|(subject, class)| {
        (
            subject,
            "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>".to_owned(),
            class,
        )
    });
    (prop_oneof![3 => triple, 1 => typed], graph).prop_map(
        |((subject, predicate, object), graph)| {
            format!("{subject} {predicate} {object} {graph} .\n")
        },
    )
}

fn options() -> impl Strategy<Value = RdfOptions> {
    let choices = vec![
        vec![],
        vec![("keepLangTag", "true")],
        vec![("keepCustomDataTypes", "true")],
        vec![("handleMultival", "ARRAY")],
        vec![("handleVocabUris", "KEEP")],
        vec![("handleRDFTypes", "NODES")],
    ];
    select(choices).prop_map(|choice| {
        let mut options = RdfOptions::default();
        for (name, value) in choice {
            options.set(name, value).expect("is an option");
        }
        options
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn rdf_that_is_read_and_written_is_the_same(quads in vec(quad(), 1..12), options in options()) {
        round_trip(&quads.concat(), options)?;
    }
}

#[test]
fn reifiers_are_read_and_written_again() {
    let reified = |extra: &str| {
        format!(
            "<http://e/a> <http://e/p> <http://e/b> .\n\
             _:r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://e/a> <http://e/p> <http://e/b> )>> .\n{extra}"
        )
    };
    for extra in [
        "",
        "_:r <http://e/since> \"2020\"@en .\n",
        "_:r <http://e/source> <http://e/doc> .\n_:r <http://e/source> \"x\" .\n",
        "_:q <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://e/a> <http://e/p> <http://e/b> )>> .\n",
        "<http://e/q> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://e/a> <http://e/p> _:x )>> .\n",
    ] {
        round_trip(&reified(extra), RdfOptions::default()).expect("is the same");
    }
}

#[test]
fn rdf_of_other_programs_is_read() {
    let files = [
        (
            "a.ttl",
            "@prefix ex: <http://example.org/> .\n@prefix : <http://example.org/empty#> .\n\
             ex:ann a ex:Person , :Special ; ex:name \"Ann\"@en , \"Anne\"@fr ; ex:age 30 ; ex:height 1.75 ;\n\
             ex:knows [ ex:name \"Bea\" ] , ex:cem ; ex:tags (1 2) .\n",
        ),
        (
            "a.trig",
            "@prefix ex: <http://example.org/> .\nex:a ex:p 1 .\nex:g { ex:a ex:p 2 ; ex:q _:b . }\n",
        ),
        (
            "a.owl",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:rdfs=\"http://www.w3.org/2000/01/rdf-schema#\" xml:base=\"http://e/\">\n\
             <rdfs:Class rdf:ID=\"Dog\"><rdfs:label xml:lang=\"de\">Hund</rdfs:label><rdfs:subClassOf rdf:resource=\"#Animal\"/></rdfs:Class>\n</rdf:RDF>",
        ),
        (
            "a.jsonld",
            "{\"@context\": {\"name\": \"http://schema.org/name\", \"knows\": {\"@id\": \"http://schema.org/knows\", \"@type\": \"@id\"}},\n\
             \"@id\": \"http://e/ann\", \"name\": [\"Ann\", \"Anna\"], \"knows\": \"http://e/bea\"}",
        ),
        (
            "bad.ttl",
            "@prefix ex: <http://example.org/> .\nex:a ex:p .\n",
        ),
        (
            "bad.nt",
            "<http://e/a> <http://e/p> <http://e/b> .\n<http://e/a> <http://e/p> b .\n",
        ),
        (
            "remote.jsonld",
            "{\"@context\": \"https://schema.org/\", \"@id\": \"http://e/a\", \"name\": \"A\"}",
        ),
        (
            "term.ttl",
            "PREFIX ex: <http://example.org/>\nex:a ex:says <<( ex:b ex:p ex:c )>> .\n",
        ),
    ];
    let shown = files.map(|(name, text)| format!("{name}\n{}", read(name, text)));
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn options_have_the_meaning_that_neosemantics_gives_them() {
    let text = "@prefix ex: <http://example.org/> .\n\
        ex:ann a ex:Person ; ex:name \"Ann\"@en , \"Anne\"@fr ; ex:size \"5\"^^ex:metre ; ex:age 30 .\n";
    let mut shown = String::new();
    for given in [
        &[("handleVocabUris", "IGNORE")][..],
        &[("handleVocabUris", "KEEP")],
        &[
            ("handleVocabUris", "MAP"),
            ("mappings.http://example.org/Person", "Human"),
        ],
        &[("handleMultival", "OVERWRITE")],
        &[("handleMultival", "ARRAY")],
        &[
            ("handleMultival", "ARRAY"),
            ("multivalPropList", "http://example.org/age"),
        ],
        &[("handleRDFTypes", "NODES")],
        &[("handleRDFTypes", "LABELS_AND_NODES")],
        &[("keepLangTag", "true")],
        &[("keepCustomDataTypes", "true")],
        &[("languageFilter", "fr")],
        &[(
            "predicateExclusionList",
            "http://example.org/name,http://example.org/size",
        )],
    ] {
        let mut options = RdfOptions::default();
        for (name, value) in given {
            options.set(name, value).expect("is an option");
        }
        let document = Document::new("a.ttl", text.as_bytes().to_vec()).unwrap();
        let opened = OpenOptions::new()
            .rdf_options(options)
            .open_documents(vec![document]);
        let _ = writeln!(shown, "{given:?}\n{}\n", show(&opened.expect("is read")));
    }
    insta::assert_snapshot!(shown);
    let mut options = RdfOptions::default();
    assert_eq!(
        options.set("keepLangTags", "true").unwrap_err(),
        "expected an option of RDF, found `keepLangTags`: did you mean `keepLangTag`?"
    );
}

#[test]
fn prefixes_are_kept_when_the_graph_is_saved_as_a_folder() {
    let text = "@prefix ex: <http://example.org/> .\nex:a ex:price 1.5 ; ex:name \"A\"@en .\n";
    let mut database = open("shop.ttl", text).expect("is read");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop");
    relata::SaveOptions::new()
        .save(&mut database, &path)
        .unwrap();
    let again = relata::Database::open(&path).unwrap();
    let bytes = written(&again, GraphFormat::find("turtle").unwrap()).unwrap();
    insta::assert_snapshot!(String::from_utf8(bytes).unwrap());
}
