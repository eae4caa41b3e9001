//! The state of reading: the options, the graph so far, and the problems.

use super::{
    collect::Collector,
    mapping::Mapping,
    quads::RdfSource,
    rdf_options::RdfOptions,
    rows::{Skipped, Table, TableOptions},
};
use crate::{
    base::Stop,
    graph::{
        Graph,
        load::{Problem, Problems},
        manifest::Rdf,
    },
};

/// After this number of elements or rows, reading may be stopped.
const CHECKED: usize = 4096;

/// How to read files where they do not say.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How to read tables.
    pub tables: TableOptions,
    /// How to read RDF.
    pub rdf: RdfOptions,
    /// Ends the reading early, with an error.
    pub stop: Stop,
}

/// The state of reading: the graph so far, and the problems.
pub(super) struct Reading<'o> {
    pub(super) graph: Collector,
    pub(super) problems: Problems,
    pub(super) options: &'o ReadOptions,
    /// The tables, which become nodes and relationships when all are known.
    pub(super) tables: Vec<Table>,
    /// What files of RDF say, which becomes nodes and relationships when all is known.
    pub(super) rdf: Option<RdfSource>,
    /// What the names of the graph are in RDF.
    pub(super) manifest: Option<Rdf>,
    /// Rows that were left out.
    pub(super) skipped: Vec<Skipped>,
    /// What the tables were guessed to mean.
    pub(super) mapping: Option<Mapping>,
}

/// A graph that was read.
#[derive(Debug)]
pub(crate) struct Imported {
    pub(crate) graph: Graph,
    /// Notes for people.
    pub(crate) notes: Vec<String>,
    /// Rows of tables that were left out.
    pub(crate) skipped: Vec<Skipped>,
    /// What tables were guessed to mean.
    pub(crate) mapping: Option<Mapping>,
    /// What the names of the graph are in RDF.
    pub(crate) rdf: Option<Rdf>,
}

impl Reading<'_> {
    /// Records a problem.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(|| problem);
    }

    /// Whether the reading is to end early. Readers ask after each element or row; `count` is its number.
    pub(super) fn ends_at(&self, count: usize) -> bool {
        count.is_multiple_of(CHECKED) && self.ends()
    }

    /// Whether the reading is to end early. Asked now and then by readers.
    pub(super) fn ends(&self) -> bool {
        self.options.stop.reason().is_some()
    }

    /// Says how a number of undirected edges is stored, unless it is 0.
    pub(super) fn note_undirected(&mut self, count: usize) {
        if count > 0 {
            self.graph.note(format!(
                "{count} undirected edges are stored in the direction of the file: match them without an arrow, `-[]-`"
            ));
        }
    }
}
