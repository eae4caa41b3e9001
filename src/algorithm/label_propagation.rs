//! Label propagation (Raghavan, Albert, Kumara 2007) by the rules of LDBC Graphalytics: all nodes take the label at the
//! same time that most of their relationships lead to, and of several the smallest.

use rustc_hash::FxHashMap;

use crate::{
    algorithm::{Projection, Run},
    base::Fault,
};

/// The label of each node, which begins as its number.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn label_propagation(
    graph: &Projection,
    iterations: usize,
    run: &Run<'_>,
) -> Result<Vec<u32>, Fault> {
    run.meter.spend(2 * graph.nodes() * size_of::<u32>())?;
    let mut labels: Vec<u32> = graph.numbers().collect();
    let mut next = labels.clone();
    for _ in 0..iterations {
        run.fill(&mut next, 4 * graph.size(), |start, block| {
            let mut counts = FxHashMap::default();
            for (at, label) in block.iter_mut().enumerate() {
                *label = commonest(graph, (start + at) as u32, &labels, &mut counts);
            }
        })?;
        std::mem::swap(&mut labels, &mut next);
        if labels == next {
            break;
        }
    }
    Ok(labels)
}

/// The label of the greatest weight among the neighbours of a node; its own if it has none.
fn commonest(
    graph: &Projection,
    node: u32,
    labels: &[u32],
    counts: &mut FxHashMap<u32, f64>,
) -> u32 {
    counts.clear();
    for (other, weight) in graph.weighted(node) {
        *counts.entry(labels[other as usize]).or_default() += weight;
    }
    let best = counts
        .iter()
        .max_by(|(label, count), (other, most)| count.total_cmp(most).then(other.cmp(label)));
    best.map_or(labels[node as usize], |(label, _)| *label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn ties_take_the_smallest_label() {
        let path = graph(4, &[(0, 1), (1, 2)], true);
        assert_eq!(label_propagation(&path, 1, &RUN).unwrap(), [1, 0, 1, 3]);
        assert_eq!(label_propagation(&path, 2, &RUN).unwrap(), [0, 1, 0, 3]);
    }

    #[test]
    fn two_cliques_keep_two_labels() {
        let edges = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)];
        let labels = label_propagation(&graph(6, &edges, true), 10, &RUN).unwrap();
        assert_eq!(labels, [0, 0, 0, 2, 2, 2]);
    }
}
