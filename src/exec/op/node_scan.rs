//! `NodeScan`: every node, or every node with a label.

use std::ops::Range;

use roaring::RoaringBitmap;

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::label_of,
        op::{
            extend::{Asked, Emitted, Extend, narrow},
            parts::{Ids, count_ranges},
        },
    },
    plan::{Named, Slot},
    value::{Column, LabelId, NodeId},
};

pub(crate) struct NodeScan<'p> {
    node: Slot,
    label: Option<&'p Named<LabelId>>,
    ids: Ids,
    /// The least node id that the row at the cursor has not been extended by.
    next: u32,
    found: Vec<NodeId>,
}

impl<'p> NodeScan<'p> {
    pub(crate) fn new(node: Slot, label: Option<&'p Named<LabelId>>, ids: Ids) -> Self {
        Self {
            node,
            label,
            ids,
            next: 0,
            found: Vec::new(),
        }
    }
}

/// The nodes of a scan.
fn scanned<'c>(label: Option<&Named<LabelId>>, cx: &'c Context<'_>) -> &'c RoaringBitmap {
    match label {
        None => cx.graph().nodes(),
        Some(label) => cx.graph().nodes_with_label(label_of(label, cx)),
    }
}

/// Ranges of ids with about the same number of nodes.
pub(crate) fn ranges(label: Option<&Named<LabelId>>, cx: &Context<'_>) -> Vec<Range<u32>> {
    let nodes = scanned(label, cx);
    let parts = nodes.len().min(count_ranges(nodes.len()));
    // The first node of each range.
    let first = |part| {
        let position = u32::try_from(part * nodes.len() / parts).ok()?;
        nodes.select(position)
    };
    let starts: Vec<u32> = (0..parts).filter_map(first).collect();
    let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

impl Extend for NodeScan<'_> {
    type View<'c> = &'c RoaringBitmap;

    fn view<'c>(
        &self,
        _chunk: &'c Chunk,
        cx: &'c Context<'_>,
    ) -> Result<&'c RoaringBitmap, Failure> {
        Ok(scanned(self.label, cx))
    }

    fn count(&mut self, nodes: &&RoaringBitmap, _row: usize) -> Result<u64, Failure> {
        Ok(nodes.range_cardinality(self.ids.range()))
    }

    fn emit(&mut self, nodes: &&RoaringBitmap, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            self.next = self.ids.range().start;
        }
        let before = self.found.len();
        let rest = nodes.range(self.next..self.ids.range().end);
        self.found.extend(rest.take(asked.room).map(NodeId));
        let count = self.found.len() - before;
        // A full chunk may have ended just before another node.
        Ok(match self.found.last() {
            Some(last) if count == asked.room => {
                self.next = narrow(last.index() + 1);
                Emitted::Part(count)
            }
            _ => Emitted::All(count),
        })
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(self.node, Column::nodes(std::mem::take(&mut self.found)));
        Ok(())
    }
}
