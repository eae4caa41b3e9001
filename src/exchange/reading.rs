//! The state of reading: the options, the graph so far, and the problems.

use super::{
    collect::Collector,
    mapping::Mapping,
    rows::{Skipped, Table, TableOptions},
};
use crate::{
    base::Stop,
    graph::{
        Graph,
        load::{Problem, Problems},
    },
};

/// How to read files where they do not say.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How to read tables.
    pub tables: TableOptions,
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
}

impl Reading<'_> {
    /// Records a problem.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(|| problem);
    }

    /// Whether the reading is to end early. Asked now and then by readers.
    pub(super) fn ends(&self) -> bool {
        self.options.stop.reason().is_some()
    }
}
