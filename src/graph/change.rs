//! The one door through which a graph changes: every change writes a record with which it is undone.
//!
//! What a transaction deletes stays in the topology as a tombstone until the commit, so that no id is handed out twice
//! within a transaction, and undoing restores everything as it was.

use roaring::RoaringBitmap;

use crate::{
    base::{Code, Fault},
    graph::{Direction, Graph},
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// How to undo one change, named after the change.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    NodeCreated(NodeId),
    /// The node was bare.
    NodeDeleted(NodeId),
    /// The relationship was bare.
    EdgeCreated(EdgeId),
    EdgeDeleted(EdgeId),
    LabelAdded(NodeId, LabelId),
    LabelRemoved(NodeId, LabelId),
    /// The value before, and whether the column widened.
    NodePropertySet(NodeId, KeyId, Value, bool),
    EdgePropertySet(EdgeId, KeyId, Value, bool),
    IndexCreated(LabelId, KeyId),
}

/// The changes since the last commit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    changes: Vec<Change>,
    /// How many commits there were.
    epoch: u64,
    dead_nodes: RoaringBitmap,
    dead_edges: RoaringBitmap,
}

/// A moment to which a graph can be rolled back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Savepoint {
    epoch: u64,
    changes: usize,
}

impl Log {
    /// Whether this transaction deleted the relationship.
    #[inline]
    pub(crate) fn is_tombstone(&self, edge: EdgeId) -> bool {
        !self.dead_edges.is_empty() && self.dead_edges.contains(edge.0)
    }

    /// The changes since a savepoint; since the last commit where the savepoint is older.
    pub(crate) fn since(&self, savepoint: Savepoint) -> &[Change] {
        &self.changes[self.position(savepoint)..]
    }

    fn position(&self, savepoint: Savepoint) -> usize {
        if savepoint.epoch == self.epoch {
            savepoint.changes.min(self.changes.len())
        } else {
            0
        }
    }

    fn push(&mut self, change: Change) {
        self.changes.push(change);
    }
}

/// Nodes and labels.
impl Graph {
    /// Creates a node. Labels may repeat.
    pub fn create_node(&mut self, labels: &[LabelId]) -> NodeId {
        let node = self.topology.add_node();
        self.attach_node(node);
        self.log.push(Change::NodeCreated(node));
        for &label in labels {
            self.add_label(node, label);
        }
        node
    }

    /// Deletes a node with its labels and properties.
    ///
    /// # Errors
    /// If the node has relationships.
    pub fn delete_node(&mut self, node: NodeId) -> Result<(), Fault> {
        if !self.is_live_node(node) {
            return Ok(());
        }
        if Direction::BOTH
            .iter()
            .any(|direction| self.degree(node, None, *direction) > 0)
        {
            return Err(still_connected());
        }
        let keys: Vec<_> = self.node_properties.keys_of(node.index()).collect();
        keys.into_iter()
            .for_each(|key| self.set_node_property(node, key, Value::Null));
        for label in self.labels_of(node).to_vec() {
            self.remove_label(node, label);
        }
        self.detach_node(node);
        self.log.dead_nodes.insert(node.0);
        self.log.push(Change::NodeDeleted(node));
        Ok(())
    }

    /// Adds a label to a node. False if the node bears it, or is deleted.
    pub fn add_label(&mut self, node: NodeId, label: LabelId) -> bool {
        let changes = self.is_live_node(node) && !self.has_label(node, label);
        if changes {
            self.put_label(node, label);
            self.log.push(Change::LabelAdded(node, label));
        }
        changes
    }

    /// Removes a label from a node. False if the node does not bear it.
    pub fn remove_label(&mut self, node: NodeId, label: LabelId) -> bool {
        let changes = self.has_label(node, label);
        if changes {
            self.drop_label(node, label);
            self.log.push(Change::LabelRemoved(node, label));
        }
        changes
    }
}

/// Relationships.
impl Graph {
    /// Creates a relationship between two live nodes.
    ///
    /// # Panics
    /// If an end is no live node.
    pub fn create_relationship(&mut self, from: NodeId, ty: TypeId, to: NodeId) -> EdgeId {
        assert!(
            self.is_live_node(from) && self.is_live_node(to),
            "a relationship has two live ends"
        );
        let edge = self.topology.add_edge(from, ty, to);
        self.edge_bound = self.edge_bound.max(edge.index() + 1);
        self.link(edge);
        self.log.push(Change::EdgeCreated(edge));
        edge
    }

    /// Deletes a relationship with its properties. Of many, [`Self::delete_edges`] is faster.
    pub fn delete_edge(&mut self, edge: EdgeId) {
        if !self.is_live_edge(edge) {
            return;
        }
        let keys: Vec<_> = self.edge_properties.keys_of(edge.index()).collect();
        keys.into_iter()
            .for_each(|key| self.set_edge_property(edge, key, Value::Null));
        self.unlink(edge);
        self.log.dead_edges.insert(edge.0);
        self.log.push(Change::EdgeDeleted(edge));
    }

    /// Deletes relationships with their properties, each once.
    ///
    /// They go in such an order that neighbour lists lose their ends, which costs nothing however long a list is.
    pub fn delete_edges(&mut self, edges: impl IntoIterator<Item = EdgeId>) {
        let mut edges: Vec<_> = edges
            .into_iter()
            .map(|edge| (self.endpoints(edge), edge))
            .collect();
        edges.sort_unstable_by(|a, b| b.cmp(a));
        edges
            .into_iter()
            .for_each(|(_, edge)| self.delete_edge(edge));
    }

    /// Deletes all relationships of the nodes, and returns how many there were. All nodes at once are faster than one by
    /// one, as with [`Self::delete_edges`].
    pub fn detach(&mut self, nodes: impl IntoIterator<Item = NodeId>) -> usize {
        let mut edges: Vec<_> = nodes
            .into_iter()
            .flat_map(|node| self.edges_at(node))
            .collect();
        // A relationship stands at both its ends.
        edges.sort_unstable();
        edges.dedup();
        let count = edges.len();
        self.delete_edges(edges);
        count
    }

    /// The relationships of a node, a loop twice.
    fn edges_at(&self, node: NodeId) -> impl Iterator<Item = EdgeId> {
        let lists = self.lists.iter().flatten();
        lists.flat_map(move |lists| lists.view().of(node).iter().map(|neighbour| neighbour.edge))
    }
}

/// Properties and indexes.
impl Graph {
    /// Sets a property of a live node, or removes it where the value is null. The value is one that can be stored.
    pub fn set_node_property(&mut self, node: NodeId, key: KeyId, value: Value) {
        let old = self.node_property(node, key);
        if self.is_live_node(node) && !(old.is_null() && value.is_null()) {
            let widened = self.put_node_property(node, key, value);
            self.log
                .push(Change::NodePropertySet(node, key, old, widened));
        }
    }

    /// Sets a property of a live relationship, or removes it where the value is null. The value is one that can be stored.
    pub fn set_edge_property(&mut self, edge: EdgeId, key: KeyId, value: Value) {
        let old = self.edge_property(edge, key);
        if self.is_live_edge(edge) && !(old.is_null() && value.is_null()) {
            let widened = self.put_edge_property(edge, key, value);
            self.log
                .push(Change::EdgePropertySet(edge, key, old, widened));
        }
    }

    /// Makes an index on a property of nodes with a label, if there is none.
    pub fn create_index(&mut self, label: LabelId, key: KeyId) {
        if !self.has_index(label, key) {
            self.put_index(label, key, self.make_index(label, key));
            self.log.push(Change::IndexCreated(label, key));
        }
    }
}

/// Transactions.
impl Graph {
    /// The present moment, to roll back to. From the next commit on it stands for that commit.
    #[must_use]
    pub fn savepoint(&self) -> Savepoint {
        Savepoint {
            epoch: self.log.epoch,
            changes: self.log.changes.len(),
        }
    }

    /// Undoes every change since the savepoint.
    pub fn rollback(&mut self, savepoint: Savepoint) {
        let undone = self.log.changes.split_off(self.log.position(savepoint));
        undone
            .into_iter()
            .rev()
            .for_each(|change| self.undo(change));
    }

    /// Makes all changes final.
    pub fn commit(&mut self) {
        self.log.changes.clear();
        self.log.epoch += 1;
        self.bury_edges();
        self.bury_nodes();
        self.node_properties.compact();
        self.edge_properties.compact();
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

    /// How many relationships may have to be passed to find one in the lists of the topology: those that stay.
    fn walk(&self, edge: EdgeId) -> u64 {
        let (from, to) = self.endpoints(edge);
        (self.degree(from, None, Direction::Outgoing) + self.degree(to, None, Direction::Incoming))
            as u64
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
            Change::LabelAdded(node, label) => self.drop_label(node, label),
            Change::LabelRemoved(node, label) => self.put_label(node, label),
            Change::NodePropertySet(node, key, old, widened) => {
                self.restore_node_property(node, key, old, widened)
            }
            Change::EdgePropertySet(edge, key, old, widened) => {
                self.restore_edge_property(edge, key, old, widened)
            }
            Change::IndexCreated(label, key) => self.drop_index(label, key),
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

fn still_connected() -> Fault {
    Fault::new(
        Code::DeleteConnectedNode,
        "a node cannot be deleted while it has relationships",
    )
    .help("delete its relationships first, or use `DETACH DELETE`")
}
