//! Automatic indexes: hash tables on properties that statements look up again and again without an index.
//!
//! The first look-ups scan. Once the scans of a property have visited as many nodes as building a table costs, the next
//! look-up builds it; so the total cost is at most about twice that of the better choice (the ski-rental rule). A table
//! is no content of the graph: the optimiser and the statistics do not know it, and a copy of the graph starts without.
//!
//! A table has an entry for each node and each value that it has or had. An entry is a candidate: every look-up compares
//! the present value and the labels. So a change only adds an entry, and neither a rollback nor a deletion needs to
//! remove one. A table with too many entries is dropped, and built again by the next look-up.

use std::{
    ops::RangeInclusive,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;

use crate::{
    base::{Fault, Meter, room},
    graph::{Column, Graph},
    value::{KeyId, LabelId, NodeId, Value, key_hash, relation::equal},
};

/// Fewer nodes are always scanned; in tests, tables are also built for the small graphs of the model.
const FEW: u64 = if cfg!(test) { 2 } else { 64 };

/// Building a table takes the time of so many scans.
const SCANS: u64 = 4;

/// The end of a chain.
const END: u32 = u32::MAX;

/// The automatic indexes of a graph, by label and key; [`LabelId::NONE`] is for all nodes.
#[derive(Debug, Default)]
pub(crate) struct Automatic {
    known: Mutex<FxHashMap<(LabelId, KeyId), Known>>,
    bytes: AtomicU64,
}

impl Clone for Automatic {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// A property that was looked up.
#[derive(Debug, Default)]
struct Known {
    /// The number of nodes that scans have visited.
    scanned: u64,
    table: Option<Table>,
}

/// Chains of candidates by the hash of their value.
#[derive(Debug)]
struct Table {
    /// The last entry of each chain; the length is a power of two.
    heads: Vec<u32>,
    /// The node, and the entry before in the same chain.
    entries: Vec<(u32, u32)>,
}

impl Table {
    /// The number of chains for some nodes.
    fn width(count: usize) -> usize {
        (2 * count).next_power_of_two()
    }

    /// The bytes of a table of some nodes, with room for as many more.
    fn bytes_of(count: usize) -> u64 {
        (Self::width(count) * size_of::<u32>() + count * size_of::<(u32, u32)>()) as u64
    }

    fn new(count: usize) -> Result<Self, Fault> {
        let width = Self::width(count);
        let mut heads = room::vector(width)?;
        heads.resize(width, END);
        Ok(Self {
            heads,
            entries: room::vector(count)?,
        })
    }

    fn bytes(&self) -> u64 {
        let entries = self.entries.capacity() * size_of::<(u32, u32)>();
        (self.heads.len() * size_of::<u32>() + entries) as u64
    }

    fn chain(&self, hash: u64) -> usize {
        hash as usize & (self.heads.len() - 1)
    }

    /// Adds a candidate. Returns false if the table is full.
    fn insert(&mut self, node: NodeId, hash: u64) -> bool {
        if self.entries.len() >= self.heads.len() {
            return false;
        }
        let chain = self.chain(hash);
        let entry = self.entries.len() as u32;
        self.entries.push((node.0, self.heads[chain]));
        self.heads[chain] = entry;
        true
    }

    fn candidates(&self, hash: u64) -> impl Iterator<Item = NodeId> {
        let mut next = self.heads[self.chain(hash)];
        std::iter::from_fn(move || {
            let (node, before) = *self.entries.get(next as usize)?;
            next = before;
            Some(NodeId(node))
        })
    }
}

impl Automatic {
    /// Adds a node with a new value, or with a new label, to the tables of its labels.
    pub(super) fn insert(&mut self, labels: &[LabelId], key: KeyId, node: NodeId, value: &Value) {
        let known = self.known.get_mut().unwrap_or_else(PoisonError::into_inner);
        if known.is_empty() || value.is_null() {
            return;
        }
        for label in labels {
            let Some(known) = known.get_mut(&(*label, key)) else {
                continue;
            };
            let Some(table) = &mut known.table else {
                continue;
            };
            let before = table.bytes();
            let kept = table.insert(node, key_hash(value));
            let after = if kept { table.bytes() } else { 0 };
            let bytes = self.bytes.get_mut();
            *bytes = (*bytes + after).saturating_sub(before);
            if !kept {
                known.table = None;
            }
        }
    }
}

impl Graph {
    /// Finds the nodes with a label, or of all nodes, whose property equals the value by `=`, in ascending order. Works
    /// with and without an index; repeated look-ups build a table if `fits` allows its size in bytes.
    ///
    /// # Errors
    /// A fault of `meter`, which counts the work of scans and of building a table.
    pub fn find_nodes(
        &self,
        label: Option<LabelId>,
        key: KeyId,
        value: &Value,
        fits: impl FnOnce(u64) -> bool,
        meter: &dyn Meter,
        found: &mut Vec<NodeId>,
    ) -> Result<(), Fault> {
        let Some(column) = self.node_column(key) else {
            return Ok(());
        };
        let nodes = label.map_or(self.nodes(), |label| self.nodes_with_label(label));
        let count = nodes.len();
        if count < FEW {
            return scan(nodes, column, value, meter, found);
        }
        let known = self.automatic.known.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        let known = known
            .entry((label.unwrap_or(LabelId::NONE), key))
            .or_default();
        if known.table.is_none() {
            known.scanned = known.scanned.saturating_add(count);
            if known.scanned > SCANS * count && fits(Table::bytes_of(count as usize)) {
                let table = table(nodes, column, meter)?;
                self.automatic
                    .bytes
                    .fetch_add(table.bytes(), Ordering::Relaxed);
                known.table = Some(table);
            }
        }
        match &known.table {
            Some(table) => {
                let before = found.len();
                self.seek_table(table, label, column, value, found);
                meter.worked((found.len() - before) * ADDED)
            }
            None => scan(nodes, column, value, meter, found),
        }
    }

    /// The bytes of the automatic indexes.
    #[must_use]
    pub fn automatic_bytes(&self) -> u64 {
        self.automatic.bytes.load(Ordering::Relaxed)
    }

    fn seek_table(
        &self,
        table: &Table,
        label: Option<LabelId>,
        column: &Column,
        value: &Value,
        found: &mut Vec<NodeId>,
    ) {
        let first = found.len();
        let fits = |node: &NodeId| {
            column.equals(node.index(), value)
                && label.is_none_or(|label| self.has_label(*node, label))
        };
        found.extend(table.candidates(key_hash(value)).filter(fits));
        let own = &mut found[first..];
        if own.is_sorted_by(|one, other| one < other) {
            return;
        }
        own.sort_unstable();
        let mut kept = first;
        for at in first..found.len() {
            if kept == first || found[kept - 1] != found[at] {
                found[kept] = found[at];
                kept += 1;
            }
        }
        found.truncate(kept);
    }
}

/// The nodes whose ids share their high bits are visited between two questions to the meter.
const PART: u32 = 1 << 18;

/// The work of visiting a node of a scan, and of adding one to a table, in bytes.
const SCANNED: usize = 2;
const ADDED: usize = 16;

/// The ranges of ids that contain some nodes, ascending.
fn parts(nodes: &RoaringBitmap) -> impl DoubleEndedIterator<Item = RangeInclusive<u32>> {
    let bounds = nodes.min().zip(nodes.max());
    let parts = bounds.map(|(first, last)| first / PART..=last / PART);
    let parts = parts.into_iter().flatten();
    parts.map(|part| part * PART..=part * PART + (PART - 1))
}

fn table(nodes: &RoaringBitmap, column: &Column, meter: &dyn Meter) -> Result<Table, Fault> {
    let mut table = Table::new(nodes.len() as usize)?;
    // In descending order, so that chains ascend.
    for part in parts(nodes).rev() {
        let visited = nodes.range_cardinality(part.clone()) as usize;
        meter.worked(visited * ADDED)?;
        for node in nodes.range(part).rev() {
            if let Some(hash) = column.key_hash(node as usize) {
                table.insert(NodeId(node), hash);
            }
        }
    }
    Ok(table)
}

fn scan(
    nodes: &RoaringBitmap,
    column: &Column,
    value: &Value,
    meter: &dyn Meter,
    found: &mut Vec<NodeId>,
) -> Result<(), Fault> {
    for part in parts(nodes) {
        let before = found.len();
        scan_part(nodes.range(part.clone()), column, value, found);
        let visited = nodes.range_cardinality(part) as usize;
        meter.worked(visited * SCANNED + (found.len() - before) * size_of::<NodeId>())?;
    }
    Ok(())
}

fn scan_part(
    nodes: impl Iterator<Item = u32>,
    column: &Column,
    value: &Value,
    found: &mut Vec<NodeId>,
) {
    if let (Some(slots), Value::Integer(wanted)) = (column.ints(), value) {
        let equal = nodes.filter(|node| slots.get(*node as usize) == Some(*wanted));
        found.extend(equal.map(NodeId));
    } else if let (Some((codes, texts)), Value::String(wanted)) = (column.codes(), value) {
        if let Some(code) = texts.code(wanted) {
            let equal = nodes.filter(|node| codes.get(*node as usize) == Some(code));
            found.extend(equal.map(NodeId));
        }
    } else {
        let equal = nodes.filter(|node| equal(&column.get(*node as usize), value) == Some(true));
        found.extend(equal.map(NodeId));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::base::{Code, Unmetered};

    fn found(graph: &Graph, label: Option<LabelId>, key: KeyId, value: &Value) -> Vec<NodeId> {
        let mut found = Vec::new();
        let sought = graph.find_nodes(label, key, value, |_| true, &Unmetered, &mut found);
        sought.unwrap();
        found
    }

    /// A hundred nodes with a label and a property of ten values.
    fn graph() -> (Graph, LabelId, KeyId) {
        let mut graph = Graph::new();
        let (label, key) = (graph.intern_label("A"), graph.intern_key("x"));
        for number in 0..100 {
            let node = graph.create_node(&[label]);
            graph.set_node_property(node, key, Value::Integer(number % 10));
        }
        (graph, label, key)
    }

    #[test]
    fn repeated_look_ups_build_a_table_that_finds_the_same_nodes() {
        let (graph, label, key) = graph();
        let first = found(&graph, Some(label), key, &3.into());
        for _ in 0..SCANS {
            assert_eq!(found(&graph, Some(label), key, &3.into()), first);
        }
        assert!(graph.automatic_bytes() > 0 && first.len() == 10);
        assert_eq!(found(&graph, Some(label), key, &3.0.into()), first);
        assert_eq!(found(&graph, Some(label), key, &Value::Null), []);
        assert_eq!(found(&graph, None, key, &3.into()), first);
    }

    #[test]
    fn without_room_every_look_up_scans() {
        let (graph, label, key) = graph();
        for _ in 0..20 {
            let mut found = Vec::new();
            let (label, three) = (Some(label), 3.into());
            let sought = graph.find_nodes(label, key, &three, |_| false, &Unmetered, &mut found);
            sought.unwrap();
            assert_eq!(found.len(), 10);
        }
        assert_eq!(graph.automatic_bytes(), 0);
    }

    /// A meter that fails after so many reports.
    struct Failing(Cell<u32>);

    impl Meter for Failing {
        fn spend(&self, bytes: usize) -> Result<(), Fault> {
            self.worked(bytes)
        }

        fn worked(&self, _: usize) -> Result<(), Fault> {
            let left = self.0.get().checked_sub(1);
            self.0
                .set(left.ok_or_else(|| Fault::new(Code::Cancelled, "interrupted"))?);
            Ok(())
        }
    }

    #[test]
    fn scans_and_the_building_of_a_table_end_where_the_meter_says_so() {
        let (graph, label, key) = graph();
        let sought = |most| {
            let (label, mut found) = (Some(label), Vec::new());
            let meter = Failing(Cell::new(most));
            let outcome = graph.find_nodes(label, key, &3.into(), |_| true, &meter, &mut found);
            outcome.map(|()| found.len())
        };
        assert!(sought(0).is_err());
        for _ in 1..SCANS {
            assert_eq!(sought(1), Ok(10));
        }
        assert!(sought(0).is_err());
        assert_eq!(graph.automatic_bytes(), 0);
        assert_eq!(sought(2), Ok(10));
        assert!(graph.automatic_bytes() > 0);
    }

    #[test]
    fn nodes_with_distant_ids_are_visited_in_order() {
        let nodes: RoaringBitmap = [3, PART - 1, PART, 9 * PART + 7].into_iter().collect();
        let visited = parts(&nodes).flat_map(|part| nodes.range(part));
        assert!(visited.eq(nodes.iter()));
        assert_eq!(parts(&RoaringBitmap::new()).count(), 0);
        let last: RoaringBitmap = [u32::MAX - 1].into_iter().collect();
        assert_eq!(parts(&last).count(), 1);
    }

    #[test]
    fn changes_and_their_rollback_are_seen() {
        let (mut graph, label, key) = graph();
        let other = graph.intern_label("B");
        graph.commit();
        for _ in 0..=SCANS {
            found(&graph, Some(label), key, &3.into());
        }
        let before = found(&graph, Some(label), key, &3.into());
        let savepoint = graph.savepoint();
        for _ in 0..3 {
            graph.set_node_property(before[0], key, 4.into());
            graph.set_node_property(before[0], key, 3.into());
        }
        assert_eq!(found(&graph, Some(label), key, &3.into()), before);
        graph.set_node_property(before[1], key, "a".into());
        graph.remove_labels(before[2], &[label]);
        graph.delete_node(before[3]).unwrap();
        let created = graph.create_node(&[other]);
        graph.set_node_property(created, key, 3.into());
        graph.add_labels(created, &[label]);
        let mut expected = vec![before[0]];
        expected.extend(&before[4..]);
        expected.push(created);
        assert_eq!(found(&graph, Some(label), key, &3.into()), expected);
        assert_eq!(found(&graph, Some(label), key, &"a".into()), [before[1]]);
        graph.rollback(savepoint);
        assert_eq!(found(&graph, Some(label), key, &3.into()), before);
    }

    #[test]
    fn a_table_that_is_full_is_built_again() {
        let (mut graph, label, key) = graph();
        for round in 0..1_000 {
            let node = graph.create_node(&[label]);
            graph.set_node_property(node, key, Value::Integer(1_000 + round));
            let wanted = Value::Integer(1_000 + round);
            assert_eq!(found(&graph, Some(label), key, &wanted), [node]);
        }
        let bytes = graph.automatic_bytes();
        assert!(bytes > 0 && bytes < 50_000, "{bytes}");
    }
}
