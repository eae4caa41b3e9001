//! How good a division into communities is: modularity (Newman, Girvan 2004) and conductance (Kannan, Vempala, Vetta 2004).

use crate::{
    algorithm::{Projection, Run},
    base::Fault,
};

/// The weights of a community, in an undirected graph.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Weights {
    /// Twice the weight of the relationships within.
    inside: f64,
    /// The weight of the relationships of its nodes, those within twice.
    total: f64,
}

/// The share of each community in the modularity of the division; it sums to the modularity.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn modularity(
    graph: &Projection,
    communities: &[u32],
    resolution: f64,
    run: &Run<'_>,
) -> Result<Vec<f64>, Fault> {
    let (weights, all) = summed(graph, communities, run)?;
    let share = |weights: &Weights| {
        let total = weights.total / all;
        weights.inside / all - resolution * total * total
    };
    Ok(weights
        .iter()
        .map(|weights| if all > 0.0 { share(weights) } else { 0.0 })
        .collect())
}

/// The share of the weight of each community that leaves it, of the smaller of the community and the rest.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn conductance(
    graph: &Projection,
    communities: &[u32],
    run: &Run<'_>,
) -> Result<Vec<f64>, Fault> {
    let (weights, all) = summed(graph, communities, run)?;
    let share = |weights: &Weights| {
        let smaller = weights.total.min(all - weights.total);
        if smaller > 0.0 {
            (weights.total - weights.inside) / smaller
        } else {
            0.0
        }
    };
    Ok(weights.iter().map(share).collect())
}

fn summed(
    graph: &Projection,
    communities: &[u32],
    run: &Run<'_>,
) -> Result<(Vec<Weights>, f64), Fault> {
    let graph = graph.both_ways(run)?;
    let count = communities
        .iter()
        .max()
        .map_or(0, |most| *most as usize + 1);
    let mut weights = run.vector(Weights::default(), count)?;
    let mut all = 0.0;
    for node in graph.numbers() {
        let community = communities[node as usize];
        let sums = &mut weights[community as usize];
        for (other, weight) in graph.weighted(node) {
            sums.total += weight;
            if communities[other as usize] == community {
                sums.inside += weight;
            }
        }
        all += graph.strength(node);
        run.steps(1 + graph.degree(node))?;
    }
    Ok((weights, all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn two_cliques_with_a_bridge() {
        let edges = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)];
        let graph = graph(6, &edges, false);
        let communities = [0, 0, 0, 1, 1, 1];
        let shares = modularity(&graph, &communities, 1.0, &RUN).unwrap();
        assert!((shares.iter().sum::<f64>() - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
        assert_eq!(
            conductance(&graph, &communities, &RUN).unwrap(),
            [1.0 / 7.0; 2]
        );
        assert_eq!(modularity(&graph, &[0; 6], 1.0, &RUN).unwrap(), [0.0]);
    }
}
