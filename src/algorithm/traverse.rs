//! Visits of all nodes that one reaches, in breadth (Moore 1959) and in depth.

use crate::{
    algorithm::{Projection, Run, search::NONE},
    base::Fault,
};

/// The nodes that a node reaches within a depth, nearest first, each with the length of the shortest path.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn in_breadth(
    graph: &Projection,
    source: u32,
    most: usize,
    run: &Run<'_>,
) -> Result<Vec<(u32, u32)>, Fault> {
    let mut depths = run.vector(NONE, graph.nodes())?;
    depths[source as usize] = 0;
    let mut found = vec![(source, 0)];
    let mut at = 0;
    while let Some((node, depth)) = found.get(at).copied() {
        at += 1;
        if depth as usize >= most {
            break;
        }
        for other in graph.neighbours(node) {
            let known = &mut depths[*other as usize];
            if *known == NONE {
                *known = depth + 1;
                found.push((*other, depth + 1));
            }
        }
        run.steps(1 + graph.degree(node))?;
    }
    Ok(found)
}

/// The nodes that a node reaches, in the order of a search in depth that takes neighbours in ascending order, each with the
/// length of the path that the search took.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn in_depth(
    graph: &Projection,
    source: u32,
    most: usize,
    run: &Run<'_>,
) -> Result<Vec<(u32, u32)>, Fault> {
    let mut is_found = run.vector(false, graph.nodes())?;
    let mut found = vec![(source, 0)];
    is_found[source as usize] = true;
    let mut stack = vec![(source, 0)];
    while let Some((node, at)) = stack.last().copied() {
        let depth = stack.len() - 1;
        let list = if depth < most {
            &graph.neighbours(node)[at..]
        } else {
            &[]
        };
        let next = list.iter().position(|other| !is_found[*other as usize]);
        run.steps(1 + next.unwrap_or(list.len()))?;
        let Some(next) = next else {
            stack.pop();
            continue;
        };
        stack[depth].1 += next + 1;
        is_found[list[next] as usize] = true;
        found.push((list[next], depth as u32 + 1));
        stack.push((list[next], 0));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn breadth_and_depth_visit_in_their_orders() {
        let graph = graph(6, &[(0, 1), (0, 2), (1, 3), (3, 2), (2, 4), (0, 0)], false);
        let all = usize::MAX;
        let breadth = in_breadth(&graph, 0, all, &RUN).unwrap();
        assert_eq!(breadth, [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2)]);
        let depth = in_depth(&graph, 0, all, &RUN).unwrap();
        assert_eq!(depth, [(0, 0), (1, 1), (3, 2), (2, 3), (4, 4)]);
        assert_eq!(in_breadth(&graph, 0, 1, &RUN).unwrap().len(), 3);
        assert_eq!(
            in_depth(&graph, 0, 1, &RUN).unwrap(),
            [(0, 0), (1, 1), (2, 1)]
        );
    }
}
