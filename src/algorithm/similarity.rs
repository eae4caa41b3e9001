//! Similarity of nodes by what they lead to (Jaccard 1901; Szymkiewicz, Simpson 1934; cosine), and links that neighbourhoods
//! predict (Liben-Nowell, Kleinberg 2007; Adamic, Adar 2003).
//!
//! Only pairs that share a neighbour are compared: they are found over the relationships from the neighbour back.

use crate::{
    algorithm::{Projection, Run},
    base::Fault,
};

/// A node that is like another, and how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similar {
    /// The node.
    pub node: u32,
    /// The score.
    pub score: f64,
}

/// How shared neighbours become a similarity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// What is shared of all that either leads to.
    Jaccard,
    /// What is shared of the smaller.
    Overlap,
    /// The cosine of the angle between the vectors of weights.
    Cosine,
}

/// How neighbourhoods predict a link between two nodes that have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// The number of shared neighbours.
    CommonNeighbours,
    /// Shared neighbours, those with few neighbours counting more.
    AdamicAdar,
    /// The product of the numbers of neighbours.
    PreferentialAttachment,
}

/// Maximum number of nodes of a block.
const NODES: usize = 64;

/// The nodes that are most like each source, at most `most`, with a similarity of at least `cutoff`. Of
/// equal ones the first come first. Parallel relationships count once.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn similar(
    graph: &Projection,
    sources: &[u32],
    metric: Metric,
    (most, cutoff): (usize, f64),
    run: &Run<'_>,
) -> Result<Vec<Vec<Similar>>, Fault> {
    let graph = graph.simplified_with_loops(run)?;
    let back = graph.transposed(run)?;
    let length = |node: u32| -> f64 {
        match metric {
            Metric::Cosine => {
                let squares = graph.weighted(node).map(|(_, weight)| weight * weight);
                squares.sum::<f64>().sqrt()
            }
            Metric::Jaccard | Metric::Overlap => graph.strength(node),
        }
    };
    let lengths: Vec<f64> = graph.numbers().map(length).collect();
    let score = |one: u32, other: u32, shared: f64| {
        let (one, other) = (lengths[one as usize], lengths[other as usize]);
        match metric {
            Metric::Jaccard => shared / (one + other - shared),
            Metric::Overlap => shared / one.min(other),
            Metric::Cosine => shared / (one * other),
        }
    };
    let share = |one: f64, other: f64| match metric {
        Metric::Cosine => one * other,
        Metric::Jaccard | Metric::Overlap => one.min(other),
    };
    let steps = graph
        .numbers()
        .map(|node| back.degree(node) * back.degree(node));
    let mut found = run.vector(Vec::new(), sources.len())?;
    run.fill_blocks(&mut found, NODES, steps.sum(), |start, block| {
        let mut sums = Sums::new(graph.nodes());
        for (at, found) in block.iter_mut().enumerate() {
            let node = sources[start + at];
            for (shared, weight) in graph.weighted(node) {
                for (other, other_weight) in back.weighted(shared) {
                    if other != node {
                        sums.add(other, share(weight, other_weight));
                    }
                }
            }
            let scored = sums.drain().map(|(other, shared)| Similar {
                node: other,
                score: score(node, other, shared),
            });
            *found = best(scored.filter(|one| one.score >= cutoff).collect(), most);
        }
    })?;
    Ok(found)
}

/// The nodes to which each source would link next, at most `most`: they are no neighbours yet. Relationships count both
/// ways, and parallel ones once.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn predicted(
    graph: &Projection,
    sources: &[u32],
    prediction: Prediction,
    most: usize,
    run: &Run<'_>,
) -> Result<Vec<Vec<Similar>>, Fault> {
    let graph = graph.both_ways(run)?.simplified(run)?;
    let mut found = run.vector(Vec::new(), sources.len())?;
    let steps = sources.len().saturating_mul(graph.size());
    let links = |source: u32, sums: &mut Sums| {
        if prediction == Prediction::PreferentialAttachment {
            let all = graph.numbers().filter(|other| graph.degree(*other) > 0);
            let degree = graph.degree(source) as f64;
            all.for_each(|other| sums.add(other, degree * graph.degree(other) as f64));
        } else {
            for shared in graph.neighbours(source) {
                let gain = match prediction {
                    Prediction::AdamicAdar => (graph.degree(*shared) as f64).ln().recip(),
                    _ => 1.0,
                };
                graph
                    .neighbours(*shared)
                    .iter()
                    .for_each(|other| sums.add(*other, gain));
            }
        }
        let is_new =
            |other: u32| other != source && graph.neighbours(source).binary_search(&other).is_err();
        let scored = sums
            .drain()
            .filter(|(other, score)| is_new(*other) && *score > 0.0);
        let scored = scored.map(|(node, score)| Similar { node, score });
        best(scored.collect(), most)
    };
    run.fill_blocks(&mut found, NODES, steps, |start, block| {
        let mut sums = Sums::new(graph.nodes());
        for (at, found) in block.iter_mut().enumerate() {
            *found = links(sources[start + at], &mut sums);
        }
    })?;
    Ok(found)
}

/// The first of the best.
pub(super) fn best(mut found: Vec<Similar>, most: usize) -> Vec<Similar> {
    let order = |one: &Similar, other: &Similar| {
        other
            .score
            .total_cmp(&one.score)
            .then(one.node.cmp(&other.node))
    };
    if found.len() > most && most > 0 {
        found.select_nth_unstable_by(most - 1, order);
        found.truncate(most);
    }
    found.sort_unstable_by(order);
    found
}

/// A sum per node, of which few are not 0.
struct Sums {
    sums: Vec<f64>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(nodes: usize) -> Self {
        Self {
            sums: vec![0.0; nodes],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, node: u32, more: f64) {
        let sum = &mut self.sums[node as usize];
        if *sum == 0.0 {
            self.touched.push(node);
        }
        *sum += more;
    }

    fn drain(&mut self) -> impl Iterator<Item = (u32, f64)> + '_ {
        let sums = &mut self.sums;
        let taken = |node: u32| (node, std::mem::take(&mut sums[node as usize]));
        self.touched
            .drain(..)
            .map(taken)
            .filter(|(_, sum)| *sum != 0.0)
    }
}

/// The points most like each point, at most `most`, by comparing all pairs: vectors by their cosine, and single numbers by
/// the inverse of one more than their difference.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn nearest(
    points: &[Vec<f64>],
    (most, cutoff): (usize, f64),
    run: &Run<'_>,
) -> Result<Vec<Vec<Similar>>, Fault> {
    let norm = |point: &Vec<f64>| point.iter().map(|part| part * part).sum::<f64>().sqrt();
    let norms: Vec<f64> = points.iter().map(norm).collect();
    let similarity = |one: usize, other: usize| match (&*points[one], &*points[other]) {
        ([one], [other]) => 1.0 / (1.0 + (one - other).abs()),
        (left, right) => {
            let dot: f64 = left.iter().zip(right).map(|(one, other)| one * other).sum();
            let norms = norms[one] * norms[other];
            if norms > 0.0 { dot / norms } else { 0.0 }
        }
    };
    let mut found = run.vector(Vec::new(), points.len())?;
    let parts = points.first().map_or(1, Vec::len);
    let steps = points
        .len()
        .saturating_mul(points.len())
        .saturating_mul(parts);
    run.fill_blocks(&mut found, 8, steps, |start, block| {
        for (at, found) in block.iter_mut().enumerate() {
            let others = (0..points.len()).filter(|other| *other != start + at);
            let scored = others.map(|other| Similar {
                node: other as u32,
                score: similarity(start + at, other),
            });
            *found = best(scored.filter(|one| one.score >= cutoff).collect(), most);
        }
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn shared_neighbours_make_nodes_similar() {
        let graph = graph(
            6,
            &[(0, 3), (0, 4), (1, 3), (1, 4), (1, 5), (2, 5), (0, 3)],
            false,
        );
        let score = |metric| {
            let found = similar(&graph, &[0], metric, (10, 0.0), &RUN).unwrap();
            found[0]
                .iter()
                .map(|one| (one.node, one.score))
                .collect::<Vec<_>>()
        };
        assert_eq!(score(Metric::Jaccard), [(1, 2.0 / 3.0)]);
        assert_eq!(score(Metric::Overlap), [(1, 1.0)]);
        assert_eq!(score(Metric::Cosine)[0].0, 1);
    }

    #[test]
    fn a_neighbour_is_not_predicted() {
        let graph = graph(5, &[(0, 1), (1, 2), (0, 3), (3, 2), (3, 4), (0, 2)], false);
        let found = |prediction| predicted(&graph, &[0, 1], prediction, 5, &RUN).unwrap();
        let common = found(Prediction::CommonNeighbours);
        assert_eq!(
            common[0],
            [Similar {
                node: 4,
                score: 1.0
            }]
        );
        assert_eq!(
            common[1],
            [Similar {
                node: 3,
                score: 2.0
            }]
        );
        let adamic = found(Prediction::AdamicAdar);
        assert!((adamic[0][0].score - 1.0 / 3_f64.ln()).abs() < 1e-12);
        let attachment = found(Prediction::PreferentialAttachment);
        assert_eq!(
            attachment[1][0],
            Similar {
                node: 3,
                score: 6.0
            }
        );
    }

    #[test]
    fn numbers_and_vectors_are_compared() {
        let numbers = [vec![1.0], vec![2.0], vec![10.0]];
        let found = nearest(&numbers, (1, 0.0), &RUN).unwrap();
        assert_eq!(
            found[0],
            [Similar {
                node: 1,
                score: 0.5
            }]
        );
        let vectors = [vec![1.0, 0.0], vec![0.0, 1.0], vec![2.0, 0.0]];
        let found = nearest(&vectors, (1, 0.0), &RUN).unwrap();
        assert_eq!(
            found[0],
            [Similar {
                node: 2,
                score: 1.0
            }]
        );
    }
}
