//! Where graphs come from, and how their files are read.

use std::path::Path;

use crate::engine::{Database, Error};

/// How the files of a graph are read.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    overlays: Vec<String>,
    nodes: Vec<String>,
    relationships: Vec<String>,
    delimiter: Option<char>,
    array_delimiter: Option<char>,
}

impl OpenOptions {
    /// Delimiters are detected, and no overlay is taken.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a part of the graph that is off unless it is asked for.
    #[must_use]
    pub fn overlay(mut self, name: impl Into<String>) -> Self {
        self.overlays.push(name.into());
        self
    }

    /// Reads nodes from files, spelt as `neo4j-admin database import` spells it: `Message:Comment=Comment.csv`.
    #[must_use]
    pub fn nodes(mut self, files: impl Into<String>) -> Self {
        self.nodes.push(files.into());
        self
    }

    /// Reads relationships from files: `KNOWS=Person_knows_Person.csv`.
    #[must_use]
    pub fn relationships(mut self, files: impl Into<String>) -> Self {
        self.relationships.push(files.into());
        self
    }

    /// What stands between fields.
    #[must_use]
    pub fn delimiter(mut self, delimiter: char) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// What stands between the items of a list in a field.
    #[must_use]
    pub fn array_delimiter(mut self, delimiter: char) -> Self {
        self.array_delimiter = Some(delimiter);
        self
    }

    /// Opens a folder of CSV files, or a script of statements that ends in `.cypher`.
    ///
    /// # Errors
    /// Every problem of the files, up to a hundred.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Database, Error> {
        let _ = path;
        Err(super::pipeline::unfinished())
    }

    /// Opens the files named by [`OpenOptions::nodes`] and [`OpenOptions::relationships`] alone.
    ///
    /// # Errors
    /// Every problem of the files, up to a hundred.
    pub fn open_files(&self) -> Result<Database, Error> {
        Err(super::pipeline::unfinished())
    }

    /// Opens the graph that is compiled in.
    ///
    /// # Errors
    /// If there is no such overlay.
    pub fn connected_practice(&self) -> Result<Database, Error> {
        Err(super::pipeline::unfinished())
    }
}
