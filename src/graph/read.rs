//! Read access to a graph. No id makes a reader panic: an unknown entity has no labels, properties or relationships.

use std::{borrow::Cow, ops::Bound};

use roaring::RoaringBitmap;

use crate::{
    graph::{Adjacency, Catalog, Column, Graph, Orientation, Part, Scope, Sought, Stats},
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// Names and counts.
impl Graph {
    /// An empty graph.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The names in the graph.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The id of a label; interns it if unknown.
    pub fn intern_label(&mut self, name: &str) -> LabelId {
        self.catalog.intern_label(name)
    }

    /// The id of a relationship type; interns it if unknown.
    pub fn intern_type(&mut self, name: &str) -> TypeId {
        self.catalog.intern_type(name)
    }

    /// The id of a property key; interns it if unknown.
    pub fn intern_key(&mut self, name: &str) -> KeyId {
        self.catalog.intern_key(name)
    }

    /// Exact counts of the content.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// The number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.stats.nodes(None) as usize
    }

    /// The number of relationships.
    #[must_use]
    pub fn relationship_count(&self) -> usize {
        self.stats.relationships(None) as usize
    }

    /// An exclusive upper bound on node ids.
    #[must_use]
    pub fn node_bound(&self) -> usize {
        self.labels.bound()
    }

    /// An exclusive upper bound on relationship ids.
    #[must_use]
    pub fn edge_bound(&self) -> usize {
        self.edge_bound
    }
}

/// Nodes and labels.
impl Graph {
    /// Whether the node exists and is not deleted.
    #[inline]
    #[must_use]
    pub fn is_live_node(&self, node: NodeId) -> bool {
        self.labels.is_live(node)
    }

    /// All nodes.
    #[must_use]
    pub fn nodes(&self) -> &RoaringBitmap {
        self.labels.nodes()
    }

    /// All nodes with a label.
    #[must_use]
    pub fn nodes_with_label(&self, label: LabelId) -> &RoaringBitmap {
        self.labels.with(label)
    }

    /// Whether a node has a label.
    #[inline]
    #[must_use]
    pub fn has_label(&self, node: NodeId, label: LabelId) -> bool {
        self.labels.has(node, label)
    }

    /// The number of a node's label set; `None` if the node does not exist.
    #[inline]
    #[must_use]
    pub fn label_set_of(&self, node: NodeId) -> Option<usize> {
        self.labels.set_of(node)
    }

    /// The label sets of nodes, by number, each sorted by id.
    pub fn label_sets(&self) -> impl ExactSizeIterator<Item = &[LabelId]> {
        self.labels.sets()
    }

    /// The labels of a node, sorted by id.
    #[must_use]
    pub fn labels_of(&self, node: NodeId) -> &[LabelId] {
        self.labels.of(node)
    }
}

/// Relationships.
impl Graph {
    /// Whether the relationship exists and is not deleted.
    #[inline]
    #[must_use]
    pub fn is_live_edge(&self, edge: EdgeId) -> bool {
        self.topology.edge_type(edge).is_some() && !self.log.is_tombstone(edge)
    }

    /// Source and target of a relationship, including one that this transaction deleted; `NONE` ids if it does not
    /// exist.
    #[inline]
    #[must_use]
    pub fn endpoints(&self, edge: EdgeId) -> (NodeId, NodeId) {
        self.topology
            .endpoints(edge)
            .unwrap_or((NodeId::NONE, NodeId::NONE))
    }

    /// The type of a relationship, including one that this transaction deleted; `NONE` if it does not exist.
    #[inline]
    #[must_use]
    pub fn edge_type(&self, edge: EdgeId) -> TypeId {
        self.topology.edge_type(edge).unwrap_or(TypeId::NONE)
    }

    /// All relationships in id order.
    pub fn edges(&self) -> impl Iterator<Item = EdgeId> {
        let edges = self.topology.edges().map(|(edge, ..)| edge);
        edges.filter(|edge| !self.log.is_tombstone(*edge))
    }

    /// All relationships of a type, ordered by source, then target.
    pub fn edges_of_type(&self, ty: TypeId) -> impl Iterator<Item = EdgeId> {
        let lists = self.adjacency(ty, Orientation::Outgoing).lists();
        lists.flat_map(|(_, list)| list.iter().map(|neighbour| neighbour.edge))
    }

    /// The neighbour lists of one type and direction.
    #[must_use]
    pub fn adjacency(&self, ty: TypeId, direction: Orientation) -> Adjacency<'_> {
        match self.lists.get(ty.index()) {
            Some(lists) => lists[direction as usize].view(),
            None => Adjacency::default(),
        }
    }

    /// The number of relationships of a node in a direction; `None` counts all types. O(1) per type.
    #[must_use]
    pub fn degree(&self, node: NodeId, ty: Option<TypeId>, direction: Orientation) -> usize {
        match ty {
            Some(ty) => self.adjacency(ty, direction).degree(node),
            None => self
                .lists
                .iter()
                .map(|lists| lists[direction as usize].view().degree(node))
                .sum(),
        }
    }

    /// The types of the relationships of a node in a direction, in id order.
    pub fn types_of(&self, node: NodeId, direction: Orientation) -> impl Iterator<Item = TypeId> {
        let views = self
            .lists
            .iter()
            .map(move |lists| lists[direction as usize].view());
        let has = move |(_, view): &(TypeId, Adjacency<'_>)| view.degree(node) > 0;
        (0..).map(TypeId).zip(views).filter(has).map(|(ty, _)| ty)
    }
}

/// Properties.
impl Graph {
    /// A property of a node, or null if it has none.
    #[must_use]
    pub fn node_property(&self, node: NodeId, key: KeyId) -> Value {
        self.node_properties.get(node.index(), key)
    }

    /// A property of a relationship, or null if it has none.
    #[must_use]
    pub fn edge_property(&self, edge: EdgeId, key: KeyId) -> Value {
        self.edge_properties.get(edge.index(), key)
    }

    /// The properties of a node, in key order.
    pub fn node_properties(&self, node: NodeId) -> impl Iterator<Item = (KeyId, Value)> {
        self.node_properties.of(node.index())
    }

    /// The properties of a relationship, in key order.
    pub fn edge_properties(&self, edge: EdgeId) -> impl Iterator<Item = (KeyId, Value)> {
        self.edge_properties.of(edge.index())
    }

    /// All values of a property of nodes, or `None` if no node has it.
    #[must_use]
    pub fn node_column(&self, key: KeyId) -> Option<&Column> {
        self.node_properties.column(key)
    }

    /// All values of a property of relationships, or `None` if no relationship has it.
    #[must_use]
    pub fn edge_column(&self, key: KeyId) -> Option<&Column> {
        self.edge_properties.column(key)
    }
}

/// Indexes. A seek without an index finds nothing.
impl Graph {
    /// Every index on a label, in creation order.
    pub fn indexes(&self) -> impl Iterator<Item = (LabelId, KeyId)> {
        self.indexes.ids()
    }

    /// Whether there is an index on (`label`, `key`).
    #[must_use]
    pub fn has_index(&self, label: LabelId, key: KeyId) -> bool {
        self.indexes.get(label, key).is_some()
    }

    /// The nodes whose indexed property equals the value by `=`, in ascending order.
    #[must_use]
    pub fn seek(&self, label: LabelId, key: KeyId, value: &Value) -> Cow<'_, [NodeId]> {
        self.indexes
            .get(label, key)
            .map_or(Cow::Borrowed(&[]), |index| index.seek(value))
    }

    /// The nodes whose indexed property lies between the bounds by `<` and `<=`, in ascending order. At least one bound
    /// must be a value; two unbounded ends find nothing.
    #[must_use]
    pub fn seek_range(
        &self,
        label: LabelId,
        key: KeyId,
        lower: Bound<&Value>,
        upper: Bound<&Value>,
    ) -> Vec<NodeId> {
        self.indexes
            .get(label, key)
            .map_or_else(Vec::new, |index| index.seek_range(lower, upper))
    }

    /// The nodes whose indexed property is a string that starts with `prefix`, in ascending order.
    #[must_use]
    pub fn seek_prefix(&self, label: LabelId, key: KeyId, prefix: &str) -> Vec<NodeId> {
        self.indexes
            .get(label, key)
            .map_or_else(Vec::new, |index| index.seek_prefix(prefix))
    }
}

/// Seeks in declared indexes; `None` without an index.
impl Graph {
    /// The nodes whose first keys have known values, and whose next key has a sought value, in ascending order.
    #[must_use]
    pub fn seek_nodes(
        &self,
        label: LabelId,
        keys: &[KeyId],
        known: &[Value],
        sought: Sought<'_>,
    ) -> Option<Vec<NodeId>> {
        let found = self.seek_leading(Scope::Label(label), keys, known, sought)?;
        Some(found.into_iter().map(NodeId).collect())
    }

    /// The relationships whose first keys have known values, and whose next key has a sought value, in ascending order.
    #[must_use]
    pub fn seek_edges(
        &self,
        ty: TypeId,
        keys: &[KeyId],
        known: &[Value],
        sought: Sought<'_>,
    ) -> Option<Vec<EdgeId>> {
        let found = self.seek_leading(Scope::Type(ty), keys, known, sought)?;
        Some(found.into_iter().map(EdgeId).collect())
    }

    fn seek_leading(
        &self,
        scope: Scope,
        keys: &[KeyId],
        known: &[Value],
        sought: Sought<'_>,
    ) -> Option<Vec<u32>> {
        let (on, index) = self.secondary.leading(scope, keys)?;
        Some(if on.keys.len() == 1 {
            index.seek_value(sought)
        } else {
            index.seek_list(known, sought)
        })
    }

    /// The nodes with a string that has a part, in ascending order.
    #[must_use]
    pub fn seek_node_text(
        &self,
        label: LabelId,
        key: KeyId,
        part: Part,
        text: &str,
    ) -> Option<Vec<NodeId>> {
        let index = self.secondary.text(Scope::Label(label), key)?;
        let found = index.candidates(text).into_iter().map(NodeId);
        let fits = |node: &NodeId| part.is_in(&self.node_property(*node, key), text);
        Some(found.filter(fits).collect())
    }

    /// The relationships with a string that has a part, in ascending order.
    #[must_use]
    pub fn seek_edge_text(
        &self,
        ty: TypeId,
        key: KeyId,
        part: Part,
        text: &str,
    ) -> Option<Vec<EdgeId>> {
        let index = self.secondary.text(Scope::Type(ty), key)?;
        let found = index.candidates(text).into_iter().map(EdgeId);
        let fits = |edge: &EdgeId| part.is_in(&self.edge_property(*edge, key), text);
        Some(found.filter(fits).collect())
    }
}
