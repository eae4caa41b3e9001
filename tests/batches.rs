//! `CALL { … } IN TRANSACTIONS`: batches are committed one after another.

use relata::{Answer, Database, parse};

fn database() -> Database {
    let mut database = Database::empty();
    database
        .query("UNWIND range(1, 10) AS i CREATE (:N {i: i})")
        .run()
        .unwrap();
    database
}

fn table(answer: &Answer) -> String {
    let rows = answer.rows().map(|row| {
        let cells: Vec<_> = row.cells().map(|cell| cell.to_string()).collect();
        cells.join(", ")
    });
    rows.collect::<Vec<_>>().join("; ")
}

fn told(database: &mut Database, text: &str) -> String {
    match database.query(text).run() {
        Ok(answer) => table(&answer),
        Err(error) => {
            let at = error.span().map_or("", |span| &text[span.range()]);
            format!("{} [{at}]: {}", error.code(), error.message())
        }
    }
}

fn count(database: &mut Database, pattern: &str) -> String {
    told(database, &format!("MATCH {pattern} RETURN count(*)"))
}

#[test]
fn every_row_is_processed_whatever_the_size_of_a_batch() {
    for size in [
        "",
        " OF 1 ROW",
        " OF 3 ROWS",
        " OF 10 ROWS",
        " OF 5 + 6 ROWS",
    ] {
        let mut database = database();
        let text = format!(
            "MATCH (n:N) CALL (n) {{ CREATE (n)-[:OF]->(:M {{i: n.i}}) }} IN TRANSACTIONS{size}"
        );
        let answer = database.query(text).run().unwrap();
        let changes = answer.changes();
        assert_eq!(
            (changes.nodes_created, changes.relationships_created),
            (10, 10),
            "{size}"
        );
        assert_eq!(
            count(&mut database, "(n:N)-[:OF]->(m:M) WHERE n.i = m.i"),
            "10"
        );
    }
}

#[test]
fn the_rows_of_all_batches_go_on_together() {
    let mut database = database();
    let text = "MATCH (n:N) CALL (n) { CREATE (m:M {i: n.i * 2}) RETURN m } IN TRANSACTIONS OF 4 ROWS \
                WITH n, m WHERE m.i > 10 RETURN count(*) AS rows, sum(m.i) AS sum, collect(n.i) AS from";
    assert_eq!(told(&mut database, text), "5, 80, [6, 7, 8, 9, 10]");
    let twice = "UNWIND range(1, 3) AS i CALL (i) { CREATE (a:A {i: i}) RETURN a } IN TRANSACTIONS OF 2 ROWS \
                 CALL (a) { CREATE (a)-[:R]->(b:B) RETURN b } IN 2 CONCURRENT TRANSACTIONS OF 1 ROWS RETURN count(DISTINCT b)";
    assert_eq!(told(&mut database, twice), "3");
}

#[test]
fn a_subquery_without_clauses_before_it_has_one_row() {
    let mut database = database();
    assert_eq!(
        told(
            &mut database,
            "CALL { MATCH (n:N) DETACH DELETE n } IN TRANSACTIONS"
        ),
        ""
    );
    assert_eq!(count(&mut database, "(n)"), "0");
    let text = "MATCH () CALL { CREATE (:X) } IN TRANSACTIONS RETURN 1 AS one";
    assert_eq!(told(&mut database, text), "");
}

#[test]
fn a_row_never_holds_another_element_in_place_of_a_deleted_one() {
    let mut database = database();
    let text = "MATCH (n:N) WITH n ORDER BY n.i UNWIND [n, n] AS m \
                CALL (m) { SET m.seen = true DETACH DELETE m CREATE (:X) } IN TRANSACTIONS OF 3 ROWS";
    let failed = told(&mut database, text);
    assert_eq!(
        failed.split(' ').next(),
        Some("DeletedEntityAccess"),
        "{failed}"
    );
    let twice = "MATCH (n) WITH collect(n) AS nodes UNWIND nodes + nodes AS m \
                 CALL (m) { DETACH DELETE m CREATE (:Y) } IN TRANSACTIONS OF 1 ROW";
    let before: u64 = count(&mut database, "(n)").parse().unwrap();
    told(&mut database, twice);
    assert_eq!(count(&mut database, "(n:Y)"), (2 * before).to_string());
    assert_eq!(count(&mut database, "(n)"), (2 * before).to_string());
    assert!(database.graph().inconsistencies().is_empty());
    told(&mut database, "CREATE (:Z)-[:R]->(:Z)");
    assert!(database.graph().inconsistencies().is_empty());
}

#[test]
fn an_error_undoes_its_batch_and_keeps_those_before() {
    let query = |more: &str| {
        format!(
            "UNWIND [1, 2, 0, 4, 5, 6] AS i CALL (i) {{ CREATE (m:M {{x: 12 / i}}) RETURN m.x AS x }} \
             IN TRANSACTIONS OF 2 ROWS {more}"
        )
    };
    let mut failing = database();
    let failed = told(&mut failing, &query("RETURN x"));
    assert_eq!(
        failed,
        "DivisionByZero [12 / i]: `12 / 0` divides an INTEGER by zero"
    );
    assert_eq!(count(&mut failing, "(m:M)"), "2");
    let mut going = database();
    let rows = told(
        &mut going,
        &query(
            "ON ERROR CONTINUE REPORT STATUS AS s RETURN i, x, s.started, s.committed, s.errorMessage",
        ),
    );
    assert_eq!(
        rows,
        "1, 12, true, true, null; 2, 6, true, true, null; 0, null, true, false, '`12 / 0` divides an INTEGER by zero'; \
         4, null, true, false, '`12 / 0` divides an INTEGER by zero'; 5, 2, true, true, null; 6, 2, true, true, null"
    );
    assert_eq!(count(&mut going, "(m:M)"), "4");
    let mut broken = database();
    let rows = told(
        &mut broken,
        &query("REPORT STATUS AS s ON ERROR BREAK RETURN i, x, s.started, s.committed"),
    );
    assert_eq!(
        rows,
        "1, 12, true, true; 2, 6, true, true; 0, null, true, false; 4, null, true, false; 5, null, false, false; 6, null, false, false"
    );
    assert_eq!(count(&mut broken, "(m:M)"), "2");
}

#[test]
fn what_cannot_be_batched_is_an_error() {
    let batch = "CALL { CREATE (:M) } IN TRANSACTIONS";
    for (text, expected) in [
        (
            format!("CREATE (:A) WITH 1 AS x {batch}"),
            "InvalidClauseComposition [IN TRANSACTIONS]: a query cannot change the graph before a subquery in transactions",
        ),
        (
            format!("{batch} OF 0 ROWS"),
            "NumberOutOfRange [0]: the number of rows of a transaction is a positive INTEGER",
        ),
        (
            format!("CALL {{ {batch} }} RETURN 1"),
            "InvalidClauseComposition [IN TRANSACTIONS]: `IN TRANSACTIONS` is only allowed in a clause of the outermost query",
        ),
        (
            format!("{batch} RETURN 1 AS x UNION RETURN 2 AS x"),
            "InvalidClauseComposition [IN TRANSACTIONS]: `IN TRANSACTIONS` is only allowed in a clause of the outermost query",
        ),
        (
            format!("PROFILE {batch}"),
            "UnexpectedSyntax [IN TRANSACTIONS]: a subquery in transactions is several statements, which cannot be profiled together",
        ),
        (
            "UNWIND [1] AS i CALL (i) { RETURN 1 AS i } IN TRANSACTIONS RETURN i".to_owned(),
            "VariableAlreadyBound [CALL (i) { RETURN 1 AS i } IN TRANSACTIONS]: the subquery returns `i`, which is already bound",
        ),
    ] {
        let mut database = Database::empty();
        assert_eq!(told(&mut database, &text), expected, "{text}");
        assert_eq!(count(&mut database, "(n)"), "0", "{text}");
    }
    let mut database = database();
    told(&mut database, "BEGIN");
    let open = "InvalidTransactionState [IN TRANSACTIONS]: `IN TRANSACTIONS` begins transactions of its own, but one is open";
    assert_eq!(told(&mut database, batch), open);
}

#[test]
fn it_is_printed_as_it_is_read() {
    let text = "UNWIND [1] AS i CALL (i) { CREATE (n) } IN TRANSACTIONS OF 10 ROWS ON ERROR CONTINUE REPORT STATUS AS s RETURN s";
    assert_eq!(parse(text).unwrap().to_string(), text);
}
