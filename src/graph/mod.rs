//! Layer 2: storage of the property graph.
//!
//! The topology (petgraph) is authoritative for connections. All else is derived from it and from labels and
//! properties, and maintained by every change: neighbour lists per type and direction, label bitmaps, indexes,
//! statistics. `read` reads; every change goes through `change`, which can undo it; `bulk` loads many entities at once.
//! `load` reads graphs from files, `save` writes them, `manifest` describes such files, `builtin` is the graph compiled
//! into the program (`prepared` its fast form), `journal` keeps the changes since the files were written, and `check` verifies a graph against its manifest and documents.

mod adjacency;
mod automatic;
pub mod builtin;
mod bulk;
mod catalog;
mod change;
pub mod check;
mod column;
mod definitions;
mod effect;
mod entry;
mod index;
mod index_on;
pub mod intersect;
pub mod journal;
mod label;
pub mod load;
mod lock;
pub mod manifest;
#[cfg(test)]
mod model;
mod parallel;
mod prepared;
mod properties;
mod read;
pub mod save;
mod schema;
mod stats;
mod store;
mod topology;
mod verify;

use self::{
    adjacency::Lists, automatic::Automatic, change::Log, definitions::Definitions, index::Indexes,
    index::Secondary, label::Labels, properties::Properties, topology::Topology,
};
pub use self::{
    adjacency::{Adjacency, Neighbour},
    bulk::Builder,
    catalog::Catalog,
    change::Savepoint,
    column::{Column, ColumnData, Slots},
    definitions::{DefinedConstraint, DefinedIndex},
    effect::Effects,
    index::{Part, Sought},
    index_on::{IndexOn, Scope},
    lock::FolderLock,
    schema::Breach,
    stats::{Degrees, Stats},
};

/// The end of a relationship from which a neighbour list is read. Patterns have a [`Direction`](crate::base::Direction),
/// which may also be either of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Orientation {
    /// From source to target.
    Outgoing,
    /// From target to source.
    Incoming,
}

impl Orientation {
    /// Both directions.
    pub const BOTH: [Self; 2] = [Self::Outgoing, Self::Incoming];

    /// The other end.
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
    /// Neighbour lists per type: outgoing, incoming.
    lists: Vec<[Lists; 2]>,
    node_properties: Properties,
    edge_properties: Properties,
    /// An exclusive upper bound on relationship ids.
    edge_bound: usize,
    indexes: Indexes,
    secondary: Secondary,
    definitions: Definitions,
    automatic: Automatic,
    stats: Stats,
    log: Log,
}
