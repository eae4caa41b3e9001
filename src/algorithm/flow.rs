//! The maximum flow between two nodes (Dinic 1970), where a weight is the capacity of a relationship.

use crate::{
    algorithm::{Edge, Projection, Run, search::NONE},
    base::Fault,
};

/// Where flow can still go: an arc and its reverse are neighbours in the list.
struct Residual {
    /// The arcs of each node.
    lists: Vec<Vec<u32>>,
    targets: Vec<u32>,
    room: Vec<f64>,
    /// What is too small to be more than rounding.
    smallest: f64,
    levels: Vec<u32>,
    /// The next arc to try of each node.
    next: Vec<u32>,
}

/// The flow over each relationship that has any, in a flow that is as great as possible.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn max_flow(
    graph: &Projection,
    (source, sink): (u32, u32),
    run: &Run<'_>,
) -> Result<Vec<Edge>, Fault> {
    if source == sink {
        return Ok(Vec::new());
    }
    let edges: Vec<Edge> = graph
        .edges()
        .filter(|edge| edge.source != edge.target)
        .collect();
    run.meter.spend(edges.len() * 64)?;
    let mut residual = Residual::new(graph, &edges);
    while residual.has_levels(source, sink, run)? {
        residual.next.fill(0);
        while residual.push_path(source, sink, run)? {}
    }
    let flows = edges.iter().enumerate().filter_map(|(at, edge)| {
        let flow = edge.weight - residual.room[2 * at];
        let (source, target) = (edge.source, edge.target);
        if flow > residual.smallest {
            Some(Edge {
                weight: flow,
                ..*edge
            })
        } else if flow < -residual.smallest {
            Some(Edge {
                source: target,
                target: source,
                weight: -flow,
            })
        } else {
            None
        }
    });
    Ok(flows.collect())
}

impl Residual {
    fn new(graph: &Projection, edges: &[Edge]) -> Self {
        let mut lists = vec![Vec::new(); graph.nodes()];
        let (mut targets, mut room) = (Vec::new(), Vec::new());
        for edge in edges {
            lists[edge.source as usize].push(targets.len() as u32);
            lists[edge.target as usize].push(targets.len() as u32 + 1);
            targets.extend([edge.target, edge.source]);
            let back = if graph.is_undirected() {
                edge.weight
            } else {
                0.0
            };
            room.extend([edge.weight, back]);
        }
        let most = room.iter().copied().fold(0.0, f64::max);
        Self {
            levels: vec![NONE; lists.len()],
            next: vec![0; lists.len()],
            smallest: most * 1e-12,
            lists,
            targets,
            room,
        }
    }

    /// Finds the distance of each node from the source; whether it reaches the sink.
    fn has_levels(&mut self, source: u32, sink: u32, run: &Run<'_>) -> Result<bool, Fault> {
        self.levels.fill(NONE);
        self.levels[source as usize] = 0;
        let mut queue = vec![source];
        let mut at = 0;
        while let Some(node) = queue.get(at).copied() {
            at += 1;
            for arc in &self.lists[node as usize] {
                let other = self.targets[*arc as usize];
                if self.room[*arc as usize] > self.smallest && self.levels[other as usize] == NONE {
                    self.levels[other as usize] = self.levels[node as usize] + 1;
                    queue.push(other);
                }
            }
            run.steps(1 + self.lists[node as usize].len())?;
        }
        Ok(self.levels[sink as usize] != NONE)
    }

    /// Pushes flow along one path over rising levels; false if there is none.
    fn push_path(&mut self, source: u32, sink: u32, run: &Run<'_>) -> Result<bool, Fault> {
        let mut path: Vec<u32> = Vec::new();
        let mut node = source;
        while node != sink {
            run.steps(1)?;
            let list = &self.lists[node as usize];
            match list.get(self.next[node as usize] as usize).copied() {
                Some(arc) if self.rises(node, arc) => {
                    path.push(arc);
                    node = self.targets[arc as usize];
                }
                Some(_) => self.next[node as usize] += 1,
                None => {
                    // A dead end: the arc to it is not tried again.
                    let Some(arc) = path.pop() else {
                        return Ok(false);
                    };
                    node = self.targets[(arc ^ 1) as usize];
                    self.next[node as usize] += 1;
                }
            }
        }
        let room = path.iter().map(|arc| self.room[*arc as usize]);
        let flow = room.fold(f64::INFINITY, f64::min);
        for arc in path {
            self.room[arc as usize] -= flow;
            self.room[(arc ^ 1) as usize] += flow;
        }
        Ok(true)
    }

    fn rises(&self, node: u32, arc: u32) -> bool {
        let other = self.targets[arc as usize];
        self.room[arc as usize] > self.smallest
            && self.levels[other as usize] == self.levels[node as usize] + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn parallel_and_disjoint_paths_add_up() {
        let edges = [
            (0, 1),
            (0, 1),
            (1, 3),
            (0, 2),
            (2, 3),
            (2, 1),
            (3, 0),
            (1, 1),
        ];
        for undirected in [false, true] {
            let flows = max_flow(&graph(4, &edges, undirected), (0, 3), &RUN).unwrap();
            let into: f64 = flows
                .iter()
                .filter(|flow| flow.target == 3)
                .map(|flow| flow.weight)
                .sum();
            assert_eq!(into, if undirected { 3.0 } else { 2.0 });
        }
    }
}
