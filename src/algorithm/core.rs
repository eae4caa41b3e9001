//! The core number of a node: the greatest `k` such that the node is in a part of the graph where every node has at least
//! `k` neighbours (Batagelj, Zaversnik 2003).

use crate::{
    algorithm::{Projection, Run},
    base::Fault,
};

/// The core number of each node. Loops and directions do not count, and parallel relationships count once.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn core_numbers(graph: &Projection, run: &Run<'_>) -> Result<Vec<u32>, Fault> {
    let graph = graph.both_ways(run)?.simplified(run)?;
    let mut degrees: Vec<u32> = (graph.numbers())
        .map(|node| graph.degree(node) as u32)
        .collect();
    run.meter.spend(16 * graph.nodes())?;
    let mut order = Buckets::new(&degrees);
    for at in 0..order.nodes.len() {
        let node = order.nodes[at];
        let degree = degrees[node as usize];
        for other in graph.neighbours(node) {
            if degrees[*other as usize] > degree {
                order.lower(*other, degrees[*other as usize]);
                degrees[*other as usize] -= 1;
            }
        }
        run.steps(1 + graph.degree(node))?;
    }
    Ok(degrees)
}

/// Nodes in the order of their degrees, which may become lower.
struct Buckets {
    nodes: Vec<u32>,
    /// The position of each node.
    positions: Vec<usize>,
    /// The position of the first node of each degree.
    starts: Vec<usize>,
}

impl Buckets {
    fn new(degrees: &[u32]) -> Self {
        let most = degrees.iter().max().map_or(0, |most| *most as usize);
        let mut starts = vec![0; most + 2];
        for degree in degrees {
            starts[*degree as usize + 1] += 1;
        }
        for degree in 0..=most {
            starts[degree + 1] += starts[degree];
        }
        let mut next = starts.clone();
        let mut nodes = vec![0; degrees.len()];
        let mut positions = vec![0; degrees.len()];
        for (node, degree) in degrees.iter().enumerate() {
            let position = &mut next[*degree as usize];
            nodes[*position] = node as u32;
            positions[node] = *position;
            *position += 1;
        }
        Self {
            nodes,
            positions,
            starts,
        }
    }

    /// Moves a node from its degree to the one below: it changes places with the first of its degree.
    fn lower(&mut self, node: u32, degree: u32) {
        let start = &mut self.starts[degree as usize];
        let (first, position) = (self.nodes[*start], self.positions[node as usize]);
        self.nodes.swap(*start, position);
        self.positions[first as usize] = position;
        self.positions[node as usize] = *start;
        *start += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn a_clique_with_a_tail() {
        let edges = [
            (0, 1),
            (0, 2),
            (0, 3),
            (1, 2),
            (1, 3),
            (2, 3),
            (3, 4),
            (4, 5),
            (6, 6),
            (5, 4),
        ];
        assert_eq!(
            core_numbers(&graph(7, &edges, false), &RUN).unwrap(),
            [3, 3, 3, 3, 1, 1, 0]
        );
    }
}
