//! Commands of the session: `SESSION SET`, `SESSION RESET`, `SESSION CLOSE`.

use relata::{Database, parse, split};

/// The values of the last row of a script, or the message and the help of the error that ends it.
fn told(database: &mut Database, script: &str) -> String {
    let mut last = String::new();
    for piece in split(script) {
        match database.query(&script[piece.span.range()]).run() {
            Ok(answer) => {
                let rows = answer.rows();
                let mut rows = rows.map(|row| {
                    let cells: Vec<_> = row.cells().map(|cell| cell.to_string()).collect();
                    cells.join(", ")
                });
                last = rows.next_back().unwrap_or_default();
            }
            Err(error) => {
                let text = error.text().map_or("", |source| &source.text);
                let at = error.span().map_or("", |span| &text[span.range()]);
                return format!("{} [{at}]: {}", error.code(), error.message());
            }
        }
    }
    last
}

fn check(script: &str, expected: &str) {
    assert_eq!(
        told(&mut Database::connected_practice(), script),
        expected,
        "{script}"
    );
}

#[test]
fn a_parameter_of_the_session_stays_until_it_is_reset() {
    check(
        "SESSION SET VALUE $x = 1 + 2; RETURN 1; RETURN $x * $x",
        "9",
    );
    check(
        "SESSION SET VALUE $x = 1; SESSION SET VALUE $x = $x + 1; RETURN $x",
        "2",
    );
    check(
        "SESSION SET VALUE IF NOT EXISTS $x = 1; SESSION SET VALUE IF NOT EXISTS $x = 2; RETURN $x",
        "1",
    );
    check(
        "SESSION SET VALUE $n = VALUE { MATCH (l:Level) RETURN count(*) }; RETURN $n",
        "4",
    );
    check(
        "SESSION SET VALUE $a = 'A' SESSION SET VALUE $b = $a || 'B'; RETURN $b",
        "'AB'",
    );
    check(
        "SESSION SET VALUE $x = 1; SESSION RESET PARAMETER $x; RETURN $x",
        "MissingParameter [$x]: expected a value for the parameter `$x`, found none",
    );
    for reset in [
        "",
        "ALL PARAMETERS",
        "PARAMETERS",
        "CHARACTERISTICS",
        "ALL CHARACTERISTICS",
    ] {
        let script = format!("SESSION SET VALUE $x = 1; SESSION RESET {reset}; RETURN $x");
        check(
            &script,
            "MissingParameter [$x]: expected a value for the parameter `$x`, found none",
        );
    }
    for reset in ["TIME ZONE", "GRAPH", "PROPERTY GRAPH", "SCHEMA", "$y"] {
        let script = format!(
            "SESSION SET VALUE $x = 1; SESSION SET VALUE $y = 1; SESSION RESET {reset}; RETURN $x"
        );
        check(&script, "1");
    }
}

#[test]
fn a_parameter_of_a_statement_hides_that_of_the_session() {
    let mut database = Database::empty();
    told(&mut database, "SESSION SET VALUE $x = 1");
    let answer = database.query("RETURN $x").param("x", 2).run();
    assert_eq!(
        answer.unwrap().single().unwrap().values()[0].kind().name(),
        "INTEGER"
    );
    assert_eq!(told(&mut database, "RETURN $x"), "1");
    assert_eq!(database.session_parameters().len(), 1);
}

#[test]
fn a_parameter_has_the_type_that_is_written() {
    for typed in [
        ":: INTEGER",
        "TYPED INT8 NOT NULL",
        "INTEGER",
        "ANY<INTEGER | STRING>",
    ] {
        check(&format!("SESSION SET VALUE $x {typed} = 5; RETURN $x"), "5");
    }
    check(
        "SESSION SET VALUE $x :: STRING = 5",
        "InvalidArgumentType [5]: expected a value of the type STRING, found INTEGER",
    );
    check(
        "SESSION SET VALUE $x INTEGER NOT NULL = null",
        "InvalidArgumentType [null]: expected a value of the type INTEGER NOT NULL, found NULL",
    );
    let element = "VALUE { MATCH (n) RETURN n LIMIT 1 }";
    check(
        &format!("SESSION SET VALUE $x = {element}"),
        &format!(
            "InvalidArgumentType [{element}]: expected a value without elements of the graph, found a NODE"
        ),
    );
}

#[test]
fn commands_in_one_statement_have_an_effect_together() {
    check(
        "SESSION SET VALUE $x = 1; SESSION SET VALUE $x = 2 SESSION SET VALUE $y = 1 / 0",
        "DivisionByZero [1 / 0]: `1 / 0` divides an INTEGER by zero",
    );
    let mut database = Database::empty();
    told(&mut database, "SESSION SET VALUE $x = 1");
    told(
        &mut database,
        "SESSION SET VALUE $x = 2 SESSION SET VALUE $y = 1 / 0",
    );
    assert_eq!(told(&mut database, "RETURN $x"), "1");
}

#[test]
fn the_clocks_have_the_time_zone_of_the_session() {
    let offset = |zone: &str| format!("SESSION SET TIME ZONE '{zone}'; RETURN datetime().offset");
    check(&offset("+01:30"), "'+01:30'");
    check(&offset("Asia/Tokyo"), "'+09:00'");
    check(
        "SESSION SET TIME ZONE '+05:00'; RETURN CURRENT_TIME.offset",
        "'+05:00'",
    );
    check(
        "SESSION SET TIME ZONE '+05:00'; RETURN localdatetime().hour",
        "5",
    );
    check(
        "SESSION SET TIME ZONE '+05:00'; RETURN datetime('2020-01-01T00:00').offset",
        "'Z'",
    );
    for reset in ["TIME ZONE", "CHARACTERISTICS", ""] {
        let script = format!(
            "SESSION SET TIME ZONE '+01:30'; SESSION RESET {reset}; RETURN datetime().offset"
        );
        check(&script, "'Z'");
    }
    check(
        &offset("Mars"),
        "InvalidTemporalValue ['Mars']: there is no time zone `Mars`",
    );
}

#[test]
fn there_is_one_graph_in_one_schema() {
    for place in [
        "GRAPH CURRENT_GRAPH",
        "PROPERTY GRAPH HOME_GRAPH",
        "SCHEMA HOME_SCHEMA",
        "SCHEMA /",
        "SCHEMA .",
    ] {
        check(
            &format!("SESSION SET {place}; MATCH (l:Level) RETURN count(*)"),
            "4",
        );
    }
    check(
        "SESSION SET GRAPH other",
        "UndefinedVariable [other]: there is no graph `other`",
    );
    check(
        "SESSION SET SCHEMA other",
        "UndefinedVariable [other]: there is no schema `other`",
    );
}

#[test]
fn a_closed_session_refuses_statements_and_undoes_its_transaction() {
    let mut database = Database::empty();
    let closed =
        "SessionClosed []: expected an open session, found one that `SESSION CLOSE` has ended";
    let script = "BEGIN; CREATE (); SESSION SET VALUE $x = 1; SESSION CLOSE; RETURN 1";
    assert_eq!(told(&mut database, script), closed);
    assert_eq!(told(&mut database, "SESSION RESET"), closed);
    assert!(database.is_closed() && !database.in_transaction());
    assert_eq!(database.graph().stats().nodes(None), 0);
    assert!(database.session_parameters().is_empty());
}

#[test]
fn the_statuses_of_the_last_statement_can_be_read() {
    let status =
        "CALL relata.status() YIELD gqlstatus, description, message, help, record RETURN *";
    for (before, expected) in [
        (
            "RETURN 1",
            "'00000', 'note: successful completion', null, null, {OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/'}",
        ),
        (
            "CREATE ()",
            "'00001', 'note: successful completion - omitted result', null, null, {OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/'}",
        ),
        (
            "RETURN 1 / 0",
            "'22012', 'error: data exception - division by zero', '`1 / 0` divides an INTEGER by zero', null, \
             {OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/', START: 7, END: 12}",
        ),
        (
            "RETURN x",
            "'42002', 'error: syntax error or access rule violation - invalid reference', 'variable `x` is not defined', null, \
             {OPERATION: '', OPERATION_CODE: '0', CURRENT_SCHEMA: '/', START: 7, END: 8}",
        ),
    ] {
        let mut database = Database::empty();
        told(&mut database, before);
        assert_eq!(told(&mut database, status), expected);
        assert_eq!(
            told(&mut database, "CALL relata.status() YIELD gqlstatus"),
            "'00000'"
        );
    }
}

#[test]
fn commands_are_printed_as_they_are_read() {
    for text in [
        "SESSION SET VALUE IF NOT EXISTS $`a b` :: INTEGER NOT NULL = 1 + 2",
        "SESSION SET TIME ZONE '+01:00' SESSION RESET TIME ZONE",
        "SESSION SET GRAPH CURRENT_GRAPH SESSION SET SCHEMA HOME_SCHEMA",
        "SESSION RESET ALL CHARACTERISTICS SESSION RESET ALL PARAMETERS SESSION RESET $x SESSION RESET GRAPH",
        "SESSION CLOSE",
    ] {
        assert_eq!(parse(text).unwrap().to_string(), text);
    }
}
