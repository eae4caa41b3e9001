//! Repeats the redo records of a journal on the graph of its tables.

use rustc_hash::FxHashMap;

use super::record::{Part, Record};
use crate::{
    graph::Graph,
    value::{EdgeId, KeyId, LabelId, NodeId, SchemaCommand, TypeId},
};

/// The state between the parts of a journal.
///
/// Each process names entities by the ids that they have in its graph. An entity that it creates may get another id here,
/// as ids of deleted entities are reused in an order that is not part of the format. The ids that a process found when it
/// opened the graph are those of this replay.
#[derive(Debug, Default)]
pub struct Replay {
    /// The process whose records are repeated.
    process: u64,
    nodes: FxHashMap<u32, NodeId>,
    edges: FxHashMap<u32, EdgeId>,
}

/// A part that does not fit the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

impl Replay {
    /// Repeats a part of a transaction of a process. The caller commits the graph at the end of each transaction.
    ///
    /// # Errors
    /// If the part is malformed or refers to what is not in the graph. The graph may then have some of its changes.
    pub fn part(&mut self, graph: &mut Graph, process: u64, bytes: &[u8]) -> Result<(), Unfit> {
        if self.process != process {
            *self = Self {
                process,
                ..Self::default()
            };
        }
        let part: Part<'_> = postcard::from_bytes(bytes).map_err(|_| Unfit)?;
        let names = Ids {
            labels: part
                .labels
                .iter()
                .map(|name| graph.intern_label(name))
                .collect(),
            types: part
                .types
                .iter()
                .map(|name| graph.intern_type(name))
                .collect(),
            keys: part
                .keys
                .iter()
                .map(|name| graph.intern_key(name))
                .collect(),
        };
        let mut rest = part.records;
        // Deleting the relationships of a node one by one would be quadratic in their number.
        let mut deleted = Vec::new();
        while !rest.is_empty() {
            let (record, after) = postcard::take_from_bytes(rest).map_err(|_| Unfit)?;
            rest = after;
            if let Record::DeleteEdge(edge) = record {
                deleted.push(self.edge(graph, edge)?);
                continue;
            }
            graph.delete_edges(deleted.drain(..));
            self.record(graph, &names, record)?;
        }
        graph.delete_edges(deleted);
        Ok(())
    }

    fn record(&mut self, graph: &mut Graph, names: &Ids, record: Record<'_>) -> Result<(), Unfit> {
        match record {
            Record::CreateNode(id) => {
                let node = graph.create_node(&[]);
                renamed(&mut self.nodes, id, node, node.0);
            }
            Record::DeleteNode(id) => {
                let node = self.node(graph, id)?;
                graph.delete_node(node).map_err(|_| Unfit)?;
            }
            Record::CreateEdge(id, from, ty, to) => {
                let (from, to) = (self.node(graph, from)?, self.node(graph, to)?);
                let edge = graph.create_relationship(from, names.ty(ty)?, to);
                renamed(&mut self.edges, id, edge, edge.0);
            }
            Record::DeleteEdge(id) => {
                let edge = self.edge(graph, id)?;
                graph.delete_edge(edge);
            }
            Record::AddLabels(id, labels) => {
                let node = self.node(graph, id)?;
                graph.add_labels(node, &names.labels(&labels)?);
            }
            Record::RemoveLabels(id, labels) => {
                let node = self.node(graph, id)?;
                graph.remove_labels(node, &names.labels(&labels)?);
            }
            // An entity that is deleted later in the transaction ends without properties.
            Record::SetNode(id, key, value) => {
                let node = self.node(graph, id)?;
                graph.set_node_property(node, names.key(key)?, value.into_value());
            }
            Record::SetEdge(id, key, value) => {
                let edge = self.edge(graph, id)?;
                graph.set_edge_property(edge, names.key(key)?, value.into_value());
            }
            Record::CreateIndex(label, key) => {
                let label = label.map_or(Ok(LabelId::NONE), |label| names.label(label))?;
                graph.create_index(label, names.key(key)?);
            }
            Record::DefineIndex(index) => define(graph, index.command())?,
            Record::DefineConstraint(constraint) => define(graph, constraint.command())?,
            Record::UndefineIndex(name) => graph.forget_index(&name),
            Record::UndefineConstraint(name) => graph.forget_constraint(&name),
        }
        Ok(())
    }

    /// The node that has an id in the process.
    fn node(&self, graph: &Graph, id: u32) -> Result<NodeId, Unfit> {
        let node = self.nodes.get(&id).copied().unwrap_or(NodeId(id));
        graph.is_live_node(node).then_some(node).ok_or(Unfit)
    }

    fn edge(&self, graph: &Graph, id: u32) -> Result<EdgeId, Unfit> {
        let edge = self.edges.get(&id).copied().unwrap_or(EdgeId(id));
        graph.is_live_edge(edge).then_some(edge).ok_or(Unfit)
    }
}

/// Repeats a definition. The data satisfies a constraint only at the end of the transaction.
fn define(graph: &mut Graph, command: Result<SchemaCommand, String>) -> Result<(), Unfit> {
    match command {
        Ok(SchemaCommand::CreateIndex { index, .. }) => graph.define_index(index, None),
        Ok(SchemaCommand::CreateConstraint { constraint, .. }) => {
            graph.define_unchecked(constraint);
        }
        _ => return Err(Unfit),
    }
    Ok(())
}

/// Notes which entity has the id of another one in the process.
fn renamed<T>(known: &mut FxHashMap<u32, T>, id: u32, entity: T, own: u32) {
    if id == own {
        known.remove(&id);
    } else {
        known.insert(id, entity);
    }
}

/// The ids of the names of a part.
struct Ids {
    labels: Vec<LabelId>,
    types: Vec<TypeId>,
    keys: Vec<KeyId>,
}

impl Ids {
    fn label(&self, at: u32) -> Result<LabelId, Unfit> {
        self.labels.get(at as usize).copied().ok_or(Unfit)
    }

    fn labels(&self, at: &[u32]) -> Result<Vec<LabelId>, Unfit> {
        at.iter().map(|at| self.label(*at)).collect()
    }

    fn ty(&self, at: u32) -> Result<TypeId, Unfit> {
        self.types.get(at as usize).copied().ok_or(Unfit)
    }

    fn key(&self, at: u32) -> Result<KeyId, Unfit> {
        self.keys.get(at as usize).copied().ok_or(Unfit)
    }
}
