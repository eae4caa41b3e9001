//! Statements that read files: `LOAD CSV` and the procedures `load.csv`, `load.json`, `load.graphml`, `load.rdf`.

use std::fs;

use relata::{Answer, Database, Document, Format, Layout, OpenOptions};

/// Runs a statement where files may be read, and returns the answer, or the problem with its help.
fn run(allows: bool, statement: &str) -> String {
    let folder = tempfile::tempdir().expect("there is space");
    let files = [
        ("people.csv", "id,name,city\n1,Ann,\n2,\"Bea, B.\",Ulm\n3\n"),
        ("plain.txt", "1;Ann\n2;Bea\n"),
        (
            "items.json",
            r#"[{"name": "Ann", "tags": ["a", 1], "in": {"city": "Ulm"}}, {"name": null, "age": 1.5}]"#,
        ),
        ("lines.jsonl", "{\"a\": 1}\n{\"a\": 2}\n"),
        ("wide.json", "[99999999999999999999]"),
        (
            "g.graphml",
            "<graphml><key id='d' for='node' attr.name='age' attr.type='int'/><graph edgedefault='directed'>\
             <node id='ann' labels=':Person'><data key='d'>30</data></node><node id='bea'/>\
             <edge source='ann' target='bea' label='KNOWS'/></graph></graphml>",
        ),
        (
            "g.ttl",
            "@prefix ex: <http://example.org/> .\nex:a a ex:A ; ex:name \"x\" ; ex:p ex:b .\n",
        ),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("the folder can be written");
    }
    let database = Database::empty();
    let mut database = match allows {
        true => database.with_allowed_path(folder.path()),
        false => database,
    };
    let shown = match database.query(statement).run() {
        Ok(answer) => csv(&answer),
        Err(error) => {
            let shown = error.diagnostics().map(|each| match &each.help {
                Some(help) => format!("{} ({help})", each.message),
                None => each.message.clone(),
            });
            shown.collect::<Vec<_>>().join("\n")
        }
    };
    shown.replace(&folder.path().display().to_string(), "FOLDER")
}

fn csv(answer: &Answer) -> String {
    let mut bytes = Vec::new();
    let format = Format::find("csv").expect("is in the table");
    let written = format.write(answer, Layout::default(), &mut bytes);
    written.expect("memory takes all");
    String::from_utf8(bytes).expect("is text")
}

#[test]
fn files_are_rows_of_statements() {
    let statements = [
        "LOAD CSV WITH HEADERS FROM 'file:///people.csv' AS row RETURN row.id, row.name, row.city",
        "LOAD CSV FROM 'plain.txt' AS row FIELDTERMINATOR ';' RETURN row[1] AS name, toInteger(row[0]) AS id",
        "UNWIND ['people.csv', 'people.csv'] AS file LOAD CSV WITH HEADERS FROM file AS row RETURN count(*)",
        "load csv with headers from 'people.csv' as r with r where r.city is not null create (p:Person {id: toInteger(r.id), name: r.name}) return p.id, p.name",
        "CALL load.csv('people.csv') YIELD row RETURN row",
        "CALL load.json('items.json') YIELD value RETURN value.name, value.tags, value.in.city, value.age",
        "CALL load.json('lines.jsonl') YIELD value RETURN sum(value.a)",
        "CALL load.graphml('g.graphml') YIELD id, labels, type, source, target, properties",
        "CALL load.rdf('g.ttl', {handleVocabUris: 'IGNORE'}) YIELD labels, type, properties",
        "MATCH (csv:load {headers: 1}) RETURN csv.fieldterminator",
    ];
    let shown = statements.map(|statement| format!("{statement}\n{}", run(true, statement)));
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn files_are_read_only_where_the_caller_allows_it() {
    let statement = "LOAD CSV FROM 'people.csv' AS row RETURN row";
    let mut shown = vec![run(false, statement)];
    for statement in [
        "LOAD CSV FROM '/etc/hostname' AS row RETURN row",
        "LOAD CSV FROM '../../etc/hostname' AS row RETURN row",
        "LOAD CSV FROM 'none.csv' AS row RETURN row",
        "LOAD CSV FROM 'https://example.org/people.csv' AS row RETURN row",
        "LOAD CSV FROM 'people.csv' AS row FIELDTERMINATOR ', ' RETURN row",
        "LOAD CSV FROM null AS row RETURN row",
        "LOAD CSV 'people.csv' AS row RETURN row",
        "CALL load.json('wide.json')",
        "CALL load.json('people.csv')",
        "CALL load.rdf('g.graphml')",
        "CALL load.rdf('g.ttl', {keepLangTags: true})",
    ] {
        shown.push(format!("{statement}\n{}", run(true, statement)));
    }
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().expect("there is space");
    let secret = tempfile::NamedTempFile::new().expect("there is space");
    std::os::unix::fs::symlink(secret.path(), folder.path().join("link.csv")).expect("links exist");
    let mut database = Database::empty().with_allowed_path(folder.path());
    let answer = database
        .query("LOAD CSV FROM 'link.csv' AS row RETURN row")
        .run();
    let error = answer.expect_err("is refused").to_string();
    assert!(error.contains("expected a file in"), "{error}");
}

#[test]
fn a_script_that_is_opened_reads_files_below_the_allowed_folder() {
    let folder = tempfile::tempdir().expect("there is space");
    fs::write(folder.path().join("a.csv"), "Ann\n").expect("the folder can be written");
    let script = "LOAD CSV FROM 'file:///a.csv' AS row CREATE (:Person {name: row[0]});";
    let open = |options: OpenOptions| {
        let document = Document::new("a.cypher", script.as_bytes().to_vec());
        options.open_documents(vec![document.expect("is not compressed")])
    };
    let database = open(OpenOptions::new().allowed_path(folder.path())).expect("is read");
    assert_eq!(database.schema().nodes, 1);
    open(OpenOptions::new()).expect_err("is refused");
}
