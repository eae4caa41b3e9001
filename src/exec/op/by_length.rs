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
            search::{SearchContext, Target, too_long},
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
    row: usize,
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
            row: 0,
            length: 0,
            idle: true,
        }
    }

    /// Starts with the shortest trails of a row.
    pub(crate) fn begin(
        &mut self,
        target: Target,
        row: usize,
        context: &SearchContext<'_, '_>,
    ) -> Result<(), Failure> {
        (self.target, self.row, self.length) = (target, row, target.min);
        let to = target
            .to
            .filter(|to| !to.is_none() && !target.from.is_none());
        self.idle = to.is_none() || (target.min > target.max && !target.limited);
        if let Some(to) = to.filter(|_| !self.idle) {
            self.idle = !self.search.admits_ends(target, row, context)?;
            self.search.prune_by(Distances::new(&self.plan.trail, to));
            self.search_length(context)?;
        }
        Ok(())
    }

    fn search_length(&mut self, context: &SearchContext<'_, '_>) -> Result<(), Failure> {
        if self.idle {
            return Ok(());
        }
        let exact = Target {
            min: self.length,
            max: self.length.min(self.target.max),
            limited: self.length > self.target.max,
            ..self.target
        };
        self.search.extend_distances(self.length, context)?;
        self.search.begin(exact, self.row, context)
    }

    /// Adds trails of the current length, at most `most` in total. If there are fewer, the length has no more.
    pub(crate) fn find(
        &mut self,
        most: usize,
        context: &SearchContext<'_, '_>,
        found: &mut Vec<Edges>,
    ) -> Result<(), Failure> {
        while !self.idle && found.len() < most {
            if self.search.advance(context)?.is_none() {
                return Ok(());
            }
            let edges = self.search.path().to_vec();
            if found.len() % CAPACITY == CAPACITY - 1 {
                has_room(found.len(), edges.len(), context.cx)?;
            }
            found.push(edges);
        }
        Ok(())
    }

    /// Continues with longer trails after all of the current length are found. Returns whether there may be any.
    pub(crate) fn lengthen(&mut self, context: &SearchContext<'_, '_>) -> Result<bool, Failure> {
        if self.idle || !self.search.reached_end || self.length > self.target.max {
            return Ok(false);
        }
        if self.length == self.target.max {
            return if self.target.limited {
                Err(too_long(self.target.max))
            } else {
                Ok(false)
            };
        }
        self.length += 1;
        self.search_length(context)?;
        Ok(true)
    }
}

/// Checks that a number of trails of a length fits in memory.
pub(crate) fn has_room(trails: usize, length: usize, cx: &Context<'_>) -> Result<(), Failure> {
    cx.check()?;
    let one = size_of::<Edges>() + length * size_of::<EdgeId>();
    cx.has_room((one * trails) as u64)
}
