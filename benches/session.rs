//! A long session: checks whether statement times or memory grow over 100,000 statements.
//!
//! Prints, for each kind of work, the time of ten parts of a session and the resident memory after each. `STATEMENTS=n`
//! changes the number of statements. Memory is read from Linux's `/proc` and omitted on other systems.

use std::{
    fs,
    time::{Duration, Instant},
};

use relata::Database;
use serde_json::json;

const PARTS: usize = 10;

/// A kind of work: its name, and a function that runs the statement with a given number.
type Work = (&'static str, fn(&mut Database, usize));

const WORK: [Work; 4] = [
    ("the same statement with another parameter", read_one),
    ("statements with other texts", read_any),
    ("create, change and delete", write),
    ("statements that fail", fail),
];

/// A look-up with a cached plan.
fn read_one(database: &mut Database, number: usize) {
    let text = "MATCH (k:KSS {number: $n})<-[:COVERS]-(s:Section) RETURN s.name AS name";
    let statement = database.query(text).param("n", (number % 10) as i64);
    statement.run().expect("the statement is sound");
}

/// A look-up with a new text, which is analysed and planned again.
fn read_any(database: &mut Database, number: usize) {
    let text = format!("MATCH (k:KSS) WHERE k.number > {number} RETURN count(*) AS n");
    database.query(text).run().expect("the statement is sound");
}

/// A node and a relationship are created, changed and deleted. Each statement changes the version of the graph.
fn write(database: &mut Database, number: usize) {
    let text = match number % 3 {
        0 => {
            "MATCH (p:Person {name: 'Jim Park'}) CREATE (p)-[:NOTED $place]->(n:Note $place) SET n.id = $n, n.name = 'a note'"
        }
        1 => "MATCH (n:Note) SET n.name = 'note ' + $n",
        _ => "MATCH (n:Note) DETACH DELETE n",
    };
    let place = json!({"doc": "S1", "lineFrom": 1, "lineTo": 1, "basis": "stated"});
    let given = json!({"n": number.to_string(), "place": place});
    let statement = database.query(text).params(given);
    statement.run().expect("the statement is sound");
}

/// Half of the statements fail before they run, the others midway.
fn fail(database: &mut Database, number: usize) {
    let text = match number % 2 {
        0 => "MATCH (p:Person) RETURN q",
        _ => "UNWIND range(1, 20) AS i CREATE (:Note {id: toString(i)}) WITH i RETURN 1 / (20 - i)",
    };
    assert!(database.query(text).run().is_err());
}

/// The resident memory of the process in MB, or `None` if the system does not report it.
fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1_000.0)
}

fn time(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn main() {
    let asked = std::env::var("STATEMENTS").ok();
    let statements: usize = asked.map_or(100_000, |text| text.parse().expect("a number"));
    let part = statements / PARTS;
    for (name, work) in WORK {
        println!("{name}: {statements} statements");
        let mut database = Database::connected_practice();
        for number in 0..PARTS {
            let statements = number * part..(number + 1) * part;
            let taken = time(|| statements.for_each(|number| work(&mut database, number)));
            let each = taken.as_secs_f64() * 1e6 / part as f64;
            let memory = resident().map_or(String::new(), |mb| format!("{mb:8.1} MB"));
            println!("  {:>6} {each:8.2} µs each {memory}", (number + 1) * part);
        }
    }
}
