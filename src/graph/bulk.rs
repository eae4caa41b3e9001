//! Loading many things at once: a graph is put together and everything derived is made at the end, in parallel.

mod finish;

use crate::{
    graph::{Catalog, ColumnData, Graph},
    value::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value},
};

/// A graph that is being put together. It cannot be read before it is finished.
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

/// Putting things in.
impl Builder {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The names that are known so far.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.graph.catalog
    }

    /// The id of a label.
    pub fn intern_label(&mut self, name: &str) -> LabelId {
        self.graph.intern_label(name)
    }

    /// The id of a relationship type.
    pub fn intern_type(&mut self, name: &str) -> TypeId {
        self.graph.intern_type(name)
    }

    /// The id of a property key.
    pub fn intern_key(&mut self, name: &str) -> KeyId {
        self.graph.intern_key(name)
    }

    /// How many nodes there are; the next one has this id.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.graph.labels.bound()
    }

    /// How many relationships there are; the next one has this id.
    #[must_use]
    pub fn relationship_count(&self) -> usize {
        self.graph.edge_bound
    }

    /// Adds nodes that bear the same labels, and returns the id of the first; the others follow.
    pub fn add_nodes(&mut self, labels: &[LabelId], count: usize) -> NodeId {
        let mut labels = labels.to_vec();
        labels.sort_unstable();
        labels.dedup();
        self.graph.labels.extend(
            &labels,
            u32::try_from(count).expect("node ids have 32 bits"),
        )
    }

    /// Adds relationships of one type between nodes that were added, and returns the id of the first; the others follow.
    ///
    /// # Panics
    /// If an end is no node.
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

    /// Sets a property of consecutive nodes.
    pub fn set_node_column(&mut self, key: KeyId, first: NodeId, data: ColumnData) {
        self.graph.node_properties.fill(first.index(), key, data);
    }

    /// Sets a property of consecutive relationships.
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

    /// Asks for an index on a property of nodes with a label.
    pub fn index(&mut self, label: LabelId, key: KeyId) {
        if !self.indexes.contains(&(label, key)) {
            self.indexes.push((label, key));
        }
    }
}
