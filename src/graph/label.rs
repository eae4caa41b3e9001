//! Labels of nodes: an interned label set per node, and a bitmap of nodes per label.

use indexmap::IndexSet;
use roaring::RoaringBitmap;
use rustc_hash::FxBuildHasher;

use crate::value::{LabelId, NodeId};

/// Marks a deleted node in place of a label set.
const DEAD: u32 = u32::MAX;

/// The live nodes and their labels.
#[derive(Clone, Debug)]
pub(crate) struct Labels {
    /// Distinct label sets, each sorted; the first is empty.
    sets: IndexSet<Box<[LabelId]>, FxBuildHasher>,
    /// For each set, its labels with an id below 64 as bits.
    bits: Vec<u64>,
    /// The label set of each node, by id.
    of: Vec<u32>,
    nodes: RoaringBitmap,
    bitmaps: Vec<RoaringBitmap>,
    none: RoaringBitmap,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            sets: std::iter::once(Box::default()).collect(),
            bits: vec![0],
            of: Vec::new(),
            nodes: RoaringBitmap::new(),
            bitmaps: Vec::new(),
            none: RoaringBitmap::new(),
        }
    }
}

impl Labels {
    /// An exclusive upper bound on node ids.
    pub(crate) fn bound(&self) -> usize {
        self.of.len()
    }

    #[inline]
    pub(crate) fn is_live(&self, node: NodeId) -> bool {
        self.of.get(node.index()).is_some_and(|set| *set != DEAD)
    }

    pub(crate) fn nodes(&self) -> &RoaringBitmap {
        &self.nodes
    }

    pub(crate) fn with(&self, label: LabelId) -> &RoaringBitmap {
        self.bitmaps.get(label.index()).unwrap_or(&self.none)
    }

    #[inline]
    pub(crate) fn has(&self, node: NodeId, label: LabelId) -> bool {
        let Some(&set) = self.of.get(node.index()) else {
            return false;
        };
        if set == DEAD {
            false
        } else if label.0 < 64 {
            self.bits[set as usize] >> label.0 & 1 != 0
        } else {
            self.sets[set as usize].binary_search(&label).is_ok()
        }
    }

    /// The labels of a node, sorted by id; empty if the node does not exist.
    #[inline]
    pub(crate) fn of(&self, node: NodeId) -> &[LabelId] {
        match self.of.get(node.index()) {
            None | Some(&DEAD) => &[],
            Some(&set) => &self.sets[set as usize],
        }
    }

    /// The number of a node's label set, or `None` if the node does not exist.
    #[inline]
    pub(crate) fn set_of(&self, node: NodeId) -> Option<usize> {
        let set = *self.of.get(node.index())?;
        (set != DEAD).then_some(set as usize)
    }

    /// Every label set ever interned, in number order.
    pub(crate) fn sets(&self) -> impl ExactSizeIterator<Item = &[LabelId]> {
        self.sets.iter().map(|set| &**set)
    }

    /// Appends `count` nodes with the sorted `labels` and returns the first id.
    pub(crate) fn extend(&mut self, labels: &[LabelId], count: u32) -> NodeId {
        let first = u32::try_from(self.of.len()).expect("node ids have 32 bits");
        let end = first.checked_add(count).expect("node ids have 32 bits");
        let set = self.intern(labels);
        self.of.resize(end as usize, set);
        self.nodes.insert_range(first..end);
        for label in labels {
            self.bitmap(*label).insert_range(first..end);
        }
        NodeId(first)
    }

    /// Makes a node live, without labels.
    pub(crate) fn attach(&mut self, node: NodeId) {
        if node.index() >= self.of.len() {
            self.of.resize(node.index() + 1, DEAD);
        }
        self.of[node.index()] = 0;
        self.nodes.insert(node.0);
    }

    /// Marks a node without labels as deleted.
    pub(crate) fn detach(&mut self, node: NodeId) {
        self.of[node.index()] = DEAD;
        self.nodes.remove(node.0);
    }

    /// Drops dead ids at the end. `taken` tells whether an id may become live again.
    pub(crate) fn trim(&mut self, taken: impl Fn(NodeId) -> bool) {
        while let Some(&DEAD) = self.of.last() {
            if taken(NodeId(self.of.len() as u32 - 1)) {
                return;
            }
            self.of.pop();
        }
    }

    /// Adds labels that the node does not have, in ascending order.
    pub(crate) fn add(&mut self, node: NodeId, added: &[LabelId]) {
        let mut labels = [self.of(node), added].concat();
        labels.sort_unstable();
        self.of[node.index()] = self.intern(&labels);
        for label in added {
            self.bitmap(*label).insert(node.0);
        }
    }

    /// Removes labels that the node has, in ascending order.
    pub(crate) fn remove(&mut self, node: NodeId, removed: &[LabelId]) {
        let labels = self.of(node).iter().copied();
        let kept = labels.filter(|label| removed.binary_search(label).is_err());
        let kept: Vec<_> = kept.collect();
        self.of[node.index()] = self.intern(&kept);
        for label in removed {
            self.bitmap(*label).remove(node.0);
        }
    }

    fn bitmap(&mut self, label: LabelId) -> &mut RoaringBitmap {
        if label.index() >= self.bitmaps.len() {
            self.bitmaps.resize(label.index() + 1, RoaringBitmap::new());
        }
        &mut self.bitmaps[label.index()]
    }

    /// The number of a sorted label set.
    fn intern(&mut self, labels: &[LabelId]) -> u32 {
        let at = self.sets.get_index_of(labels).unwrap_or_else(|| {
            let low = labels.iter().filter(|label| label.0 < 64);
            self.bits
                .push(low.fold(0, |bits, label| bits | 1 << label.0));
            self.sets.insert_full(labels.into()).0
        });
        u32::try_from(at).expect("there are fewer label sets than nodes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_beyond_the_64th_are_kept_as_well() {
        let mut labels = Labels::default();
        let node = labels.extend(&[LabelId(3), LabelId(70)], 2);
        labels.add(node, &[LabelId(64)]);
        assert_eq!(labels.of(node), [LabelId(3), LabelId(64), LabelId(70)]);
        assert!(
            labels.has(node, LabelId(64))
                && labels.has(node, LabelId(3))
                && !labels.has(node, LabelId(6))
        );
        labels.remove(node, &[LabelId(3)]);
        assert!(!labels.has(node, LabelId(3)) && labels.has(NodeId(1), LabelId(3)));
        assert_eq!(
            (
                labels.with(LabelId(3)).len(),
                labels.with(LabelId(99)).len()
            ),
            (1, 0)
        );
    }
}
