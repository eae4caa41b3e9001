//! Messages quote little of their input, however long it is.

use relata::{Database, Error, session::serve};
use serde_json::{Value as Json, json};

/// The maximum number of characters of a quotation.
const QUOTED: usize = 200;

fn check_text(text: &str, of: &str) {
    let of = &of[..of.len().min(40)];
    assert!(text.chars().count() <= 5 * QUOTED, "{of}: {text}");
    for piece in text.split('`') {
        assert!(piece.chars().count() <= QUOTED, "{of}: {text}");
    }
}

fn check(error: &Error, of: &str) {
    for diagnostic in error.diagnostics() {
        let labels = diagnostic.labels.iter().map(|label| &label.message);
        for text in labels.chain(&diagnostic.help).chain([&diagnostic.message]) {
            check_text(text, of);
        }
    }
}

#[test]
fn statements_are_quoted_in_part() {
    let (name, digits) = ("b".repeat(2_000), "9".repeat(2_000));
    let list = |item: &dyn Fn(usize) -> String, between: &str| {
        (0..300).map(item).collect::<Vec<_>>().join(between)
    };
    let labels = list(&|number| format!("L{number}"), ":");
    let numbers = list(&|number| number.to_string(), ", ");
    for text in [
        format!("RETURN {name}"),
        format!("RETURN {name}()"),
        format!("RETURN ${name}"),
        format!("RETURN {digits}"),
        format!("RETURN 1e{digits}"),
        format!("RETURN '\\uH{name}'"),
        format!("RETURN 1 AS `{name}`, 2 AS `{name}`"),
        format!("RETURN `{}", "a`".repeat(2_000)),
        format!("{name} {name}"),
        format!("MATCH (n) {name}"),
        format!("CALL {name}()"),
        format!("MATCH ({name}) CREATE ({name})"),
        format!("RETURN date('{name}')"),
        format!("RETURN date({{{name}: 1}})"),
        format!("RETURN duration('{name}')"),
        format!("RETURN 'a' =~ '({name}'"),
        format!("RETURN toInteger([{numbers}])"),
        format!("RETURN [{numbers}] + 1 - [{numbers}]"),
        format!("RETURN 1 + 1 LIMIT [{numbers}]"),
        format!("CREATE (n {{a: [[{numbers}]]}})"),
        format!("MERGE ({{`{name}`: null}})"),
        format!("CREATE (n:{labels})-[:R]->(n) DELETE n"),
        format!("CREATE (n:{labels}) DELETE n RETURN n.{name}"),
        format!("CREATE (n:{labels})-[:A|{name}]->()"),
        format!("WITH 1 AS one RETURN one.{name}"),
        format!("CREATE (n) WITH n RETURN n['{name}'].{name}.c"),
    ] {
        match Database::connected_practice().query(&text).run() {
            Err(error) => check(&error, &text),
            Ok(answer) => panic!("{} {}", answer.len(), &text[..40]),
        }
    }
    let warned = format!("MATCH (n:{name})-[r:{name}]->(m {{{name}: 1}}) RETURN 1");
    let answer = Database::connected_practice().query(&warned).run().unwrap();
    assert!(!answer.warnings().is_empty());
    for warning in answer.warnings() {
        check_text(&warning.message, &warned);
    }
}

#[test]
fn questions_and_requests_are_quoted_in_part() {
    let name = "unicorn".repeat(100);
    for question in [
        format!("which {name} are there"),
        format!("which courses cover {name} {name}"),
        format!("{name} {name} {name}"),
        format!("which courses cover '{name}'"),
        format!("how many {} are there", "courses and ".repeat(100)),
    ] {
        if let Err(error) = Database::connected_practice().ask(&question).run() {
            check(&error, &question);
        }
    }
    for request in [
        json!({"query": "RETURN 1", &name: 1}),
        json!({&name: 1}),
        json!({"query": "RETURN $x", "params": {"x": {"$type": &name}}}),
        json!({"query": "RETURN $x", "params": {&name: {"$type": "Integer", "_value": &name}}}),
        json!({"query": [&name]}),
        json!({"max_rows": &name, "query": "RETURN 1"}),
        json!({"procedures": [{"signature": &name}]}),
    ] {
        let mut output = Vec::new();
        let line = request.to_string();
        serve(&mut Database::empty(), line.as_bytes(), &mut output).unwrap();
        let reply: Json = serde_json::from_slice(&output).unwrap();
        check_text(reply["error"]["message"].as_str().unwrap(), &line);
        check_text(reply["error"]["help"].as_str().unwrap_or_default(), &line);
    }
}

#[test]
fn files_are_quoted_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let name = "b".repeat(20_000);
    for table in [
        format!(":ID,a:int\n1,{name}\n"),
        format!(":ID\n{name}\n{name}\n"),
        format!(":ID,a:{name}\n1,1\n"),
        format!(":ID,{name},{name}\n1,1,1\n"),
        format!(":ID,a:list\n1,[{}]\n", "9".repeat(10_000)),
    ] {
        std::fs::write(folder.path().join("A.csv"), &table).unwrap();
        check(&Database::open(folder.path()).unwrap_err(), &table);
    }
}
