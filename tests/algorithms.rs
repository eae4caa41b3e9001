//! The graph algorithms: every row of the table runs, is described in full, and is in the manual with what its example
//! gives. `UPDATE_DOCS=1` rewrites the manual. `algorithms/peer.rs` compares them with networkx on random graphs.

#[path = "algorithms/peer.rs"]
mod peer;

use std::{fmt::Write, path::Path as File};

use relata::{
    Database, Format, Layout,
    function::{Algorithm, Setting, SettingKind, algorithms},
};

fn all() -> impl Iterator<Item = &'static Algorithm> {
    algorithms().flat_map(|(_, rows)| rows)
}

/// The answer to a query on the built-in graph as a table.
fn table(query: &str) -> String {
    let answer = Database::connected_practice().query(query).run();
    let answer = answer.unwrap_or_else(|error| panic!("{query}: {error}"));
    assert!(!answer.is_empty(), "{query} gives no rows");
    let mut text = Vec::new();
    let format = Format::find("markdown").expect("is in the table of formats");
    format
        .write(&answer, Layout::default(), &mut text)
        .expect("memory takes all");
    String::from_utf8(text).expect("formats write UTF-8")
}

#[test]
fn every_row_is_described_in_full_sentences() {
    for row in all() {
        let docs = row.settings.iter().map(|setting| setting.doc);
        for doc in docs.chain([row.doc, row.says]) {
            assert!(doc.ends_with('.'), "{}: {doc}", row.name);
        }
        assert!(row.example.contains(row.name), "{}", row.name);
        assert!(!row.complexity.is_empty() && !row.source.is_empty());
    }
}

#[test]
fn every_setting_refuses_what_it_does_not_expect() {
    for row in all() {
        for setting in row.all_settings() {
            let wrong = match setting.kind {
                SettingKind::Float(..) | SettingKind::Integer(..) => "'x'",
                SettingKind::Choice(_) => "'sideways'",
                _ => "1.5",
            };
            let query = format!("CALL {}({{{}: {wrong}}})", row.name, setting.name);
            let error = Database::connected_practice()
                .query(&*query)
                .run()
                .unwrap_err();
            let expected = format!("`{}` expects {}", setting.name, setting.kind);
            assert!(error.to_string().contains(&expected), "{query}: {error}");
        }
    }
}

#[test]
fn threads_and_repetition_change_nothing() {
    for row in all() {
        let run = |threads| {
            let mut database = Database::connected_practice();
            let statement = database.query(row.example);
            let threads = std::num::NonZeroUsize::new(threads).expect("not 0");
            let statement = statement.threads(threads);
            let answer = statement.run().unwrap();
            let cells = answer
                .rows()
                .flat_map(|row| row.cells().map(|cell| cell.to_string()));
            cells.collect::<Vec<_>>()
        };
        assert_eq!(run(1), run(2), "{}", row.name);
    }
}

#[test]
fn an_empty_graph_gives_no_nodes() {
    for row in all() {
        if row.settings.iter().any(Setting::is_needed) {
            continue;
        }
        let mut database = Database::empty();
        let answer = database.query(format!("CALL {}()", row.name)).run();
        assert!(answer.unwrap().len() <= 1, "{}", row.name);
    }
}

/// The plain text of a value.
fn single(database: &mut Database, query: &str) -> String {
    let answer = database.query(query).run().unwrap();
    answer
        .single()
        .unwrap()
        .cells()
        .map(|cell| cell.to_string())
        .collect()
}

#[test]
fn what_is_written_can_be_read() {
    let mut database = Database::connected_practice();
    let write = "CALL algo.pageRank({write: 'rank'}) YIELD node WHERE false RETURN node";
    assert_eq!(database.query(write).run().unwrap().len(), 0);
    let sum = "MATCH (n) RETURN round(sum(n.rank), 6) = 1 AND count(n.rank) = count(*)";
    assert_eq!(single(&mut database, sum), "true");
    database
        .query("CALL algo.fastRP({write: 'vector', embeddingDimension: 4})")
        .run()
        .unwrap();
    let size = "MATCH (n) RETURN collect(DISTINCT size(n.vector))";
    assert_eq!(single(&mut database, size), "[4]");
    let error = database
        .query("CALL algo.degree({write: 'd'})")
        .read_only()
        .run()
        .unwrap_err();
    assert!(error.to_string().contains("only reads"), "{error}");
}

#[test]
fn selections_can_be_lists() {
    let mut database = Database::connected_practice();
    let by_type = "CALL algo.degree({relationships: 'USES'}) YIELD score RETURN sum(score)";
    let by_list = "MATCH ()-[r:USES]->() WITH collect(r) AS rs CALL algo.degree({relationships: rs}) YIELD score RETURN sum(score)";
    let uses = single(&mut database, by_type);
    assert_eq!(uses, single(&mut database, by_list));
    let nodes = "MATCH (m:Model) WITH collect(m) AS ms CALL algo.degree({nodes: ms}) YIELD node RETURN count(node) = size(ms)";
    assert!(
        database.query(nodes).run().is_err(),
        "`ms` is no grouping key"
    );
    let none = "CALL algo.degree({relationships: []}) YIELD node RETURN count(node)";
    assert_eq!(single(&mut database, none), "0");
}

/// The manual, generated from the table.
fn manual() -> String {
    let mut out = String::from(HEAD);
    describe_settings(&mut out, common());
    for (title, rows) in algorithms() {
        writeln!(out, "\n## {title}").unwrap();
        rows.iter().for_each(|row| describe(&mut out, row));
    }
    out
}

/// The settings that every algorithm has.
fn common() -> Vec<&'static Setting> {
    let first = all().next().expect("there are algorithms");
    first.all_settings().skip(first.settings.len()).collect()
}

fn describe(out: &mut String, row: &Algorithm) {
    writeln!(
        out,
        "\n### {}\n\n`YIELD {}`\n\n{}",
        row.name, row.yields, row.doc
    )
    .unwrap();
    writeln!(
        out,
        "\nDirection `{}` by default. Time {}. {}.",
        row.ways.word(),
        row.complexity,
        row.source
    )
    .unwrap();
    if !row.settings.is_empty() {
        out.push('\n');
        describe_settings(out, row.settings.iter());
    }
    writeln!(
        out,
        "\n```cypher\n{}\n```\n\n{}\n{}",
        row.example,
        table(row.example),
        row.says
    )
    .unwrap();
}

fn describe_settings(out: &mut String, settings: impl IntoIterator<Item = &'static Setting>) {
    writeln!(out, "| setting | value | default | meaning |").unwrap();
    writeln!(out, "| --- | --- | --- | --- |").unwrap();
    for setting in settings {
        let default = match (setting.name, setting.default()) {
            ("direction", _) => "see the algorithm".to_owned(),
            (_, None) => "must be given".to_owned(),
            (_, Some(text)) => format!("`{text}`"),
        };
        let (name, kind, doc) = (setting.name, setting.kind, setting.doc);
        writeln!(out, "| `{name}` | {kind} | {default} | {doc} |").unwrap();
    }
}

const HEAD: &str = "\
# Graph algorithms

Generated from the table in `src/function/algorithm` by `UPDATE_DOCS=1 cargo test --test algorithms`. A test runs each example
on the built-in graph.

`CALL algo.NAME({…}) YIELD …` runs an algorithm on the whole graph, or on the nodes and relationships that its settings
select, and the rest of the query goes on with its rows. A relationship counts if both its ends are selected. A
selection can be a list, so that any query can make it:

```cypher
MATCH (:Authority)-[r:USES|DEVELOPED]->(:Model)
WITH collect(r) AS related
CALL algo.wcc({relationships: related}) YIELD node, component
RETURN component, count(*) AS nodes
```

`write: 'key'` stores the value that an algorithm yields for each node as a property, for all rows and before
`YIELD … WHERE` filters them. An unknown setting or a wrong literal is an error before the statement runs.

An algorithm gives the same rows for any number of threads. It can be interrupted, and the limits of time and memory hold.

Every algorithm has these settings:

";

#[test]
fn the_manual_is_up_to_date() {
    let file = File::new(env!("CARGO_MANIFEST_DIR")).join("docs/ALGORITHMS.md");
    let manual = manual();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &manual).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == manual,
        "docs/ALGORITHMS.md is out of date: run `UPDATE_DOCS=1 cargo test --test algorithms`"
    );
}
