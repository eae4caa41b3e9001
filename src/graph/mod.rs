//! Layer 2: storage of the property graph.

/// A property graph.
#[derive(Debug, Default)]
pub struct Graph;
