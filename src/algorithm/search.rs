//! Searches from one node over all that it reaches: in breadth, and by weight (Dijkstra 1959).

use std::{cmp::Ordering, collections::BinaryHeap};

use crate::algorithm::Projection;

/// Marks a node without a number, a depth or a predecessor.
pub(super) const NONE: u32 = u32::MAX;

/// The path that ends at a node. `before` has the predecessor of each node, or [`NONE`].
pub(super) fn path_to(before: &[u32], target: u32) -> Vec<u32> {
    let before = |node: &u32| Some(before[*node as usize]).filter(|node| *node != NONE);
    let mut path: Vec<u32> = std::iter::successors(Some(target), before).collect();
    path.reverse();
    path
}

/// Distances from one node, with room that several searches use.
#[derive(Clone, Debug)]
pub(super) struct Search {
    /// The distance of each node; infinite if it is not reached.
    pub(super) distances: Vec<f64>,
    /// The nodes that were reached, nearest first.
    pub(super) reached: Vec<u32>,
    queue: BinaryHeap<Nearest>,
}

/// A node to visit; the nearest is the greatest, then the one with the smallest number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Nearest {
    pub(super) distance: f64,
    pub(super) node: u32,
}

impl Eq for Nearest {}

impl Ord for Nearest {
    fn cmp(&self, other: &Self) -> Ordering {
        let distance = other.distance.total_cmp(&self.distance);
        distance.then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Nearest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Search {
    /// Room for the nodes of a graph.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            distances: vec![f64::INFINITY; nodes],
            reached: Vec::new(),
            queue: BinaryHeap::new(),
        }
    }

    /// Finds the distances from a node.
    pub(super) fn from(&mut self, graph: &Projection, source: u32) {
        for node in self.reached.drain(..) {
            self.distances[node as usize] = f64::INFINITY;
        }
        self.distances[source as usize] = 0.0;
        if graph.is_weighted() {
            self.by_weight(graph, source);
        } else {
            self.in_breadth(graph, source);
        }
    }

    fn in_breadth(&mut self, graph: &Projection, source: u32) {
        self.reached.push(source);
        let mut at = 0;
        while let Some(node) = self.reached.get(at).copied() {
            at += 1;
            let next = self.distances[node as usize] + 1.0;
            for other in graph.neighbours(node) {
                let distance = &mut self.distances[*other as usize];
                if distance.is_infinite() {
                    *distance = next;
                    self.reached.push(*other);
                }
            }
        }
    }

    fn by_weight(&mut self, graph: &Projection, source: u32) {
        self.queue.push(Nearest {
            distance: 0.0,
            node: source,
        });
        while let Some(Nearest { distance, node }) = self.queue.pop() {
            if distance > self.distances[node as usize] {
                continue;
            }
            self.reached.push(node);
            for (other, weight) in graph.weighted(node) {
                let longer = distance + weight;
                if longer < self.distances[other as usize] {
                    self.distances[other as usize] = longer;
                    self.queue.push(Nearest {
                        distance: longer,
                        node: other,
                    });
                }
            }
        }
    }
}
