//! Neighbour lists of one relationship type in one direction, each a slice sorted by (neighbour, relationship).
//!
//! A compressed sparse row (CSR) base stores the lists of all nodes contiguously, over the id range of the nodes that
//! occur. A changed list moves to an array of its own; after many changes, these arrays are merged into a new base.

use std::ops::Range;

use crate::value::{EdgeId, NodeId};

/// One entry of a neighbour list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(C)]
pub struct Neighbour {
    /// The node at the other end.
    pub node: NodeId,
    /// The relationship to it.
    pub edge: EdgeId,
}

/// The location of a node's list: `len` entries of the base from `start`, or index `start` in `own` if `len` is
/// [`OWN`].
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    start: u32,
    len: u32,
}

/// The slot length that marks a list outside the base.
const OWN: u32 = u32::MAX;

/// A view of the neighbour lists of one type and direction. Cheap to copy.
#[derive(Clone, Copy, Debug, Default)]
pub struct Adjacency<'a> {
    first: u32,
    slots: &'a [Slot],
    base: &'a [Neighbour],
    own: &'a [Vec<Neighbour>],
    total: usize,
}

impl<'a> Adjacency<'a> {
    /// The neighbours of a node, sorted by (neighbour, relationship).
    #[inline]
    #[must_use]
    pub fn of(self, node: NodeId) -> &'a [Neighbour] {
        match self.slots.get(node.0.wrapping_sub(self.first) as usize) {
            None => &[],
            Some(slot) if slot.len == OWN => self.own_list(*slot),
            Some(slot) => &self.base[slot.start as usize..][..slot.len as usize],
        }
    }

    #[cold]
    fn own_list(self, slot: Slot) -> &'a [Neighbour] {
        &self.own[slot.start as usize]
    }

    /// The number of entries in a node's list.
    #[inline]
    #[must_use]
    pub fn degree(self, node: NodeId) -> usize {
        match self.slots.get(node.0.wrapping_sub(self.first) as usize) {
            None => 0,
            Some(slot) if slot.len == OWN => self.own_list(*slot).len(),
            Some(slot) => slot.len as usize,
        }
    }

    /// The total number of relationships.
    #[must_use]
    pub fn total(self) -> usize {
        self.total
    }

    /// An id range that contains every node with a non-empty list.
    #[must_use]
    pub fn nodes(self) -> Range<u32> {
        // Ids are below 2^32 - 1, so the sum cannot overflow.
        self.first..self.first + self.slots.len() as u32
    }

    /// Every node with a non-empty list, in ascending order, with its list.
    pub fn lists(self) -> impl Iterator<Item = (NodeId, &'a [Neighbour])> {
        self.nodes()
            .map(move |node| (NodeId(node), self.of(NodeId(node))))
            .filter(|(_, list)| !list.is_empty())
    }
}

/// The neighbour lists of one type and direction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    first: u32,
    slots: Vec<Slot>,
    base: Vec<Neighbour>,
    own: Vec<Vec<Neighbour>>,
    total: usize,
    changes: usize,
}

impl Lists {
    /// Builds the lists from (owner of the list, entry) pairs. `edges` is called twice and must yield the same pairs.
    pub(crate) fn build<I>(edges: impl Fn() -> I) -> Self
    where
        I: Iterator<Item = (NodeId, Neighbour)>,
    {
        let nodes = edges().map(|(node, _)| node.0);
        let Some((first, last)) = bounds(nodes) else {
            return Self::default();
        };
        let mut slots = vec![Slot::default(); (last - first) as usize + 1];
        edges().for_each(|(node, _)| slots[(node.0 - first) as usize].len += 1);
        let total = assign_starts(&mut slots);
        let nowhere = Neighbour {
            node: NodeId::NONE,
            edge: EdgeId::NONE,
        };
        let mut base = vec![nowhere; total];
        // The lengths are counted again: each one is the position of the next entry.
        edges().for_each(|(node, neighbour)| {
            let slot = &mut slots[(node.0 - first) as usize];
            base[(slot.start + slot.len) as usize] = neighbour;
            slot.len += 1;
        });
        for slot in slots.iter().filter(|slot| slot.len > 1) {
            base[slot.start as usize..][..slot.len as usize].sort_unstable();
        }
        Self {
            first,
            slots,
            base,
            total,
            ..Self::default()
        }
    }

    pub(crate) fn view(&self) -> Adjacency<'_> {
        Adjacency {
            first: self.first,
            slots: &self.slots,
            base: &self.base,
            own: &self.own,
            total: self.total,
        }
    }

    /// Adds an entry and returns the new degree of the node.
    pub(crate) fn insert(&mut self, node: NodeId, neighbour: Neighbour) -> usize {
        let list = self.own_list(node);
        let at = match list.last() {
            Some(last) if *last > neighbour => list.partition_point(|entry| *entry < neighbour),
            _ => list.len(),
        };
        list.insert(at, neighbour);
        let degree = list.len();
        self.total += 1;
        self.changed();
        degree
    }

    /// Removes an existing entry and returns the new degree of the node.
    pub(crate) fn remove(&mut self, node: NodeId, neighbour: Neighbour) -> usize {
        let list = self.own_list(node);
        let at = list
            .binary_search(&neighbour)
            .expect("every relationship stands in the lists of both its ends");
        list.remove(at);
        let degree = list.len();
        self.total -= 1;
        self.changed();
        degree
    }

    /// Removes existing entries, in ascending order, and returns the degree of the node before and after. Linear in the
    /// degree, however many entries go.
    pub(crate) fn remove_all(
        &mut self,
        node: NodeId,
        gone: impl ExactSizeIterator<Item = Neighbour>,
    ) -> (usize, usize) {
        let count = gone.len();
        let mut gone = gone.peekable();
        let list = self.own_list(node);
        let before = list.len();
        list.retain(|entry| gone.next_if_eq(entry).is_none());
        let after = list.len();
        assert_eq!(
            before - after,
            count,
            "every relationship stands in the lists of both its ends"
        );
        self.total -= count;
        self.changes += count - 1;
        self.changed();
        (before, after)
    }

    /// The node's own list; moves it out of the base if needed.
    fn own_list(&mut self, node: NodeId) -> &mut Vec<Neighbour> {
        let at = self.reach(node.0);
        let slot = self.slots[at];
        if slot.len == OWN {
            return &mut self.own[slot.start as usize];
        }
        let list = self.base[slot.start as usize..][..slot.len as usize].to_vec();
        let start = u32::try_from(self.own.len()).expect("there are fewer lists than nodes");
        self.slots[at] = Slot { start, len: OWN };
        self.own.push(list);
        self.own.last_mut().expect("one was pushed")
    }

    /// Extends the range to include `node` and returns its position in the range.
    fn reach(&mut self, node: u32) -> usize {
        if self.slots.is_empty() {
            self.first = node;
        }
        if node < self.first {
            // Doubling keeps descending ids at amortised constant cost.
            let needed = (self.first - node)
                .max(self.slots.len() as u32)
                .min(self.first);
            self.slots
                .splice(0..0, std::iter::repeat_n(Slot::default(), needed as usize));
            self.first -= needed;
        }
        let at = (node - self.first) as usize;
        if at >= self.slots.len() {
            self.slots.resize(at + 1, Slot::default());
        }
        at
    }

    /// Merges own lists into the base once the changes reach about half the number of entries: amortised constant cost
    /// per change.
    fn changed(&mut self) {
        self.changes += 1;
        if self.changes > 4_096 + self.total / 2 {
            self.merge();
        }
    }

    fn merge(&mut self) {
        let view = self.view();
        let mut base = Vec::with_capacity(self.total);
        let mut slots = Vec::with_capacity(self.slots.len());
        for node in view.nodes() {
            let list = view.of(NodeId(node));
            let start = u32::try_from(base.len()).expect("relationships have ids of 32 bits");
            base.extend_from_slice(list);
            slots.push(Slot {
                start,
                len: list.len() as u32,
            });
        }
        (self.base, self.slots) = (base, slots);
        self.own.clear();
        self.changes = 0;
    }
}

fn bounds(ids: impl Iterator<Item = u32>) -> Option<(u32, u32)> {
    ids.fold(None, |bounds, id| match bounds {
        None => Some((id, id)),
        Some((low, high)) => Some((id.min(low), id.max(high))),
    })
}

/// Replaces lengths by start positions, sets the lengths to 0 and returns their sum.
fn assign_starts(slots: &mut [Slot]) -> usize {
    let mut next = 0;
    for slot in slots {
        slot.start = next;
        next += std::mem::take(&mut slot.len);
    }
    next as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbour(node: u32, edge: u32) -> Neighbour {
        Neighbour {
            node: NodeId(node),
            edge: EdgeId(edge),
        }
    }

    fn build(edges: &[(u32, u32, u32)]) -> Lists {
        Lists::build(|| {
            edges
                .iter()
                .map(|&(node, other, edge)| (NodeId(node), neighbour(other, edge)))
        })
    }

    #[test]
    fn lists_are_sorted_by_neighbour_and_relationship() {
        let lists = build(&[(7, 3, 0), (5, 9, 1), (7, 2, 2), (7, 3, 3)]);
        let view = lists.view();
        assert_eq!(
            view.of(NodeId(7)),
            [neighbour(2, 2), neighbour(3, 0), neighbour(3, 3)]
        );
        assert_eq!(
            (
                view.degree(NodeId(5)),
                view.degree(NodeId(6)),
                view.degree(NodeId(0))
            ),
            (1, 0, 0)
        );
        assert_eq!((view.total(), view.nodes()), (4, 5..8));
        assert_eq!(view.lists().count(), 2);
    }

    #[test]
    fn changes_before_and_behind_the_range_keep_every_list() {
        let mut lists = build(&[(5, 9, 1)]);
        assert_eq!(lists.insert(NodeId(2), neighbour(5, 2)), 1);
        assert_eq!(lists.insert(NodeId(9), neighbour(5, 3)), 1);
        assert_eq!(lists.insert(NodeId(5), neighbour(4, 4)), 2);
        assert_eq!(
            lists.view().of(NodeId(5)),
            [neighbour(4, 4), neighbour(9, 1)]
        );
        assert_eq!(lists.remove(NodeId(5), neighbour(9, 1)), 1);
        lists.merge();
        assert_eq!(lists.view().of(NodeId(5)), [neighbour(4, 4)]);
        assert_eq!(
            lists
                .view()
                .lists()
                .map(|(node, _)| node.0)
                .collect::<Vec<_>>(),
            [2, 5, 9]
        );
        assert_eq!(lists.view().total(), 3);
    }

    #[test]
    fn merging_happens_by_itself_and_loses_nothing() {
        let mut lists = Lists::default();
        for edge in (0..20_000).rev() {
            lists.insert(NodeId(edge % 100 + 50), neighbour(edge / 100, edge));
        }
        assert!(lists.base.len() > 5_000);
        assert!(
            lists
                .view()
                .lists()
                .all(|(_, list)| list.len() == 200 && list.is_sorted())
        );
    }
}
