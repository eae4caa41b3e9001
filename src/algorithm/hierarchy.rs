//! Hierarchies, whose relationships lead from the narrow to the broad: the lowest common ancestors of two nodes, and the
//! relationships that others imply (Aho, Garey, Ullman 1972).

use crate::{
    algorithm::{Projection, Run, acyclic::topological, traverse::in_breadth},
    base::Fault,
};

/// A node that two others reach, and its distances from both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ancestor {
    /// The node.
    pub node: u32,
    /// Its distances from the two nodes.
    pub distances: [u32; 2],
}

/// The common ancestors of two nodes that lead to no other by way of a common ancestor; `None` if there is a cycle. A node is
/// an ancestor of itself.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn lowest_common_ancestors(
    graph: &Projection,
    nodes: [u32; 2],
    run: &Run<'_>,
) -> Result<Option<Vec<Ancestor>>, Fault> {
    if topological(graph, run)?.is_none() {
        return Ok(None);
    }
    let mut distances = run.vector([None; 2], graph.nodes())?;
    for (side, node) in nodes.into_iter().enumerate() {
        for (ancestor, distance) in in_breadth(graph, node, usize::MAX, run)? {
            distances[ancestor as usize][side] = Some(distance);
        }
    }
    let is_common = |node: u32| distances[node as usize].iter().all(Option::is_some);
    let mut is_lowest: Vec<bool> = graph.numbers().map(is_common).collect();
    for node in graph.numbers().filter(|node| is_common(*node)) {
        for broader in graph.neighbours(node) {
            is_lowest[*broader as usize] = false;
        }
    }
    let lowest = graph.numbers().filter(|node| is_lowest[*node as usize]);
    let ancestors = lowest.filter_map(|node| match distances[node as usize] {
        [Some(one), Some(other)] => Some(Ancestor {
            node,
            distances: [one, other],
        }),
        _ => None,
    });
    Ok(Some(ancestors.collect()))
}

/// The pairs of neighbours that a longer path connects as well, in ascending order; `None` if there is a cycle. Without these
/// relationships the same nodes reach the same.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn implied(graph: &Projection, run: &Run<'_>) -> Result<Option<Vec<(u32, u32)>>, Fault> {
    let Some(order) = topological(graph, run)? else {
        return Ok(None);
    };
    let graph = graph.simplified(run)?;
    let mut positions = run.vector(0, graph.nodes())?;
    for (position, node) in order.iter().enumerate() {
        positions[*node as usize] = position;
    }
    // The last source whose search reached each node by a path of two or more relationships.
    let mut reached = run.vector(u32::MAX, graph.nodes())?;
    let mut found = Vec::new();
    for source in graph.numbers().filter(|node| graph.degree(*node) > 1) {
        let direct = graph.neighbours(source);
        let last = direct.iter().map(|node| positions[*node as usize]).max();
        let mut stack = direct.to_vec();
        while let Some(node) = stack.pop() {
            for other in graph.neighbours(node) {
                // What is behind the last neighbour leads to none.
                let is_near = Some(positions[*other as usize]) <= last;
                if is_near && reached[*other as usize] != source {
                    reached[*other as usize] = source;
                    stack.push(*other);
                }
            }
            run.steps(1 + graph.degree(node))?;
        }
        let implied = direct
            .iter()
            .filter(|node| reached[**node as usize] == source);
        found.extend(implied.map(|node| (source, *node)));
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn the_lowest_common_ancestor_is_below_the_others() {
        let edges = [(0, 2), (1, 2), (2, 3), (0, 4), (4, 3)];
        let graph = graph(5, &edges, false);
        let found = lowest_common_ancestors(&graph, [0, 1], &RUN)
            .unwrap()
            .unwrap();
        let expected = Ancestor {
            node: 2,
            distances: [1, 1],
        };
        assert_eq!(found, [expected]);
        let own = lowest_common_ancestors(&graph, [0, 2], &RUN)
            .unwrap()
            .unwrap();
        assert_eq!((own[0].node, own[0].distances), (2, [1, 0]));
    }

    #[test]
    fn a_shortcut_is_implied() {
        let edges = [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3), (1, 4)];
        assert_eq!(
            implied(&graph(5, &edges, false), &RUN).unwrap(),
            Some(vec![(0, 2), (0, 3)])
        );
        assert_eq!(
            implied(&graph(2, &[(0, 1), (1, 0)], false), &RUN).unwrap(),
            None
        );
    }
}
