//! Savepoints, rollback and commit.

use super::{Change, Savepoint, log::Dropped};
use crate::{
    base::Fault,
    graph::{Graph, Orientation},
    value::{EdgeId, KeyId, NodeId, Value},
};

impl Graph {
    /// The current position, to roll back to. After a commit, it denotes that commit.
    #[must_use]
    pub fn savepoint(&self) -> Savepoint {
        Savepoint {
            epoch: self.log.epoch,
            changes: self.log.changes.len(),
        }
    }

    /// The bytes that the undo log may allocate for the changes of the next rows; 0 if it has room for them.
    #[must_use]
    pub fn undo_growth(&self, rows: usize) -> usize {
        self.log.growth(rows)
    }

    /// Asks for the memory of the undo records of the next rows.
    ///
    /// # Errors
    /// `MemoryLimit` if the system does not give the memory.
    pub fn make_room_to_undo(&mut self, rows: usize) -> Result<(), Fault> {
        self.log.make_room(rows)
    }

    /// Approximate bytes of the changes since the last commit: their undo records, and what they add to the graph.
    #[must_use]
    pub fn changed_bytes(&self) -> u64 {
        self.log.bytes()
    }

    /// Whether there are changes since the last commit.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        !self.log.all().is_empty()
    }

    /// Undoes every change since the savepoint, last change first.
    pub fn rollback(&mut self, savepoint: Savepoint) {
        let position = self.log.position(savepoint);
        // Undoing must not need memory: the lack of it may be the reason.
        while self.log.changes.len() > position
            && let Some(change) = self.log.changes.pop()
        {
            self.undo(change);
        }
        self.log.shrink();
    }

    /// Makes all changes final and discards the undo log.
    pub fn commit(&mut self) {
        self.log.clear();
        self.log.epoch += 1;
        self.bury_edges();
        self.bury_nodes();
        self.node_properties.compact();
        self.edge_properties.compact();
    }

    /// Makes all changes final like [`commit`](Self::commit), but does not yet reuse the ids of what was deleted, for a
    /// statement of several transactions that holds ids.
    pub fn commit_keeping_ids(&mut self) {
        self.log.clear();
        self.log.epoch += 1;
    }

    fn bury_edges(&mut self) {
        let dead = std::mem::take(&mut self.log.dead_edges);
        if dead.is_empty() {
            return;
        }
        let walk = dead.iter().map(|edge| self.walk(EdgeId(edge))).sum();
        self.topology.remove_edges(&dead, walk);
        self.trim_edges();
    }

    /// An upper bound on the number of live relationships to step over when petgraph removes this one from its lists.
    fn walk(&self, edge: EdgeId) -> u64 {
        let (from, to) = self.endpoints(edge);
        (self.degree(from, None, Orientation::Outgoing)
            + self.degree(to, None, Orientation::Incoming)) as u64
    }

    fn bury_nodes(&mut self) {
        let dead = std::mem::take(&mut self.log.dead_nodes);
        dead.iter()
            .rev()
            .for_each(|node| self.topology.remove_node(NodeId(node)));
        self.labels.trim(|_| false);
    }

    fn undo(&mut self, change: Change) {
        match change {
            Change::NodeCreated(node) => self.uncreate_node(node),
            Change::NodeDeleted(node) => self.undelete_node(node),
            Change::EdgeCreated(edge) => self.uncreate_edge(edge),
            Change::EdgeDeleted(edge) => self.undelete_edge(edge),
            Change::LabelsAdded(node, labels) => self.drop_labels(node, &labels),
            Change::LabelsRemoved(node, labels) => self.put_labels(node, &labels),
            Change::NodePropertySet(node, key, old, widened) => {
                self.restore_node_property(node, key, old, widened)
            }
            Change::EdgePropertySet(edge, key, old, widened) => {
                self.restore_edge_property(edge, key, old, widened)
            }
            Change::IndexCreated(label, key) => drop(self.drop_index(label, key)),
            Change::StructureCreated(on) => match on.primary() {
                Some((label, key)) => drop(self.drop_index(label, key)),
                None => drop(self.drop_secondary(&on)),
            },
            Change::IndexDropped(dropped) => self.restore_index(*dropped),
            Change::IndexDefined(name, _) => drop(self.definitions.remove_index(&name)),
            Change::IndexUndefined(before) => self.definitions.put_index(before.0, before.1),
            Change::ConstraintDefined(name) => drop(self.definitions.remove_constraint(&name)),
            Change::ConstraintUndefined(before) => {
                self.definitions.put_constraint(before.0, before.1)
            }
        }
    }

    fn restore_index(&mut self, dropped: Dropped) {
        match dropped {
            Dropped::Primary((label, key), position, index) => {
                self.stats.set_distinct(label, key, Some(index.distinct()));
                self.indexes.put_back((label, key), position, index);
            }
            Dropped::Secondary(on, position, index) => {
                self.stats.set_secondary(&on, Some(index.distinct()));
                self.secondary.insert(position, on, index);
            }
        }
    }

    fn uncreate_node(&mut self, node: NodeId) {
        self.detach_node(node);
        self.topology.remove_node(node);
        self.labels.trim(|node| self.topology.has_node(node));
    }

    fn undelete_node(&mut self, node: NodeId) {
        self.log.dead_nodes.remove(node.0);
        self.attach_node(node);
    }

    fn uncreate_edge(&mut self, edge: EdgeId) {
        self.unlink(edge);
        self.topology.remove_edge(edge);
        self.trim_edges();
    }

    fn undelete_edge(&mut self, edge: EdgeId) {
        self.log.dead_edges.remove(edge.0);
        self.link(edge);
    }

    fn restore_node_property(&mut self, node: NodeId, key: KeyId, old: Value, widened: bool) {
        self.put_node_property(node, key, old);
        if widened {
            self.node_properties.narrow(key);
        }
    }

    fn restore_edge_property(&mut self, edge: EdgeId, key: KeyId, old: Value, widened: bool) {
        self.put_edge_property(edge, key, old);
        if widened {
            self.edge_properties.narrow(key);
        }
    }
}
