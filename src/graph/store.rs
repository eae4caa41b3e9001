//! Elementary changes, each of which maintains all derived data. Only `change` calls them.

use crate::{
    graph::{
        Graph, Neighbour, Orientation,
        adjacency::Lists,
        index::{Index, Physical, tuple},
        index_on::{IndexOn, Scope},
    },
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// Nodes and labels.
impl Graph {
    /// Makes a node of the topology live, without labels and properties.
    pub(super) fn attach_node(&mut self, node: NodeId) {
        self.labels.attach(node);
        self.stats.add_nodes(1);
    }

    /// Marks a node without labels and properties as deleted.
    pub(super) fn detach_node(&mut self, node: NodeId) {
        self.labels.detach(node);
        self.stats.add_nodes(-1);
    }

    /// Adds labels that the node does not have, in ascending order.
    ///
    /// All at once: a node that gets one label after the other has as many label sets as labels, all of which are kept.
    pub(super) fn put_labels(&mut self, node: NodeId, labels: &[LabelId]) {
        self.count_gained(node, labels);
        for (key, value) in self.node_properties.of(node.index()) {
            for &label in labels {
                self.stats.add_node_key(label, key, 1);
                if let Some(index) = self.indexes.get_mut(label, key) {
                    index.insert(node, &value);
                    self.stats.set_distinct(label, key, Some(index.distinct()));
                }
            }
            self.automatic.insert(labels, key, node, &value);
        }
        self.move_node(node, labels, true);
    }

    /// Adds a node to the secondary indexes of labels that it gains, or removes it from those of labels that it loses.
    fn move_node(&mut self, node: NodeId, labels: &[LabelId], enters: bool) {
        if self.secondary.is_empty() {
            return;
        }
        let scopes = |scope| matches!(scope, Scope::Label(label) if labels.contains(&label));
        let properties = &self.node_properties;
        let get = |key| properties.get(node.index(), key);
        self.secondary
            .move_entity(node.0, enters, scopes, get, &mut self.stats);
    }

    /// Removes labels that the node has, in ascending order.
    pub(super) fn drop_labels(&mut self, node: NodeId, labels: &[LabelId]) {
        for (key, value) in self.node_properties.of(node.index()) {
            for &label in labels {
                self.stats.add_node_key(label, key, -1);
                if let Some(index) = self.indexes.get_mut(label, key) {
                    index.remove(node, &value);
                    self.stats.set_distinct(label, key, Some(index.distinct()));
                }
            }
        }
        self.move_node(node, labels, false);
        self.count_lost(node, labels);
    }

    /// Counts a node and its relationships under new labels, and adds the labels.
    ///
    /// A loop is counted twice: as outgoing before the labels are added, and as incoming after it. Together this gives
    /// every label pair that contains one of the labels.
    fn count_gained(&mut self, node: NodeId, labels: &[LabelId]) {
        for &label in labels {
            self.stats.add_label(label, 1);
            self.count_label(node, label, 1, Orientation::Outgoing);
        }
        self.labels.add(node, labels);
        for &label in labels {
            self.count_label(node, label, 1, Orientation::Incoming);
        }
    }

    /// The inverse of [`Self::count_gained`].
    fn count_lost(&mut self, node: NodeId, labels: &[LabelId]) {
        for &label in labels {
            self.stats.add_label(label, -1);
            self.count_label(node, label, -1, Orientation::Incoming);
        }
        self.labels.remove(node, labels);
        for &label in labels {
            self.count_label(node, label, -1, Orientation::Outgoing);
        }
    }

    fn count_label(&mut self, node: NodeId, label: LabelId, count: i64, direction: Orientation) {
        for (ty, lists) in (0..).map(TypeId).zip(&self.lists) {
            for neighbour in lists[direction as usize].view().of(node) {
                let others = self.labels.of(neighbour.node);
                match direction {
                    Orientation::Outgoing => self.stats.add_triples_from(label, ty, others, count),
                    Orientation::Incoming => self.stats.add_triples_to(others, ty, label, count),
                }
            }
        }
    }
}

/// Relationships.
impl Graph {
    /// Adds a relationship of the topology, without properties, to all derived data.
    pub(super) fn link(&mut self, edge: EdgeId) {
        self.count_edge(edge, 1);
        self.change_lists(edge, |lists, node, neighbour| {
            let degree = lists.insert(node, neighbour);
            (degree - 1, degree)
        });
    }

    /// Removes a relationship without properties from all derived data, but not from the topology.
    pub(super) fn unlink(&mut self, edge: EdgeId) {
        self.count_edge(edge, -1);
        self.change_lists(edge, |lists, node, neighbour| {
            let degree = lists.remove(node, neighbour);
            (degree + 1, degree)
        });
    }

    /// Removes relationships without properties from all derived data, but not from the topology. Each neighbour list is
    /// changed once.
    pub(super) fn unlink_all(&mut self, edges: &[EdgeId]) {
        for edge in edges {
            self.count_edge(*edge, -1);
        }
        for direction in Orientation::BOTH {
            let entry = |edge: &EdgeId| {
                let (from, to) = self.endpoints(*edge);
                let (node, other) = match direction {
                    Orientation::Outgoing => (from, to),
                    Orientation::Incoming => (to, from),
                };
                let neighbour = Neighbour {
                    node: other,
                    edge: *edge,
                };
                (self.edge_type(*edge), node, neighbour)
            };
            let mut entries: Vec<_> = edges.iter().map(entry).collect();
            entries.sort_unstable();
            for list in entries.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
                let (ty, node, _) = list[0];
                let lists = &mut self.lists[ty.index()][direction as usize];
                let gone = list.iter().map(|(_, _, neighbour)| *neighbour);
                let (before, after) = lists.remove_all(node, gone);
                self.stats.change_degree(ty, direction, before, after);
            }
        }
    }

    fn count_edge(&mut self, edge: EdgeId, count: i64) {
        let (from, to) = self.endpoints(edge);
        let ty = self.edge_type(edge);
        self.stats
            .add_triples(self.labels.of(from), ty, self.labels.of(to), count);
        if from == to {
            self.stats.add_loops(ty, count);
        }
    }

    /// Changes the lists at both ends; `change` returns the degree before and after.
    fn change_lists(
        &mut self,
        edge: EdgeId,
        change: impl Fn(&mut Lists, NodeId, Neighbour) -> (usize, usize),
    ) {
        let (from, to) = self.endpoints(edge);
        let ty = self.edge_type(edge);
        if ty.index() >= self.lists.len() {
            self.lists.resize_with(ty.index() + 1, Default::default);
        }
        for (direction, node, other) in [
            (Orientation::Outgoing, from, to),
            (Orientation::Incoming, to, from),
        ] {
            let lists = &mut self.lists[ty.index()][direction as usize];
            let (before, after) = change(lists, node, Neighbour { node: other, edge });
            self.stats.change_degree(ty, direction, before, after);
        }
    }

    /// Lowers the bound of relationship ids past unused ids.
    pub(super) fn trim_edges(&mut self) {
        while self.edge_bound > 0
            && self
                .topology
                .edge_type(EdgeId(self.edge_bound as u32 - 1))
                .is_none()
        {
            self.edge_bound -= 1;
        }
    }
}

/// Properties.
impl Graph {
    /// Sets a property of a live node, or removes it if `value` is null. Returns true if the column widened.
    pub(super) fn put_node_property(&mut self, node: NodeId, key: KeyId, value: Value) -> bool {
        let old = self.node_property(node, key);
        let gained = i64::from(!value.is_null()) - i64::from(!old.is_null());
        if gained != 0 {
            for &label in self.labels.of(node).iter().chain(&[LabelId::NONE]) {
                self.stats.add_node_key(label, key, gained);
            }
        }
        if !self.indexes.is_empty() {
            self.reindex(node, key, &old, &value);
        }
        if !self.secondary.is_empty() {
            let labels = self.labels.of(node);
            let has = |scope| matches!(scope, Scope::Label(label) if labels.contains(&label));
            let properties = &self.node_properties;
            let get = |key| properties.get(node.index(), key);
            self.secondary
                .change(node.0, (key, &value), has, get, &mut self.stats);
        }
        let labels = self.labels.of(node);
        self.automatic.insert(labels, key, node, &value);
        self.automatic.insert(&[LabelId::NONE], key, node, &value);
        self.node_properties.set(node.index(), key, value)
    }

    fn reindex(&mut self, node: NodeId, key: KeyId, old: &Value, value: &Value) {
        for &label in self.labels.of(node).iter().chain(&[LabelId::NONE]) {
            if let Some(index) = self.indexes.get_mut(label, key) {
                index.remove(node, old);
                index.insert(node, value);
                if !label.is_none() {
                    self.stats.set_distinct(label, key, Some(index.distinct()));
                }
            }
        }
    }

    /// Sets a property of a live relationship, or removes it if `value` is null. Returns true if the column widened.
    pub(super) fn put_edge_property(&mut self, edge: EdgeId, key: KeyId, value: Value) -> bool {
        let had = self
            .edge_properties
            .column(key)
            .is_some_and(|column| column.is_present(edge.index()));
        let gained = i64::from(!value.is_null()) - i64::from(had);
        if gained != 0 {
            self.stats.add_edge_key(self.edge_type(edge), key, gained);
        }
        if !self.secondary.is_empty() {
            let kind = self.edge_type(edge);
            let properties = &self.edge_properties;
            let get = |key| properties.get(edge.index(), key);
            self.secondary.change(
                edge.0,
                (key, &value),
                |scope| scope == Scope::Type(kind),
                get,
                &mut self.stats,
            );
        }
        self.edge_properties.set(edge.index(), key, value)
    }
}

/// Indexes.
impl Graph {
    /// Builds the index on (`label`, `key`) from the current content; [`LabelId::NONE`] indexes all nodes.
    pub(super) fn make_index(&self, label: LabelId, key: KeyId) -> Index<NodeId> {
        let nodes = if label.is_none() {
            self.nodes()
        } else {
            self.nodes_with_label(label)
        };
        let Some(column) = self.node_column(key) else {
            return Index::default();
        };
        let count = column.present().min(nodes.len() as usize);
        let entries = nodes
            .iter()
            .map(|node| (NodeId(node), column.get(node as usize)));
        Index::build(count, entries)
    }

    pub(super) fn put_index(&mut self, label: LabelId, key: KeyId, index: Index<NodeId>) {
        // Distinct counts exist only for indexes on a label.
        if !label.is_none() {
            self.stats.set_distinct(label, key, Some(index.distinct()));
        }
        self.indexes.insert(label, key, index);
    }

    /// Removes an index, with its position.
    pub(super) fn drop_index(
        &mut self,
        label: LabelId,
        key: KeyId,
    ) -> Option<(usize, Index<NodeId>)> {
        self.stats.set_distinct(label, key, None);
        self.indexes.remove(label, key)
    }

    /// Builds a secondary index from the current content.
    pub(super) fn make_secondary(&self, on: &IndexOn) -> Physical {
        match on.scope {
            Scope::Label(label) => {
                let nodes = self.nodes_with_label(label).iter();
                let get =
                    |node: u32| tuple(&on.keys, |key| self.node_properties.get(node as usize, key));
                Physical::build(on, nodes.map(|node| (node, get(node))))
            }
            Scope::Type(kind) => {
                let edges = self.edges_of_type(kind);
                let get = |edge: EdgeId| {
                    tuple(&on.keys, |key| self.edge_properties.get(edge.index(), key))
                };
                Physical::build(on, edges.map(|edge| (edge.0, get(edge))))
            }
        }
    }

    pub(super) fn put_secondary(&mut self, position: usize, on: IndexOn, index: Physical) {
        self.stats.set_secondary(&on, Some(index.distinct()));
        self.secondary.insert(position, on, index);
    }

    /// Removes a secondary index, with its position.
    pub(super) fn drop_secondary(&mut self, on: &IndexOn) -> Option<(usize, Physical)> {
        self.stats.set_secondary(on, None);
        self.secondary.remove(on)
    }
}
