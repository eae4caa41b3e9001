//! The weights of nodes, and the sums of the weights of their neighbours: what the threads of a message share.

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering},
};

use crate::{
    exec::{
        account::Reservation,
        chunk::too_many,
        context::{Context, Failure, placeless},
        op::build,
        operator::Source,
    },
    graph::Neighbour,
    plan::{Node, Slot},
    value::NodeId,
};

/// A sum that is not known yet; no sum is kept that is as great.
const UNKNOWN: u64 = u64::MAX;

/// The weights of nodes. Every node has the weight 1 by default.
#[derive(Default)]
pub(crate) struct Weights {
    /// By node id; `None` if all are 1.
    each: Option<Vec<u64>>,
    /// By the node at the other end of the only arm; they are kept only if it pays. Threads that find the same sum write the
    /// same number.
    sums: OnceLock<Vec<AtomicU64>>,
    _reserved: Reservation,
}

impl Weights {
    /// The weights that the rows of a plan give.
    pub(crate) fn of_plan(node: &Node, slot: Slot, cx: &mut Context<'_>) -> Result<Self, Failure> {
        Self::of_rows(&mut build(node, None), slot, cx)
    }

    /// The weights that rows give: the number of rows of each node.
    pub(crate) fn of_rows(
        rows: &mut Source<'_>,
        slot: Slot,
        cx: &mut Context<'_>,
    ) -> Result<Self, Failure> {
        let bound = cx.graph().node_bound();
        let mut reserved = Reservation::default();
        // The weights and the sums.
        cx.reserve(&mut reserved, 16 * bound as u64)?;
        let mut weights = vec![0; bound];
        while let Some(chunk) = rows.next(cx)? {
            let nodes = chunk.nodes(slot).map_err(placeless)?;
            for (row, node) in nodes.iter().enumerate() {
                if let Some(weight) = weights.get_mut(node.index()) {
                    *weight = chunk
                        .multiplicity(row)
                        .checked_add(*weight)
                        .ok_or_else(too_many)?;
                }
            }
        }
        Ok(Self {
            each: Some(weights),
            sums: OnceLock::new(),
            _reserved: reserved,
        })
    }

    pub(super) fn is_uniform(&self) -> bool {
        self.each.is_none()
    }

    #[inline]
    pub(super) fn of(&self, node: NodeId) -> u64 {
        match &self.each {
            None => 1,
            Some(weights) => weights.get(node.index()).copied().unwrap_or(0),
        }
    }

    /// The sum of the weights of the nodes of a list.
    pub(super) fn sum(&self, list: &[Neighbour]) -> u128 {
        match &self.each {
            None => list.len() as u128,
            Some(weights) => {
                let weights = list.iter().map(|entry| weights.get(entry.node.index()));
                weights
                    .map(|weight| u128::from(weight.copied().unwrap_or(0)))
                    .sum()
            }
        }
    }

    /// The sum of a node, if it was kept.
    #[inline]
    pub(super) fn known_sum(&self, node: NodeId) -> Option<u64> {
        let sum = self.sums.get()?.get(node.index())?.load(Ordering::Relaxed);
        (sum != UNKNOWN).then_some(sum)
    }

    /// Keeps the sum of a node, once sums are kept.
    #[inline]
    pub(super) fn keep_sum(&self, node: NodeId, sum: u64) {
        let place = self.sums.get().and_then(|sums| sums.get(node.index()));
        if let Some(place) = place {
            place.store(sum, Ordering::Relaxed);
        }
    }

    /// Keeps sums from now on, of nodes with an id below `bound`.
    pub(super) fn keep_sums(&self, bound: usize) {
        self.sums
            .get_or_init(|| (0..bound).map(|_| AtomicU64::new(UNKNOWN)).collect());
    }
}
