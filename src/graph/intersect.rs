//! Operations on sorted neighbour lists: membership, intersection, counting.

use crate::{graph::Neighbour, value::NodeId};

/// The entries of `list` with the neighbour `node` (parallel relationships), or an empty slice. O(log n + result).
#[inline]
#[must_use]
pub fn contains(list: &[Neighbour], node: NodeId) -> &[Neighbour] {
    let tail = &list[list.partition_point(|entry| entry.node < node)..];
    &tail[..run(tail, node)]
}

/// The number of leading entries of `list` with the neighbour `node`.
#[inline]
fn run(list: &[Neighbour], node: NodeId) -> usize {
    list.iter().take_while(|entry| entry.node == node).count()
}

/// The part of `list` from the first entry with a neighbour ≥ `node`. Galloping search: O(log distance).
#[inline]
fn skip_to(list: &[Neighbour], node: NodeId) -> &[Neighbour] {
    let mut step = 1;
    while step < list.len() && list[step].node < node {
        step *= 2;
    }
    let low = step / 2;
    let high = list.len().min(step + 1);
    &list[low + list[low..high].partition_point(|entry| entry.node < node)..]
}

/// Calls `visit` for each node in both lists, in ascending order, with its entries in each list.
pub fn intersect2<'a>(
    left: &'a [Neighbour],
    right: &'a [Neighbour],
    visit: impl FnMut(NodeId, &'a [Neighbour], &'a [Neighbour]),
) {
    let (short, long) = (left.len().min(right.len()), left.len().max(right.len()));
    if long / GALLOP > short {
        gallop(left, right, visit);
    } else {
        merge(left, right, visit);
    }
}

/// The length ratio from which galloping pays off.
const GALLOP: usize = 8;

/// Intersection for lists of very different length: gallops over entries that cannot match.
fn gallop<'a>(
    mut left: &'a [Neighbour],
    mut right: &'a [Neighbour],
    mut visit: impl FnMut(NodeId, &'a [Neighbour], &'a [Neighbour]),
) {
    while let (Some(a), Some(b)) = (left.first(), right.first()) {
        if a.node < b.node {
            left = skip_to(left, b.node);
        } else if b.node < a.node {
            right = skip_to(right, a.node);
        } else {
            let (these, rest) = left.split_at(run(left, a.node));
            let (those, other) = right.split_at(run(right, a.node));
            visit(a.node, these, those);
            (left, right) = (rest, other);
        }
    }
}

/// Intersection for lists of similar length: a merge with branchless steps, because a branch on the smaller side is
/// unpredictable.
fn merge<'a>(
    left: &'a [Neighbour],
    right: &'a [Neighbour],
    mut visit: impl FnMut(NodeId, &'a [Neighbour], &'a [Neighbour]),
) {
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        let (a, b) = (left[i].node, right[j].node);
        if a == b {
            let (these, those) = (run(&left[i..], a), run(&right[j..], a));
            visit(a, &left[i..i + these], &right[j..j + those]);
            (i, j) = (i + these, j + those);
        } else {
            i += usize::from(a < b);
            j += usize::from(b < a);
        }
    }
}

/// Calls `visit` for each node in all lists, in ascending order, with its entries in each list. Never calls it without
/// lists.
pub fn intersect<'a>(lists: &[&'a [Neighbour]], mut visit: impl FnMut(NodeId, &[&'a [Neighbour]])) {
    let mut rests = lists.to_vec();
    let mut runs: Vec<&'a [Neighbour]> = vec![&[]; lists.len()];
    while let Some(node) = next_common(&mut rests) {
        for (rest, found) in rests.iter_mut().zip(&mut runs) {
            (*found, *rest) = rest.split_at(run(rest, node));
        }
        visit(node, &runs);
    }
}

/// Moves every list to the first node that occurs in all of them.
fn next_common(rests: &mut [&[Neighbour]]) -> Option<NodeId> {
    let mut node = rests.first()?.first()?.node;
    let mut agreed = 0;
    while agreed < rests.len() {
        agreed = 0;
        for rest in &mut *rests {
            *rest = skip_to(rest, node);
            let found = rest.first()?.node;
            if found == node {
                agreed += 1;
            } else {
                node = found;
            }
        }
    }
    Some(node)
}

/// The number of ways to choose one entry per list, all with the same neighbour.
#[must_use]
pub fn count_common(lists: &[&[Neighbour]]) -> u64 {
    let mut total = 0;
    match lists {
        [left, right] => intersect2(left, right, |_, a, b| {
            total += a.len() as u64 * b.len() as u64
        }),
        _ => intersect(lists, |_, runs| {
            total += runs.iter().map(|run| run.len() as u64).product::<u64>();
        }),
    }
    total
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::value::EdgeId;

    fn list(nodes: &[u32]) -> Vec<Neighbour> {
        let mut nodes = nodes.to_vec();
        nodes.sort_unstable();
        (0..)
            .zip(nodes)
            .map(|(edge, node)| Neighbour {
                node: NodeId(node),
                edge: EdgeId(edge),
            })
            .collect()
    }

    fn copies(list: &[Neighbour], node: u32) -> u64 {
        list.iter().filter(|entry| entry.node.0 == node).count() as u64
    }

    proptest! {
        #[test]
        fn galloping_finds_what_plain_search_finds(
            a in prop::collection::vec(0u32..60, 0..80),
            b in prop::collection::vec(0u32..60, 0..20),
            c in prop::collection::vec(0u32..60, 0..200),
        ) {
            let (a, b, c) = (list(&a), list(&b), list(&c));
            let pairs: u64 = (0..60).map(|node| copies(&a, node) * copies(&b, node)).sum();
            let triples: u64 = (0..60).map(|node| copies(&a, node) * copies(&b, node) * copies(&c, node)).sum();
            prop_assert_eq!(count_common(&[&a, &b]), pairs);
            let (mut merged, mut galloped) = (Vec::new(), Vec::new());
            merge(&a, &c, |node, these, those| merged.push((node, these, those)));
            gallop(&a, &c, |node, these, those| galloped.push((node, these, those)));
            prop_assert_eq!(merged, galloped);
            prop_assert_eq!(count_common(&[&a, &b, &c]), triples);
            prop_assert_eq!(count_common(&[&a]), a.len() as u64);
            prop_assert_eq!(count_common(&[]), 0);
            let mut seen = Vec::new();
            intersect(&[&a, &b, &c], |node, runs| {
                assert!(runs.iter().all(|run| !run.is_empty() && run.iter().all(|entry| entry.node == node)));
                seen.push(node);
            });
            prop_assert!(seen.is_sorted_by(|x, y| x < y));
            for node in 0..60 {
                prop_assert_eq!(contains(&a, NodeId(node)).len() as u64, copies(&a, node));
            }
        }
    }
}
