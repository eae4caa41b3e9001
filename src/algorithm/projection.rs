//! The graph that an algorithm runs on: nodes numbered from 0, and their neighbour lists in compressed sparse rows.
//!
//! A relationship takes 4 bytes, and 8 more with a weight. The lists are sorted by neighbour, so that parallel
//! relationships are adjacent. In an undirected projection a relationship is in the lists of both its ends; a loop is
//! twice in its own, so that the lists have two entries per relationship.

use std::borrow::Cow;

use crate::{algorithm::Run, base::Fault};

/// A graph without names and values.
#[derive(Clone, Debug)]
pub struct Projection {
    /// The start of the list of each node, and the end of the last.
    offsets: Vec<usize>,
    targets: Vec<u32>,
    /// The weight of each entry; `None` if all are 1.
    weights: Option<Vec<f64>>,
    undirected: bool,
}

/// A relationship between two numbered nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The start node.
    pub source: u32,
    /// The end node.
    pub target: u32,
    /// The weight.
    pub weight: f64,
}

impl Projection {
    /// The graph of so many nodes whose lists `list` writes, one after the other and in any order. `weighted` tells
    /// whether the weights count.
    ///
    /// # Errors
    /// A fault of `list`, or if the statement reaches a limit.
    pub fn collect(
        nodes: usize,
        (weighted, undirected): (bool, bool),
        mut list: impl FnMut(u32, &mut Vec<(u32, f64)>) -> Result<(), Fault>,
        run: &Run<'_>,
    ) -> Result<Self, Fault> {
        let mut offsets = run.vector(0, nodes + 1)?;
        let (mut targets, mut weights) = (Vec::new(), Vec::new());
        let mut entries = Vec::new();
        for node in 0..nodes {
            entries.clear();
            list(node as u32, &mut entries)?;
            if !entries.is_sorted_by(|one, other| in_order(one, other).is_le()) {
                entries.sort_unstable_by(in_order);
            }
            targets.extend(entries.iter().map(|(target, _)| *target));
            if weighted {
                weights.extend(entries.iter().map(|(_, weight)| *weight));
            }
            offsets[node + 1] = targets.len();
            run.meter
                .spend(entries.len() * if weighted { 12 } else { 4 })?;
        }
        targets.shrink_to_fit();
        weights.shrink_to_fit();
        Ok(Self {
            offsets,
            targets,
            weights: weighted.then_some(weights),
            undirected,
        })
    }

    /// The graph of so many nodes with these relationships.
    ///
    /// # Errors
    /// A fault if the statement reaches a limit.
    pub fn of_edges(
        nodes: usize,
        edges: &[Edge],
        (weighted, undirected): (bool, bool),
        run: &Run<'_>,
    ) -> Result<Self, Fault> {
        let mut lists = run.vector(Vec::new(), nodes)?;
        for edge in edges {
            lists[edge.source as usize].push((edge.target, edge.weight));
            if undirected {
                lists[edge.target as usize].push((edge.source, edge.weight));
            }
        }
        let list = |node: u32, out: &mut Vec<(u32, f64)>| {
            out.append(&mut lists[node as usize]);
            Ok(())
        };
        Self::collect(nodes, (weighted, undirected), list, run)
    }

    /// The graph without nodes.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            offsets: vec![0],
            targets: Vec::new(),
            weights: None,
            undirected: false,
        }
    }

    /// The number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The numbers of the nodes.
    pub fn numbers(&self) -> std::ops::Range<u32> {
        0..self.nodes() as u32
    }

    /// The number of entries of all lists: of relationships, or of twice as many in an undirected projection.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.targets.len()
    }

    /// About the number of steps of a pass over nodes and relationships.
    #[must_use]
    pub fn size(&self) -> usize {
        self.nodes() + self.entries()
    }

    /// Whether relationships go both ways.
    #[must_use]
    pub fn is_undirected(&self) -> bool {
        self.undirected
    }

    /// Whether relationships have weights.
    #[must_use]
    pub fn is_weighted(&self) -> bool {
        self.weights.is_some()
    }

    /// The neighbours of a node, in ascending order.
    #[inline]
    #[must_use]
    pub fn neighbours(&self, node: u32) -> &[u32] {
        &self.targets[self.offsets[node as usize]..self.offsets[node as usize + 1]]
    }

    /// The number of relationships of a node.
    #[inline]
    #[must_use]
    pub fn degree(&self, node: u32) -> usize {
        self.offsets[node as usize + 1] - self.offsets[node as usize]
    }

    /// The neighbours of a node with the weights of the relationships.
    #[inline]
    pub fn weighted(&self, node: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = self.offsets[node as usize]..self.offsets[node as usize + 1];
        let weights = self.weights.as_ref().map(|weights| &weights[range.clone()]);
        let targets = self.targets[range].iter().enumerate();
        targets.map(move |(at, target)| (*target, weights.map_or(1.0, |weights| weights[at])))
    }

    /// The sum of the weights of the relationships of a node.
    #[must_use]
    pub fn strength(&self, node: u32) -> f64 {
        match &self.weights {
            None => self.degree(node) as f64,
            Some(weights) => {
                let range = self.offsets[node as usize]..self.offsets[node as usize + 1];
                weights[range].iter().sum()
            }
        }
    }

    /// Every relationship, by start node; once in an undirected projection.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        let undirected = self.undirected;
        self.numbers().flat_map(move |source| {
            let mut loops = 0;
            self.weighted(source).filter_map(move |(target, weight)| {
                loops += usize::from(source == target);
                let is_second = target < source || source == target && loops % 2 == 0;
                (!undirected || !is_second).then_some(Edge {
                    source,
                    target,
                    weight,
                })
            })
        })
    }

    /// The relationships from their ends to their starts. Linear.
    ///
    /// # Errors
    /// A fault if the statement reaches a limit.
    pub fn transposed(&self, run: &Run<'_>) -> Result<Self, Fault> {
        let mut offsets = run.vector(0, self.nodes() + 1)?;
        let mut targets = run.vector(0, self.entries())?;
        let mut weights = match &self.weights {
            Some(_) => Some(run.vector(0.0, self.entries())?),
            None => None,
        };
        for target in &self.targets {
            offsets[*target as usize + 1] += 1;
        }
        for node in 0..self.nodes() {
            offsets[node + 1] += offsets[node];
        }
        let mut next = offsets.clone();
        for source in self.numbers() {
            for (target, weight) in self.weighted(source) {
                let at = next[target as usize];
                next[target as usize] += 1;
                targets[at] = source;
                if let Some(weights) = &mut weights {
                    weights[at] = weight;
                }
            }
        }
        run.steps(self.size())?;
        Ok(Self {
            offsets,
            targets,
            weights,
            undirected: self.undirected,
        })
    }

    /// The graph without loops, and with one relationship in place of parallel ones: the one of the lowest weight.
    ///
    /// # Errors
    /// A fault if the statement reaches a limit.
    pub fn simplified(&self, run: &Run<'_>) -> Result<Self, Fault> {
        self.without_parallels(|node, target| target != node, run)
    }

    /// As [`Projection::simplified`], with a loop where there are some.
    ///
    /// # Errors
    /// A fault if the statement reaches a limit.
    pub fn simplified_with_loops(&self, run: &Run<'_>) -> Result<Self, Fault> {
        self.without_parallels(|_, _| true, run)
    }

    fn without_parallels(
        &self,
        keeps: impl Fn(u32, u32) -> bool,
        run: &Run<'_>,
    ) -> Result<Self, Fault> {
        let list = |node: u32, out: &mut Vec<(u32, f64)>| {
            for (target, weight) in self
                .weighted(node)
                .filter(|(target, _)| keeps(node, *target))
            {
                match out.last_mut() {
                    Some((last, least)) if *last == target => *least = least.min(weight),
                    _ => out.push((target, weight)),
                }
            }
            Ok(())
        };
        Self::collect(
            self.nodes(),
            (self.is_weighted(), self.undirected),
            list,
            run,
        )
    }

    /// The graph in which each relationship goes both ways.
    ///
    /// # Errors
    /// A fault if the statement reaches a limit.
    pub fn both_ways(&self, run: &Run<'_>) -> Result<Cow<'_, Self>, Fault> {
        if self.undirected {
            return Ok(Cow::Borrowed(self));
        }
        let back = self.transposed(run)?;
        let list = |node: u32, out: &mut Vec<(u32, f64)>| {
            out.extend(self.weighted(node).chain(back.weighted(node)));
            Ok(())
        };
        Self::collect(self.nodes(), (self.is_weighted(), true), list, run).map(Cow::Owned)
    }

    /// The bytes of the lists.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let weights = self.weights.as_ref().map_or(0, Vec::len);
        size_of_val(&*self.offsets) + size_of_val(&*self.targets) + weights * size_of::<f64>()
    }
}

/// The order of a list: parallel relationships by weight, so that it does not depend on the order of the input.
fn in_order(one: &(u32, f64), other: &(u32, f64)) -> std::cmp::Ordering {
    one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::base::Unmetered;

    pub(crate) const RUN: Run<'static> = Run {
        meter: &Unmetered,
        threads: 2,
    };

    /// The graph with these relationships of weight 1.
    pub(crate) fn graph(nodes: usize, edges: &[(u32, u32)], undirected: bool) -> Projection {
        let edges: Vec<_> = (edges.iter())
            .map(|&(source, target)| Edge {
                source,
                target,
                weight: 1.0,
            })
            .collect();
        Projection::of_edges(nodes, &edges, (false, undirected), &RUN).unwrap()
    }

    #[test]
    fn lists_are_sorted_and_keep_loops_and_parallels() {
        let edges = [(2, 1), (2, 0), (2, 1), (0, 0)];
        let directed = graph(3, &edges, false);
        assert_eq!(directed.neighbours(2), [0, 1, 1]);
        assert_eq!(directed.neighbours(0), [0]);
        assert_eq!(directed.transposed(&RUN).unwrap().neighbours(1), [2, 2]);
        assert_eq!(directed.simplified(&RUN).unwrap().neighbours(2), [0, 1]);
        assert_eq!(directed.edges().count(), 4);
        let undirected = graph(3, &edges, true);
        assert_eq!(undirected.neighbours(0), [0, 0, 2]);
        assert_eq!(undirected.edges().count(), 4);
        let both = directed.both_ways(&RUN).unwrap();
        assert!(
            both.numbers()
                .all(|node| both.neighbours(node) == undirected.neighbours(node))
        );
    }

    #[test]
    fn a_relationship_takes_at_most_twelve_bytes_per_direction() {
        let edges: Vec<_> = (0..10_000)
            .map(|number| Edge {
                source: number % 10,
                target: number % 7,
                weight: 0.5,
            })
            .collect();
        let graph = Projection::of_edges(10, &edges, (true, false), &RUN).unwrap();
        assert_eq!(graph.bytes(), 12 * 10_000 + 8 * 11);
    }
}
