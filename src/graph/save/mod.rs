//! Saves a graph as the folder of CSV files that `load` reads, or as a script of statements.
//!
//! The folder is canonical: equal graphs give equal files, and loading and saving such a folder reproduces it byte for
//! byte. `layout` assigns entities to files and ids to nodes, `columns` determines the columns of a file, `cell` and
//! `csv` write them, `manifest` writes the manifest, `name` chooses file names. Only `disk` and `staging` touch the disk, at a
//! path that they are given.

mod cell;
mod columns;
mod csv;
mod disk;
mod layout;
mod manifest;
mod name;
mod script;
mod staging;

use crate::{
    base::Fault,
    graph::{Graph, manifest::Manifest},
};

pub(crate) use self::cell::{json as json_item, typed as typed_text};
use self::{csv::Table, layout::Layout};
pub use self::{
    disk::{Replace, target, write_file, write_folder},
    manifest::new_manifest,
    script::{MARK, script},
    staging::{complete, is_incomplete},
};

/// A graph to be saved as a folder.
#[derive(Debug)]
pub struct Folder<'g> {
    layout: Layout<'g>,
    manifest: String,
}

/// Whether a path in the folder of a graph belongs to the graph but is not part of it: the vocabulary, and the overlays
/// not in `taken`.
#[must_use]
pub fn is_companion(path: &str, taken: &[String]) -> bool {
    let mut parts = path.split('/');
    match (parts.next(), parts.next()) {
        (Some("overlays"), Some(overlay)) => taken.iter().all(|taken| taken != overlay),
        (Some("vocabulary.toml"), None) => true,
        _ => false,
    }
}

/// A file of a graph: its path within the folder, with `/` as separator, and its text.
pub type File = (String, String);

impl<'g> Folder<'g> {
    /// The folder of a graph. Keeps the manifest, without the declarations of single files and without the overlays in
    /// `overlays`, which are merged into the graph. Without a manifest, a new one contains only the name.
    #[must_use]
    pub fn of(
        graph: &'g Graph,
        manifest: Option<&'g Manifest>,
        overlays: &[String],
        name: &str,
    ) -> Self {
        Self {
            layout: Layout::of(graph, manifest),
            manifest: manifest::text(graph, manifest, overlays, name),
        }
    }

    /// The files, built lazily, in the order in which they are read.
    ///
    /// # Errors
    /// If files cannot store a value.
    pub fn files(&self) -> impl Iterator<Item = Result<File, Fault>> {
        let manifest = (
            crate::graph::manifest::FILE.to_owned(),
            self.manifest.clone(),
        );
        let nodes = self.layout.node_files.iter();
        let nodes = nodes.map(|file| Table::of_nodes(&self.layout, file).text());
        let edges = self.layout.edge_files.iter();
        let edges = edges.map(|file| Table::of_edges(&self.layout, file).text());
        std::iter::once(Ok(manifest)).chain(nodes).chain(edges)
    }
}
