//! From a graph to files: the folder of CSV files that `load` reads, or a script of statements.
//!
//! The folder is in canonical form: a graph gives the same files whatever it was made of, and a folder in that form,
//! loaded and saved again, stays as it is byte for byte. `layout` says which file a node or a relationship stands in
//! and what ids are, `columns` which columns a file has, `cell` and `csv` how they are written, `manifest` what the
//! manifest says, `name` what files are called. Nothing here touches the disk but `disk`, which is handed a path.

mod cell;
mod columns;
mod csv;
mod disk;
mod layout;
mod manifest;
mod name;
mod script;

use crate::{
    base::Fault,
    graph::{Graph, manifest::Manifest},
};

use self::{csv::Table, layout::Layout};
pub use self::{
    disk::{Replace, write_file, write_folder},
    manifest::new_manifest,
    script::{MARK, script},
};

/// A graph to be saved as a folder.
#[derive(Debug)]
pub struct Folder<'g> {
    layout: Layout<'g>,
    manifest: String,
}

/// Whether a file, by its path in the folder of a graph, belongs to the graph and is no part of it: the words in which
/// it is asked, and overlays that are not among those that were taken.
#[must_use]
pub fn is_companion(path: &str, taken: &[String]) -> bool {
    let mut parts = path.split('/');
    match (parts.next(), parts.next()) {
        (Some("overlays"), Some(overlay)) => taken.iter().all(|taken| taken != overlay),
        (Some("vocabulary.toml"), None) => true,
        _ => false,
    }
}

/// A file of a graph: its path within the folder, divided by `/`, and its text.
pub type File = (String, String);

impl<'g> Folder<'g> {
    /// The folder of a graph. Its manifest is kept, without what it says of the files that were read, and without the
    /// overlays that were taken, which are a part of the graph then. A graph without a manifest gets one with a name.
    #[must_use]
    pub fn of(
        graph: &'g Graph,
        manifest: Option<&'g Manifest>,
        overlays: &[String],
        name: &str,
    ) -> Self {
        Self {
            layout: Layout::of(graph, manifest),
            manifest: manifest::text(manifest, overlays, name),
        }
    }

    /// The files, made one by one, in the order in which they are read.
    ///
    /// # Errors
    /// If a value is none that files can hold.
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
