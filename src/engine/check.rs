//! Verifies a graph against its manifest and the documents it cites.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    base::{Code, Diagnostic},
    engine::{Database, Error},
    graph::{
        check::{CheckReport, check},
        manifest::Manifest,
    },
};

impl Database {
    /// Verifies the vocabulary of the graph, the rules of its manifest and, if `sources` is the folder of the cited
    /// documents, every citation.
    ///
    /// # Errors
    /// If the graph has no manifest, its vocabulary is invalid, or a document cannot be read.
    pub fn check(&self, sources: Option<&Path>) -> Result<CheckReport, Error> {
        let manifest = self.manifest().ok_or_else(|| {
            let message = "expected a graph with a manifest, found none";
            let help = "describe the graph and its rules in `graph.toml`";
            Diagnostic::whole(Code::LoadProblem, message).help(help)
        })?;
        self.gathered()?;
        let texts = sources.map(|folder| read(manifest, folder)).transpose()?;
        Ok(check(
            self.graph(),
            manifest,
            self.overlays(),
            texts.as_ref(),
        ))
    }
}

/// The document texts by file name. The error lists every document that cannot be read.
fn read(manifest: &Manifest, folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut texts = BTreeMap::new();
    let mut problems = Vec::new();
    for document in &manifest.documents {
        let path = folder.join(&document.file);
        match fs::read_to_string(&path) {
            Ok(text) => drop(texts.insert(document.file.clone(), text)),
            Err(error) => {
                let message = format!("{}: {error}", path.display());
                problems.push(Diagnostic::whole(Code::LoadProblem, message));
            }
        }
    }
    Error::all(problems).map_or(Ok(texts), Err)
}
