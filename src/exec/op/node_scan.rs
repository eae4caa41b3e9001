//! `NodeScan`: every node, or every node with a label.

use roaring::RoaringBitmap;

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::label_of,
        op::extend::{Asked, Emitted, Extend, narrow},
    },
    plan::{Named, Slot},
    value::{Column, LabelId, NodeId},
};

pub(crate) struct NodeScan<'p> {
    node: Slot,
    label: Option<&'p Named<LabelId>>,
    /// The least node id that the row at the cursor has not been extended by.
    next: u32,
    found: Vec<NodeId>,
}

impl<'p> NodeScan<'p> {
    pub(crate) fn new(node: Slot, label: Option<&'p Named<LabelId>>) -> Self {
        Self {
            node,
            label,
            next: 0,
            found: Vec::new(),
        }
    }
}

impl Extend for NodeScan<'_> {
    type View<'c> = &'c RoaringBitmap;

    fn view<'c>(
        &self,
        _chunk: &'c Chunk,
        cx: &'c Context<'_>,
    ) -> Result<&'c RoaringBitmap, Failure> {
        Ok(match self.label {
            None => cx.graph().nodes(),
            Some(label) => cx.graph().nodes_with_label(label_of(label, cx)),
        })
    }

    fn count(&mut self, nodes: &&RoaringBitmap, _row: usize) -> Result<u64, Failure> {
        Ok(nodes.len())
    }

    fn emit(&mut self, nodes: &&RoaringBitmap, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            self.next = 0;
        }
        let before = self.found.len();
        let rest = nodes.range(self.next..);
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
