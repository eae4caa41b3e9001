//! Graphs in the formats of other programs: the examples of the table, round trips of random graphs, and files of each form.

use relata::{Database, Document, GraphFormat, OpenOptions};

#[cfg(feature = "parquet")]
#[path = "exchange/columnar.rs"]
mod columnar;
#[path = "exchange/forms.rs"]
mod forms;
#[path = "exchange/random.rs"]
mod random;
#[path = "exchange/rdf.rs"]
mod rdf;
#[path = "exchange/show.rs"]
mod show;
#[cfg(feature = "sqlite")]
#[path = "exchange/sqlite.rs"]
mod sqlite;
#[path = "exchange/statements.rs"]
mod statements;
#[path = "exchange/tables.rs"]
mod tables;
#[path = "exchange/workbooks.rs"]
mod workbooks;

use proptest::prelude::*;

use crate::{random::graph, show::show};

fn open(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Database, String> {
    let document = Document::new(name, bytes.into()).map_err(|error| error.to_string())?;
    let opened = OpenOptions::new().open_documents(vec![document]);
    opened.map_err(|error| {
        let messages: Vec<_> = error
            .diagnostics()
            .map(|each| each.message.clone())
            .collect();
        messages.join("\n")
    })
}

/// The graph of a text, one line per node and relationship; or the problems.
fn read(name: &str, text: &str) -> String {
    match open(name, text) {
        Ok(database) => show(&database),
        Err(problems) => problems,
    }
}

fn written(database: &Database, format: &GraphFormat) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let written = database
        .export(format, &mut bytes)
        .expect("memory takes all");
    written.map_err(|error| error.message().to_owned())?;
    Ok(bytes)
}

fn files() -> impl Iterator<Item = &'static GraphFormat> {
    GraphFormat::all()
        .iter()
        .filter(|format| !format.is_folder() && !format.example.is_empty())
}

#[test]
fn the_example_of_each_format_is_recognised_and_read() {
    for format in files() {
        let name = format!("example.{}", format.extensions[0]);
        let named = open(&name, format.example).expect(format.name);
        assert!(named.schema().nodes > 0, "{}", format.name);
        // Neighbours cannot be told from edges by the text.
        if format.is_script() || format.name == "adjacency-list" {
            continue;
        }
        let unnamed = open("example", format.example).expect(format.name);
        assert_eq!(show(&unnamed), show(&named), "{}", format.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(graph in graph()) {
        let database = graph.database();
        let before = show(&database);
        for format in files().filter(|format| format.can_write()) {
            let bytes = match written(&database, format) {
                Ok(bytes) => bytes,
                // XML has no form for control characters, an edge list none for most graphs.
                Err(message) => {
                    prop_assert!(message.starts_with("cannot write"), "{}: {message}", format.name);
                    continue;
                }
            };
            let name = format!("graph.{}", format.extensions[0]);
            let again = open(&name, bytes.clone());
            let again = again.map_err(|error| {
                TestCaseError::fail(format!("{}: {error}\n{}", format.name, String::from_utf8_lossy(&bytes)))
            })?;
            prop_assert_eq!(&show(&again), &before, "{}\n{}", format.name, String::from_utf8_lossy(&bytes));
        }
    }
}
