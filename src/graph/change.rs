//! All changes to a graph go through this module; each writes an undo record.
//!
//! A relationship or node deleted by a transaction stays in the topology as a tombstone until the commit. So no id is
//! reused within a transaction, and a rollback restores the exact state.

mod log;
mod undo;

use std::cmp::Ordering;

pub use self::log::Savepoint;
pub(crate) use self::log::{Change, Dropped, Log};
use crate::{
    base::{Code, Fault},
    graph::{Graph, Orientation, index_on::IndexOn},
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// Nodes and labels.
impl Graph {
    /// Creates a node with the given labels, which may contain duplicates, and returns its id.
    pub fn create_node(&mut self, labels: &[LabelId]) -> NodeId {
        let node = self.topology.add_node();
        self.attach_node(node);
        self.log.push(Change::NodeCreated(node));
        self.add_labels(node, labels);
        node
    }

    /// Deletes a node with its labels and properties. Does nothing if the node does not exist.
    ///
    /// # Errors
    /// If the node has relationships.
    pub fn delete_node(&mut self, node: NodeId) -> Result<(), Fault> {
        if !self.is_live_node(node) {
            return Ok(());
        }
        if Orientation::BOTH
            .iter()
            .any(|direction| self.degree(node, None, *direction) > 0)
        {
            return Err(still_connected());
        }
        let keys: Vec<_> = self.node_properties.keys_of(node.index()).collect();
        keys.into_iter()
            .for_each(|key| self.set_node_property(node, key, Value::Null));
        let labels: Vec<_> = self.labels_of(node).into();
        self.remove_labels(node, &labels);
        self.detach_node(node);
        self.log.dead_nodes.insert(node.0);
        self.log.push(Change::NodeDeleted(node));
        Ok(())
    }

    /// Adds labels to a node. Returns false if the node has them all or does not exist.
    pub fn add_labels(&mut self, node: NodeId, labels: &[LabelId]) -> bool {
        let added = distinct(labels, |label| !self.has_label(node, label));
        let changes = self.is_live_node(node) && !added.is_empty();
        if changes {
            self.put_labels(node, &added);
            self.log.push(Change::LabelsAdded(node, added));
        }
        changes
    }

    /// Removes labels from a node. Returns false if the node has none of them.
    pub fn remove_labels(&mut self, node: NodeId, labels: &[LabelId]) -> bool {
        let removed = distinct(labels, |label| self.has_label(node, label));
        let changes = !removed.is_empty();
        if changes {
            self.drop_labels(node, &removed);
            self.log.push(Change::LabelsRemoved(node, removed));
        }
        changes
    }
}

/// Relationships.
impl Graph {
    /// Creates a relationship between two live nodes and returns its id.
    ///
    /// # Panics
    /// If an end is not a live node.
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

    /// Deletes a relationship with its properties. For many, [`Self::delete_edges`] is faster.
    pub fn delete_edge(&mut self, edge: EdgeId) {
        if self.tombstone(edge) {
            self.unlink(edge);
        }
    }

    /// Marks a relationship as deleted, but leaves it in derived data. Returns false if it does not exist.
    fn tombstone(&mut self, edge: EdgeId) -> bool {
        if !self.is_live_edge(edge) {
            return false;
        }
        let keys: Vec<_> = self.edge_properties.keys_of(edge.index()).collect();
        keys.into_iter()
            .for_each(|key| self.set_edge_property(edge, key, Value::Null));
        self.log.dead_edges.insert(edge.0);
        self.log.push(Change::EdgeDeleted(edge));
        true
    }

    /// Deletes relationships with their properties. Duplicates are allowed. Linear in their number and in the degrees of
    /// their ends.
    pub fn delete_edges(&mut self, edges: impl IntoIterator<Item = EdgeId>) {
        let mut edges: Vec<_> = edges.into_iter().collect();
        edges.sort_unstable_by(|a, b| self.deletion_order(*a, *b));
        self.delete_in_order(edges);
    }

    /// The order in which relationships are deleted: descending by their ends, so that each undone deletion appends to a
    /// neighbour list, which costs constant time.
    #[must_use]
    pub fn deletion_order(&self, a: EdgeId, b: EdgeId) -> Ordering {
        let place = |edge| (self.endpoints(edge), edge);
        place(b).cmp(&place(a))
    }

    /// Deletes relationships that are in the order of [`Self::deletion_order`]. Many can be deleted in parts: linear in
    /// their number and, for each part, in the degrees of their ends.
    pub fn delete_in_order(&mut self, mut edges: Vec<EdgeId>) {
        edges.retain(|edge| self.tombstone(*edge));
        self.unlink_all(&edges);
    }

    /// Deletes all relationships of the nodes and returns their number. One call for many nodes is faster than one call
    /// per node, as for [`Self::delete_edges`].
    pub fn detach(&mut self, nodes: impl IntoIterator<Item = NodeId>) -> usize {
        let mut edges: Vec<_> = nodes
            .into_iter()
            .flat_map(|node| self.edges_at(node))
            .collect();
        // A relationship is in the lists of both ends.
        edges.sort_unstable();
        edges.dedup();
        let count = edges.len();
        self.delete_edges(edges);
        count
    }

    /// The relationships of a node; a loop appears twice.
    pub fn edges_at(&self, node: NodeId) -> impl Iterator<Item = EdgeId> {
        let lists = self.lists.iter().flatten();
        lists.flat_map(move |lists| lists.view().of(node).iter().map(|neighbour| neighbour.edge))
    }
}

/// Properties and indexes.
impl Graph {
    /// Sets a property of a live node, or removes it if `value` is null. The value must be storable.
    pub fn set_node_property(&mut self, node: NodeId, key: KeyId, value: Value) {
        let old = self.node_property(node, key);
        if self.is_live_node(node) && !(old.is_null() && value.is_null()) {
            self.log.keeps(&old);
            self.log.keeps(&value);
            let widened = self.put_node_property(node, key, value);
            self.log
                .push(Change::NodePropertySet(node, key, old, widened));
        }
    }

    /// Sets a property of a live relationship, or removes it if `value` is null. The value must be storable.
    pub fn set_edge_property(&mut self, edge: EdgeId, key: KeyId, value: Value) {
        let old = self.edge_property(edge, key);
        if self.is_live_edge(edge) && !(old.is_null() && value.is_null()) {
            self.log.keeps(&old);
            self.log.keeps(&value);
            let widened = self.put_edge_property(edge, key, value);
            self.log
                .push(Change::EdgePropertySet(edge, key, old, widened));
        }
    }

    /// Creates an index on (`label`, `key`) unless it exists. [`LabelId::NONE`] indexes all nodes.
    pub fn create_index(&mut self, label: LabelId, key: KeyId) {
        if !self.has_index(label, key) {
            self.put_index(label, key, self.make_index(label, key));
            self.log.push(Change::IndexCreated(label, key));
        }
    }
}

/// Declared indexes.
impl Graph {
    /// Whether there is a structure for an index.
    pub(super) fn has_structure(&self, on: &IndexOn) -> bool {
        match on.primary() {
            Some((label, key)) => self.has_index(label, key),
            None => self.secondary.get(on).is_some(),
        }
    }

    /// Builds the structure of an index unless it exists.
    pub(super) fn create_structure(&mut self, on: &IndexOn) {
        if self.has_structure(on) {
            return;
        }
        match on.primary() {
            Some((label, key)) => self.put_index(label, key, self.make_index(label, key)),
            None => {
                let index = self.make_secondary(on);
                self.put_secondary(self.secondary.len(), on.clone(), index);
            }
        }
        self.log
            .push(Change::StructureCreated(Box::new(on.clone())));
    }

    /// Drops the structure of an index.
    pub(super) fn drop_structure(&mut self, on: &IndexOn) {
        let dropped = match on.primary() {
            Some(place) => self
                .drop_index(place.0, place.1)
                .map(|(position, index)| Dropped::Primary(place, position, index)),
            None => self
                .drop_secondary(on)
                .map(|(position, index)| Dropped::Secondary(on.clone(), position, index)),
        };
        if let Some(dropped) = dropped {
            self.log.push(Change::IndexDropped(Box::new(dropped)));
        }
    }
}

/// The labels that satisfy `keep`, ascending, each once.
fn distinct(labels: &[LabelId], keep: impl Fn(LabelId) -> bool) -> Box<[LabelId]> {
    let kept = labels.iter().copied().filter(|label| keep(*label));
    let mut kept: Vec<_> = kept.collect();
    kept.sort_unstable();
    kept.dedup();
    kept.into()
}

fn still_connected() -> Fault {
    Fault::new(
        Code::DeleteConnectedNode,
        "a node cannot be deleted while it has relationships",
    )
    .help("delete its relationships first, or use `DETACH DELETE`")
}
