//! The walks between two nodes on which no relationship comes twice, the shorter before the longer.
//!
//! One length is searched after another, depth first. No walk is followed from where the end is further away than the
//! length leaves room for, so that searching a length costs about as much as there are walks to find.

use crate::{
    exec::{
        chunk::CAPACITY,
        context::{Context, Failure},
        op::{
            near::Near,
            var_expand::{Aim, Ground, Walk, too_long},
        },
    },
    plan,
    value::EdgeId,
};

/// A walk as the relationships on it.
pub(crate) type Edges = Vec<EdgeId>;

pub(crate) struct ByLength<'p> {
    plan: &'p plan::VarExpand,
    walk: Walk<'p>,
    aim: Aim,
    row: usize,
    length: u64,
    /// Whether there is nothing to be found between the ends of the row.
    idle: bool,
}

impl<'p> ByLength<'p> {
    pub(crate) fn new(plan: &'p plan::VarExpand) -> Self {
        Self {
            plan,
            walk: Walk::new(plan),
            aim: Aim::NOTHING,
            row: 0,
            length: 0,
            idle: true,
        }
    }

    /// Begins with the shortest walks of a row.
    pub(crate) fn begin(
        &mut self,
        aim: Aim,
        row: usize,
        ground: &Ground<'_, '_>,
    ) -> Result<(), Failure> {
        (self.aim, self.row, self.length) = (aim, row, aim.min);
        let to = aim.to.filter(|to| !to.is_none() && !aim.from.is_none());
        self.idle = to.is_none() || (aim.min > aim.max && !aim.limited);
        if let Some(to) = to.filter(|_| !self.idle) {
            self.idle = !self.walk.admits_ends(aim, row, ground)?;
            self.walk.draw_to(Near::new(self.plan, to));
            self.search(ground)?;
        }
        Ok(())
    }

    fn search(&mut self, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        if self.idle {
            return Ok(());
        }
        let exact = Aim {
            min: self.length,
            max: self.length.min(self.aim.max),
            limited: self.length > self.aim.max,
            ..self.aim
        };
        self.walk.look(self.length, ground)?;
        self.walk.begin(exact, self.row, ground)
    }

    /// Finds walks of the length at hand, so many at most. Fewer are all that are left of it.
    pub(crate) fn find(
        &mut self,
        most: usize,
        ground: &Ground<'_, '_>,
        found: &mut Vec<Edges>,
    ) -> Result<(), Failure> {
        while !self.idle && found.len() < most {
            if self.walk.advance(ground)?.is_none() {
                return Ok(());
            }
            let walk = self.walk.path().to_vec();
            if found.len() % CAPACITY == CAPACITY - 1 {
                has_room(found.len(), walk.len(), ground.cx)?;
            }
            found.push(walk);
        }
        Ok(())
    }

    /// Goes on to longer walks, once all of the length at hand are found. Says whether there may be any.
    pub(crate) fn lengthen(&mut self, ground: &Ground<'_, '_>) -> Result<bool, Failure> {
        if self.idle || !self.walk.reached_end || self.length > self.aim.max {
            return Ok(false);
        }
        if self.length == self.aim.max {
            return if self.aim.limited {
                Err(too_long(self.aim.max))
            } else {
                Ok(false)
            };
        }
        self.length += 1;
        self.search(ground)?;
        Ok(true)
    }
}

/// Whether so many walks of such a length can be held.
pub(crate) fn has_room(walks: usize, length: usize, cx: &Context<'_>) -> Result<(), Failure> {
    cx.check()?;
    let one = size_of::<Edges>() + length * size_of::<EdgeId>();
    cx.has_room((one * walks) as u64)
}
