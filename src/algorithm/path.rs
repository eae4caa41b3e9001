//! Paths of the lowest weight from one node: Dijkstra (1959), A* (Hart, Nilsson, Raphael 1968), delta stepping (Meyer,
//! Sanders 2003), and the k shortest paths without a repeated node (Yen 1971).

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use rustc_hash::FxHashSet;

use crate::{
    algorithm::{
        Projection, Run,
        search::{NONE, Nearest, Search, path_to},
    },
    base::Fault,
};

/// The distances from a node, and the node before each on a path of the lowest weight.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The distance of each node; infinite if it is not reached.
    pub distances: Vec<f64>,
    before: Vec<u32>,
}

impl Tree {
    fn new(nodes: usize, source: u32, run: &Run<'_>) -> Result<Self, Fault> {
        let mut distances = run.vector(f64::INFINITY, nodes)?;
        distances[source as usize] = 0.0;
        Ok(Self {
            distances,
            before: run.vector(NONE, nodes)?,
        })
    }

    /// Whether a node is reached.
    #[must_use]
    pub fn reaches(&self, node: u32) -> bool {
        self.distances[node as usize].is_finite()
    }

    /// The nodes of the path to a node that is reached.
    #[must_use]
    pub fn path(&self, target: u32) -> Vec<u32> {
        path_to(&self.before, target)
    }
}

/// The paths from a node to all that it reaches, in the order of their distances (Dijkstra). Ends at `target`, if there is
/// one.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn dijkstra(
    graph: &Projection,
    source: u32,
    target: Option<u32>,
    run: &Run<'_>,
) -> Result<Tree, Fault> {
    guided(graph, (source, target), |_| 0.0, |_, _| true, run)
}

/// The distances between all pairs of nodes: `each` is given each node, the nodes that it reaches in ascending order, and the
/// distances of all nodes.
///
/// # Errors
/// A fault of `each`, or if the statement reaches a limit.
pub fn all_pairs(
    graph: &Projection,
    run: &Run<'_>,
    mut each: impl FnMut(u32, &[u32], &[f64]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut search = Search::new(graph.nodes());
    for source in graph.numbers() {
        search.from(graph, source);
        search.reached.sort_unstable();
        each(source, &search.reached, &search.distances)?;
        run.steps(graph.size())?;
    }
    Ok(())
}

/// As [`dijkstra`] to a target, with a lower bound of the rest of a path from each node. A bound that is too high can give
/// a path that is not the shortest.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn a_star(
    graph: &Projection,
    (source, target): (u32, u32),
    rest: impl Fn(u32) -> f64,
    run: &Run<'_>,
) -> Result<Tree, Fault> {
    guided(graph, (source, Some(target)), rest, |_, _| true, run)
}

/// A search by distance and a bound of the rest, over the relationships that `allows` allows.
fn guided(
    graph: &Projection,
    (source, target): (u32, Option<u32>),
    rest: impl Fn(u32) -> f64,
    allows: impl Fn(u32, u32) -> bool,
    run: &Run<'_>,
) -> Result<Tree, Fault> {
    let mut tree = Tree::new(graph.nodes(), source, run)?;
    // The distance of a node when it was last visited.
    let mut visited = run.vector(f64::INFINITY, graph.nodes())?;
    let mut queue = BinaryHeap::from([Nearest {
        distance: rest(source),
        node: source,
    }]);
    while let Some(Nearest { node, .. }) = queue.pop() {
        let distance = tree.distances[node as usize];
        if distance >= visited[node as usize] {
            continue;
        }
        visited[node as usize] = distance;
        if target == Some(node) {
            break;
        }
        for (other, weight) in graph
            .weighted(node)
            .filter(|(other, _)| allows(node, *other))
        {
            let longer = distance + weight;
            if longer < tree.distances[other as usize] {
                tree.distances[other as usize] = longer;
                tree.before[other as usize] = node;
                queue.push(Nearest {
                    distance: longer + rest(other),
                    node: other,
                });
            }
        }
        run.steps(1 + graph.degree(node))?;
    }
    Ok(tree)
}

/// The distances from a node by buckets of a width, all nodes of which are relaxed together (delta stepping).
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn delta_stepping(
    graph: &Projection,
    source: u32,
    delta: f64,
    run: &Run<'_>,
) -> Result<Tree, Fault> {
    let mut tree = Tree::new(graph.nodes(), source, run)?;
    let mut buckets = BTreeMap::from([(0, vec![source])]);
    let bucket_of = |distance: f64| (distance / delta) as u64;
    while let Some((number, mut bucket)) = buckets.pop_first() {
        // Light relationships may lead back into the bucket, heavy ones lead out of it.
        let mut settled = BTreeSet::new();
        while !bucket.is_empty() {
            let now = std::mem::take(&mut bucket);
            let now = now
                .into_iter()
                .filter(|node| bucket_of(tree.distances[*node as usize]) == number);
            let now: BTreeSet<u32> = now.collect();
            for node in &now {
                relax(
                    graph,
                    &mut tree,
                    *node,
                    |weight| weight <= delta,
                    |distance, other| match bucket_of(distance) {
                        same if same == number => bucket.push(other),
                        later => buckets.entry(later).or_default().push(other),
                    },
                );
                run.steps(1 + graph.degree(*node))?;
            }
            settled.extend(now);
        }
        for node in settled {
            relax(
                graph,
                &mut tree,
                node,
                |weight| weight > delta,
                |distance, other| {
                    buckets.entry(bucket_of(distance)).or_default().push(other);
                },
            );
        }
    }
    Ok(tree)
}

/// Shortens the paths over the relationships of a node with certain weights.
fn relax(
    graph: &Projection,
    tree: &mut Tree,
    node: u32,
    takes: impl Fn(f64) -> bool,
    mut shortened: impl FnMut(f64, u32),
) {
    let distance = tree.distances[node as usize];
    for (other, weight) in graph.weighted(node).filter(|(_, weight)| takes(*weight)) {
        let longer = distance + weight;
        if longer < tree.distances[other as usize] {
            tree.distances[other as usize] = longer;
            tree.before[other as usize] = node;
            shortened(longer, other);
        }
    }
}

/// A path and its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The sum of the weights.
    pub distance: f64,
    /// The nodes.
    pub nodes: Vec<u32>,
}

/// The `k` paths of the lowest weight between two nodes that repeat no node, the shortest first (Yen). Of parallel
/// relationships the lowest weight counts.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn k_shortest(
    graph: &Projection,
    (source, target): (u32, u32),
    k: usize,
    run: &Run<'_>,
) -> Result<Vec<Route>, Fault> {
    let graph = graph.simplified(run)?;
    let first = dijkstra(&graph, source, Some(target), run)?;
    if !first.reaches(target) {
        return Ok(Vec::new());
    }
    let mut found = vec![Route {
        distance: first.distances[target as usize],
        nodes: first.path(target),
    }];
    // Candidates by distance; bits of floats from 0 have the order of the floats.
    let mut candidates: BTreeSet<(u64, Vec<u32>)> = BTreeSet::new();
    while found.len() < k {
        let last = found.last().expect("there is a first path").nodes.clone();
        for at in 0..last.len() - 1 {
            let spur = deviation(&graph, &found, &last[..=at], target, run)?;
            candidates.extend(spur.map(|route| (route.distance.to_bits(), route.nodes)));
        }
        run.meter.spend(candidates.len() * 8)?;
        let Some((distance, nodes)) = candidates.pop_first() else {
            break;
        };
        found.push(Route {
            distance: f64::from_bits(distance),
            nodes,
        });
    }
    Ok(found)
}

/// The shortest path that begins with `root` and leaves it in a way that no path found takes.
fn deviation(
    graph: &Projection,
    found: &[Route],
    root: &[u32],
    target: u32,
    run: &Run<'_>,
) -> Result<Option<Route>, Fault> {
    let spur = root[root.len() - 1];
    let same = found.iter().filter(|route| route.nodes.starts_with(root));
    let taken: FxHashSet<u32> = same
        .filter_map(|route| route.nodes.get(root.len()).copied())
        .collect();
    let passed: FxHashSet<u32> = root.iter().copied().collect();
    let allows =
        |from: u32, to: u32| !(passed.contains(&to) || from == spur && taken.contains(&to));
    let tree = guided(graph, (spur, Some(target)), |_| 0.0, allows, run)?;
    if !tree.reaches(target) {
        return Ok(None);
    }
    let mut nodes = root[..root.len() - 1].to_vec();
    nodes.extend(tree.path(target));
    // Added in the order of the path, so that equal paths have equal weights.
    let steps = nodes.windows(2).map(|step| {
        let mut list = graph.weighted(step[0]);
        list.find(|(other, _)| *other == step[1])
            .map_or(0.0, |(_, weight)| weight)
    });
    let distance = steps.sum();
    Ok(Some(Route { distance, nodes }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::{Edge, projection::tests::RUN};

    fn weighted(edges: &[(u32, u32, f64)]) -> Projection {
        let edges: Vec<_> = (edges.iter())
            .map(|&(source, target, weight)| Edge {
                source,
                target,
                weight,
            })
            .collect();
        Projection::of_edges(5, &edges, (true, false), &RUN).unwrap()
    }

    #[test]
    fn all_searches_find_the_same_distances() {
        let graph = weighted(&[
            (0, 1, 4.0),
            (0, 2, 1.0),
            (2, 1, 2.0),
            (1, 3, 1.0),
            (2, 3, 5.0),
        ]);
        let tree = dijkstra(&graph, 0, None, &RUN).unwrap();
        assert_eq!(tree.distances, [0.0, 3.0, 1.0, 4.0, f64::INFINITY]);
        assert_eq!(tree.path(3), [0, 2, 1, 3]);
        for delta in [0.5, 1.0, 3.0, 100.0] {
            let stepped = delta_stepping(&graph, 0, delta, &RUN).unwrap();
            assert_eq!(stepped.distances, tree.distances);
        }
        let rest = |node: u32| [3.0, 1.0, 2.0, 0.0, 0.0][node as usize];
        assert_eq!(
            a_star(&graph, (0, 3), rest, &RUN).unwrap().path(3),
            [0, 2, 1, 3]
        );
    }

    #[test]
    fn paths_come_in_the_order_of_their_weights() {
        let graph = weighted(&[
            (0, 1, 1.0),
            (1, 3, 1.0),
            (0, 2, 1.0),
            (2, 3, 2.0),
            (0, 3, 5.0),
            (1, 2, 0.5),
            (3, 0, 1.0),
        ]);
        let found = k_shortest(&graph, (0, 3), 10, &RUN).unwrap();
        let found: Vec<_> = found
            .into_iter()
            .map(|route| (route.distance, route.nodes))
            .collect();
        let expected = [
            (2.0, vec![0, 1, 3]),
            (3.0, vec![0, 2, 3]),
            (3.5, vec![0, 1, 2, 3]),
            (5.0, vec![0, 3]),
        ];
        assert_eq!(found, expected);
    }
}
