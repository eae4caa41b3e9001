//! What is known about the opening of a graph.

use crate::exchange::{Mapping, Skipped};

/// What opening a graph decided for itself or left out.
#[derive(Debug, Default)]
pub(super) struct Opening {
    pub(super) notes: Vec<String>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) mapping: Option<Mapping>,
}
