//! The fuzz targets: functions of bytes that panic on a fault.

use std::{str, time::Duration};

use relata::{
    Database, Limits,
    base::Code,
    graph::{
        Graph,
        load::{self, Input, Options},
        save::Folder,
    },
    session,
};

use crate::{check::check, generate, generate::Dice, round_trip as trees, splice as spliced};

/// The name and the function of a target.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 6] = [
    ("parse", parse),
    ("round_trip", round_trip),
    ("run", run),
    ("load", load),
    ("session", session),
    ("splice", splice),
];

/// Any text parses or is an error, and splits into statements.
pub fn parse(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    for statement in relata::split(text) {
        assert!(
            text.get(statement.span.range()).is_some(),
            "a statement lies in the text"
        );
    }
    if let Err(error) = relata::parse(text) {
        let span = error.span.map(|span| span.range());
        assert!(
            span.is_none_or(|span| text.get(span).is_some()),
            "{error:?}"
        );
    }
}

/// A printed statement parses to the same tree.
pub fn round_trip(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    if let Err(difference) = trees::check(text) {
        panic!("{difference}");
    }
}

/// A graph and a query, both generated from the bytes: every engine level gives the rows of the oracle.
pub fn run(bytes: &[u8]) {
    let (graph, text) = bytes.split_at(bytes.len().min(80) / 2);
    let world = generate::world(&mut Dice(graph));
    let query = generate::query(&mut Dice(text));
    if let Err(difference) = check(&world, &query) {
        panic!("{difference}");
    }
}

/// Files, each after a line `--- NAME`, give a graph or problems. A saved and loaded graph saves the same files.
pub fn load(bytes: &[u8]) {
    let Some(graph) = loaded(&sections(bytes)) else {
        return;
    };
    let saved = saved(&graph);
    let files: Vec<_> = saved
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    let again = loaded(&files).expect("what is saved can be loaded");
    assert_eq!(graph.node_count(), again.node_count());
    assert_eq!(graph.relationship_count(), again.relationship_count());
    assert_eq!(saved, self::saved(&again));
}

fn sections(bytes: &[u8]) -> Vec<(&str, &[u8])> {
    let mut sections = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, b"--- ") {
        let named = &rest[at + 4..];
        let line = find(named, b"\n").unwrap_or(named.len());
        let body = &named[(line + 1).min(named.len())..];
        let end = find(body, b"\n--- ").map_or(body.len(), |end| end + 1);
        if let Ok(name) = str::from_utf8(&named[..line]) {
            sections.push((name, &body[..end]));
        }
        rest = &body[end..];
    }
    sections
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn loaded(files: &[(&str, &[u8])]) -> Option<Graph> {
    let input = Input::files(files.iter().copied(), &[]).ok()?;
    match load::load(input, &Options::default()) {
        Ok(loaded) => Some(loaded.graph),
        Err(error) => {
            assert!(!error.problems.is_empty(), "an error has problems");
            None
        }
    }
}

fn saved(graph: &Graph) -> Vec<(String, String)> {
    let folder = Folder::of(graph, None, &[], "graph");
    let files: Result<Vec<_>, _> = folder.files().collect();
    files.expect("what was loaded can be saved")
}

/// Every line that is not blank is answered with one line of JSON.
pub fn session(bytes: &[u8]) {
    let limits = Limits {
        rows: Some(10_000),
        memory: Some(64 << 20),
        path_length: Some(64),
        time: Some(Duration::from_secs(1)),
    };
    let mut database = Database::empty().with_clock(now).with_limits(limits);
    let mut output = Vec::new();
    session::serve(&mut database, bytes, &mut output).expect("memory can be read and written");
    let lines = bytes.split(|byte| *byte == b'\n');
    let asked = lines.filter(|line| !line.trim_ascii().is_empty()).count();
    let output = String::from_utf8(output).expect("replies are text");
    let replies: Vec<_> = output.lines().collect();
    assert_eq!(replies.len(), asked, "{replies:?}");
    for reply in replies {
        let json: serde_json::Value = serde_json::from_str(reply).expect("replies are JSON");
        assert!(json.is_object(), "{reply}");
    }
}

/// A statement with parts of others: it runs or is an error whose span lies in the text, never an internal one, and an
/// error leaves the graph as it was.
pub fn splice(bytes: &[u8]) {
    let text = spliced::statement(&mut Dice(bytes));
    let limits = Limits {
        rows: Some(10_000),
        memory: Some(64 << 20),
        path_length: Some(16),
        time: Some(Duration::from_millis(500)),
    };
    let mut database = Database::empty().with_clock(now).with_limits(limits);
    // On a busy machine, a statement of any length can reach a time limit.
    let people = database.query(PEOPLE).limits(Limits::default());
    people.run().expect("the graph can be made");
    let before = (
        database.graph().node_count(),
        database.graph().relationship_count(),
    );
    let Err(error) = database.query(text.as_str()).run() else {
        return;
    };
    assert_ne!(error.code(), Code::InternalError, "{text}: {error}");
    let span = error.diagnostic().span.map(|span| span.range());
    assert!(
        span.is_none_or(|span| text.get(span).is_some()),
        "{text}: {error}"
    );
    let after = (
        database.graph().node_count(),
        database.graph().relationship_count(),
    );
    assert_eq!(after, before, "{text}: {error}");
}

/// A small graph with the labels, types and keys of the corpus.
const PEOPLE: &str = "CREATE (a:Person:Admin {name: 'Ann', age: 34, tags: ['x', 'y']}), \
    (b:Person {name: 'Bob', age: 29, tags: []}), (c:Course {name: 'Trauma', level: 'Advanced'}), \
    (a)-[:KNOWS {since: 2010}]->(b), (b)-[:KNOWS]->(a), (a)-[:LIKES]->(a), (c)-[:IN]->(b)";

fn now() -> (i64, u32) {
    let since = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default();
    (
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        since.subsec_nanos(),
    )
}
