//! Triangles, and the local clustering coefficient (Watts, Strogatz 1998).
//!
//! Each triangle is found once, from its node of the lowest degree (Schank, Wagner 2005); the counts of nodes are
//! shared between threads, and sums of integers do not depend on the order.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{
    algorithm::{Projection, Run},
    base::Fault,
};

/// The number of triangles of each node. Loops and directions do not count, and parallel relationships count once.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn triangles(graph: &Projection, run: &Run<'_>) -> Result<Vec<u64>, Fault> {
    let simple = graph.both_ways(run)?.simplified(run)?;
    counted(&simple, |_, _| 1, run)
}

/// The share of pairs of neighbours of each node that are neighbours themselves. In a directed graph each direction between
/// two neighbours counts on its own, as in LDBC Graphalytics.
///
/// # Errors
/// A fault if the statement reaches a limit.
pub fn clustering(graph: &Projection, run: &Run<'_>) -> Result<Vec<f64>, Fault> {
    let simple = graph.both_ways(run)?.simplified(run)?;
    let links = if graph.is_undirected() {
        counted(&simple, |_, _| 2, run)?
    } else {
        let leads =
            |from: u32, to: u32| u64::from(graph.neighbours(from).binary_search(&to).is_ok());
        counted(
            &simple,
            |one, other| leads(one, other) + leads(other, one),
            run,
        )?
    };
    let share = |node: u32| {
        let degree = simple.degree(node) as f64;
        if degree < 2.0 {
            return 0.0;
        }
        links[node as usize] as f64 / (degree * (degree - 1.0))
    };
    Ok(simple.numbers().map(share).collect())
}

/// The sum, over the triangles of each node, of what the relationship between its other nodes counts.
fn counted(
    simple: &Projection,
    counts: impl Fn(u32, u32) -> u64 + Sync,
    run: &Run<'_>,
) -> Result<Vec<u64>, Fault> {
    let rank = |node: u32| (simple.degree(node), node);
    let higher = |node: u32, out: &mut Vec<(u32, f64)>| {
        let others = simple.neighbours(node).iter().copied();
        let others = others.filter(|other| rank(*other) > rank(node));
        out.extend(others.map(|other| (other, 1.0)));
        Ok(())
    };
    let forward = Projection::collect(simple.nodes(), (false, false), higher, run)?;
    run.meter.spend(simple.nodes() * size_of::<u64>())?;
    let sums: Vec<AtomicU64> = simple.numbers().map(|_| AtomicU64::new(0)).collect();
    let add = |node: u32, count: u64| {
        sums[node as usize].fetch_add(count, Ordering::Relaxed);
    };
    let mut done = run.vector((), simple.nodes())?;
    let steps = forward.entries().saturating_mul(16);
    run.fill_blocks(&mut done, 64, steps, |start, block| {
        for node in start as u32..(start + block.len()) as u32 {
            let mut own = 0;
            for other in forward.neighbours(node) {
                let mut others = 0;
                each_common(
                    forward.neighbours(node),
                    forward.neighbours(*other),
                    |third| {
                        own += counts(*other, third);
                        others += counts(node, third);
                        add(third, counts(node, *other));
                    },
                );
                if others > 0 {
                    add(*other, others);
                }
            }
            if own > 0 {
                add(node, own);
            }
        }
    })?;
    Ok(sums.into_iter().map(AtomicU64::into_inner).collect())
}

/// Calls `each` with every item that two ascending lists share.
pub(super) fn each_common(one: &[u32], other: &[u32], mut each: impl FnMut(u32)) {
    let (mut at, mut there) = (0, 0);
    while at < one.len() && there < other.len() {
        let (left, right) = (one[at], other[there]);
        if left == right {
            each(left);
        }
        at += usize::from(left <= right);
        there += usize::from(right <= left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::projection::tests::{RUN, graph};

    #[test]
    fn two_triangles_share_an_edge() {
        let edges = [
            (0, 1),
            (1, 2),
            (2, 0),
            (1, 3),
            (3, 2),
            (2, 1),
            (3, 3),
            (3, 4),
        ];
        let directed = graph(5, &edges, false);
        assert_eq!(triangles(&directed, &RUN).unwrap(), [1, 2, 2, 1, 0]);
        let undirected = clustering(&graph(5, &edges, true), &RUN).unwrap();
        assert_eq!(undirected, [1.0, 2.0 / 3.0, 2.0 / 3.0, 1.0 / 3.0, 0.0]);
        let directed = clustering(&directed, &RUN).unwrap();
        assert_eq!(directed, [1.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0]);
    }
}
