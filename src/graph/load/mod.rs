//! From CSV files to a graph: files with the headers of `neo4j-admin database import`, and an optional manifest.
//!
//! The stages follow one another: [`Input`] gathers files, `table` opens them (text, delimiter, header), `nodes` reads
//! rows of nodes, `ids` tells which node an id is, `relationships` reads rows of relationships, `build` makes the
//! graph. Files are read in parallel. Each stage notes every problem and goes on, so that one load reports them all; a
//! graph is built only if there is none. `docs/GRAPH-FORMAT.md` describes the files.

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

use crate::graph::{
    Graph,
    manifest::{IdType, Manifest},
};

use self::{
    header::Role,
    input::{Declared, Given},
    nodes::NodeRows,
    problem::Problems,
    relationships::RelationshipRows,
    table::Table,
};
pub use self::{
    input::Input,
    preset::Preset,
    problem::{LIMIT, LoadError, Problem},
    spec::{NodeSpec, RelationshipSpec},
};

/// How files are read, where their manifest does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What divides fields; otherwise it is read off the headers.
    pub delimiter: Option<char>,
    /// What divides the items of a list.
    pub array_delimiter: Option<char>,
    /// What ids become where they are stored as a property.
    pub id_type: Option<IdType>,
    /// The file set whose conventions hold; otherwise it is recognised by the names of its files.
    pub preset: Option<&'static Preset>,
}

/// A graph, and what its manifest says of it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The graph.
    pub graph: Graph,
    /// The manifest, if the files have one.
    pub manifest: Option<Manifest>,
}

/// Loads the graph of a folder, with the overlays that are asked for.
///
/// # Errors
/// Every problem of the files, up to [`LIMIT`].
pub fn folder(path: &Path, overlays: &[String], options: &Options) -> Result<Loaded, LoadError> {
    load(&Input::folder(path, overlays)?, options)
}

/// Loads a graph.
///
/// # Errors
/// Every problem of the files, up to [`LIMIT`].
pub fn load(input: &Input<'_>, options: &Options) -> Result<Loaded, LoadError> {
    let mut options = options.clone();
    let mut declared: Vec<Declared> = input
        .tables
        .iter()
        .map(|table| table.declared.clone())
        .collect();
    let manifest = declare::manifest(input)?;
    match &manifest {
        Some((manifest, text)) => {
            declare::apply(manifest, text, input, &mut options, &mut declared)?
        }
        None => declare::recognise(input, &mut options),
    }
    declare::check(&options)?;
    let indexed = manifest
        .as_ref()
        .map_or(Vec::new(), |(manifest, _)| manifest.lookup_keys());
    let graph = graph(&input.tables, &declared, &options, &indexed)?;
    Ok(Loaded {
        graph,
        manifest: manifest.map(|(manifest, _)| manifest),
    })
}

/// Loads a graph whose manifest, if there is one, says nothing that matters here but the keys for look-ups.
pub(super) fn declared(
    input: &Input<'_>,
    options: &Options,
    indexed: &[String],
) -> Result<Graph, LoadError> {
    let declared: Vec<Declared> = input
        .tables
        .iter()
        .map(|table| table.declared.clone())
        .collect();
    graph(&input.tables, &declared, options, indexed)
}

fn graph(
    given: &[Given<'_>],
    declared: &[Declared],
    options: &Options,
    indexed: &[String],
) -> Result<Graph, LoadError> {
    let mut problems = Problems::default();
    let opened = table::open(given, declared, options, &mut problems);
    let (nodes, relationships): (Vec<&Table<'_>>, Vec<&Table<'_>>) = opened
        .tables
        .iter()
        .partition(|table| table.header.role == Role::Nodes);
    let size = |table: &&Table<'_>| table.text.len();
    let node_rows = parallel::map(&nodes, size, |table| NodeRows::read(table));
    let spaces = ids::spaces(&nodes, &node_rows, &mut problems);
    let known = (!opened.lacks_nodes).then_some(&spaces);
    let relationship_rows = parallel::map(&relationships, size, |table| {
        RelationshipRows::read(table, known)
    });
    let found = relationship_rows.iter().map(|rows| rows.problems.clone());
    found.for_each(|found| problems.append(found));
    problems.into_result()?;
    build::graph(node_rows, relationship_rows, indexed)
}
