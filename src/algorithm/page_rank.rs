//! PageRank (Brin, Page 1998): the share of time that a random surfer spends at each node.
//!
//! Each node pulls the rank of those that lead to it, so that threads write to nodes of their own. The rank of nodes
//! without relationships goes to where the surfer restarts; the ranks sum to 1.

use crate::{
    algorithm::{Projection, Run},
    base::Fault,
};

/// When the iteration ends, and how often the surfer restarts.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The probability of following a relationship.
    pub damping: f64,
    /// Maximum number of iterations.
    pub iterations: usize,
    /// The sum of the changes of all ranks below which the iteration ends.
    pub tolerance: f64,
}

/// The rank of each node. The surfer restarts at `sources`, or at any node if there are none.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn page_rank(
    graph: &Projection,
    sources: &[u32],
    settings: Settings,
    run: &Run<'_>,
) -> Result<Vec<f64>, Fault> {
    let count = graph.nodes();
    if count == 0 {
        return Ok(Vec::new());
    }
    let incoming = graph.transposed(run)?;
    let restart = restarts(count, sources, run)?;
    let mut strengths = run.vector(0.0, count)?;
    run.each(&mut strengths, graph.size(), |node| {
        graph.strength(node as u32)
    })?;
    let mut ranks = restart.clone();
    let mut shares = run.vector(0.0, count)?;
    let mut next = run.vector(0.0, count)?;
    for _ in 0..settings.iterations {
        run.each(&mut shares, count, |node| {
            let (rank, strength) = (ranks[node], strengths[node]);
            if strength > 0.0 { rank / strength } else { 0.0 }
        })?;
        let stuck = |node: usize| {
            if strengths[node] > 0.0 {
                0.0
            } else {
                ranks[node]
            }
        };
        let lost = run.sum(count, count, stuck)?;
        let base = 1.0 - settings.damping + settings.damping * lost;
        run.each(&mut next, incoming.size(), |node| {
            base * restart[node] + settings.damping * pull(&incoming, node as u32, &shares)
        })?;
        std::mem::swap(&mut ranks, &mut next);
        let change = run.sum(count, count, |node| (ranks[node] - next[node]).abs())?;
        if change < settings.tolerance {
            break;
        }
    }
    Ok(ranks)
}

/// The sum of what the neighbours of a node have, by weight.
#[inline]
pub(super) fn pull(graph: &Projection, node: u32, values: &[f64]) -> f64 {
    if graph.is_weighted() {
        let entries = graph.weighted(node);
        entries
            .map(|(other, weight)| values[other as usize] * weight)
            .sum()
    } else {
        let neighbours = graph.neighbours(node).iter();
        neighbours.map(|other| values[*other as usize]).sum()
    }
}

/// The probability that the surfer restarts at each node.
fn restarts(count: usize, sources: &[u32], run: &Run<'_>) -> Result<Vec<f64>, Fault> {
    if sources.is_empty() {
        return run.vector(1.0 / count as f64, count);
    }
    let mut restart = run.vector(0.0, count)?;
    for source in sources {
        restart[*source as usize] += 1.0 / sources.len() as f64;
    }
    Ok(restart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    const SETTINGS: Settings = Settings {
        damping: 0.85,
        iterations: 200,
        tolerance: 1e-12,
    };

    #[test]
    fn ranks_sum_to_one_with_nodes_that_lead_nowhere() {
        let graph = graph(4, &[(0, 1), (0, 2), (1, 2), (3, 3)], false);
        for sources in [&[][..], &[0], &[2, 3]] {
            let ranks = page_rank(&graph, sources, SETTINGS, &RUN).unwrap();
            assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_cycle_ranks_its_nodes_alike() {
        let graph = graph(3, &[(0, 1), (1, 2), (2, 0)], false);
        let ranks = page_rank(&graph, &[], SETTINGS, &RUN).unwrap();
        assert!(ranks.iter().all(|rank| (rank - 1.0 / 3.0).abs() < 1e-12));
    }
}
