//! What holds a graph together: bridges and articulation points (Hopcroft, Tarjan 1973).

use crate::{
    algorithm::{Projection, Run, search::NONE},
    base::Fault,
};

/// The relationships and nodes without which more components would be there. Directions do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// The ends of each bridge, the smaller node first, in ascending order.
    pub bridges: Vec<(u32, u32)>,
    /// The articulation points, in ascending order.
    pub points: Vec<u32>,
}

/// The bridges and articulation points of a graph.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn cuts(graph: &Projection, run: &Run<'_>) -> Result<Cuts, Fault> {
    let graph = graph.both_ways(run)?;
    let mut search = Search {
        found: run.vector(NONE, graph.nodes())?,
        lowest: run.vector(NONE, graph.nodes())?,
        is_point: run.vector(false, graph.nodes())?,
        graph: &graph,
        bridges: Vec::new(),
        next: 0,
    };
    for node in graph.numbers() {
        if search.found[node as usize] == NONE {
            search.from(node, run)?;
        }
    }
    search.bridges.sort_unstable();
    let points = graph
        .numbers()
        .filter(|node| search.is_point[*node as usize]);
    Ok(Cuts {
        points: points.collect(),
        bridges: search.bridges,
    })
}

struct Search<'g> {
    graph: &'g Projection,
    /// When each node was found.
    found: Vec<u32>,
    /// The earliest node that each node and those below it reach without the relationship to it.
    lowest: Vec<u32>,
    is_point: Vec<bool>,
    bridges: Vec<(u32, u32)>,
    next: u32,
}

impl Search<'_> {
    fn from(&mut self, root: u32, run: &Run<'_>) -> Result<(), Fault> {
        let mut stack = vec![(root, 0)];
        let mut children = 0;
        self.enter(root);
        while let Some((node, at)) = stack.last().copied() {
            let depth = stack.len() - 1;
            let parent = (depth > 0).then(|| stack[depth - 1].0);
            let Some(other) = self.graph.neighbours(node).get(at).copied() else {
                stack.pop();
                if let Some(parent) = parent {
                    self.leave(node, parent, root);
                    children += usize::from(parent == root);
                }
                run.steps(1 + self.graph.degree(node))?;
                continue;
            };
            stack[depth].1 += 1;
            // One relationship to the parent led here; a parallel one is another way.
            let is_first = at == 0 || self.graph.neighbours(node)[at - 1] != other;
            if parent == Some(other) && is_first {
                continue;
            }
            if self.found[other as usize] == NONE {
                self.enter(other);
                stack.push((other, 0));
            } else {
                let found = self.found[other as usize];
                self.lower(node, found);
            }
        }
        self.is_point[root as usize] = children > 1;
        Ok(())
    }

    fn enter(&mut self, node: u32) {
        self.found[node as usize] = self.next;
        self.lowest[node as usize] = self.next;
        self.next += 1;
    }

    fn lower(&mut self, node: u32, to: u32) {
        let lowest = &mut self.lowest[node as usize];
        *lowest = to.min(*lowest);
    }

    fn leave(&mut self, node: u32, parent: u32, root: u32) {
        let lowest = self.lowest[node as usize];
        self.lower(parent, lowest);
        if lowest > self.found[parent as usize] {
            self.bridges.push((node.min(parent), node.max(parent)));
        }
        if parent != root && lowest >= self.found[parent as usize] {
            self.is_point[parent as usize] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn a_parallel_relationship_is_no_bridge() {
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3), (5, 5)];
        let found = cuts(&graph(6, &edges, false), &RUN).unwrap();
        assert_eq!(found.bridges, [(2, 3)]);
        assert_eq!(found.points, [2, 3]);
    }
}
