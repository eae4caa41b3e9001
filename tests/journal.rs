//! The journal: what was answered is there when the graph is opened again.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use proptest::{prelude::*, sample::select};
use relata::{Code, Database, OpenOptions, SaveOptions, graph::journal};
use tempfile::TempDir;

/// A folder with a small graph.
fn folder() -> TempDir {
    let place = TempDir::new().unwrap();
    let mut database = Database::empty();
    let graph = "UNWIND range(1, 5) AS i CREATE (a:P {id: 'a' + i, x: i})-[:R {w: i}]->(:P:Q {id: 'b' + i})";
    database.query(graph).run().unwrap();
    SaveOptions::new()
        .folder()
        .save(&mut database, place.path())
        .unwrap();
    place
}

fn opened(path: &Path) -> Database {
    OpenOptions::new().journal().open(path).unwrap()
}

fn run(database: &mut Database, text: &str) {
    database
        .query(text)
        .run()
        .unwrap_or_else(|error| panic!("{text}: {error}"));
}

/// The whole content of a graph, with ids, and its indexes and constraints.
fn shown(database: &Database) -> String {
    let script = database.script().unwrap();
    let schema = script
        .lines()
        .filter(|line| line.contains(" INDEX ") || line.contains(" CONSTRAINT "));
    format!(
        "{:?}\n{}",
        database.snapshot(),
        schema.collect::<Vec<_>>().join("\n")
    )
}

/// The content of a graph without ids.
fn content(database: &mut Database) -> Vec<String> {
    let queries = [
        "MATCH (n) RETURN labels(n) AS a, properties(n) AS b",
        "MATCH (n)-[r]->(m) RETURN [properties(n), type(r), properties(r)] AS a, properties(m) AS b",
    ];
    let mut lines = Vec::new();
    for query in queries {
        let answer = database.query(query).run().unwrap();
        lines.extend(answer.rows().map(|row| {
            let cells: Vec<_> = row.cells().map(|cell| cell.to_string()).collect();
            cells.join(" | ")
        }));
    }
    lines.sort();
    lines
}

#[test]
fn a_change_is_there_when_the_graph_is_opened_again() {
    let place = folder();
    let mut database = opened(place.path());
    assert!(database.keeps_changes());
    run(
        &mut database,
        "CREATE (:New {id: 'n', at: date('2020-02-29'), l: [1, 2.5], t: 'é'})",
    );
    run(
        &mut database,
        "MATCH (p:P {id: 'a1'}) SET p.x = 10, p:Marked REMOVE p:P",
    );
    run(&mut database, "MATCH (p {id: 'a2'}) DETACH DELETE p");
    run(
        &mut database,
        "MATCH (a {id: 'a3'}), (b {id: 'b4'}) CREATE (a)-[:S {since: datetime('2020-01-01T10:00[Europe/London]')}]->(b)",
    );
    run(
        &mut database,
        "MATCH ()-[r:R {w: 5}]->() SET r.w = null, r.d = duration('P1M2DT3.5S')",
    );
    assert_eq!(database.journaled(), 5);
    let before = shown(&database);
    drop(database);
    let again = Database::open(place.path()).unwrap();
    assert_eq!(shown(&again), before);
    assert_eq!(again.journaled(), 5);
    assert!(!again.keeps_changes());
}

#[test]
fn a_save_empties_the_journal() {
    let place = folder();
    let mut database = opened(place.path());
    run(&mut database, "CREATE (:New {id: 'n'})");
    assert!(place.path().join(journal::FILE).is_file());
    database.save(place.path()).unwrap();
    assert!(!place.path().join(journal::FILE).exists());
    run(&mut database, "CREATE (:New {id: 'm'})");
    assert_eq!(database.journaled(), 1);
    let before = content(&mut database);
    drop(database);
    assert_eq!(content(&mut opened(place.path())), before);
}

#[test]
fn only_committed_transactions_are_kept() {
    let place = folder();
    let mut database = opened(place.path());
    run(&mut database, "BEGIN");
    run(&mut database, "CREATE (:Undone)");
    run(&mut database, "ROLLBACK");
    database
        .query("CREATE (:Failed {x: 1 / 0})")
        .run()
        .unwrap_err();
    assert!(
        !place.path().join(journal::FILE).exists(),
        "nothing was committed"
    );
    run(&mut database, "BEGIN");
    run(&mut database, "CREATE (:Kept)");
    run(&mut database, "CREATE (:Kept)");
    run(&mut database, "COMMIT");
    run(&mut database, "BEGIN");
    run(&mut database, "CREATE (:Open)");
    drop(database);
    let mut again = opened(place.path());
    assert_eq!(again.journaled(), 1);
    let query = "MATCH (n) WHERE n:Kept OR n:Open OR n:Undone OR n:Failed RETURN count(n) AS n";
    let answer = again.query(query).run().unwrap();
    assert_eq!(answer.rows().next().unwrap().get::<i64>("n").unwrap(), 2);
}

#[test]
fn indexes_and_constraints_are_kept() {
    let place = folder();
    let mut database = opened(place.path());
    run(&mut database, "CREATE INDEX byX FOR (n:P) ON (n.x)");
    run(&mut database, "CREATE INDEX gone FOR (n:Q) ON (n.x)");
    run(&mut database, "DROP INDEX gone");
    // The values at the time of the definition differ from those at the end of the transaction.
    run(
        &mut database,
        "CREATE (:K {k: 2, name: 'b'}), (:K {k: 5, name: 'a'})",
    );
    run(&mut database, "BEGIN");
    run(&mut database, "MATCH (n:K {name: 'a'}) SET n.k = 1");
    run(
        &mut database,
        "CREATE CONSTRAINT one FOR (n:K) REQUIRE n.k IS UNIQUE",
    );
    run(&mut database, "MATCH (n:K {name: 'b'}) SET n.k = 3");
    run(&mut database, "MATCH (n:K {name: 'a'}) SET n.k = 2");
    run(&mut database, "COMMIT");
    let before = shown(&database);
    drop(database);
    let mut again = opened(place.path());
    assert_eq!(shown(&again), before);
    let error = again.query("CREATE (:K {k: 2})").run().unwrap_err();
    assert!(error.to_string().contains("one"), "{error}");
    let names = again
        .query("SHOW INDEXES YIELD name RETURN collect(name) AS names")
        .run()
        .unwrap();
    let names = names
        .rows()
        .next()
        .unwrap()
        .cells()
        .next()
        .unwrap()
        .to_string();
    assert!(names.contains("byX") && !names.contains("gone"), "{names}");
    again.save(place.path()).unwrap();
    assert_eq!(
        shown(&opened(place.path()))
            .lines()
            .skip(1)
            .collect::<Vec<_>>(),
        before.lines().skip(1).collect::<Vec<_>>()
    );
}

#[test]
fn one_process_writes_and_others_read() {
    let place = folder();
    let mut writer = opened(place.path());
    let mut other = opened(place.path());
    run(&mut writer, "CREATE (:New)");
    let mut reader = Database::open(place.path()).unwrap();
    assert_eq!(content(&mut reader), content(&mut writer));
    let before = content(&mut other);
    let error = other.query("CREATE (:Other)").run().unwrap_err();
    assert_eq!(error.code(), Code::JournalProblem);
    insta::assert_snapshot!(masked(&error, place.path()), @"another process writes to the graph in `graph`; end that process, or change the graph in memory with `--no-journal`");
    assert_eq!(content(&mut other), before, "the change is undone");
    let error = other.save(place.path()).unwrap_err();
    insta::assert_snapshot!(masked(&error, place.path()), @"another process writes to the graph in `graph`; end that process, or save to another folder");
    drop(writer);
    let error = other.query("CREATE (:Other)").run().unwrap_err();
    insta::assert_snapshot!(masked(&error, place.path()), @"the graph in `graph` was changed by another process since it was opened; open the graph again, then repeat the change");
    let error = other.save(place.path()).unwrap_err();
    insta::assert_snapshot!(masked(&error, place.path()), @"the graph in `graph` was changed by another process since it was opened; save to another folder; `--force` replaces the changes of the other process");
    run(&mut opened(place.path()), "CREATE (:Third)");
}

/// An error with its help, without the path of the folder.
fn masked(error: &relata::Error, path: &Path) -> String {
    let path = path.canonicalize().unwrap();
    let text = format!("{error}; {}", error.help().unwrap_or_default());
    text.replace(&path.display().to_string(), "graph")
}

#[test]
fn a_journal_belongs_to_its_files() {
    let place = folder();
    run(&mut opened(place.path()), "CREATE (:New)");
    let file = place.path().join("nodes/P.csv");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace(",5,", ",55,")).unwrap();
    let error = Database::open(place.path()).unwrap_err();
    insta::assert_snapshot!(masked(&error, place.path()), @"`graph`: the files of the graph have changed, and the journal has changes of the files as they were; restore the files, or remove `journal.redb` and lose its changes");
    // A copy with the same content has the same journal.
    fs::write(&file, text).unwrap();
    assert_eq!(Database::open(place.path()).unwrap().journaled(), 1);
}

#[test]
fn files_that_changed_since_the_opening_are_not_written_over() {
    let place = folder();
    let mut database = opened(place.path());
    let file = place.path().join("nodes/P.csv");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}z9,,9\n")).unwrap();
    let error = database.query("CREATE (:New)").run().unwrap_err();
    assert_eq!(error.code(), Code::JournalProblem);
    assert_eq!(
        database.save(place.path()).unwrap_err().code(),
        Code::SaveProblem
    );
    let options = SaveOptions::new().force();
    options.save(&mut database, place.path()).unwrap();
    run(&mut database, "CREATE (:New)");
    assert_eq!(content(&mut opened(place.path())), content(&mut database));
}

#[test]
fn a_damaged_journal_is_an_error() {
    let place = folder();
    run(&mut opened(place.path()), "CREATE (:New)");
    fs::write(place.path().join(journal::FILE), "no journal").unwrap();
    let error = Database::open(place.path()).unwrap_err();
    assert_eq!(error.code(), Code::LoadProblem);
    assert!(
        error.to_string().contains("journal cannot be read"),
        "{error}"
    );
}

#[test]
fn a_folder_that_cannot_be_written_refuses_changes() {
    let place = folder();
    let mut database = opened(place.path());
    // A folder stands where the file would be, which fails for every user.
    fs::create_dir(place.path().join(journal::FILE)).unwrap();
    let before = content(&mut database);
    let error = database.query("CREATE (:New)").run().unwrap_err();
    assert_eq!(error.code(), Code::JournalProblem);
    run(&mut database, "BEGIN");
    run(&mut database, "CREATE (:New)");
    assert_eq!(
        database.query("COMMIT").run().unwrap_err().code(),
        Code::JournalProblem
    );
    assert!(!database.in_transaction());
    assert_eq!(content(&mut database), before);
}

#[test]
fn a_large_transaction_is_kept_whole() {
    let place = folder();
    let mut database = opened(place.path());
    let text = "UNWIND range(1, 100000) AS i CREATE (a:Big {i: i, t: 'text ' + i})-[:T]->(:Big)";
    run(&mut database, text);
    run(
        &mut database,
        "MATCH (a:Big) WHERE a.i % 2 = 0 DETACH DELETE a",
    );
    let count =
        "MATCH (n:Big) OPTIONAL MATCH (n)-[t]->() RETURN count(n) + count(t) + sum(n.i) AS n";
    let number = |database: &mut Database| {
        let answer = database.query(count).run().unwrap();
        answer.rows().next().unwrap().get::<i64>("n").unwrap()
    };
    let before = number(&mut database);
    drop(database);
    assert_eq!(number(&mut opened(place.path())), before);
}

/// Statements of a random history. Some fail, and are undone.
const STATEMENTS: &[&str] = &[
    "CREATE (:P {x: 1})",
    "CREATE (:P:Q {x: 2})-[:R {w: 1}]->(:Q)",
    "MATCH (n) WITH n ORDER BY id(n) LIMIT 1 DETACH DELETE n",
    "MATCH (n) WITH n ORDER BY id(n) DESC LIMIT 2 DETACH DELETE n",
    "MATCH (n), (m) WITH n, m ORDER BY id(n), id(m) DESC LIMIT 3 CREATE (n)-[:S {at: id(m)}]->(m)",
    "MATCH ()-[r]->() WITH r ORDER BY id(r) LIMIT 2 DELETE r",
    "MATCH ()-[r:S]->() DELETE r",
    "MATCH (n:P) SET n.x = n.x + 1, n:Marked",
    "MATCH (n:P) SET n.x = 'text', n.y = [1, 2]",
    "MATCH (n:Marked) REMOVE n:Marked, n.x",
    "CREATE (a:T) DELETE a",
    "CREATE (a:T {x: 1})-[:U]->(b) WITH a DETACH DELETE a",
    "MATCH (n) SET n.z = 1 WITH n LIMIT 1 RETURN 1 / 0",
    "MATCH (n) CREATE (n)-[:V]->(:W) WITH count(*) AS c RETURN 1 / 0",
    "MERGE (:M {k: 1}) ON CREATE SET m.a = 1",
    "MERGE (m:M {k: 1}) SET m.n = coalesce(m.n, 0) + 1",
    "CREATE (:M {k: 1})",
    "MATCH (m:M) WITH m ORDER BY id(m) SET m.k = id(m)",
    "CREATE INDEX i IF NOT EXISTS FOR (n:P) ON (n.x, n.y)",
    "DROP INDEX i IF EXISTS",
    "CREATE INDEX r IF NOT EXISTS FOR ()-[r:S]-() ON (r.at)",
    "CREATE CONSTRAINT c IF NOT EXISTS FOR (m:M) REQUIRE m.k IS UNIQUE",
    "CREATE CONSTRAINT c IF NOT EXISTS FOR (m:M) REQUIRE m.k IS NOT NULL",
    "DROP CONSTRAINT c IF EXISTS",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// A history, with the graph opened again at random places, ends like the same history without a journal.
    #[test]
    fn a_history_is_repeated_exactly(
        history in prop::collection::vec((select(STATEMENTS), prop::bool::weighted(0.15)), 1..40)
    ) {
        let place = folder();
        let mut plain = Database::open(place.path()).unwrap();
        let mut kept = opened(place.path());
        for (text, again) in history {
            let outcomes = (plain.query(text).run().is_ok(), kept.query(text).run().is_ok());
            prop_assert_eq!(outcomes.0, outcomes.1, "{}", text);
            if again && !plain.in_transaction() {
                drop(kept);
                kept = opened(place.path());
                prop_assert_eq!(shown(&kept), shown(&plain));
            }
        }
        if plain.in_transaction() {
            plain.rollback().unwrap();
            kept.rollback().unwrap();
        }
        drop(kept);
        let again = opened(place.path());
        prop_assert!(again.graph().inconsistencies().is_empty());
        prop_assert_eq!(shown(&again), shown(&plain));
    }
}

/// A process that adds a node per statement, and tells each answer.
fn writer(path: &Path) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
        .arg("session")
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    std::thread::spawn(move || {
        for number in 0.. {
            let text = format!("CREATE (:K {{n: {number}}})-[:L]->(:K)");
            let line = serde_json::json!({ "query": text });
            if writeln!(input, "{line}").is_err() {
                return;
            }
        }
    });
    child
}

/// The number of kills: 50, or what `RELATA_KILLS` says.
fn kills() -> u32 {
    let given = std::env::var("RELATA_KILLS").ok();
    given.and_then(|number| number.parse().ok()).unwrap_or(50)
}

#[test]
fn a_killed_process_loses_nothing_that_it_answered() {
    let place = folder();
    let (mut lost, mut told) = (0, 0);
    for kill in 0..kills() {
        let before = nodes(place.path());
        let mut child = writer(place.path());
        let output = BufReader::new(child.stdout.take().unwrap());
        let killer = std::thread::spawn(move || {
            // The times differ, so that each kill meets another moment.
            std::thread::sleep(Duration::from_micros(
                10_000 + u64::from(kill) * 1_397 % 50_000,
            ));
            child.kill().unwrap();
            child.wait().unwrap();
        });
        let answered = output
            .lines()
            .map_while(Result::ok)
            .filter(|line| line.contains("\"+nodes\":2"))
            .count();
        killer.join().unwrap();
        told += answered;
        let after = nodes(place.path());
        lost += (answered * 2).saturating_sub(after - before);
    }
    assert_eq!(lost, 0, "nodes of answered statements");
    let database = Database::open(place.path()).unwrap();
    assert!(database.graph().inconsistencies().is_empty());
    assert!(told > 0, "some statements were answered");
}

fn nodes(path: &Path) -> usize {
    Database::open(path).unwrap().graph().node_count()
}

#[test]
fn a_killed_save_leaves_one_whole_graph() {
    let place = folder();
    fs::write(place.path().join("NOTES.txt"), "mine").unwrap();
    for kill in 0..kills() {
        let before = nodes(place.path());
        let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
            .arg(place.path())
            .args(["-c", "UNWIND range(1, 50) AS i CREATE (:K)", "-c"])
            .arg(format!(":save {}", place.path().display()))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(
            9_000 + u64::from(kill) * 613 % 16_000,
        ));
        child.kill().unwrap();
        child.wait().unwrap();
        let after = nodes(place.path());
        assert!(after == before || after == before + 50, "{before} {after}");
        assert_eq!(
            fs::read_to_string(place.path().join("NOTES.txt")).unwrap(),
            "mine"
        );
    }
    // The next save removes what is left over.
    opened(place.path()).save(place.path()).unwrap();
    let hidden = fs::read_dir(place.path()).unwrap();
    let hidden = hidden.filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with('.')
    });
    assert_eq!(hidden.count(), 0);
}

#[test]
fn each_transaction_of_a_subquery_is_there_when_the_graph_is_opened_again() {
    let place = folder();
    let mut database = opened(place.path());
    let text = "MATCH (n) CALL (n) { DETACH DELETE n CREATE (:New {id: n.id + 'x', amount: 0.1m, content: X'CAFE'}) } \
                IN TRANSACTIONS OF 2 ROWS";
    // A deleted node cannot be read: the first batch fails.
    database.query(text).run().unwrap_err();
    let text = "MATCH (n) WITH n, n.id AS id \
                CALL (n, id) { DETACH DELETE n CREATE (:New {id: id + 'x', amount: 0.1m, content: X'CAFE'}) } \
                IN TRANSACTIONS OF 2 ROWS";
    run(&mut database, text);
    run(
        &mut database,
        "CREATE (:New {id: 'last'})-[:S]->(:New {id: 'end'})",
    );
    let before = content(&mut database);
    assert_eq!(before.len(), 13);
    drop(database);
    assert_eq!(content(&mut opened(place.path())), before);
}
