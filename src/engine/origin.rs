//! Where the graph of a database comes from.

use std::sync::OnceLock;

use crate::graph::{builtin, manifest::Manifest};

/// The source of the graph, with its manifest and the loaded overlays.
#[derive(Clone, Debug, Default)]
pub(super) enum Origin {
    /// Statements, or files without a manifest.
    #[default]
    Unknown,
    /// The program. The manifest is parsed on first use.
    BuiltIn(Vec<String>, OnceLock<Box<Manifest>>),
    /// Files with a manifest.
    Files {
        manifest: Box<Manifest>,
        overlays: Vec<String>,
    },
}

impl Origin {
    /// The built-in graph.
    pub(super) fn built_in(overlays: Vec<String>) -> Self {
        Self::BuiltIn(overlays, OnceLock::new())
    }

    pub(super) fn manifest(&self) -> Option<&Manifest> {
        match self {
            Self::Unknown => None,
            Self::BuiltIn(_, manifest) => {
                Some(manifest.get_or_init(|| Box::new(builtin::manifest())))
            }
            Self::Files { manifest, .. } => Some(manifest),
        }
    }

    /// Declares that the graph contains its overlays: the files have been saved with them.
    pub(super) fn merge_overlays(&mut self) {
        if let Self::Files { overlays, .. } = self {
            overlays.clear();
        }
    }

    pub(super) fn overlays(&self) -> &[String] {
        match self {
            Self::Unknown => &[],
            Self::BuiltIn(overlays, _) | Self::Files { overlays, .. } => overlays,
        }
    }
}
