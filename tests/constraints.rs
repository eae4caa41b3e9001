//! The rules of a manifest hold on every kind of write: unique values stay unique, required properties stay present,
//! and a statement that breaks a rule changes nothing.

use std::fs;

use proptest::{prelude::*, sample::select};
use relata::{Code, Database, Rendering};

const MANIFEST: &str = r#"
name = "library"

[names]
display = "name"

[[rules]]
says = "each id is unique"
kind = "unique"
nodes = "*"
keys = ["id"]

[[rules]]
says = "a book is known by its shelf and place"
kind = "unique"
nodes = "Book"
keys = ["shelf", "place"]

[[rules]]
says = "a person has an id and a name"
kind = "required"
nodes = "Person"
keys = ["id", "name"]

[[rules]]
says = "a draft has an editor"
kind = "required"
nodes = "Book"
keys = ["editor"]
where = { state = ["draft"] }

[[rules]]
says = "who wrote a book is said once"
kind = "unique"
relationships = "WROTE"
keys = [":START_ID", ":TYPE", ":END_ID", "year"]

[[rules]]
says = "a loan has a number of its own"
kind = "unique"
relationships = "LENT"
keys = ["number"]

[[rules]]
says = "a loan says when"
kind = "required"
relationships = "LENT"
keys = ["on"]
"#;

/// A graph with two persons, two books and the rules above.
fn library() -> Database {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("graph.toml", MANIFEST);
    write("Person.csv", "id:ID,name\np1,Ann\np2,Bo\n");
    write(
        "Book.csv",
        "id:ID,name,shelf,place:int\nb1,One,A,1\nb2,Two,A,2\n",
    );
    write("WROTE.csv", ":START_ID,:END_ID,year:int\np1,b1,2001\n");
    write("LENT.csv", ":START_ID,:END_ID,number:int,on\nb1,p2,1,may\n");
    Database::open(folder.path()).unwrap()
}

/// The error of a statement that breaks a rule. Checks that it leaves the graph unchanged.
fn refused(statement: &str) -> String {
    let mut database = library();
    let before = format!("{:?}", database.snapshot());
    let error = database.query(statement).run().unwrap_err();
    assert_eq!(
        error.code(),
        Code::ConstraintViolation,
        "{statement}: {error}"
    );
    assert_eq!(format!("{:?}", database.snapshot()), before, "{statement}");
    error.render(Rendering::default())
}

fn allowed(statement: &str) {
    if let Err(error) = library().query(statement).run() {
        panic!("{statement}\n{error:?}");
    }
}

#[test]
fn a_violation_names_the_rule_the_value_and_both_places() {
    insta::assert_snapshot!(refused(
        "MATCH (b:Book) CREATE (:Person {id: 'p1', name: 'Cy'})"
    ));
    insta::assert_snapshot!(refused(
        "MATCH (b:Book {id: 'b2'})\nSET b.place = 1, b.name = 'Three'"
    ));
    insta::assert_snapshot!(refused("CREATE (:Person {id: 'p3'})"));
    insta::assert_snapshot!(refused(
        "MATCH (p:Person {id: 'p1'}), (b:Book {id: 'b1'}) CREATE (p)-[:WROTE {year: 2001}]->(b)"
    ));
    insta::assert_snapshot!(refused("CREATE (:Book {id: 'x'}), (:`Old Book` {id: 'x'})"));
}

#[test]
fn uniqueness_holds_on_every_way_of_writing() {
    for statement in [
        "CREATE (:Other {id: 'p1'})",
        "CREATE ({id: 'b1'})",
        "UNWIND ['x', 'y', 'x'] AS id CREATE ({id: id})",
        "MERGE (n:Other {id: 'p1'})",
        "MERGE (n:Other {name: 'x'}) ON CREATE SET n.id = 'p1'",
        "MERGE (n:Person {name: 'Ann'}) ON MATCH SET n.id = 'p2'",
        "MATCH (n:Person) SET n.id = 'same'",
        "MATCH (n:Person {id: 'p1'}) SET n += {id: 'p2'}",
        "MATCH (n:Person {id: 'p1'}), (m:Person {id: 'p2'}) SET n = m",
        "MATCH (n:Person {id: 'p1'}) SET n = {id: 'b1', name: 'x'}",
        "MATCH (n:Person {id: 'p1'}) SET n['i' + 'd'] = 'p2'",
        "FOREACH (i IN [1, 2] | CREATE ({id: 'x'}))",
        "MATCH (b:Book {id: 'b2'}) SET b.place = 1.0",
        "CREATE (x {shelf: 'A', place: 1}) SET x:Book",
        "MATCH (p:Person {id: 'p1'})-[w:WROTE]->(b) CREATE (p)-[v:WROTE]->(b) SET v = w",
        "MATCH (a:Person {id: 'p2'}), (b:Book {id: 'b2'}) CREATE (b)-[:LENT {number: 1, on: 'june'}]->(a)",
        "MATCH (a:Person {id: 'p2'}), (b:Book) CREATE (b)-[:LENT {number: 2, on: 'june'}]->(a)",
        "CALL () { CREATE ({id: 'p1'}) }",
    ] {
        refused(statement);
    }
}

#[test]
fn existence_holds_on_every_way_of_writing() {
    for statement in [
        "CREATE (:Person)",
        "CREATE (:Person {id: 'p3', name: null})",
        "MERGE (:Person {name: 'Cy'})",
        "MATCH (n:Person {id: 'p1'}) SET n.name = null",
        "MATCH (n:Person {id: 'p1'}) REMOVE n.name",
        "MATCH (n:Person {id: 'p1'}) SET n = {id: 'p1'}",
        "MATCH (n:Person {id: 'p1'}) SET n += {name: null}",
        "MATCH (n:Book {id: 'b1'}) SET n:Person REMOVE n.name",
        "CREATE (n {id: 'x'}) SET n:Person",
        "FOREACH (i IN [1] | CREATE (:Person {id: 'x'}))",
        "MATCH (b:Book {id: 'b1'}) SET b.state = 'draft'",
        "CREATE (:Book {state: 'draft'})",
        "MATCH ()-[l:LENT]->() REMOVE l.on",
        "MATCH (a:Person {id: 'p2'}), (b:Book {id: 'b2'}) CREATE (b)-[:LENT {number: 2}]->(a)",
    ] {
        refused(statement);
    }
}

#[test]
fn what_is_in_order_when_the_statement_ends_is_allowed() {
    for statement in [
        "MATCH (a {id: 'p1'}), (b {id: 'p2'}) SET a.id = 'p2', b.id = 'p1'",
        "MATCH (b:Book) SET b.place = b.place + 1",
        "CREATE (p:Person) SET p.id = 'p3' SET p.name = 'Cy'",
        "CREATE (:Book), (:Book), ({name: 'x'})",
        "MATCH (a {id: 'p2'}) DETACH DELETE a CREATE (:Person {id: 'p2', name: 'Bo'})",
        "MERGE (p:Person {id: 'p1'}) SET p.name = 'Ada'",
        "MATCH (p:Person {id: 'p1'}) REMOVE p:Person REMOVE p.name",
        "MATCH (b:Book {id: 'b1'}) SET b.state = 'draft', b.editor = 'Cy'",
        "MATCH (p:Person {id: 'p1'}), (b:Book {id: 'b1'}) CREATE (p)-[:WROTE {year: 2002}]->(b)",
        "CREATE (x {shelf: 'A', place: 1})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n {id: 'p1'}) SET n.id = 'p1'",
    ] {
        allowed(statement);
    }
}

#[test]
fn a_script_and_a_transaction_stop_at_the_statement_that_breaks_a_rule() {
    let mut database = library();
    database.query("BEGIN").run().unwrap();
    database
        .query("CREATE (:Person {id: 'p3', name: 'Cy'})")
        .run()
        .unwrap();
    database
        .query("CREATE (:Person {id: 'p3', name: 'Di'})")
        .run()
        .unwrap_err();
    database.query("COMMIT").run().unwrap_err();
    database.query("ROLLBACK").run().unwrap();
    let names = "MATCH (p:Person) RETURN p.name AS name ORDER BY name";
    let count = |database: &mut Database| database.query(names).run().unwrap().len();
    assert_eq!(count(&mut database), 2);
    database
        .query("CREATE (:Person {id: 'p3', name: 'Cy'})")
        .run()
        .unwrap();
    database
        .query("CREATE (:Person {id: 'p3', name: 'Di'})")
        .run()
        .unwrap_err();
    assert_eq!(count(&mut database), 3);
}

#[test]
fn rolling_back_frees_what_was_taken() {
    let mut database = library();
    for _ in 0..2 {
        database.begin().unwrap();
        database.query("CREATE ({id: 'x'})").run().unwrap();
        database.rollback().unwrap();
    }
    database
        .query("MATCH (n {id: 'p1'}) SET n.id = 'x'")
        .run()
        .unwrap();
    database.query("CREATE ({id: 'p1'})").run().unwrap();
    database.query("CREATE ({id: 'x'})").run().unwrap_err();
}

#[test]
fn answers_are_the_same_with_the_indexes_that_rules_make() {
    let mut database = library();
    database
        .query("CREATE (:New {id: 'x'}), ({id: 'y'})")
        .run()
        .unwrap();
    let answer = database
        .query("MATCH (n {id: 'y'}) RETURN labels(n) AS l")
        .run()
        .unwrap();
    assert_eq!(answer.len(), 1);
    let answer = database.query("CALL db.indexes()").run().unwrap();
    assert!(
        answer
            .rows()
            .all(|row| !row.get::<&str>("label").unwrap().is_empty())
    );
}

#[test]
fn the_built_in_graph_keeps_its_rules() {
    let mut database = Database::connected_practice();
    assert!(
        database
            .constraints()
            .any(|rule| rule == "each id is unique")
    );
    let error = database
        .query("CREATE (:Course {id: 'course:mi-foundation', basis: 'external'})")
        .run()
        .unwrap_err();
    insta::assert_snapshot!(error.message());
    database
        .query("CREATE (:Course {id: 'course:mine', basis: 'external'})")
        .run()
        .unwrap();
}

/// A statement that may break a rule of the library.
fn write() -> impl Strategy<Value = String> {
    let id = select(&["'p1'", "'p2'", "'b1'", "'b2'", "'x'", "'y'", "null", "1"][..]);
    let label = select(&["Person", "Book", "Other"][..]);
    (0..12_usize, id.clone(), id, label, 1..3_u8).prop_map(|(form, id, other, label, place)| match form {
        0 => format!("CREATE (:{label} {{id: {id}, name: 'n', shelf: 'A', place: {place}}})"),
        1 => format!("CREATE ({{id: {id}}}), (:Book {{id: {other}}})"),
        2 => format!("MATCH (n {{id: {id}}}) SET n.id = {other}"),
        3 => format!("MATCH (n {{id: {id}}}) SET n:{label}"),
        4 => format!("MATCH (n {{id: {id}}}) REMOVE n:{label} REMOVE n.name"),
        5 => format!("MATCH (n:{label}) SET n.place = {place}"),
        6 => format!("MATCH (n {{id: {id}}}) DETACH DELETE n"),
        7 => format!("MERGE (n:{label} {{place: {place}}}) SET n.id = {id}, n.name = 'n', n.shelf = 'A'"),
        8 => format!("MATCH (a {{id: {id}}}), (b {{id: {other}}}) CREATE (a)-[:WROTE {{year: {place}}}]->(b)"),
        9 => format!("MATCH (a {{id: {id}}}), (b {{id: {other}}}) SET a.id = b.id, b.id = a.id"),
        10 => format!("MATCH (a {{id: {id}}}), (b) CREATE (a)-[:LENT {{number: {place}, on: 'may'}}]->(b)"),
        _ => format!("MATCH (n {{id: {id}}}) SET n.state = 'draft', n.editor = {other}"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_run_of_statements_breaks_a_rule(
        steps in prop::collection::vec((write(), 0..8_u8), 1..20)
    ) {
        let mut database = library();
        for (statement, control) in steps {
            let before = format!("{:?}", database.snapshot());
            if database.query(statement.as_str()).run().is_err() {
                prop_assert_eq!(format!("{:?}", database.snapshot()), before, "{}", statement);
            }
            // Transactions start and end between statements.
            match control {
                0 if !database.in_transaction() => database.begin().unwrap(),
                1 if database.transaction_failed() => database.rollback().unwrap(),
                1 if database.in_transaction() => database.commit().unwrap(),
                2 if database.in_transaction() => database.rollback().unwrap(),
                _ => {}
            }
            let report = database.check(None).unwrap();
            prop_assert!(report.passed(), "{}\n{}", statement, report);
        }
    }
}
