//! Layer 2: storage of the property graph.
//!
//! The topology (petgraph) is the truth of who is connected to whom. Everything else is derived from it and from
//! labels and properties, and kept up to date by every change: neighbour lists per type and direction, label bitmaps,
//! indexes, statistics. Reading is `read`; every change goes through the door in `change`, which can undo it; putting
//! many things in at once is `bulk`. `load` reads graphs from files, `save` writes them, `manifest` what such files say
//! of themselves, `builtin` is the graph that the program carries (`prepared` its quick form), and `check` verifies a
//! graph against its manifest and documents.

mod adjacency;
mod bitmap;
pub mod builtin;
mod bulk;
mod catalog;
mod change;
pub mod check;
mod column;
mod dictionary;
mod effect;
mod index;
pub mod intersect;
mod label;
pub mod load;
pub mod manifest;
#[cfg(test)]
mod model;
mod parallel;
mod prepared;
mod properties;
mod read;
pub mod save;
mod stats;
mod store;
mod topology;
mod verify;

use self::{
    adjacency::Lists, change::Log, index::Indexes, label::Labels, properties::Properties,
    topology::Topology,
};
pub use self::{
    adjacency::{Adjacency, Neighbour},
    bitmap::Bitmap,
    bulk::Builder,
    catalog::Catalog,
    change::Savepoint,
    column::{Column, ColumnData, Slots},
    dictionary::Dictionary,
    effect::Effects,
    stats::{Degrees, Stats},
};

/// Which way a relationship is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From its source to its target.
    Outgoing,
    /// From its target to its source.
    Incoming,
}

impl Direction {
    /// Both directions.
    pub const BOTH: [Self; 2] = [Self::Outgoing, Self::Incoming];

    /// The other direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
        }
    }
}

/// A property graph in memory.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    catalog: Catalog,
    topology: Topology,
    labels: Labels,
    /// Neighbour lists for each type, outgoing and incoming.
    lists: Vec<[Lists; 2]>,
    node_properties: Properties,
    edge_properties: Properties,
    /// All relationship ids are below this.
    edge_bound: usize,
    indexes: Indexes,
    stats: Stats,
    log: Log,
}
