//! What files of RDF say, while they are read.

use indexmap::IndexSet;
use oxrdf::Quad;
use rustc_hash::FxBuildHasher;

/// Quads, each once, in the order of the files.
pub(super) type Quads = IndexSet<Quad, FxBuildHasher>;

/// What the files say.
#[derive(Debug, Default)]
pub(super) struct RdfSource {
    /// The quads with the file that each is from first.
    pub(super) quads: Quads,
    /// The declared prefixes with their namespaces.
    pub(super) prefixes: Vec<(String, String)>,
    /// The names of the files.
    pub(super) files: Vec<String>,
}
