//! The trails between two nodes in order of length.
//!
//! One length is searched after another, depth first. No trail is followed from a node whose distance from the target is
//! greater than the rest of the length, so the cost per length is about the number of trails found.

use crate::{
    exec::{
        chunk::CAPACITY,
        context::{Context, Failure},
        op::{
            distance::Distances,
            search::{Search, Target},
            trail::TrailSearch,
        },
    },
    plan::ShortestPath,
    value::EdgeId,
};

/// The relationships of a trail.
pub(crate) type Edges = Vec<EdgeId>;

pub(crate) struct ByLength<'p> {
    plan: &'p ShortestPath,
    search: TrailSearch<'p>,
    target: Target,
    length: u64,
    /// True if the row has no trails to find.
    idle: bool,
}

impl<'p> ByLength<'p> {
    pub(crate) fn new(plan: &'p ShortestPath) -> Self {
        Self {
            plan,
            search: TrailSearch::new(&plan.trail, plan.node_predicate.as_ref()),
            target: Target::NONE,
            length: 0,
            idle: true,
        }
    }

    /// Starts with the shortest trails of a row.
    pub(crate) fn begin(&mut self, target: Target, search: &Search<'_>) -> Result<(), Failure> {
        (self.target, self.length, self.idle) = (target, target.min, true);
        let Some(to) = target.end().filter(|_| target.may_fit()) else {
            return Ok(());
        };
        if self.search.admission.admits_ends(&target, search)? {
            self.idle = false;
            self.search.distances = Some(Distances::new(&self.plan.trail, to));
            self.search_length(search)?;
        }
        Ok(())
    }

    fn search_length(&mut self, search: &Search<'_>) -> Result<(), Failure> {
        let exact = Target {
            min: self.length,
            max: self.length.min(self.target.max),
            limited: self.length > self.target.max,
            ..self.target
        };
        let trails = &mut self.search;
        if let Some(distances) = &mut trails.distances {
            distances.search(self.length, &mut trails.admission, search)?;
        }
        trails.begin(exact, search)
    }

    /// Adds trails of the current length, at most `most` in total. If there are fewer, the length has no more.
    pub(crate) fn find(
        &mut self,
        most: usize,
        search: &Search<'_>,
        found: &mut Vec<Edges>,
    ) -> Result<(), Failure> {
        while !self.idle && found.len() < most {
            if self.search.advance(search)?.is_none() {
                return Ok(());
            }
            let edges = self.search.path.to_vec();
            if found.len() % CAPACITY == CAPACITY - 1 {
                has_room(found.len(), edges.len(), search.cx)?;
            }
            found.push(edges);
        }
        Ok(())
    }

    /// Continues with longer trails after all of the current length are found. Returns whether there may be any.
    pub(crate) fn lengthen(&mut self, search: &Search<'_>) -> Result<bool, Failure> {
        if self.idle || !self.search.reached_end || self.length > self.target.max {
            return Ok(false);
        }
        if self.length == self.target.max {
            return self.target.check_limit().map(|()| false);
        }
        self.length += 1;
        self.search_length(search)?;
        Ok(true)
    }
}

/// Checks that a number of trails of a length fits in memory.
pub(crate) fn has_room(trails: usize, length: usize, cx: &Context<'_>) -> Result<(), Failure> {
    cx.check()?;
    let one = size_of::<Edges>() + length * size_of::<EdgeId>();
    cx.has_room((one * trails) as u64)
}
