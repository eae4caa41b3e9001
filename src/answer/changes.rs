//! The changes of a statement to the graph.

use crate::graph::Effects;

/// Net, observable changes: an entity that is created and deleted again does not count, and a property whose value
/// changes counts as one removed and one added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Changes {
    pub nodes_created: u64,
    pub nodes_deleted: u64,
    pub relationships_created: u64,
    pub relationships_deleted: u64,
    /// Labels that a node has now and no node had before.
    pub labels_added: u64,
    /// Labels that a node had before and no node has now.
    pub labels_removed: u64,
    pub properties_added: u64,
    pub properties_removed: u64,
    /// Properties whose value changed; they are also among those that are added and removed.
    pub properties_replaced: u64,
    pub indexes_added: u64,
    pub indexes_removed: u64,
    pub constraints_added: u64,
    pub constraints_removed: u64,
}

impl Changes {
    /// True if the graph is unchanged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds the changes of another transaction.
    pub(crate) fn add(&mut self, other: &Self) {
        self.nodes_created += other.nodes_created;
        self.nodes_deleted += other.nodes_deleted;
        self.relationships_created += other.relationships_created;
        self.relationships_deleted += other.relationships_deleted;
        self.labels_added += other.labels_added;
        self.labels_removed += other.labels_removed;
        self.properties_added += other.properties_added;
        self.properties_removed += other.properties_removed;
        self.properties_replaced += other.properties_replaced;
        self.indexes_added += other.indexes_added;
        self.indexes_removed += other.indexes_removed;
        self.constraints_added += other.constraints_added;
        self.constraints_removed += other.constraints_removed;
    }

    /// Each count with its name in the session protocol, in the order of the protocol.
    #[must_use]
    pub fn entries(&self) -> [(&'static str, u64); 12] {
        [
            ("+nodes", self.nodes_created),
            ("-nodes", self.nodes_deleted),
            ("+relationships", self.relationships_created),
            ("-relationships", self.relationships_deleted),
            ("+labels", self.labels_added),
            ("-labels", self.labels_removed),
            ("+properties", self.properties_added),
            ("-properties", self.properties_removed),
            ("+indexes", self.indexes_added),
            ("-indexes", self.indexes_removed),
            ("+constraints", self.constraints_added),
            ("-constraints", self.constraints_removed),
        ]
    }
}

impl From<Effects> for Changes {
    fn from(effects: Effects) -> Self {
        Self {
            nodes_created: effects.nodes_created,
            nodes_deleted: effects.nodes_deleted,
            relationships_created: effects.relationships_created,
            relationships_deleted: effects.relationships_deleted,
            labels_added: effects.labels_added,
            labels_removed: effects.labels_removed,
            properties_added: effects.properties_set,
            properties_removed: effects.properties_removed,
            properties_replaced: effects.properties_replaced,
            indexes_added: effects.indexes_added,
            indexes_removed: effects.indexes_removed,
            constraints_added: effects.constraints_added,
            constraints_removed: effects.constraints_removed,
        }
    }
}
