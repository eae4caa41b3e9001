//! A division of nodes into communities, and the gain of modularity by moving a node (Blondel and others 2008).

use crate::{
    algorithm::{Projection, Run},
    base::Fault,
};

/// Gains below this share of all weight are rounding.
const SMALLEST_GAIN: f64 = 1e-12;

/// A division of the nodes of an undirected graph into communities.
pub(super) struct Partition<'g> {
    pub(super) graph: &'g Projection,
    pub(super) communities: Vec<u32>,
    /// The weight of the relationships of each node.
    pub(super) strengths: Vec<f64>,
    /// The sum of the strengths of each community, and its number of nodes.
    pub(super) totals: Vec<f64>,
    sizes: Vec<u32>,
    /// The sum of all strengths.
    pub(super) total: f64,
    pub(super) resolution: f64,
    near: Near,
}

/// The weight between a node and each community near it.
pub(super) struct Near {
    weights: Vec<f64>,
    pub(super) communities: Vec<u32>,
}

impl Near {
    pub(super) fn new(communities: usize) -> Self {
        Self {
            weights: vec![0.0; communities],
            communities: Vec::new(),
        }
    }

    /// The weight between the last node and a community.
    pub(super) fn weight(&self, community: u32) -> f64 {
        self.weights[community as usize]
    }

    /// Sums the weights of the relationships of a node by the community of the other end; loops do not count.
    pub(super) fn sum(
        &mut self,
        graph: &Projection,
        node: u32,
        community_of: impl Fn(u32) -> Option<u32>,
    ) {
        for community in self.communities.drain(..) {
            self.weights[community as usize] = 0.0;
        }
        for (other, weight) in graph.weighted(node).filter(|(other, _)| *other != node) {
            if let Some(community) = community_of(other) {
                let sum = &mut self.weights[community as usize];
                if *sum == 0.0 {
                    self.communities.push(community);
                }
                *sum += weight;
            }
        }
    }
}

impl<'g> Partition<'g> {
    pub(super) fn new(
        graph: &'g Projection,
        communities: Vec<u32>,
        resolution: f64,
        run: &Run<'_>,
    ) -> Result<Self, Fault> {
        let count = graph.nodes();
        run.meter.spend(count * 40)?;
        let strengths: Vec<f64> = graph.numbers().map(|node| graph.strength(node)).collect();
        let (mut totals, mut sizes) = (vec![0.0; count], vec![0; count]);
        for (community, strength) in communities.iter().zip(&strengths) {
            totals[*community as usize] += strength;
            sizes[*community as usize] += 1;
        }
        Ok(Self {
            total: strengths.iter().sum(),
            near: Near::new(count),
            graph,
            communities,
            strengths,
            totals,
            sizes,
            resolution,
        })
    }

    /// Moves a node to the community near it that gains most, and returns the gain; 0 if it stays.
    pub(super) fn improve(&mut self, node: u32) -> f64 {
        let communities = &self.communities;
        let of = |other: u32| Some(communities[other as usize]);
        self.near.sum(self.graph, node, of);
        let own = communities[node as usize];
        let strength = self.strengths[node as usize];
        let gain = |community: u32| {
            let others = self.totals[community as usize];
            let others = if community == own {
                others - strength
            } else {
                others
            };
            self.near.weight(community) - self.resolution * strength * others / self.total
        };
        let stay = gain(own);
        let mut best = (stay, own);
        for community in self.near.communities.iter().copied() {
            let gained = gain(community);
            if gained > best.0 || gained == best.0 && community < best.1 && best.1 != own {
                best = (gained, community);
            }
        }
        let gained = best.0 - stay;
        if best.1 == own || gained <= SMALLEST_GAIN * self.total {
            return 0.0;
        }
        self.set(node, best.1);
        gained
    }

    fn set(&mut self, node: u32, community: u32) {
        let old = std::mem::replace(&mut self.communities[node as usize], community);
        for (community, sign) in [(old, -1), (community, 1)] {
            let community = community as usize;
            self.totals[community] += f64::from(sign) * self.strengths[node as usize];
            self.sizes[community] = self.sizes[community].wrapping_add_signed(sign);
            if self.sizes[community] == 0 {
                self.totals[community] = 0.0;
            }
        }
    }
}

/// The graph whose nodes are the communities of another, numbered from 0. The weights within a community become one loop.
pub(super) fn aggregated(
    graph: &Projection,
    communities: &[u32],
    run: &Run<'_>,
) -> Result<Projection, Fault> {
    let count = communities
        .iter()
        .max()
        .map_or(0, |most| *most as usize + 1);
    let mut members = vec![Vec::new(); count];
    for (node, community) in graph.numbers().zip(communities) {
        members[*community as usize].push(node);
    }
    let mut sums = vec![0.0; count];
    let mut near = Vec::new();
    let list = |community: u32, out: &mut Vec<(u32, f64)>| {
        for node in &members[community as usize] {
            for (other, weight) in graph.weighted(*node) {
                let other = communities[other as usize];
                if sums[other as usize] == 0.0 {
                    near.push(other);
                }
                sums[other as usize] += weight;
            }
        }
        near.sort_unstable();
        near.dedup();
        for other in near.drain(..) {
            out.push((other, std::mem::take(&mut sums[other as usize])));
        }
        Ok(())
    };
    Projection::collect(count, (true, true), list, run)
}
