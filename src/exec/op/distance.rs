//! Backward breadth-first distances from the target of a search, used to prune the search.

use rustc_hash::FxHashMap;

use crate::{
    exec::{
        adjacent::Adjacent,
        context::Failure,
        op::{admission::Admission, search::Search},
    },
    plan::Trail,
    value::NodeId,
};

pub(crate) struct Distances<'p> {
    /// The distance of each node that was found.
    distances: FxHashMap<NodeId, u64>,
    frontier: Vec<NodeId>,
    level: u64,
    trail: &'p Trail,
}

impl<'p> Distances<'p> {
    pub(crate) fn new(trail: &'p Trail, target: NodeId) -> Self {
        Self {
            distances: [(target, 0)].into_iter().collect(),
            frontier: vec![target],
            level: 0,
            trail,
        }
    }

    /// Whether the target is at most `left` relationships from a node, as far as the search has come.
    pub(crate) fn reaches(&self, node: NodeId, left: u64) -> bool {
        let distance = self.distances.get(&node);
        distance.is_some_and(|distance| *distance <= left)
    }

    /// Whether the target may be reachable from a node at all.
    pub(crate) fn may_reach(&self, node: NodeId) -> bool {
        !self.frontier.is_empty() || self.distances.contains_key(&node)
    }

    /// Finds all nodes whose distance is at most `reach`.
    pub(crate) fn search(
        &mut self,
        reach: u64,
        admission: &mut Admission<'_>,
        search: &Search<'_>,
    ) -> Result<(), Failure> {
        if self.level >= reach || self.frontier.is_empty() {
            return Ok(());
        }
        let direction = self.trail.direction.reversed();
        let adjacent = Adjacent::new(&self.trail.types, direction, search.cx);
        while self.level < reach && !self.frontier.is_empty() {
            self.level += 1;
            let nodes = std::mem::take(&mut self.frontier);
            admission.each_admitted(&nodes, &adjacent, search, |_, entry| {
                self.distances.entry(entry.node).or_insert_with(|| {
                    self.frontier.push(entry.node);
                    self.level
                });
            })?;
        }
        Ok(())
    }
}
