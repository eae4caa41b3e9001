//! Orders and longest paths of graphs without cycles (Kahn 1962), and a cycle of a graph that has one.

use crate::{
    algorithm::{
        Projection, Run,
        search::{NONE, path_to},
    },
    base::Fault,
};

/// The nodes in an order in which every relationship leads forward: of several, the one that takes the smallest node first
/// in each round. `None` if there is a cycle.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn topological(graph: &Projection, run: &Run<'_>) -> Result<Option<Vec<u32>>, Fault> {
    let mut waiting = run.vector(0_usize, graph.nodes())?;
    for node in graph.numbers() {
        for other in graph.neighbours(node) {
            waiting[*other as usize] += 1;
        }
    }
    let mut order: Vec<u32> = graph
        .numbers()
        .filter(|node| waiting[*node as usize] == 0)
        .collect();
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        for other in graph.neighbours(node) {
            waiting[*other as usize] -= 1;
            if waiting[*other as usize] == 0 {
                order.push(*other);
            }
        }
        run.steps(1 + graph.degree(node))?;
    }
    Ok((order.len() == graph.nodes()).then_some(order))
}

/// The longest path to each node, by weight: its length, and the node before; `None` if there is a cycle.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn longest(graph: &Projection, run: &Run<'_>) -> Result<Option<Longest>, Fault> {
    let Some(order) = topological(graph, run)? else {
        return Ok(None);
    };
    let mut lengths = run.vector(0.0_f64, graph.nodes())?;
    let mut before = run.vector(NONE, graph.nodes())?;
    for node in order {
        for (other, weight) in graph.weighted(node) {
            let length = lengths[node as usize] + weight;
            if length > lengths[other as usize] {
                lengths[other as usize] = length;
                before[other as usize] = node;
            }
        }
        run.steps(1 + graph.degree(node))?;
    }
    Ok(Some(Longest { lengths, before }))
}

/// The longest paths of a graph without cycles.
#[derive(Clone, Debug)]
pub struct Longest {
    /// The length of the longest path to each node.
    pub lengths: Vec<f64>,
    before: Vec<u32>,
}

impl Longest {
    /// The nodes of the longest path to a node.
    #[must_use]
    pub fn path(&self, target: u32) -> Vec<u32> {
        path_to(&self.before, target)
    }
}

/// The nodes of a cycle, in its order; `None` if there is none. In an undirected graph a cycle takes each relationship once.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn cycle(graph: &Projection, run: &Run<'_>) -> Result<Option<Vec<u32>>, Fault> {
    let mut is_found = run.vector(false, graph.nodes())?;
    let mut is_open = run.vector(false, graph.nodes())?;
    for root in graph.numbers() {
        if is_found[root as usize] {
            continue;
        }
        let mut path = vec![root];
        let mut next = vec![0];
        is_found[root as usize] = true;
        is_open[root as usize] = true;
        while let Some(node) = path.last().copied() {
            let depth = path.len() - 1;
            let Some(other) = graph.neighbours(node).get(next[depth]).copied() else {
                is_open[node as usize] = false;
                path.pop();
                next.pop();
                run.steps(1 + graph.degree(node))?;
                continue;
            };
            next[depth] += 1;
            // The way back over the relationship that led here is no cycle, but a parallel one is.
            let is_way_back = graph.is_undirected()
                && depth > 0
                && other == path[depth - 1]
                && graph.neighbours(node)[..next[depth] - 1].last() != Some(&other);
            if is_way_back {
                continue;
            }
            if is_open[other as usize] {
                let start = path.iter().position(|member| *member == other);
                return Ok(Some(path.split_off(start.unwrap_or_default())));
            }
            if !is_found[other as usize] {
                is_found[other as usize] = true;
                is_open[other as usize] = true;
                path.push(other);
                next.push(0);
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn orders_and_longest_paths() {
        let edges = [(2, 1), (1, 0), (2, 0), (3, 3)];
        assert_eq!(topological(&graph(4, &edges, false), &RUN).unwrap(), None);
        let graph = graph(3, &edges[..3], false);
        assert_eq!(topological(&graph, &RUN).unwrap(), Some(vec![2, 1, 0]));
        let longest = longest(&graph, &RUN).unwrap().unwrap();
        assert_eq!((longest.lengths[0], longest.path(0)), (2.0, vec![2, 1, 0]));
    }

    #[test]
    fn cycles_of_directed_and_undirected_graphs() {
        let found =
            |edges: &[(u32, u32)], undirected| cycle(&graph(5, edges, undirected), &RUN).unwrap();
        assert_eq!(found(&[(0, 1), (1, 2), (0, 2)], false), None);
        assert_eq!(found(&[(0, 1), (1, 2), (0, 2)], true), Some(vec![0, 1, 2]));
        assert_eq!(found(&[(0, 1), (1, 2), (2, 1)], false), Some(vec![1, 2]));
        assert_eq!(found(&[(0, 1), (1, 2), (3, 4)], true), None);
        assert_eq!(found(&[(0, 1), (0, 1)], true), Some(vec![0, 1]));
        assert_eq!(found(&[(3, 3)], true), Some(vec![3]));
    }
}
