//! Loads a graph from CSV files with the headers of `neo4j-admin database import`, and an optional manifest.
//!
//! The stages, in order: [`Input`] gathers files; `table` opens them (text, delimiter, header); `nodes` reads node
//! rows; `ids` maps ids to nodes; `relationships` reads relationship rows; `build` builds the graph. Files are read in
//! parallel. Each stage records every problem and continues, so that one load reports them all; the graph is built only
//! if there are none. `docs/GRAPH-FORMAT.md` specifies the files.

mod build;
pub(in crate::graph) mod cell;
mod cells;
mod declare;
pub(in crate::graph) mod delimiter;
mod header;
mod ids;
mod input;
mod mixed;
pub(in crate::graph) mod name;
mod nodes;
mod parallel;
mod preset;
mod problem;
pub(in crate::graph) mod quoted;
mod record;
mod relationships;
mod rows;
mod spec;
mod table;
mod text;

use std::path::Path;

use crate::{
    base::Stop,
    graph::{
        Graph,
        manifest::{IdType, Manifest},
    },
};

pub(in crate::graph) use self::input::is_table;
pub(crate) use self::{
    cell::typed as typed_value,
    header::is_typed,
    mixed::value as json_value,
    name::{stem, upper_snake},
    problem::{Problems, stopped},
};
use self::{
    header::Role,
    input::{Declared, Given},
    nodes::NodeRows,
    relationships::RelationshipRows,
    table::Table,
};
pub use self::{
    input::Input,
    preset::Preset,
    problem::{LIMIT, LoadError, Problem},
    spec::{NodeSpec, RelationshipSpec},
};

/// How to read files, where the manifest does not say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The field delimiter; detected from the headers if `None`.
    pub delimiter: Option<char>,
    /// The delimiter between list items.
    pub array_delimiter: Option<char>,
    /// The type of ids stored as a property.
    pub id_type: Option<IdType>,
    /// The file set whose conventions apply; recognised from the file names if `None`.
    pub preset: Option<&'static Preset>,
    /// Ends the load early, with an error.
    pub stop: Stop,
}

/// A graph and its manifest.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The graph.
    pub graph: Graph,
    /// The manifest, if there is one.
    pub manifest: Option<Manifest>,
}

/// Loads the graph of a folder, with the given overlays.
///
/// # Errors
/// All problems of the files, up to [`LIMIT`].
pub fn folder(path: &Path, overlays: &[String], options: &Options) -> Result<Loaded, LoadError> {
    load(Input::folder(path, overlays, &options.stop)?, options)
}

/// Loads a graph. The input is freed as soon as its rows are read.
///
/// # Errors
/// All problems of the files, up to [`LIMIT`].
pub fn load(mut input: Input<'_>, options: &Options) -> Result<Loaded, LoadError> {
    let mut options = options.clone();
    let mut declared = declarations(&input);
    let manifest = declare::manifest(&input)?;
    match &manifest {
        Some((manifest, text)) => {
            declare::apply(manifest, text, &input, &mut options, &mut declared)?
        }
        None => declare::recognise(&input, &mut options),
    }
    let manifest = manifest.map(|(manifest, text)| (manifest, text.to_owned()));
    declare::check(&options)?;
    let indexed = manifest
        .as_ref()
        .map_or(Vec::new(), |(manifest, _)| manifest.lookup_keys());
    let tables = std::mem::take(&mut input.tables);
    let mut graph = graph(tables, &declared, &options, &indexed)?;
    if let Some((manifest, text)) = &manifest {
        define(&mut graph, manifest, text, &input)?;
    }
    Ok(Loaded {
        graph,
        manifest: manifest.map(|(manifest, _)| manifest),
    })
}

/// Creates the indexes and constraints of a manifest; the graph must satisfy these.
fn define(
    graph: &mut Graph,
    manifest: &Manifest,
    text: &str,
    input: &Input<'_>,
) -> Result<(), LoadError> {
    let file = input.manifest.as_ref().map_or("", |file| &*file.name);
    let mut problems = Problems::default();
    for (at, command) in manifest.commands() {
        let problem = |message: String| Problem::at(file, text, at, message);
        match command {
            Err(message) => problems.push(|| problem(message)),
            Ok(command) => {
                if let Err(fault) = graph.change_schema(&command) {
                    problems.push(|| problem(fault.message).maybe_help(fault.help));
                }
            }
        }
    }
    graph.commit();
    problems.into_result()
}

/// Loads a graph without its manifest; `indexed` are the look-up keys that the manifest would give.
pub(super) fn declared(
    input: Input<'_>,
    options: &Options,
    indexed: &[String],
) -> Result<Graph, LoadError> {
    let declared = declarations(&input);
    graph(input.tables, &declared, options, indexed)
}

fn declarations(input: &Input<'_>) -> Vec<Declared> {
    let tables = input.tables.iter();
    tables.map(|table| table.declared.clone()).collect()
}

fn graph(
    given: Vec<Given<'_>>,
    declared: &[Declared],
    options: &Options,
    indexed: &[String],
) -> Result<Graph, LoadError> {
    let (nodes, relationships) = rows(&given, declared, options)?;
    // The texts take about as much memory as the graph.
    drop(given);
    build::graph(nodes, relationships, indexed, &options.stop)
}

/// The rows of nodes, without ids, and of relationships.
fn rows(
    given: &[Given<'_>],
    declared: &[Declared],
    options: &Options,
) -> Result<(Vec<NodeRows<'static>>, Vec<RelationshipRows>), LoadError> {
    let mut problems = Problems::default();
    let opened = table::open(given, declared, options, &mut problems);
    let (nodes, relationships): (Vec<&Table<'_>>, Vec<&Table<'_>>) = opened
        .tables
        .iter()
        .partition(|table| table.header.role == Role::Nodes);
    let size = |table: &&Table<'_>| table.text.len();
    let node_rows = parallel::map(&nodes, size, |table| NodeRows::read(table));
    going_on(&options.stop)?;
    let spaces = ids::spaces(&nodes, &node_rows, &mut problems);
    let known = (!opened.lacks_nodes).then_some(&spaces);
    let relationship_rows = parallel::map(&relationships, size, |table| {
        RelationshipRows::read(table, known)
    });
    going_on(&options.stop)?;
    let found = relationship_rows.iter().map(|rows| rows.problems.clone());
    found.for_each(|found| problems.append(found));
    problems.into_result()?;
    let node_rows = node_rows.into_iter().map(NodeRows::without_ids).collect();
    Ok((node_rows, relationship_rows))
}

/// An error if the load is to end early.
fn going_on(stop: &Stop) -> Result<(), LoadError> {
    match stop.reason() {
        None => Ok(()),
        Some(_) => Err(stopped()),
    }
}
