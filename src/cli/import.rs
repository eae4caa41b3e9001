//! `relata import`: reads tables into a saved graph, or writes what they seem to mean.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use relata::{Database, GraphFormat, SaveOptions};

use crate::{
    cli::{arguments::ImportArguments, open::open_to_read},
    repl::{
        console::counted,
        error::{ShellError, exit},
    },
};

/// The usual name of a mapping.
const MAP: &str = "map.toml";

/// Reads the files and returns the exit code.
pub(super) fn import(arguments: &ImportArguments) -> Result<u8, ShellError> {
    let graph = &arguments.graph;
    if graph.paths.is_empty() && graph.nodes.is_empty() && graph.relationships.is_empty() {
        let help = "name them: `relata import *.csv --guess`".to_owned();
        return Err(ShellError::Usage(
            "expected files to import".to_owned(),
            Some(help),
        ));
    }
    if arguments.guess {
        return guess(arguments);
    }
    let mut database = open_to_read(graph)?;
    let mut lines: Vec<String> = database
        .notes()
        .iter()
        .map(|note| format!("note: {note}"))
        .collect();
    let skipped = database.skipped().len() as u64;
    if skipped > 0 {
        lines.push(format!("{} left out", counted(skipped, "row", "rows")));
    }
    let schema = database.schema();
    lines.push(format!(
        "{}, {}",
        counted(schema.nodes, "node", "nodes"),
        counted(schema.relationships, "relationship", "relationships")
    ));
    if let Some(path) = &arguments.output {
        save(arguments, &mut database, path)?;
        lines.push(format!("saved to `{}`", path.display()));
    }
    tell(&lines)
}

fn save(
    arguments: &ImportArguments,
    database: &mut Database,
    path: &Path,
) -> Result<(), ShellError> {
    let mut options = SaveOptions::new();
    if arguments.force {
        options = options.force();
    }
    let format = GraphFormat::of_name(&path.to_string_lossy());
    let format = format
        .or_else(|| GraphFormat::find("csv"))
        .expect("is in the table");
    options.export(database, path, format)?;
    Ok(())
}

/// Writes the mapping. Rows with problems do not hide what the others mean.
fn guess(arguments: &ImportArguments) -> Result<u8, ShellError> {
    let mut graph = arguments.graph.clone();
    graph.tables.skip_bad_rows = true;
    graph.tables.skip_bad_relationships = true;
    let database = open_to_read(&graph)?;
    let Some(mapping) = database.mapping() else {
        let help = "such files say what they mean; open them as they are".to_owned();
        return Err(ShellError::Usage(
            "expected tables without types in their headers".to_owned(),
            Some(help),
        ));
    };
    let path = arguments
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(MAP));
    if path.as_os_str() == "-" {
        let mut out = io::stdout().lock();
        write!(out, "{mapping}")
            .and_then(|()| out.flush())
            .map_err(ShellError::Output)?;
        return Ok(exit::OK);
    }
    if path.exists() && !arguments.force {
        let help = "choose another name with `-o`, or use `--force`, which replaces it".to_owned();
        let message = format!("expected a new file, found `{}`", path.display());
        return Err(ShellError::Usage(message, Some(help)));
    }
    fs::write(&path, mapping.to_string()).map_err(|error| ShellError::file(&path, error))?;
    tell(&[format!("wrote `{}`", path.display())])
}

fn tell(lines: &[String]) -> Result<u8, ShellError> {
    let mut out = io::stderr().lock();
    for line in lines {
        writeln!(out, "{line}").map_err(ShellError::Output)?;
    }
    Ok(exit::OK)
}
