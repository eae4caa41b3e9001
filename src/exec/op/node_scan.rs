//! `NodeScan`: every node, or every node with a label.

use roaring::RoaringBitmap;

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::label_of,
        op::fan_out::{Cursor, Spread, narrow, room},
    },
    plan::{Named, Slot},
    value::{LabelId, NodeId},
};

/// The cursor's offset is the least node id that has not been given.
pub(crate) struct NodeScan<'p> {
    node: Slot,
    label: Option<&'p Named<LabelId>>,
    found: Vec<NodeId>,
}

impl<'p> NodeScan<'p> {
    pub(crate) fn new(node: Slot, label: Option<&'p Named<LabelId>>) -> Self {
        Self {
            node,
            label,
            found: Vec::new(),
        }
    }
}

/// The nodes that a scan goes over.
fn nodes<'c>(label: Option<&Named<LabelId>>, cx: &'c Context<'_>) -> &'c RoaringBitmap {
    match label {
        None => cx.graph().nodes(),
        Some(label) => cx.graph().nodes_with_label(label_of(label, cx)),
    }
}

impl Spread for NodeScan<'_> {
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let nodes = nodes(self.label, cx);
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            let before = self.found.len();
            let rest = nodes.range(narrow(cursor.offset)..);
            self.found.extend(rest.take(room(rows)).map(NodeId));
            rows.resize(self.found.len(), narrow(cursor.row));
            match self.found.last() {
                // A full chunk may have ended just before another node.
                Some(last) if rows.len() >= CAPACITY && self.found.len() > before => {
                    cursor.offset = last.index() + 1;
                }
                _ => cursor.next_row(),
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(self.node, Column::nodes(std::mem::take(&mut self.found)));
        Ok(())
    }
}

/// A scan whose nodes nobody reads: how many there are is enough.
pub(crate) struct NodeCount<'p> {
    pub(crate) label: Option<&'p Named<LabelId>>,
}

impl super::expand::Factor for NodeCount<'_> {
    fn factors(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Vec<u64>, Failure> {
        Ok(vec![nodes(self.label, cx).len(); chunk.len()])
    }
}
