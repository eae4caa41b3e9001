//! Redo records: the changes of a transaction, to be repeated on an equal graph.

use std::mem;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::{
    base::{Code, Fault},
    graph::{
        Graph,
        change::Change,
        entry::{Constraint, Index},
    },
    value::{EdgeId, Encoded, KeyId, LabelId, NodeId, TypeId, Value},
};

/// A part is closed when it has this number of bytes, to bound the memory of a large transaction.
const PART: usize = 1 << 20;

/// Some changes of a transaction, with the names that they use.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Part<'a> {
    #[serde(borrow)]
    pub(super) labels: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) types: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) keys: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) records: &'a [u8],
}

/// The redo record of one change. Labels, types and keys are positions in the lists of the part; nodes and relationships
/// are the ids of the process that wrote the record.
///
/// The order of the variants is part of the format: new ones are added at the end.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Record<'a> {
    CreateNode(u32),
    DeleteNode(u32),
    /// The relationship, its source, its type and its target.
    CreateEdge(u32, u32, u32, u32),
    DeleteEdge(u32),
    AddLabels(u32, Vec<u32>),
    RemoveLabels(u32, Vec<u32>),
    /// The value that the property has at the end of the transaction.
    SetNode(u32, u32, #[serde(borrow)] Encoded<'a>),
    SetEdge(u32, u32, #[serde(borrow)] Encoded<'a>),
    /// The label, or `None` for all nodes.
    CreateIndex(Option<u32>, u32),
    DefineIndex(Index),
    /// The name. There may be no such index: one that the transaction also defined is not written.
    UndefineIndex(String),
    DefineConstraint(Constraint),
    /// The name, as for an index.
    UndefineConstraint(String),
}

impl Graph {
    /// Passes the changes since the last commit to `keep`, in parts of about a megabyte. Linear in their number.
    ///
    /// # Errors
    /// The first error of `keep`, or that of a property whose value cannot be encoded.
    pub fn redo(&self, mut keep: impl FnMut(&[u8]) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut writer = Writer {
            graph: self,
            names: Names::default(),
            records: Vec::new(),
            nodes: FxHashSet::default(),
            edges: FxHashSet::default(),
        };
        // A constraint holds for the values at the end of the transaction, and these are written where they were first set.
        let data = self.log.all().iter().filter(|change| !is_schema(change));
        let schema = self.log.all().iter().filter(|change| is_schema(change));
        for change in data.chain(schema) {
            writer.write(change)?;
            if writer.records.len() >= PART {
                keep(&writer.part())?;
            }
        }
        if writer.records.is_empty() {
            return Ok(());
        }
        keep(&writer.part())
    }
}

/// Whether a change defines or removes an index or a constraint.
fn is_schema(change: &Change) -> bool {
    matches!(
        change,
        Change::IndexDefined(..)
            | Change::IndexUndefined(_)
            | Change::ConstraintDefined(_)
            | Change::ConstraintUndefined(_)
    )
}

/// Writes the records of the changes of a graph.
struct Writer<'g> {
    graph: &'g Graph,
    names: Names,
    records: Vec<u8>,
    /// The properties whose final values are written.
    nodes: FxHashSet<(NodeId, KeyId)>,
    edges: FxHashSet<(EdgeId, KeyId)>,
}

/// The names of a part, in order of first use.
#[derive(Default)]
struct Names {
    labels: IndexSet<LabelId, FxBuildHasher>,
    types: IndexSet<TypeId, FxBuildHasher>,
    keys: IndexSet<KeyId, FxBuildHasher>,
}

impl Names {
    fn label(&mut self, label: LabelId) -> u32 {
        self.labels.insert_full(label).0 as u32
    }

    fn labels(&mut self, labels: &[LabelId]) -> Vec<u32> {
        labels.iter().map(|label| self.label(*label)).collect()
    }

    fn ty(&mut self, ty: TypeId) -> u32 {
        self.types.insert_full(ty).0 as u32
    }

    fn key(&mut self, key: KeyId) -> u32 {
        self.keys.insert_full(key).0 as u32
    }
}

impl Writer<'_> {
    fn write(&mut self, change: &Change) -> Result<(), Fault> {
        let names = &mut self.names;
        let value;
        let record = match change {
            Change::NodeCreated(node) => Record::CreateNode(node.0),
            Change::NodeDeleted(node) => Record::DeleteNode(node.0),
            Change::EdgeCreated(edge) => {
                let (from, to) = self.graph.endpoints(*edge);
                let ty = names.ty(self.graph.edge_type(*edge));
                Record::CreateEdge(edge.0, from.0, ty, to.0)
            }
            Change::EdgeDeleted(edge) => Record::DeleteEdge(edge.0),
            Change::LabelsAdded(node, labels) => Record::AddLabels(node.0, names.labels(labels)),
            Change::LabelsRemoved(node, labels) => {
                Record::RemoveLabels(node.0, names.labels(labels))
            }
            Change::NodePropertySet(node, key, ..) => {
                if !self.nodes.insert((*node, *key)) {
                    return Ok(());
                }
                value = self.graph.node_property(*node, *key);
                Record::SetNode(node.0, names.key(*key), encoded(&value)?)
            }
            Change::EdgePropertySet(edge, key, ..) => {
                if !self.edges.insert((*edge, *key)) {
                    return Ok(());
                }
                value = self.graph.edge_property(*edge, *key);
                Record::SetEdge(edge.0, names.key(*key), encoded(&value)?)
            }
            Change::IndexCreated(label, key) => {
                let label = (*label != LabelId::NONE).then(|| names.label(*label));
                Record::CreateIndex(label, names.key(*key))
            }
            Change::IndexDefined(name, false) => match self.graph.definitions.index(name) {
                Some(index) => Record::DefineIndex(Index::of(&index.definition)),
                None => return Ok(()),
            },
            Change::IndexUndefined(before) if before.1.owner.is_none() => {
                Record::UndefineIndex(before.1.definition.name.to_string())
            }
            Change::ConstraintDefined(name) => match self.graph.definitions.constraint(name) {
                Some(known) => Record::DefineConstraint(Constraint::of(&known.definition)),
                None => return Ok(()),
            },
            Change::ConstraintUndefined(before) => {
                Record::UndefineConstraint(before.1.definition.name.to_string())
            }
            // These follow from the definitions and the constraints.
            Change::StructureCreated(_)
            | Change::IndexDropped(_)
            | Change::IndexDefined(_, true)
            | Change::IndexUndefined(_) => return Ok(()),
        };
        push(&mut self.records, &record)
    }

    /// The part so far; starts the next one.
    fn part(&mut self) -> Vec<u8> {
        let catalog = self.graph.catalog();
        let (names, records) = (mem::take(&mut self.names), mem::take(&mut self.records));
        let labels = names
            .labels
            .iter()
            .map(|label| &**catalog.label_name(*label));
        let types = names.types.iter().map(|ty| &**catalog.type_name(*ty));
        let keys = names.keys.iter().map(|key| &**catalog.key_name(*key));
        let part = Part {
            labels: labels.collect(),
            types: types.collect(),
            keys: keys.collect(),
            records: &records,
        };
        postcard::to_allocvec(&part).expect("memory takes every part")
    }
}

fn push(records: &mut Vec<u8>, record: &Record<'_>) -> Result<(), Fault> {
    let written = postcard::to_extend(record, mem::take(records));
    *records = written.map_err(|error| Fault::new(Code::SaveProblem, error.to_string()))?;
    Ok(())
}

fn encoded(value: &Value) -> Result<Encoded<'_>, Fault> {
    Encoded::of(value).ok_or_else(|| {
        let message =
            "expected a value that the journal can keep, found one that is nested too deep";
        Fault::new(Code::SaveProblem, message)
    })
}
