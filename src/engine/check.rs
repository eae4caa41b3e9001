//! Verifies a graph against its manifest and the documents it cites.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Component, Path, PathBuf},
};

use crate::{
    base::{Code, Diagnostic},
    engine::{Database, Error},
    graph::{
        check::{Check, CheckReport, check},
        manifest::Manifest,
    },
};

impl Database {
    /// Verifies the vocabulary of the graph, the rules of its manifest, its journal and, if `sources` is the folder of the cited
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
        let mut report = check(self.graph(), manifest, self.overlays(), texts.as_ref());
        if self.journaled() > 0 {
            // Opening the graph has repeated them; one that does not fit is an error there.
            report.checks.push(Check {
                description: "every transaction of the journal fits the files".to_owned(),
                checked: usize::try_from(self.journaled()).unwrap_or(usize::MAX),
                failures: Vec::new(),
            });
        }
        Ok(report)
    }
}

/// The document texts by file name. The error lists every document that cannot be read.
fn read(manifest: &Manifest, folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut texts = BTreeMap::new();
    let mut problems = Vec::new();
    for document in &manifest.documents {
        match within(folder, &document.file).and_then(fs::read_to_string) {
            Ok(text) => drop(texts.insert(document.file.clone(), text)),
            Err(error) => {
                let path = folder.join(&document.file);
                let message = format!("{}: {error}", path.display());
                problems.push(Diagnostic::whole(Code::LoadProblem, message));
            }
        }
    }
    Error::all(problems).map_or(Ok(texts), Err)
}

/// The path of a document, which must be a file in the folder. A manifest may come from somebody else, so it must not lead
/// to other files of the computer, and the error must not tell whether they exist.
fn within(folder: &Path, file: &str) -> io::Result<PathBuf> {
    let refused = || io::Error::other("expected a file within the folder of the documents");
    let mut parts = Path::new(file).components();
    if !parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(refused());
    }
    let path = folder.join(file).canonicalize().map_err(|_| refused())?;
    let folder = folder.canonicalize()?;
    (path.starts_with(folder) && path.is_file())
        .then_some(path)
        .ok_or_else(refused)
}
