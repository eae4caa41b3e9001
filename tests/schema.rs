//! Declared indexes and constraints: what they refuse, what a rollback restores, what a saved graph keeps; and the
//! statements about transactions.

use relata::{Code, Database};

/// Runs the statements, separated by semicolons.
fn database(script: &str) -> Database {
    let mut database = Database::empty();
    for statement in script.split(';').filter(|text| !text.trim().is_empty()) {
        run(&mut database, statement);
    }
    database
}

fn run(database: &mut Database, statement: &str) -> String {
    let answer = database.query(statement).run();
    let answer = answer.unwrap_or_else(|error| panic!("{statement}: {error}"));
    let cells = answer.rows().map(|row| format!("{:?}", row.values()));
    cells.collect::<Vec<_>>().join("\n")
}

/// The code and the message of the error of a statement.
fn error(database: &mut Database, statement: &str) -> (Code, String) {
    let error = database.query(statement).run().expect_err(statement);
    let diagnostic = error.diagnostic();
    (diagnostic.code, diagnostic.message.clone())
}

fn count(database: &mut Database, pattern: &str) -> i64 {
    let answer = database.query(format!("MATCH {pattern} RETURN count(*) AS n"));
    let answer = answer.run().expect("the pattern is well-formed");
    let row = answer.single().expect("there is one row");
    row.get("n").expect("the count is a number")
}

const PEOPLE: &str = "CREATE (:P {id: 1, name: 'A'}), (:P {id: 2, name: 'B'})-[:KNOWS {since: 1}]->(:P {id: 3, name: 'C'});
CREATE CONSTRAINT p_id FOR (p:P) REQUIRE p.id IS UNIQUE;
CREATE CONSTRAINT p_name FOR (p:P) REQUIRE p.name IS NOT NULL;
CREATE CONSTRAINT p_type FOR (p:P) REQUIRE p.id IS :: INTEGER;
CREATE CONSTRAINT k_since FOR ()-[k:KNOWS]-() REQUIRE (k.since, k.how) IS UNIQUE;
CREATE CONSTRAINT q_key FOR (q:Q) REQUIRE (q.a, q.b) IS NODE KEY";

#[test]
fn a_statement_that_breaks_a_constraint_changes_nothing() {
    let mut database = database(PEOPLE);
    for (statement, part) in [
        ("CREATE (:P {id: 1, name: 'D'})", "constraint `p_id`"),
        ("CREATE (:P {id: 4})", "constraint `p_name`"),
        ("MATCH (p:P {id: 1}) REMOVE p.name", "constraint `p_name`"),
        ("MATCH (p:P {id: 1}) SET p.id = 'x'", "constraint `p_type`"),
        ("MATCH (p:P {id: 1}) SET p.id = 3", "constraint `p_id`"),
        ("CREATE (:Q {a: 1})", "constraint `q_key`"),
        (
            "CREATE (:Q {a: 1, b: 2}), (:Q {a: 1, b: 2})",
            "constraint `q_key`",
        ),
        (
            "MATCH (a:P {id: 1}), (b:P {id: 2}) CREATE (a)-[:KNOWS {since: 5, how: 'x'}]->(b), (b)-[:KNOWS {since: 5, how: 'x'}]->(a)",
            "constraint `k_since`",
        ),
        ("MATCH (n:P {id: 1}) SET n:Q", "constraint `q_key`"),
    ] {
        let (code, message) = error(&mut database, statement);
        assert_eq!(code, Code::ConstraintViolation, "{statement}");
        assert!(message.contains(part), "{statement}: {message}");
        assert_eq!(count(&mut database, "(n)"), 3, "{statement}");
        assert_eq!(count(&mut database, "()-[k]->()"), 1, "{statement}");
    }
    // What does not have all keys is not compared; keys may be swapped in one statement.
    run(
        &mut database,
        "MATCH (a:P {id: 1}), (b:P {id: 2}) CREATE (a)-[:KNOWS {since: 1}]->(b)",
    );
    run(
        &mut database,
        "MATCH (a:P {id: 1}), (b:P {id: 2}) SET a.id = 2, b.id = 1",
    );
    run(
        &mut database,
        "MERGE (p:P {id: 2}) ON CREATE SET p.name = 'wrong'",
    );
    assert_eq!(count(&mut database, "(n:P)"), 3);
}

#[test]
fn a_constraint_that_the_graph_breaks_is_not_created() {
    let mut database = database("CREATE (:P {id: 1}), (:P {id: 1}), (:P {id: 'x'}), ()-[:T]->()");
    for statement in [
        "CREATE CONSTRAINT FOR (p:P) REQUIRE p.id IS UNIQUE",
        "CREATE CONSTRAINT FOR (p:P) REQUIRE p.name IS NOT NULL",
        "CREATE CONSTRAINT FOR (p:P) REQUIRE p.id IS :: INTEGER",
        "CREATE CONSTRAINT FOR ()-[t:T]-() REQUIRE t.x IS RELATIONSHIP KEY",
    ] {
        let (code, _) = error(&mut database, statement);
        assert_eq!(code, Code::ConstraintViolation, "{statement}");
    }
    assert_eq!(run(&mut database, "SHOW CONSTRAINTS"), "");
    assert_eq!(run(&mut database, "SHOW INDEXES"), "");
}

#[test]
fn names_and_definitions_are_unique() {
    let mut database = database(PEOPLE);
    for (statement, code) in [
        (
            "CREATE CONSTRAINT FOR (p:P) REQUIRE p.id IS UNIQUE",
            Code::SchemaExists,
        ),
        ("CREATE INDEX p_id FOR (p:P) ON (p.age)", Code::SchemaExists),
        ("CREATE INDEX FOR (p:P) ON (p.id)", Code::SchemaExists),
        (
            "CREATE CONSTRAINT FOR (p:P) REQUIRE p.id IS NODE KEY",
            Code::SchemaConflict,
        ),
        (
            "CREATE CONSTRAINT FOR (p:P) REQUIRE p.id IS :: STRING",
            Code::SchemaConflict,
        ),
        ("DROP INDEX p_id", Code::SchemaConflict),
        ("DROP CONSTRAINT p_idd", Code::SchemaNotFound),
    ] {
        assert_eq!(error(&mut database, statement).0, code, "{statement}");
    }
    run(&mut database, "CREATE INDEX FOR (p:P) ON (p.age)");
    let conflict = error(
        &mut database,
        "CREATE CONSTRAINT FOR (p:P) REQUIRE p.age IS UNIQUE",
    );
    assert_eq!(conflict.0, Code::SchemaConflict);
}

#[test]
fn a_rollback_restores_the_schema() {
    let mut database = database(PEOPLE);
    let before = run(&mut database, "SHOW CONSTRAINTS") + &run(&mut database, "SHOW INDEXES");
    run(&mut database, "BEGIN");
    run(&mut database, "DROP CONSTRAINT p_id");
    run(&mut database, "CREATE (:P {id: 1, name: 'again'})");
    run(&mut database, "CREATE INDEX FOR (p:P) ON (p.id, p.name)");
    run(&mut database, "CREATE TEXT INDEX FOR (p:P) ON (p.name)");
    run(&mut database, "CREATE (:P {id: 9, name: 'more'})");
    run(&mut database, "ROLLBACK");
    let after = run(&mut database, "SHOW CONSTRAINTS") + &run(&mut database, "SHOW INDEXES");
    assert_eq!(after, before);
    let (code, _) = error(&mut database, "CREATE (:P {id: 1, name: 'again'})");
    assert_eq!(code, Code::ConstraintViolation);
}

#[test]
fn a_saved_graph_has_its_schema() {
    let mut database = database(PEOPLE);
    run(&mut database, "CREATE INDEX place FOR (p:P) ON (p.x, p.y)");
    run(
        &mut database,
        "CREATE TEXT INDEX FOR ()-[k:KNOWS]-() ON (k.how)",
    );
    run(
        &mut database,
        "CREATE LOOKUP INDEX FOR (n) ON EACH labels(n)",
    );
    run(
        &mut database,
        "CREATE CONSTRAINT FOR (p:P) REQUIRE p.tags IS :: LIST<STRING NOT NULL>",
    );
    let all = "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint, createStatement RETURN * ORDER BY name";
    let constraints =
        "SHOW CONSTRAINTS YIELD createStatement RETURN createStatement ORDER BY createStatement";
    let folder = tempfile::tempdir().unwrap();
    for name in ["graph", "graph.cypher"] {
        let path = folder.path().join(name);
        database.save(&path).unwrap();
        let mut read = Database::open(&path).unwrap();
        assert_eq!(run(&mut read, all), run(&mut database, all), "{name}");
        assert_eq!(
            run(&mut read, constraints),
            run(&mut database, constraints),
            "{name}"
        );
        let (code, _) = error(&mut read, "CREATE (:P {id: 1, name: 'again'})");
        assert_eq!(code, Code::ConstraintViolation);
        let again = folder.path().join(format!("again-{name}"));
        read.save(&again).unwrap();
        if name == "graph" {
            let text =
                |path: &std::path::Path| std::fs::read_to_string(path.join("graph.toml")).unwrap();
            assert_eq!(text(&again), text(&path));
        }
    }
}

#[test]
fn a_graph_that_breaks_its_constraints_is_not_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("P.csv", "id:ID,name\na,X\nb,X\n");
    write(
        "graph.toml",
        "name = \"g\"\n\n[[constraints]]\nname = \"c\"\nkind = \"unique\"\nnodes = \"P\"\nkeys = [\"name\"]\n",
    );
    let error = Database::open(folder.path()).expect_err("two nodes have the same name");
    let message = error.to_string();
    assert!(
        message.contains("graph.toml:3:1") && message.contains("constraint `c`"),
        "{message}"
    );
    write(
        "graph.toml",
        "name = \"g\"\n\n[[constraints]]\nname = \"c\"\nkind = \"odd\"\nnodes = \"P\"\nkeys = [\"name\"]\n",
    );
    let message = Database::open(folder.path())
        .expect_err("no such kind")
        .to_string();
    assert!(message.contains("found `odd`"), "{message}");
}

#[test]
fn savepoints_undo_a_part_of_a_transaction() {
    let mut database = database("CREATE (:A)");
    for statement in [
        "BEGIN",
        "CREATE (:A)",
        "SAVEPOINT one",
        "CREATE (:A)",
        "SAVEPOINT two",
        "CREATE (:A)",
    ] {
        run(&mut database, statement);
    }
    run(&mut database, "ROLLBACK TO SAVEPOINT two");
    assert_eq!(count(&mut database, "(a:A)"), 3);
    assert_eq!(error(&mut database, "RETURN 1 / 0").0, Code::DivisionByZero);
    assert_eq!(
        error(&mut database, "RETURN 1").0,
        Code::InvalidTransactionState
    );
    run(&mut database, "ROLLBACK TO one");
    assert_eq!(count(&mut database, "(a:A)"), 2);
    run(&mut database, "RELEASE one");
    run(&mut database, "COMMIT");
    assert_eq!(count(&mut database, "(a:A)"), 2);
    assert_eq!(
        error(&mut database, "SAVEPOINT x").0,
        Code::InvalidTransactionState
    );
}

#[test]
fn a_savepoint_that_does_not_exist_is_an_error() {
    let mut database = database("CREATE (:A)");
    run(&mut database, "BEGIN");
    run(&mut database, "SAVEPOINT first");
    let (code, message) = error(&mut database, "ROLLBACK TO frist");
    assert_eq!(
        (code, message.as_str()),
        (
            Code::InvalidTransactionState,
            "there is no savepoint `frist`"
        )
    );
}

#[test]
fn a_transaction_that_only_reads_refuses_changes() {
    let mut database = database("CREATE (:A)");
    run(&mut database, "START TRANSACTION READ ONLY");
    assert_eq!(count(&mut database, "(a:A)"), 1);
    assert_eq!(error(&mut database, "CREATE (:A)").0, Code::ReadOnly);
    run(&mut database, "ROLLBACK");
    run(&mut database, "BEGIN READ WRITE");
    run(&mut database, "CREATE (:A)");
    run(&mut database, "COMMIT");
    assert_eq!(count(&mut database, "(a:A)"), 2);
}
