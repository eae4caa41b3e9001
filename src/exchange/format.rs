//! A row of the table of formats.

use std::io::{self, Write};

use super::{document::Document, reading::Reading, view::View};
use crate::{
    base::Fault,
    graph::{Graph, load::Problem, manifest::Rdf},
};

/// A format of graphs.
#[derive(Debug)]
pub struct GraphFormat {
    /// The name that selects the format.
    pub name: &'static str,
    /// One line for the manual.
    pub doc: &'static str,
    /// The endings of file names, the usual one first.
    pub extensions: &'static [&'static str],
    /// The endings that are enough to recognise the format: a script or a text of RDF may begin with anything, and a
    /// workbook is no text.
    pub(super) decisive: &'static [&'static str],
    /// A small file; empty for a folder.
    pub example: &'static str,
    /// Whether a text begins as a file of the format does.
    pub(super) sniff: fn(&str) -> bool,
    pub(super) read: Read,
    pub(super) write: Write_,
}

/// What reads a format.
#[derive(Clone, Copy, Debug)]
pub(super) enum Read {
    /// The loader of folders of CSV files, in `graph`.
    Folder,
    /// The engine, statement by statement.
    Script,
    /// A function.
    With(Reader),
    /// A function for a format of RDF.
    Rdf(Reader),
}

/// What writes a format.
#[derive(Clone, Copy, Debug)]
pub(super) enum Write_ {
    /// `graph::save`.
    Saved,
    /// A function.
    With(fn(&View<'_>, &mut dyn Write) -> Written),
    /// Nothing: the format is only read.
    Nothing,
}

/// Reads all given documents of one format. A problem that is returned ends the reading; others are collected.
pub(super) type Reader = fn(&[&Document], &mut Reading<'_>) -> Result<(), Problem>;

/// The outcome of writing.
pub type Written = Result<(), WriteError>;

/// Why a graph was not written.
#[derive(Debug)]
pub enum WriteError {
    /// The output failed.
    Output(io::Error),
    /// The format has no form for a part of the graph.
    Unfit(Fault),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Fault> for WriteError {
    fn from(fault: Fault) -> Self {
        Self::Unfit(fault)
    }
}

impl GraphFormat {
    /// Whether graphs can be written in the format.
    #[must_use]
    pub fn can_write(&self) -> bool {
        !matches!(self.write, Write_::Nothing)
    }

    /// Whether the format is that of a script of statements.
    #[must_use]
    pub fn is_script(&self) -> bool {
        matches!(self.read, Read::Script)
    }

    /// Whether the format is one of RDF.
    pub(crate) fn is_rdf(&self) -> bool {
        matches!(self.read, Read::Rdf(_))
    }

    /// Whether the format is that of a folder of files.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        matches!(self.read, Read::Folder)
    }

    /// Writes a graph. `rdf` says what its names are in RDF.
    ///
    /// # Errors
    /// If the output fails, or the format cannot express a part of the graph.
    pub(crate) fn write(&self, graph: &Graph, rdf: Option<&Rdf>, out: &mut dyn Write) -> Written {
        match self.write {
            Write_::With(write) => write(&View::new(graph, rdf), out),
            Write_::Saved | Write_::Nothing => {
                Err(io::Error::from(io::ErrorKind::Unsupported).into())
            }
        }
    }
}
