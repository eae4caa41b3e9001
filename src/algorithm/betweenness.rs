//! Betweenness: the share of shortest paths between other nodes that pass through a node (Brandes 2001).
//!
//! The sources are divided into a fixed number of groups, whose sums are added in their order.

use crate::{
    algorithm::{Projection, Random, Run, search::Search},
    base::Fault,
};

/// The number of groups of sources, which bounds the memory of their sums.
const GROUPS: usize = 16;

/// The betweenness of each node. Of `samples` only that many sources are drawn, and their share is extrapolated (Brandes,
/// Pich 2007).
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn betweenness(
    graph: &Projection,
    samples: Option<usize>,
    seed: u64,
    run: &Run<'_>,
) -> Result<Vec<f64>, Fault> {
    let graph = graph.simplified(run)?;
    let count = graph.nodes();
    let mut sources: Vec<u32> = graph.numbers().collect();
    if let Some(samples) = samples.filter(|samples| *samples < count) {
        Random::new(seed).shuffle(&mut sources);
        sources.truncate(samples);
        sources.sort_unstable();
    }
    let scale = count as f64 / sources.len().max(1) as f64;
    let scale = if graph.is_undirected() {
        scale / 2.0
    } else {
        scale
    };
    let mut sums = run.vector(0.0, count)?;
    for_groups(&graph, &sources, &mut sums, run)?;
    sums.iter_mut().for_each(|sum| *sum *= scale);
    Ok(sums)
}

/// Adds what the paths from all sources contribute.
fn for_groups(
    graph: &Projection,
    sources: &[u32],
    sums: &mut [f64],
    run: &Run<'_>,
) -> Result<(), Fault> {
    let size = sources.len().div_ceil(GROUPS).max(1);
    let groups: Vec<_> = sources.chunks(size).collect();
    run.meter
        .spend(groups.len() * graph.nodes() * size_of::<f64>())?;
    let mut parts: Vec<Part> = groups
        .iter()
        .map(|sources| Part {
            sources,
            work: None,
        })
        .collect();
    // A round takes one step of every group, so that the limits are checked often.
    let step = (1 << 22) / graph.size().max(1) + 1;
    for _ in 0..size.div_ceil(step) {
        let steps = groups.len() * step * graph.size();
        run.fill_blocks(&mut parts, 1, steps, |_, part| part[0].take(graph, step))?;
    }
    for part in &parts {
        let found = part.work.iter().flat_map(|work| &work.sums);
        sums.iter_mut()
            .zip(found)
            .for_each(|(sum, more)| *sum += more);
    }
    Ok(())
}

/// A group of sources and what the paths from them contribute.
struct Part<'s> {
    sources: &'s [u32],
    work: Option<Work>,
}

impl Part<'_> {
    /// Takes the next sources.
    fn take(&mut self, graph: &Projection, most: usize) {
        let (now, rest) = self.sources.split_at(most.min(self.sources.len()));
        self.sources = rest;
        let work = self.work.get_or_insert_with(|| Work::new(graph.nodes()));
        now.iter().for_each(|source| work.add(graph, *source));
    }
}

/// The room of a search from one source, and the sums so far.
struct Work {
    search: Search,
    /// The number of shortest paths to each node.
    paths: Vec<f64>,
    /// The share of paths behind each node.
    shares: Vec<f64>,
    sums: Vec<f64>,
}

impl Work {
    fn new(nodes: usize) -> Self {
        Self {
            search: Search::new(nodes),
            paths: vec![0.0; nodes],
            shares: vec![0.0; nodes],
            sums: vec![0.0; nodes],
        }
    }

    fn add(&mut self, graph: &Projection, source: u32) {
        for node in &self.search.reached {
            self.paths[*node as usize] = 0.0;
            self.shares[*node as usize] = 0.0;
        }
        self.search.from(graph, source);
        self.paths[source as usize] = 1.0;
        let Search {
            distances, reached, ..
        } = &self.search;
        // Whether a relationship is on a shortest path.
        let leads =
            |from: f64, weight: f64, to: f64| (from + weight - to).abs() <= 1e-12 * to.max(1.0);
        for node in reached {
            let from = distances[*node as usize];
            let paths = self.paths[*node as usize];
            for (other, weight) in graph.weighted(*node) {
                if weight > 0.0 && leads(from, weight, distances[other as usize]) {
                    self.paths[other as usize] += paths;
                }
            }
        }
        for node in reached.iter().rev() {
            let from = distances[*node as usize];
            let mut share = 0.0;
            for (other, weight) in graph.weighted(*node) {
                let other = other as usize;
                if weight > 0.0 && leads(from, weight, distances[other]) {
                    share += (1.0 + self.shares[other]) / self.paths[other];
                }
            }
            self.shares[*node as usize] = share * self.paths[*node as usize];
            if *node != source {
                self.sums[*node as usize] += self.shares[*node as usize];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn the_middle_of_a_star_is_between_all_pairs() {
        let star = graph(5, &[(0, 1), (0, 2), (0, 3), (0, 4), (0, 4), (1, 1)], true);
        assert_eq!(
            betweenness(&star, None, 0, &RUN).unwrap(),
            [6.0, 0.0, 0.0, 0.0, 0.0]
        );
    }

    #[test]
    fn equal_paths_share() {
        let square = graph(4, &[(0, 1), (1, 3), (0, 2), (2, 3)], false);
        assert_eq!(
            betweenness(&square, None, 0, &RUN).unwrap(),
            [0.0, 0.5, 0.5, 0.0]
        );
    }

    #[test]
    fn a_sample_of_all_is_exact() {
        let path = graph(4, &[(0, 1), (1, 2), (2, 3)], true);
        let exact = betweenness(&path, None, 0, &RUN).unwrap();
        assert_eq!(betweenness(&path, Some(4), 7, &RUN).unwrap(), exact);
    }
}
