//! Backward breadth-first distances from the target of a search, used to prune the search.

use rustc_hash::FxHashMap;

use crate::{
    base::Direction,
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::CAPACITY,
        context::Failure,
        eval::types_of,
        op::{admission::Admission, search::SearchContext},
    },
    plan::{Named, Trail},
    value::{NodeId, TypeId},
};

pub(crate) struct Distances {
    /// The distance of each node that was found.
    distances: FxHashMap<NodeId, u64>,
    frontier: Vec<NodeId>,
    level: u64,
    types: Vec<Named<TypeId>>,
    direction: Direction,
}

impl Distances {
    pub(crate) fn new(trail: &Trail, target: NodeId) -> Self {
        Self {
            distances: [(target, 0)].into_iter().collect(),
            frontier: vec![target],
            level: 0,
            types: trail.types.clone(),
            direction: trail.direction.reversed(),
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
        search: &SearchContext<'_, '_>,
    ) -> Result<(), Failure> {
        if self.level >= reach || self.frontier.is_empty() {
            return Ok(());
        }
        let types = types_of(&self.types, search.cx);
        let adjacent = Adjacent::new(search.cx.graph(), &types, self.direction);
        let mut scratch = Merged::default();
        while self.level < reach && !self.frontier.is_empty() {
            self.level += 1;
            self.grow(&adjacent, &mut scratch, admission, search)?;
        }
        Ok(())
    }

    fn grow(
        &mut self,
        adjacent: &Adjacent<'_>,
        scratch: &mut Merged,
        admission: &mut Admission<'_>,
        search: &SearchContext<'_, '_>,
    ) -> Result<(), Failure> {
        let mut list = Vec::new();
        for (number, node) in std::mem::take(&mut self.frontier).into_iter().enumerate() {
            if number % CAPACITY == 0 {
                search.cx.check()?;
            }
            list.clear();
            list.extend_from_slice(adjacent.of(node, scratch));
            admission.admit(&mut list, 0, search.chunk, search.cx)?;
            for entry in &list {
                self.distances.entry(entry.node).or_insert_with(|| {
                    self.frontier.push(entry.node);
                    self.level
                });
            }
        }
        Ok(())
    }
}
