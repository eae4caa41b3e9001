//! Every way to change a graph stops at the limits of its statement and leaves the graph as it was, with and without a gauge
//! of memory.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};

use relata::{Code, Database, Limits};

/// Statements that change many entities of the graph of [`database`], one for each way to do so.
const WRITES: &[&str] = &[
    "UNWIND range(1, 200000) AS i CREATE ()",
    "UNWIND range(1, 200000) AS i CREATE (:A {x: i, s: 'text ' + i})",
    "UNWIND range(1, 200000) AS i INSERT (:A {x: i})-[:S {y: i}]->(:A)",
    "MATCH (a:A)-->(b) UNWIND range(1, 10) AS i CREATE (a)-[:S]->(b)",
    "MATCH (a:A)-->(b) UNWIND range(1, 10) AS i CREATE (a)-[:S {x: i}]->(b)",
    "UNWIND range(1, 200000) AS i MERGE (:C {x: i})",
    "MATCH (a:A)-->(b) UNWIND range(1, 10) AS i MERGE (a)-[:S {x: i}]->(b)",
    "UNWIND range(1, 200000) AS i MERGE (c:C {x: i}) ON CREATE SET c.y = i",
    "MATCH (a:A) UNWIND range(1, 10) AS i MERGE (b:A {x: a.x}) ON MATCH SET b.y = i",
    "MATCH (a:A) UNWIND range(1, 10) AS i SET a.x = i",
    "MATCH (a:A) UNWIND range(1, 10) AS i SET a['y'] = i",
    "MATCH (a:A) UNWIND range(1, 10) AS i SET a += {x: i, y: 'text ' + i}",
    "MATCH (a:A) UNWIND range(1, 10) AS i SET a = {y: i}",
    "MATCH (a:A) UNWIND range(1, 10) AS i SET a:B:C REMOVE a:B:C",
    "MATCH (:A)-[r]->() UNWIND range(1, 10) AS i SET r.x = 'text ' + i",
    "MATCH (a:A) UNWIND range(1, 10) AS i SET a.x = i REMOVE a.x",
    "MATCH ()-[r]->() DELETE r",
    "MATCH ()-[r]->() WITH collect(r) AS all FOREACH (r IN all | DELETE r)",
    "MATCH (a) DETACH DELETE a",
    "MATCH (:A)-[r]->() DELETE r CREATE ()",
    "UNWIND range(1, 20) AS i FOREACH (j IN range(1, 10000) | CREATE (:C {x: j}))",
    "UNWIND range(1, 20) AS i CALL (i) { UNWIND range(1, 10000) AS j CREATE (:C {x: j}) }",
    "MATCH (a:A) CALL (a) { UNWIND range(1, 10) AS i SET a.x = 'text ' + i }",
];

/// A graph of many nodes and relationships.
fn database() -> Database {
    let mut database = Database::empty();
    let create = "UNWIND range(1, 20000) AS i CREATE (:A {x: i})-[:R {x: i}]->(:B {x: i})";
    database.query(create).run().unwrap();
    database
}

/// Runs every statement with limits on a database that `with` completes. All fail with the code and change nothing.
fn stops(with: impl Fn(Database) -> Database, limits: Limits, code: Code) {
    let mut database = with(database());
    let counts = "MATCH (n) OPTIONAL MATCH (n)-[r]->() \
                  RETURN count(n), sum(n.x), count(n.y), count(r), sum(r.x), count(n:A), count(n:B)";
    let count = |database: &mut Database| {
        let answer = database.query(counts).run().unwrap();
        answer.row(0).unwrap().values().to_vec()
    };
    let before = format!("{:?}", count(&mut database));
    for text in WRITES {
        let outcome = database.query(*text).limits(limits).run();
        let found = outcome.map(|_| ()).map_err(|error| error.code());
        assert_eq!(found, Err(code), "{text}");
        assert_eq!(format!("{:?}", count(&mut database)), before, "{text}");
    }
}

#[test]
fn a_write_stops_at_the_memory_limit_without_a_gauge() {
    let limits = Limits {
        memory: Some(1 << 20),
        ..Limits::default()
    };
    stops(|database| database, limits, Code::MemoryLimit);
}

#[test]
fn a_write_stops_at_the_memory_limit_of_a_gauge() {
    /// The memory of a process that holds another two megabytes at each reading.
    fn growing() -> u64 {
        static BYTES: AtomicU64 = AtomicU64::new(0);
        BYTES.fetch_add(1 << 21, Ordering::Relaxed)
    }
    let limits = Limits {
        memory: Some(1 << 20),
        ..Limits::default()
    };
    stops(
        |database| database.with_memory(growing),
        limits,
        Code::MemoryLimit,
    );
}

#[test]
fn a_write_stops_at_the_time_limit() {
    /// A clock that is a tenth of a second later at each reading.
    fn ticking() -> (i64, u32) {
        static TENTHS: AtomicI64 = AtomicI64::new(0);
        let tenths = TENTHS.fetch_add(1, Ordering::Relaxed);
        (tenths / 10, (tenths % 10) as u32 * 100_000_000)
    }
    let limits = Limits {
        // Enough to plan a statement, and too little to run it.
        time: Some(Duration::from_secs(6)),
        ..Limits::default()
    };
    stops(
        |database| database.with_clock(ticking),
        limits,
        Code::TimeLimit,
    );
}

#[test]
fn without_undo_a_failed_write_ends_the_use_of_the_database() {
    let mut database = database();
    let read = "MATCH (n) WITH count(n) AS n RETURN 1 / (n - n)";
    let error = database.query(read).without_undo().run().unwrap_err();
    assert_eq!(error.code(), Code::DivisionByZero);
    let write = "MATCH (a:A) SET a.x = 0 WITH count(a) AS n RETURN 1 / (n - n)";
    let error = database.query(write).run().unwrap_err();
    assert_eq!(error.code(), Code::DivisionByZero);
    assert!(!database.is_damaged());
    let error = database.query(write).without_undo().run().unwrap_err();
    assert_eq!(error.code(), Code::DivisionByZero);
    let error = database.query("RETURN 1").run().unwrap_err();
    assert_eq!(error.code(), Code::InternalError);
}
