//! The undo log of a transaction.

use roaring::RoaringBitmap;

use crate::{
    base::{Fault, Room as _},
    graph::{
        definitions::{DefinedConstraint, DefinedIndex},
        index::{Index, Physical},
        index_on::IndexOn,
    },
    value::{EdgeId, KeyId, LabelId, NodeId, Text, Value, heap_size},
};

/// The undo record of one change, named after the change.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    NodeCreated(NodeId),
    /// The node has no labels, properties or relationships left.
    NodeDeleted(NodeId),
    /// The relationship has no properties yet.
    EdgeCreated(EdgeId),
    EdgeDeleted(EdgeId),
    /// The labels in ascending order.
    LabelsAdded(NodeId, Box<[LabelId]>),
    /// The labels in ascending order.
    LabelsRemoved(NodeId, Box<[LabelId]>),
    /// The previous value, and whether the column widened.
    NodePropertySet(NodeId, KeyId, Value, bool),
    EdgePropertySet(EdgeId, KeyId, Value, bool),
    IndexCreated(LabelId, KeyId),
    /// The structure of a declared index.
    StructureCreated(Box<IndexOn>),
    /// The index with its position among those of its kind.
    IndexDropped(Box<Dropped>),
    /// The name, and whether a constraint owns the index.
    IndexDefined(Text, bool),
    /// The definition with its position.
    IndexUndefined(Box<(usize, DefinedIndex)>),
    ConstraintDefined(Text),
    /// The definition with its position.
    ConstraintUndefined(Box<(usize, DefinedConstraint)>),
}

/// An index that was dropped. Later changes are undone before it is put back, so it needs no update.
#[derive(Clone, Debug)]
pub(crate) enum Dropped {
    Primary((LabelId, KeyId), usize, Index<NodeId>),
    Secondary(IndexOn, usize, Physical),
}

/// The changes since the last commit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    pub(super) changes: Vec<Change>,
    /// The number of commits so far.
    pub(super) epoch: u64,
    pub(super) dead_nodes: RoaringBitmap,
    pub(super) dead_edges: RoaringBitmap,
    /// The heap bytes of old and new property values.
    values: u64,
}

/// A position in the undo log, to roll back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Savepoint {
    pub(super) epoch: u64,
    pub(super) changes: usize,
}

/// The assumed number of changes of a row.
const CHANGES_PER_ROW: usize = 4;

/// The assumed bytes in the graph per change: a node, a relationship in its lists, or a property.
const CHANGED: usize = 32;

/// The capacity of an empty log that is kept for the next statement.
const KEPT: usize = 1 << 14;

impl Log {
    /// Asks for the memory of the changes of some rows.
    pub(super) fn make_room(&mut self, rows: usize) -> Result<(), Fault> {
        self.changes.make_room(rows.saturating_mul(CHANGES_PER_ROW))
    }

    /// Approximate bytes of the log and of the changes to the graph.
    pub(super) fn bytes(&self) -> u64 {
        self.values + (self.changes.len() * (size_of::<Change>() + CHANGED)) as u64
    }

    /// Empties the log.
    pub(super) fn clear(&mut self) {
        self.changes.clear();
        self.values = 0;
        self.shrink();
    }

    /// Gives the memory of a long log back once it is empty.
    pub(super) fn shrink(&mut self) {
        if self.changes.is_empty() && self.changes.capacity() > KEPT {
            self.changes = Vec::new();
        }
    }

    /// Counts a property value that the log or the graph keeps.
    pub(super) fn keeps(&mut self, value: &Value) {
        self.values += heap_size(value);
    }

    /// The bytes of a new log if the present one may be too small for the changes of some rows, otherwise 0.
    pub(super) fn growth(&self, rows: usize) -> usize {
        let capacity = self.changes.capacity();
        if self.changes.len() + rows * CHANGES_PER_ROW < capacity {
            return 0;
        }
        2 * capacity * size_of::<Change>()
    }

    /// Whether this transaction deleted the relationship.
    #[inline]
    pub(crate) fn is_tombstone(&self, edge: EdgeId) -> bool {
        !self.dead_edges.is_empty() && self.dead_edges.contains(edge.0)
    }

    /// The changes since the last commit.
    pub(crate) fn all(&self) -> &[Change] {
        &self.changes
    }

    /// The changes since a savepoint, or since the last commit if the savepoint is older.
    pub(crate) fn since(&self, savepoint: Savepoint) -> &[Change] {
        &self.changes[self.position(savepoint)..]
    }

    /// The changes since a savepoint, each with the savepoint just before it.
    pub(crate) fn moments(
        &self,
        savepoint: Savepoint,
    ) -> impl Iterator<Item = (Savepoint, &Change)> {
        let moment = |changes| Savepoint {
            epoch: self.epoch,
            changes,
        };
        (self.position(savepoint)..)
            .map(moment)
            .zip(self.since(savepoint))
    }

    pub(super) fn position(&self, savepoint: Savepoint) -> usize {
        if savepoint.epoch == self.epoch {
            savepoint.changes.min(self.changes.len())
        } else {
            0
        }
    }

    pub(crate) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }
}
