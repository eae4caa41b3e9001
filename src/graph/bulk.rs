//! Bulk loading: entities are collected first, and all derived data is built at the end, in parallel.

mod finish;

use crate::{
    graph::{Catalog, ColumnData, Graph},
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// A graph under construction. It cannot be read before [`Builder::finish`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    graph: Graph,
    batches: Vec<Batch>,
    indexes: Vec<(LabelId, KeyId)>,
}

/// Relationships of one type with consecutive ids.
#[derive(Clone, Debug)]
struct Batch {
    ty: TypeId,
    first: EdgeId,
    ends: Vec<(NodeId, NodeId)>,
}

/// Adding names and entities.
impl Builder {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The names interned so far.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.graph.catalog
    }

    /// Interns a label and returns its id.
    pub fn intern_label(&mut self, name: &str) -> LabelId {
        self.graph.intern_label(name)
    }

    /// Interns a relationship type and returns its id.
    pub fn intern_type(&mut self, name: &str) -> TypeId {
        self.graph.intern_type(name)
    }

    /// Interns a property key and returns its id.
    pub fn intern_key(&mut self, name: &str) -> KeyId {
        self.graph.intern_key(name)
    }

    /// The number of nodes so far, which is the id of the next node.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.graph.labels.bound()
    }

    /// The number of relationships so far, which is the id of the next relationship.
    #[must_use]
    pub fn relationship_count(&self) -> usize {
        self.graph.edge_bound
    }

    /// Adds `count` nodes with the same labels. Their ids are consecutive; returns the first.
    pub fn add_nodes(&mut self, labels: &[LabelId], count: usize) -> NodeId {
        let mut labels = labels.to_vec();
        labels.sort_unstable();
        labels.dedup();
        self.graph.labels.extend(
            &labels,
            u32::try_from(count).expect("node ids have 32 bits"),
        )
    }

    /// Adds relationships of one type between existing nodes. Their ids are consecutive, in the order of `ends`;
    /// returns the first.
    ///
    /// # Panics
    /// If an end is not a node.
    pub fn add_relationships(&mut self, ty: TypeId, ends: &[(NodeId, NodeId)]) -> EdgeId {
        let bound = self.node_count();
        let is_node = |node: NodeId| node.index() < bound;
        assert!(
            ends.iter().all(|(from, to)| is_node(*from) && is_node(*to)),
            "a relationship has two ends"
        );
        let first =
            EdgeId(u32::try_from(self.graph.edge_bound).expect("relationship ids have 32 bits"));
        self.graph.edge_bound += ends.len();
        assert!(
            self.graph.edge_bound < u32::MAX as usize,
            "relationship ids have 32 bits"
        );
        match self.batches.last_mut() {
            Some(batch) if batch.ty == ty => batch.ends.extend_from_slice(ends),
            _ => self.batches.push(Batch {
                ty,
                first,
                ends: ends.to_vec(),
            }),
        }
        first
    }

    /// Sets a property of the consecutive nodes from `first` on.
    pub fn set_node_column(&mut self, key: KeyId, first: NodeId, data: ColumnData) {
        self.graph.node_properties.fill(first.index(), key, data);
    }

    /// Sets a property of the consecutive relationships from `first` on.
    pub fn set_edge_column(&mut self, key: KeyId, first: EdgeId, data: ColumnData) {
        self.graph.edge_properties.fill(first.index(), key, data);
    }

    /// Sets a property of a node.
    pub fn set_node_property(&mut self, node: NodeId, key: KeyId, value: Value) {
        self.graph.node_properties.set(node.index(), key, value);
    }

    /// Sets a property of a relationship.
    pub fn set_edge_property(&mut self, edge: EdgeId, key: KeyId, value: Value) {
        self.graph.edge_properties.set(edge.index(), key, value);
    }

    /// Requests an index on (`label`, `key`), built by [`Builder::finish`].
    pub fn index(&mut self, label: LabelId, key: KeyId) {
        if !self.indexes.contains(&(label, key)) {
            self.indexes.push((label, key));
        }
    }
}
