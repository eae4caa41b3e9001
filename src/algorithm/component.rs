//! Components: which nodes reach each other, ignoring directions (weak) or along them (strong).

use crate::{
    algorithm::{Projection, Run, search::NONE},
    base::Fault,
};

/// The weakly connected component of each node, by a union of sets (Tarjan 1975). Components are numbered from 0, by
/// their first nodes.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn weak(graph: &Projection, run: &Run<'_>) -> Result<Vec<u32>, Fault> {
    let mut sets = Sets::new(graph.nodes(), run)?;
    for node in graph.numbers() {
        for other in graph.neighbours(node) {
            sets.join(node, *other);
        }
        run.steps(1 + graph.degree(node))?;
    }
    Ok(sets.numbered())
}

/// Disjoint sets of numbered nodes. The smallest node of a set is its root.
pub(super) struct Sets {
    parents: Vec<u32>,
}

impl Sets {
    /// Each node in a set of its own.
    pub(super) fn new(nodes: usize, run: &Run<'_>) -> Result<Self, Fault> {
        run.meter.spend(nodes * size_of::<u32>())?;
        Ok(Self {
            parents: (0..nodes as u32).collect(),
        })
    }

    /// The root of a node's set. Halves the path to it.
    pub(super) fn root(&mut self, mut node: u32) -> u32 {
        loop {
            let parent = self.parents[node as usize];
            if parent == node {
                return node;
            }
            let next = self.parents[parent as usize];
            self.parents[node as usize] = next;
            node = next;
        }
    }

    /// Joins the sets of two nodes; false if they are one already.
    pub(super) fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        self.parents[high as usize] = low;
        low != high
    }

    /// The number of each node's set.
    fn numbered(mut self) -> Vec<u32> {
        let roots = (0..self.parents.len() as u32).map(|node| self.root(node));
        numbered(roots.collect())
    }
}

/// Groups numbered from 0 in the order of their first members.
#[must_use]
pub fn numbered(mut groups: Vec<u32>) -> Vec<u32> {
    let most = groups.iter().max().map_or(0, |most| *most as usize + 1);
    let mut numbers = vec![NONE; most];
    let mut next = 0;
    for group in &mut groups {
        let number = &mut numbers[*group as usize];
        if *number == NONE {
            *number = next;
            next += 1;
        }
        *group = *number;
    }
    groups
}

/// The strongly connected component of each node (Tarjan 1972). Components are numbered from 0, by their first nodes.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn strong(graph: &Projection, run: &Run<'_>) -> Result<Vec<u32>, Fault> {
    let mut search = Strong {
        graph,
        found: run.vector(NONE, graph.nodes())?,
        lowest: run.vector(NONE, graph.nodes())?,
        components: run.vector(NONE, graph.nodes())?,
        open: Vec::new(),
        next: 0,
    };
    for node in graph.numbers() {
        if search.found[node as usize] == NONE {
            search.from(node, run)?;
        }
    }
    Ok(numbered(search.components))
}

/// The state of a search for strong components.
struct Strong<'g> {
    graph: &'g Projection,
    /// When each node was found.
    found: Vec<u32>,
    /// The earliest open node that each node reaches.
    lowest: Vec<u32>,
    components: Vec<u32>,
    /// The nodes found whose component is not complete.
    open: Vec<u32>,
    next: u32,
}

impl Strong<'_> {
    /// Searches from a node in depth, with a stack of its own.
    fn from(&mut self, root: u32, run: &Run<'_>) -> Result<(), Fault> {
        let mut stack = vec![(root, 0)];
        self.enter(root);
        while let Some((node, at)) = stack.last_mut() {
            let node = *node;
            let Some(other) = self.graph.neighbours(node).get(*at).copied() else {
                stack.pop();
                self.leave(node);
                if let Some((parent, _)) = stack.last() {
                    self.lower(*parent, self.lowest[node as usize]);
                }
                run.steps(1 + self.graph.degree(node))?;
                continue;
            };
            *at += 1;
            if self.found[other as usize] == NONE {
                self.enter(other);
                stack.push((other, 0));
            } else if self.components[other as usize] == NONE {
                self.lower(node, self.found[other as usize]);
            }
        }
        Ok(())
    }

    fn enter(&mut self, node: u32) {
        self.found[node as usize] = self.next;
        self.lowest[node as usize] = self.next;
        self.next += 1;
        self.open.push(node);
    }

    fn lower(&mut self, node: u32, to: u32) {
        let lowest = &mut self.lowest[node as usize];
        *lowest = to.min(*lowest);
    }

    /// Completes the component of a node that reaches no earlier one.
    fn leave(&mut self, node: u32) {
        if self.lowest[node as usize] != self.found[node as usize] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.components[member as usize] = node;
            if member == node {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn a_cycle_is_strong_and_what_hangs_on_it_is_only_weak() {
        let graph = graph(6, &[(5, 4), (1, 2), (2, 3), (3, 1), (3, 4), (0, 0)], false);
        assert_eq!(weak(&graph, &RUN).unwrap(), [0, 1, 1, 1, 1, 1]);
        assert_eq!(strong(&graph, &RUN).unwrap(), [0, 1, 1, 1, 2, 3]);
    }

    #[test]
    fn a_path_of_a_million_nodes_overflows_no_stack() {
        let edges: Vec<_> = (1..1_000_000).map(|node| (node - 1, node)).collect();
        let graph = graph(1_000_000, &edges, false);
        assert_eq!(strong(&graph, &RUN).unwrap().last(), Some(&999_999));
        assert_eq!(weak(&graph, &RUN).unwrap().last(), Some(&0));
    }
}
