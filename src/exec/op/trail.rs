//! Trails: walks on which no relationship repeats, found depth first.

use rustc_hash::FxHashSet;

use crate::{
    exec::{
        adjacent::Merged,
        context::Failure,
        op::{
            admission::{Admission, retain_from},
            distance::Distances,
            search::{Search, Target},
        },
    },
    graph::Neighbour,
    plan::{ElementPredicate, Trail},
    value::{EdgeId, NodeId},
};

/// A depth-first search for trails that can be suspended and resumed.
pub(crate) struct TrailSearch<'p> {
    pub(crate) admission: Admission<'p>,
    target: Target,
    /// The relationships that may follow, for each node on the trail, one after another.
    arena: Vec<Neighbour>,
    frames: Vec<Frame>,
    /// The relationships of the trail that was returned last.
    pub(crate) path: Vec<EdgeId>,
    used: FxHashSet<EdgeId>,
    /// True if the trail without relationships is still to be returned.
    at_start: bool,
    /// True if the maximum length, or a distance beyond it, cut a trail.
    pub(crate) reached_end: bool,
    taken: u32,
    scratch: Merged,
    /// Distances from the end, to prune the search.
    pub(crate) distances: Option<Distances<'p>>,
}

/// A part of the arena.
struct Frame {
    start: usize,
    next: usize,
}

impl<'p> TrailSearch<'p> {
    pub(crate) fn new(trail: &'p Trail, nodes: Option<&'p ElementPredicate>) -> Self {
        Self {
            admission: Admission::new(trail, nodes),
            target: Target::NONE,
            arena: Vec::new(),
            frames: Vec::new(),
            path: Vec::new(),
            used: FxHashSet::default(),
            at_start: false,
            reached_end: false,
            taken: 0,
            scratch: Merged::default(),
            distances: None,
        }
    }

    /// Starts the search for a row.
    pub(crate) fn begin(&mut self, target: Target, search: &Search<'_>) -> Result<(), Failure> {
        self.target = target;
        self.arena.clear();
        self.frames.clear();
        self.path.clear();
        self.used.clear();
        self.reached_end = false;
        self.at_start = target.min == 0 && target.min <= target.max && !target.from.is_none();
        if target.from.is_none() || !target.may_fit() {
            return Ok(());
        }
        self.admission.begin(target.row, search)?;
        self.descend(target.from, search)
    }

    /// The end of the next trail.
    pub(crate) fn advance(&mut self, search: &Search<'_>) -> Result<Option<NodeId>, Failure> {
        if std::mem::take(&mut self.at_start) && self.ends_at(self.target.from) {
            return Ok(Some(self.target.from));
        }
        while let Some(frame) = self.frames.last_mut() {
            // The relationships of the last node are the end of the arena.
            let Some(entry) = self.arena.get(frame.next).copied() else {
                self.leave();
                continue;
            };
            frame.next += 1;
            self.path.push(entry.edge);
            self.used.insert(entry.edge);
            self.descend(entry.node, search)?;
            if self.path.len() as u64 >= self.target.min && self.ends_at(entry.node) {
                return Ok(Some(entry.node));
            }
        }
        Ok(None)
    }

    fn ends_at(&self, node: NodeId) -> bool {
        self.target.to.is_none_or(|to| to == node)
    }

    /// Leaves the last node of the trail.
    fn leave(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.arena.truncate(frame.start);
        }
        if let Some(edge) = self.path.pop() {
            self.used.remove(&edge);
        }
    }

    /// Lists the relationships that may follow a node; none if the trail has the greatest length.
    fn descend(&mut self, node: NodeId, search: &Search<'_>) -> Result<(), Failure> {
        self.taken = self.taken.wrapping_add(1);
        if self.taken.is_multiple_of(1_024) {
            search.cx.check()?;
        }
        let start = self.arena.len();
        self.frames.push(Frame { start, next: start });
        let at_end = self.path.len() as u64 >= self.target.max;
        self.reached_end |= at_end;
        if at_end && !self.target.limited {
            return Ok(());
        }
        let list = search.adjacent.of(node, &mut self.scratch);
        self.arena.extend_from_slice(list);
        let used = &self.used;
        retain_from(&mut self.arena, start, |entry| !used.contains(&entry.edge));
        self.admission.admit(&mut self.arena, start, search)?;
        if at_end && self.arena.len() > start {
            self.target.check_limit()?;
        }
        if let Some(distances) = &self.distances {
            let left = self.target.max.saturating_sub(self.path.len() as u64 + 1);
            let mut cut = false;
            retain_from(&mut self.arena, start, |entry| {
                let reaches = distances.reaches(entry.node, left);
                cut |= !reaches && distances.may_reach(entry.node);
                reaches
            });
            self.reached_end |= cut;
        }
        Ok(())
    }
}
