//! Plans of the corpus as text: a printed plan parses to the same plan.

use std::{fs, path::Path};

use crate::{
    analyze::{self, analyze},
    base::Diagnostic,
    engine::{Database, OptLevel, stack::on_a_stack_for},
    exec::{self, Access},
    graph::Graph,
    optimize::optimize,
    plan::{Plan, parse},
    syntax::{self, ast::Body},
    value::display::literal,
};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");

#[test]
fn plans_of_the_corpus_are_read_back_as_they_are_printed() {
    let mut count = 0;
    for text in corpus() {
        count += check_file(&text);
    }
    assert!(count > 100, "{count} statements");
}

/// The texts of the query files.
pub(super) fn corpus() -> Vec<String> {
    let areas = entries(Path::new(CORPUS)).into_iter();
    let areas = areas.filter(|area| !area.ends_with("graphs"));
    let files = areas.flat_map(|area| entries(&area));
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "cypher"));
    files
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

/// Checks the plans of all statements, before and after optimisation, and returns the number of statements.
fn check_file(text: &str) -> usize {
    let mut database = database(text);
    let pieces: Vec<_> = syntax::split(text).collect();
    for piece in &pieces {
        let statement = &text[piece.span.range()];
        on_a_stack_for(statement, || {
            let plan = analyzed(statement, &database);
            check(&plan, statement);
            for level in [OptLevel::Full, OptLevel::Unoptimised] {
                let plan = optimize(plan.clone(), database.graph.stats(), level, &|| Ok(()))?;
                let read = check(&plan, statement);
                if level == OptLevel::Full {
                    let expected = rows(&plan, database.graph_mut())?;
                    assert_eq!(rows(&read, database.graph_mut())?, expected, "{statement}");
                }
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{statement}: {}", failure.message));
    }
    pieces.len()
}

/// Prints a plan and parses it. The parsed plan must print the same text.
fn check(plan: &Plan, statement: &str) -> Plan {
    let printed = plan.to_string();
    let read = parse::plan(&printed);
    assert_eq!(read.to_string(), printed, "{statement}");
    read
}

/// The rows of a plan. Its changes are rolled back.
fn rows(plan: &Plan, graph: &mut Graph) -> Result<Vec<String>, Box<Diagnostic>> {
    let savepoint = graph.savepoint();
    let outcome = exec::run(plan, Access::Write(graph), &[], &exec::tests::options());
    graph.rollback(savepoint);
    Ok(outcome?.rows.iter().map(literal).collect())
}

fn analyzed(statement: &str, database: &Database) -> Plan {
    let tree = syntax::parse(statement).unwrap();
    let Body::Query(query) = &tree.body else {
        panic!("the corpus has only queries")
    };
    let environment = analyze::Environment {
        catalog: database.graph.catalog(),
        stats: database.graph.stats(),
        procedures: &database.procedures,
        check: &|| Ok(()),
    };
    analyze(query, environment).unwrap().plan
}

/// The graph that the first line of a file names.
pub(super) fn database(text: &str) -> Database {
    let first = text.lines().next().unwrap();
    match first.strip_prefix("// graph: ").unwrap() {
        "connected-practice" => Database::connected_practice(),
        "empty" => Database::empty(),
        name => Database::open(format!("{CORPUS}/graphs/{name}.cypher")).unwrap(),
    }
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let found = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = found.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_dir() || folder != Path::new(CORPUS));
    paths.sort();
    paths
}
