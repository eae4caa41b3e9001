//! Connections and their types: the authoritative part of a graph, and the only file that uses petgraph.

use std::num::NonZeroU32;

use petgraph::{
    stable_graph::{EdgeIndex, NodeIndex, StableDiGraph},
    visit::{EdgeRef, IntoEdgeReferences},
};
use roaring::RoaringBitmap;

use crate::value::{EdgeId, NodeId, TypeId};

/// A stable directed graph with typed relationships. Removed ids are reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Topology(StableDiGraph<(), Kind, u32>);

/// The weight of a relationship in petgraph: its type plus 1. petgraph stores an optional weight, and `None` takes no
/// additional bytes if 0 is not a weight. A relationship takes 20 bytes instead of 24.
type Kind = NonZeroU32;

fn kind(ty: TypeId) -> Kind {
    Kind::MIN.saturating_add(ty.0)
}

fn type_of(kind: Kind) -> TypeId {
    TypeId(kind.get() - 1)
}

impl Topology {
    /// Reserves room for nodes and relationships.
    pub(crate) fn with_capacity(nodes: usize, edges: usize) -> Self {
        Self(StableDiGraph::with_capacity(nodes, edges))
    }

    pub(crate) fn add_node(&mut self) -> NodeId {
        node_id(self.0.add_node(()))
    }

    /// Adds a relationship between two existing nodes.
    pub(crate) fn add_edge(&mut self, from: NodeId, ty: TypeId, to: NodeId) -> EdgeId {
        edge_id(self.0.add_edge(from.0.into(), to.0.into(), kind(ty)))
    }

    /// Removes a node without relationships.
    pub(crate) fn remove_node(&mut self, node: NodeId) {
        self.0.remove_node(node.0.into());
    }

    pub(crate) fn remove_edge(&mut self, edge: EdgeId) {
        self.0.remove_edge(edge.0.into());
    }

    /// Removes many relationships. `walk` bounds the number of list entries to step over.
    ///
    /// Each removal walks the lists of both ends, newest relationship first. So the highest ids are removed first; if
    /// the walks could cost more than a rebuild, the graph is rebuilt.
    pub(crate) fn remove_edges(&mut self, edges: &RoaringBitmap, walk: u64) {
        if walk > 8 * (self.0.edge_count() as u64 + edges.len()) {
            self.0 = std::mem::take(&mut self.0).filter_map_owned(
                |_, ()| Some(()),
                |edge, ty| (!edges.contains(edge_id(edge).0)).then_some(ty),
            );
        } else {
            edges
                .iter()
                .rev()
                .for_each(|edge| self.remove_edge(EdgeId(edge)));
        }
    }

    pub(crate) fn has_node(&self, node: NodeId) -> bool {
        self.0.contains_node(node.0.into())
    }

    pub(crate) fn endpoints(&self, edge: EdgeId) -> Option<(NodeId, NodeId)> {
        let (from, to) = self.0.edge_endpoints(edge.0.into())?;
        Some((node_id(from), node_id(to)))
    }

    pub(crate) fn edge_type(&self, edge: EdgeId) -> Option<TypeId> {
        self.0.edge_weight(edge.0.into()).copied().map(type_of)
    }

    /// Every relationship with its ends and type, in id order.
    pub(crate) fn edges(&self) -> impl Iterator<Item = (EdgeId, NodeId, TypeId, NodeId)> {
        self.0.edge_references().map(|edge| {
            let (from, to) = (node_id(edge.source()), node_id(edge.target()));
            (edge_id(edge.id()), from, type_of(*edge.weight()), to)
        })
    }
}

fn node_id(index: NodeIndex) -> NodeId {
    NodeId(u32::try_from(index.index()).expect("indices have 32 bits"))
}

fn edge_id(index: EdgeIndex) -> EdgeId {
    EdgeId(u32::try_from(index.index()).expect("indices have 32 bits"))
}
