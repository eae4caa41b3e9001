//! The weights of nodes, and the sums of the weights of their neighbours: what the threads of a message share.

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering},
};

use crate::{
    exec::{
        account::Reservation,
        chunk::{Chunk, too_many},
        context::{Context, Failure, placeless},
        marks::Marks,
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

/// Threads add so many rows at a time. Fewer are not worth to start the threads.
const BATCH: usize = 1 << 17;

/// Adds the rows of each node of a range of ids that starts at `first`.
fn add(weights: &mut [u64], first: usize, batch: &[Chunk], slot: Slot) -> Result<(), Failure> {
    for chunk in batch {
        let nodes = chunk.nodes(slot).map_err(placeless)?;
        for (row, node) in nodes.iter().enumerate() {
            let place = node.index().wrapping_sub(first);
            if let Some(weight) = weights.get_mut(place) {
                let sum = chunk.multiplicity(row).checked_add(*weight);
                *weight = sum.ok_or_else(too_many)?;
            }
        }
    }
    Ok(())
}

/// Adds the rows of each node. Each thread adds those of a range of the ids that occur.
fn add_on_threads(
    weights: &mut [u64],
    batch: &[Chunk],
    slot: Slot,
    threads: usize,
) -> Result<(), Failure> {
    let (mut least, mut most) = (usize::MAX, 0);
    for chunk in batch {
        for node in chunk.nodes(slot).map_err(placeless)?.iter() {
            (least, most) = (least.min(node.index()), most.max(node.index()));
        }
    }
    let most = most.min(weights.len().saturating_sub(1));
    if threads == 1 || least > most {
        return add(weights, 0, batch, slot);
    }
    let width = (most - least + 1).div_ceil(threads);
    let mut results: Vec<_> = (0..threads).map(|_| Ok(())).collect();
    rayon::in_place_scope(|scope| {
        let parts = weights[least..=most].chunks_mut(width).enumerate();
        for ((number, part), result) in parts.zip(&mut results) {
            scope.spawn(move |_| *result = add(part, least + number * width, batch, slot));
        }
    });
    results.into_iter().collect()
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
        let (mut batch, mut len) = (Vec::new(), 0);
        while let Some(chunk) = rows.next(cx)? {
            len += chunk.len();
            batch.push(chunk);
            if len >= BATCH {
                add_on_threads(&mut weights, &batch, slot, cx.threads())?;
                batch.clear();
                len = 0;
            }
        }
        add(&mut weights, 0, &batch, slot)?;
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

    /// The sum of the weights of those nodes of a list that are marked. Without a branch: whether a node is marked is not
    /// predictable.
    pub(super) fn sum_marked(&self, list: &[Neighbour], marks: &Marks) -> u128 {
        match &self.each {
            None => {
                let marked = list.iter().map(|entry| marks.is_marked(entry.node));
                marked.map(u64::from).sum::<u64>().into()
            }
            Some(_) => {
                let marked = list.iter().map(|entry| {
                    u128::from(self.of(entry.node)) * u128::from(marks.is_marked(entry.node))
                });
                marked.sum()
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
