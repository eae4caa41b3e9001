//! The ends of directed trails from many nodes at once, if only the ends are read: one breadth-first search for all rows.
//!
//! Without a maximum length, and with a minimum of 0 or 1, the ends from a node are the nodes that a walk of at least one
//! relationship leads to, and for the minimum 0 the node itself: the shortest such walk repeats no relationship, also
//! from a node back to it, because it has a direction. So what was found from one node need not be followed again from
//! another, and an end that was found need not be returned again to a duplicate-insensitive context.

use std::collections::VecDeque;

use crate::{
    base::Direction,
    exec::{
        adjacent::Merged,
        chunk::CAPACITY,
        context::Failure,
        op::{
            admission::Admission,
            search::{Search, Target},
        },
    },
    graph::Neighbour,
    plan::{SlotSet, Trail},
    value::{Bitmap, NodeId},
};

/// A search that goes on from row to row.
pub(crate) struct SharedReach<'p> {
    admission: Admission<'p>,
    /// The nodes whose relationships are followed, or will be.
    entered: Bitmap,
    /// The nodes that are found as ends.
    ends: Bitmap,
    frontier: VecDeque<NodeId>,
    /// The ends that are found and not yet returned.
    found: VecDeque<NodeId>,
    expanded: usize,
    scratch: Merged,
    list: Vec<Neighbour>,
}

impl<'p> SharedReach<'p> {
    /// The search for a trail whose operator returns only the live slots; `None` if rows have to be searched on their own.
    pub(crate) fn new(trail: &'p Trail, live: &SlotSet) -> Option<Self> {
        let reads_row = trail.edge_predicate.iter().any(|(element, tests)| {
            let own = SlotSet::one(*element);
            tests.iter().any(|test| !test.slots().is_subset(&own))
        });
        let fits = trail.direction != Direction::Either
            && trail.length.min <= 1
            && trail.length.max.is_none()
            && trail.disjoint.is_empty()
            && !reads_row
            && live.contains(trail.to)
            && live.is_subset(&SlotSet::one(trail.to));
        fits.then(|| Self {
            admission: Admission::new(trail, None),
            entered: Bitmap::default(),
            ends: Bitmap::default(),
            frontier: VecDeque::new(),
            found: VecDeque::new(),
            expanded: 0,
            scratch: Merged::default(),
            list: Vec::new(),
        })
    }

    /// Forgets what was found.
    pub(crate) fn reset(&mut self) {
        self.entered = Bitmap::default();
        self.ends = Bitmap::default();
        self.frontier.clear();
        self.found.clear();
    }

    /// Goes on with the node of a row.
    pub(crate) fn begin(&mut self, target: Target, search: &Search<'_>) -> Result<(), Failure> {
        if target.from.is_none() {
            return Ok(());
        }
        self.scratch.refresh(search.cx);
        self.admission.begin(target.row, search)?;
        if target.min == 0 {
            self.find(target.from);
        }
        self.enter(target.from);
        Ok(())
    }

    /// The next end that no row had before.
    pub(crate) fn advance(&mut self, search: &Search<'_>) -> Result<Option<NodeId>, Failure> {
        while self.found.is_empty()
            && let Some(node) = self.frontier.pop_front()
        {
            self.expand(node, search)?;
        }
        Ok(self.found.pop_front())
    }

    fn expand(&mut self, node: NodeId, search: &Search<'_>) -> Result<(), Failure> {
        self.expanded = self.expanded.wrapping_add(1);
        if self.expanded.is_multiple_of(CAPACITY) {
            search.cx.check()?;
        }
        let mut list = std::mem::take(&mut self.list);
        list.clear();
        list.extend_from_slice(search.adjacent.of(node, &mut self.scratch));
        self.admission.admit(&mut list, 0, search)?;
        for entry in &list {
            self.find(entry.node);
            self.enter(entry.node);
        }
        self.list = list;
        Ok(())
    }

    fn find(&mut self, node: NodeId) {
        if self.ends.insert(node.index()) {
            self.found.push_back(node);
        }
    }

    fn enter(&mut self, node: NodeId) {
        if self.entered.insert(node.index()) {
            self.frontier.push_back(node);
        }
    }
}
