//! Edge cases of writing: naming a deleted entity is an error in every kind of write.

use relata::{Changes, Code, Database};

/// A path of three nodes.
const GRAPH: &str = "CREATE (:A {n: 1})-[:R {w: 1}]->(:A {n: 2})-[:R {w: 2}]->(:A {n: 3})";

fn database() -> Database {
    let mut database = Database::empty();
    database.query(GRAPH).run().unwrap();
    database
}

#[test]
fn what_was_deleted_is_neither_changed_nor_an_end_of_anything() {
    let node = "MATCH (a {n: 1}), (b {n: 2}) DETACH DELETE b ";
    let written = [
        "CREATE (a)-[:X]->(b)",
        "CREATE (b)-[:X]->(b)",
        "CREATE (b)-[:X]->(:N)",
        "CREATE (a)-[:X]->(:N)<-[:X]-(b)",
        "MERGE (a)-[:X]->(b)",
        "MERGE (a)-[:X]-(b)",
        "MERGE (b)-[:X]->(b)",
        "MERGE (b)-[:X]->(:N)",
        "MERGE (:N)-[:X]->(:M)-[:X]->(b)",
        "MERGE (a)-[r:X]->(b) ON CREATE SET r.x = 1",
        "MERGE (c:C) ON CREATE SET b.x = 1",
        "MERGE (c:A {n: 1}) ON MATCH SET b:X",
        "FOREACH (x IN [1, 2] | CREATE (a)-[:X]->(b))",
        "FOREACH (x IN [b] | CREATE (a)-[:X]->(x))",
        "FOREACH (x IN [b] | MERGE (a)-[:X]->(x))",
        "FOREACH (x IN [b] | FOREACH (y IN [x] | SET y.x = 1))",
        "WITH {b: b} AS map SET map.b.x = 1",
        "WITH a, b CALL (a, b) { CREATE (a)-[:X]->(b) } RETURN a",
        "SET b.x = 1",
        "SET b = {x: 1}",
        "SET b += {x: 1}",
        "SET b = a",
        "SET a = b",
        "SET a += b",
        "SET b['x'] = 1",
        "SET b:X",
        "REMOVE b:A",
        "REMOVE b.n",
    ];
    for clause in written {
        fails(&format!("{node}{clause}"));
    }
    let edge = "MATCH (a {n: 1})-[r]->(b) DELETE r ";
    for clause in [
        "SET r.w = 2",
        "SET r = {}",
        "SET r += a",
        "SET a = r",
        "REMOVE r.w",
        "FOREACH (x IN [r] | SET x.w = 2)",
    ] {
        fails(&format!("{edge}{clause}"));
    }
    let inside = [
        "MATCH (a {n: 1}), (b {n: 2}) FOREACH (x IN [1, 2] | CREATE (a)-[:X]->(b) DETACH DELETE b)",
        "MATCH (a {n: 1}), (b {n: 2}) FOREACH (x IN [1, 2] | MERGE (a)-[:X]->(b) DETACH DELETE b)",
        "MATCH (a {n: 1}) CALL (a) { DETACH DELETE a } CREATE (a)-[:X]->(a)",
        "MATCH (a {n: 1}) CALL (a) { DETACH DELETE a } SET a.x = 1",
        "CREATE (a:T) DELETE a CREATE (a)-[:X]->(a)",
        "CREATE (a:T) DELETE a CREATE (b:U) MERGE (b)-[:X]->(a)",
        "MERGE (a:T)-[:X]->(b:U) DETACH DELETE a MERGE (a)-[:X]->(b)",
        "MATCH (a:A) WITH collect(a) AS all, a DETACH DELETE a FOREACH (x IN all | SET x.y = 1)",
    ];
    inside.into_iter().for_each(fails);
}

/// Checks that the statement fails because of a deleted entity, and changes nothing.
fn fails(statement: &str) {
    let mut database = database();
    let before = format!("{:?}", database.snapshot());
    match database.query(statement).run() {
        Ok(_) => panic!("this runs: {statement}"),
        Err(error) => assert_eq!(error.code(), Code::DeletedEntityAccess, "{statement}"),
    }
    assert_eq!(format!("{:?}", database.snapshot()), before, "{statement}");
}

#[test]
fn an_end_that_is_null_is_refused() {
    for statement in [
        "OPTIONAL MATCH (a:None) CREATE (a)-[:X]->(:B)",
        "OPTIONAL MATCH (a:None) CREATE (:B)-[:X]->(a)",
        "OPTIONAL MATCH (a:None) MERGE (a)-[:X]->(:B)",
        "OPTIONAL MATCH (a:None) FOREACH (x IN [1] | CREATE (a)-[:X]->(:B))",
    ] {
        let error = Database::empty().query(statement).run().unwrap_err();
        assert_eq!(
            error.code().detail(),
            "InvalidArgumentType",
            "{statement}: {error}"
        );
    }
}

fn changes(before: &str, statement: &str) -> Changes {
    let mut database = Database::empty();
    database.query(before).run().unwrap();
    *database.query(statement).run().unwrap().changes()
}

#[test]
fn a_value_that_stays_is_no_change() {
    for value in [
        "0.0 / 0.0",
        "-0.0",
        "[0.0 / 0.0, 1]",
        "[]",
        "'a'",
        "date('2024-02-29')",
    ] {
        let told = changes(
            &format!("CREATE ({{x: {value}}})"),
            &format!("MATCH (n) SET n.x = {value}"),
        );
        assert_eq!(told, Changes::default(), "{value}");
    }
    // The two NaN values have different bit patterns.
    let told = changes(
        "CREATE ({x: 0.0 / 0.0})",
        "MATCH (n) SET n.x = -(0.0 / 0.0)",
    );
    assert_eq!(told, Changes::default());
    for (old, new) in [
        ("0.0", "-0.0"),
        ("1", "1.0"),
        ("[1]", "[1.0]"),
        ("1", "'1'"),
    ] {
        let told = changes(
            &format!("CREATE ({{x: {old}}})"),
            &format!("MATCH (n) SET n.x = {new}"),
        );
        assert_eq!(
            (told.properties_added, told.properties_removed),
            (1, 1),
            "{old} to {new}"
        );
    }
}
