//! Errors outside of statements: limits, interrupts, unreadable graphs, session requests.

use std::{
    fs,
    sync::{
        OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use insta::assert_snapshot;
use relata::{CancelToken, Database, Limits, OpenOptions, SaveOptions, session::serve};
use serde_json::Value as Json;

/// The sorted pairs of all people: many rows, much memory.
const PAIRS: &str = "MATCH (a), (b) RETURN a.name AS a, b.name AS b ORDER BY a, b";

#[test]
fn what_lies_beyond_statements_is_named() {
    let lines: Vec<_> = told()
        .iter()
        .map(|(code, text)| format!("{code}: {text}"))
        .collect();
    assert_snapshot!(lines.join("\n"));
}

/// Codes with their messages.
pub(crate) fn told() -> &'static [(String, String)] {
    static TOLD: OnceLock<Vec<(String, String)>> = OnceLock::new();
    TOLD.get_or_init(found)
}

fn found() -> Vec<(String, String)> {
    let mut told: Vec<_> = limits().into_iter().map(limited).collect();
    told.extend([
        interrupted(),
        read_only(),
        closed(),
        conflicting(),
        busy(),
        too_long(),
        too_deep(),
        unreadable(),
        unwritable(),
        no_journal(),
        no_request(),
        internal(),
    ]);
    told.extend(asked());
    told
}

/// Each limit, low enough for its statement to exceed.
fn limits() -> [(Limits, &'static str); 4] {
    let none = Limits::default();
    let rows = Some(10);
    let memory = Some(1 << 16);
    let path_length = Some(2);
    let time = Some(Duration::from_secs(2));
    let walks = "MATCH p = (:Course)-[*]-() RETURN count(p)";
    [
        (Limits { rows, ..none }, PAIRS),
        (Limits { memory, ..none }, PAIRS),
        (Limits { time, ..none }, PAIRS),
        (
            Limits {
                path_length,
                ..none
            },
            walks,
        ),
    ]
}

fn limited((limits, text): (Limits, &str)) -> (String, String) {
    let mut database = Database::connected_practice().with_clock(ticking);
    let outcome = database.query(text).limits(limits).run();
    let error = outcome.expect_err("the limit is reached");
    (format!("{:?}", error.code()), error.to_string())
}

/// The error of a transaction that has read the graph before another one changed it.
fn conflicting() -> (String, String) {
    let shared = Database::empty().share();
    let (mut one, mut other) = (shared.connect(), shared.connect());
    one.begin().expect("no transaction is open");
    one.query("MATCH (n) RETURN n").run().expect("is valid");
    other.query("CREATE (:A)").run().expect("is valid");
    let error = one.query("CREATE (:B)").run();
    let error = error.expect_err("the graph has changed");
    (format!("{:?}", error.code()), error.to_string())
}

/// The error of a statement that waits for the transaction of another connection.
fn busy() -> (String, String) {
    let shared = Database::empty().share();
    let (mut one, mut other) = (shared.connect(), shared.connect().with_clock(|| (0, 0)));
    one.begin().expect("no transaction is open");
    one.query("CREATE (:A)").run().expect("is valid");
    let limits = Limits {
        time: Some(Duration::from_millis(10)),
        ..Limits::default()
    };
    let error = other.query("CREATE (:B)").limits(limits).run();
    let error = error.expect_err("another transaction changes the graph");
    (format!("{:?}", error.code()), error.to_string())
}

/// A clock that advances by one second per read.
fn ticking() -> (i64, u32) {
    static SECONDS: AtomicI64 = AtomicI64::new(0);
    (SECONDS.fetch_add(1, Ordering::Relaxed), 0)
}

/// A rejected question for each reason.
fn asked() -> Vec<(String, String)> {
    let twins = "CREATE (:Person {name: 'Mercury', age: 30}), (:Planet {name: 'Mercury', mass: 3})";
    let mut two = Database::empty();
    two.query(twins)
        .run()
        .expect("two things of a name can be made");
    let mut known = Database::connected_practice();
    let refused = [
        known.ask("which unicorns are there").run(),
        known.ask("courses which").run(),
        known.ask("which levels attended").run(),
        known.ask("how many courses are there").pick(99).run(),
        two.ask("describe Mercury").run(),
    ];
    let told = refused.map(|outcome| {
        let error = outcome.expect_err("the question is not answered");
        (format!("{:?}", error.code()), error.to_string())
    });
    told.into()
}

fn interrupted() -> (String, String) {
    let token = CancelToken::new();
    token.cancel();
    let mut database = Database::connected_practice();
    let outcome = database.query(PAIRS).cancel(&token).run();
    let error = outcome.expect_err("the statement is interrupted");
    (format!("{:?}", error.code()), error.to_string())
}

fn read_only() -> (String, String) {
    let mut database = Database::empty();
    let outcome = database.query("CREATE (:Note)").read_only().run();
    let error = outcome.expect_err("the statement changes the graph");
    (format!("{:?}", error.code()), error.to_string())
}

fn closed() -> (String, String) {
    let mut database = Database::empty();
    let closed = database.query("SESSION CLOSE").run();
    closed.expect("a session can be closed");
    let outcome = database.query("RETURN 1").run();
    let error = outcome.expect_err("the session is closed");
    (format!("{:?}", error.code()), error.to_string())
}

fn too_long() -> (String, String) {
    let text = format!("RETURN '{}'", "x".repeat(17 << 20));
    let outcome = Database::empty().query(text).run();
    let error = outcome.expect_err("the statement is too long");
    (format!("{:?}", error.code()), error.to_string())
}

fn too_deep() -> (String, String) {
    let text = format!("RETURN {}1{}", "(".repeat(1000), ")".repeat(1000));
    let outcome = Database::empty().query(text).run();
    let error = outcome.expect_err("the brackets are too many");
    (format!("{:?}", error.code()), error.to_string())
}

fn unreadable() -> (String, String) {
    let outcome = Database::open("tests/errors/nowhere");
    let error = outcome.expect_err("there is no such graph");
    (format!("{:?}", error.code()), error.to_string())
}

fn unwritable() -> (String, String) {
    let outcome = Database::empty().save("tests/errors.rs");
    let error = outcome.expect_err("a file is no folder");
    (format!("{:?}", error.code()), error.to_string())
}

/// A folder stands where the journal would be.
fn no_journal() -> (String, String) {
    let place = tempfile::tempdir().expect("there is a temporary folder");
    let path = place.path().canonicalize().expect("it has a path");
    SaveOptions::new().create(&path).expect("it can be written");
    let mut database = OpenOptions::new()
        .journal()
        .open(&path)
        .expect("it is a graph");
    fs::create_dir(path.join("journal.redb")).expect("it can be written");
    let outcome = database.query("CREATE (:A)").run();
    let error = outcome.expect_err("the change cannot be kept");
    let message = error
        .to_string()
        .replace(&path.display().to_string(), "graph");
    (format!("{:?}", error.code()), message)
}

fn no_request() -> (String, String) {
    let mut output = Vec::new();
    let line = &br#"{"qeury": "RETURN 1"}"#[..];
    serve(&mut Database::empty(), line, &mut output).expect("memory can be written");
    let reply: Json = serde_json::from_slice(&output).expect("replies are JSON");
    let text = |key: &str| reply["error"][key].as_str().unwrap_or_default().to_owned();
    (text("detail"), text("message"))
}

/// A panic in what the caller provides is caught like one in the engine.
fn internal() -> (String, String) {
    let mut database = Database::empty().with_random(|| panic!("no random numbers"));
    let outcome = database.query("CREATE (:Note) RETURN rand()").run();
    let error = outcome.expect_err("the random source panics");
    assert_eq!(database.graph().node_count(), 0);
    database
        .query("RETURN 1")
        .run()
        .expect("the database lives on");
    (format!("{:?}", error.code()), error.to_string())
}
