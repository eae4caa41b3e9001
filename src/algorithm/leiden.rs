//! Communities by the Leiden method (Traag, Waltman, van Eck 2019): as Louvain, but a community is refined into parts that
//! are well connected before they become nodes, so that no community falls apart.

use std::{borrow::Cow, collections::VecDeque};

use crate::{
    algorithm::{
        Projection, Random, Run,
        component::numbered,
        partition::{Near, Partition, aggregated},
    },
    base::Fault,
};

/// How communities are found.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Maximum number of times that communities become nodes.
    pub levels: usize,
    /// A high resolution gives small communities.
    pub resolution: f64,
    /// The randomness of the refinement.
    pub theta: f64,
    /// The seed of the random numbers.
    pub seed: u64,
}

/// The community of each node. Relationships count both ways.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn leiden(graph: &Projection, settings: Settings, run: &Run<'_>) -> Result<Vec<u32>, Fault> {
    let mut random = Random::new(settings.seed);
    let mut level = graph.both_ways(run)?;
    // The node of the level that stands for each node of the graph.
    let mut node_of: Vec<u32> = graph.numbers().collect();
    let mut communities: Vec<u32> = level.numbers().collect();
    for _ in 0..settings.levels {
        let mut partition = Partition::new(&level, communities, settings.resolution, run)?;
        move_nodes(&mut partition, &mut random, run)?;
        let refined = numbered(refine(&partition, settings.theta, &mut random, run)?);
        let is_done = refined.iter().max().map_or(0, |most| *most as usize + 1) == level.nodes();
        communities = partition.communities;
        if is_done {
            break;
        }
        let next = aggregated(&level, &refined, run)?;
        // A part starts in the community that it is a part of.
        let mut of_parts = vec![0; next.nodes()];
        for (part, community) in refined.iter().zip(&communities) {
            of_parts[*part as usize] = *community;
        }
        for node in &mut node_of {
            *node = refined[*node as usize];
        }
        communities = numbered(of_parts);
        level = Cow::Owned(next);
    }
    let found = node_of.iter().map(|node| communities[*node as usize]);
    Ok(numbered(found.collect()))
}

/// Moves nodes, and then again those whose neighbours have moved away.
fn move_nodes(
    partition: &mut Partition<'_>,
    random: &mut Random,
    run: &Run<'_>,
) -> Result<(), Fault> {
    let graph = partition.graph;
    let mut order: Vec<u32> = graph.numbers().collect();
    random.shuffle(&mut order);
    let mut queue = VecDeque::from(order);
    let mut is_queued = vec![true; graph.nodes()];
    while let Some(node) = queue.pop_front() {
        is_queued[node as usize] = false;
        run.steps(1 + graph.degree(node))?;
        if partition.improve(node) == 0.0 {
            continue;
        }
        let community = partition.communities[node as usize];
        for other in graph.neighbours(node) {
            let waits = &mut is_queued[*other as usize];
            if !*waits && partition.communities[*other as usize] != community {
                *waits = true;
                queue.push_back(*other);
            }
        }
    }
    Ok(())
}

/// Parts of communities: each node begins alone and joins, at most once, a part of its community to which it gains.
fn refine(
    partition: &Partition<'_>,
    theta: f64,
    random: &mut Random,
    run: &Run<'_>,
) -> Result<Vec<u32>, Fault> {
    let mut parts = Parts::new(partition, run)?;
    let mut order: Vec<u32> = partition.graph.numbers().collect();
    random.shuffle(&mut order);
    for node in order {
        parts.join(node, theta, random);
        run.steps(1 + partition.graph.degree(node))?;
    }
    Ok(parts.parts)
}

/// The parts of communities while they are refined.
struct Parts<'p> {
    partition: &'p Partition<'p>,
    parts: Vec<u32>,
    totals: Vec<f64>,
    /// The weight between each part and the rest of its community.
    outside: Vec<f64>,
    is_alone: Vec<bool>,
    near: Near,
}

impl<'p> Parts<'p> {
    fn new(partition: &'p Partition<'p>, run: &Run<'_>) -> Result<Self, Fault> {
        let (graph, communities) = (partition.graph, &partition.communities);
        run.meter.spend(graph.nodes() * 32)?;
        let outside = |node: u32| {
            let is_inside = |other: u32| {
                other != node && communities[other as usize] == communities[node as usize]
            };
            let inside = graph.weighted(node).filter(|(other, _)| is_inside(*other));
            inside.map(|(_, weight)| weight).sum()
        };
        Ok(Self {
            parts: graph.numbers().collect(),
            totals: partition.strengths.clone(),
            outside: graph.numbers().map(outside).collect(),
            is_alone: vec![true; graph.nodes()],
            near: Near::new(graph.nodes()),
            partition,
        })
    }

    fn join(&mut self, node: u32, theta: f64, random: &mut Random) {
        let partition = self.partition;
        let community = partition.communities[node as usize];
        let all = partition.totals[community as usize];
        let expected = |one: f64, other: f64| partition.resolution * one * other / partition.total;
        let strength = partition.strengths[node as usize];
        let connected = |outside: f64, total: f64| outside >= expected(total, all - total);
        if !self.is_alone[node as usize] || !connected(self.outside[node as usize], strength) {
            return;
        }
        let parts = &self.parts;
        let of = |other: u32| {
            let is_inside = partition.communities[other as usize] == community;
            is_inside.then(|| parts[other as usize])
        };
        self.near.sum(partition.graph, node, of);
        let gains = self.near.communities.iter().filter_map(|part| {
            let at = *part as usize;
            let gain = self.near.weight(*part) - expected(strength, self.totals[at]);
            let is_fit = connected(self.outside[at], self.totals[at]) && gain >= 0.0;
            (is_fit && *part != self.parts[node as usize]).then_some((*part, gain))
        });
        let gains: Vec<_> = gains.collect();
        if let Some(part) = drawn(&gains, theta, random) {
            self.merge(node, part);
        }
    }

    fn merge(&mut self, node: u32, part: u32) {
        let (from, to) = (self.parts[node as usize] as usize, part as usize);
        let between = self.near.weight(part);
        self.totals[to] += self.totals[from];
        self.outside[to] += self.outside[from] - 2.0 * between;
        (self.totals[from], self.outside[from]) = (0.0, 0.0);
        self.parts[node as usize] = part;
        self.is_alone[node as usize] = false;
        // The part is named by its first node.
        self.is_alone[to] = false;
    }
}

/// Draws a part with a probability that grows with its gain; staying alone gains 0.
fn drawn(gains: &[(u32, f64)], theta: f64, random: &mut Random) -> Option<u32> {
    let most = gains.iter().map(|(_, gain)| *gain).reduce(f64::max)?;
    let chance = |gain: f64| ((gain - most) / theta).exp();
    let stay = chance(0.0);
    let all: f64 = stay + gains.iter().map(|(_, gain)| chance(*gain)).sum::<f64>();
    let mut left = random.unit() * all - stay;
    if left < 0.0 {
        return None;
    }
    for (part, gain) in gains {
        left -= chance(*gain);
        if left < 0.0 {
            return Some(*part);
        }
    }
    gains.last().map(|(part, _)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn cliques_are_communities_for_any_seed() {
        let edges = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)];
        for seed in 0..20 {
            let settings = Settings {
                levels: 10,
                resolution: 1.0,
                theta: 0.01,
                seed,
            };
            let found = leiden(&graph(7, &edges, false), settings, &RUN).unwrap();
            assert_eq!(found, [0, 0, 0, 1, 1, 1, 2], "seed {seed}");
        }
    }
}
