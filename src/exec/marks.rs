//! The neighbours of one node, marked by id: a list is intersected with them in one pass that does not wait for comparisons.

use crate::{
    exec::{adjacent::Adjacent, adjacent::Merged, context::Context},
    graph::Neighbour,
    value::NodeId,
};

/// Marks of the neighbours of a node. They are worth it if several rows in a row have this node.
#[derive(Default)]
pub(crate) struct Marks {
    /// The node whose neighbours are marked.
    of: Option<NodeId>,
    /// By node id, the number of relationships.
    counts: Vec<u32>,
    /// The nodes that are marked.
    marked: Vec<NodeId>,
}

impl Marks {
    /// Minimum number of rows with the same node for which its neighbours are marked.
    const WORTH: usize = 4;

    /// Clears the marks if the statement may have changed the graph.
    pub(crate) fn refresh(&mut self, cx: &Context<'_>) {
        if cx.may_write() {
            self.clear();
        }
    }

    fn clear(&mut self) {
        for node in self.marked.drain(..) {
            self.counts[node.index()] = 0;
        }
        self.of = None;
    }

    /// Marks the neighbours of the node of a row. False if too few rows from this one on have the node.
    pub(crate) fn mark(
        &mut self,
        nodes: &[NodeId],
        row: usize,
        adjacent: &Adjacent<'_>,
        scratch: &mut Merged,
    ) -> bool {
        let node = nodes[row];
        if self.of == Some(node) {
            return true;
        }
        let rows = nodes.get(row..row + Self::WORTH);
        if !rows.is_some_and(|rows| rows.iter().all(|other| *other == node)) {
            return false;
        }
        self.clear();
        for entry in adjacent.of(node, scratch) {
            let at = entry.node.index();
            if at >= self.counts.len() {
                self.counts.resize(at + 1, 0);
            }
            self.counts[at] += 1;
            self.marked.push(entry.node);
        }
        self.of = Some(node);
        true
    }

    /// The number of relationships from the marked node's list to a node.
    #[inline]
    pub(crate) fn count(&self, node: NodeId) -> u64 {
        self.counts.get(node.index()).copied().unwrap_or(0).into()
    }

    /// Whether a node is a neighbour of the marked node.
    #[inline]
    pub(crate) fn is_marked(&self, node: NodeId) -> bool {
        self.count(node) > 0
    }

    /// The number of pairs of a relationship of a list and one of the marked node's list that lead to the same node.
    pub(crate) fn count_common(&self, list: &[Neighbour]) -> u64 {
        list.iter().map(|entry| self.count(entry.node)).sum()
    }
}
