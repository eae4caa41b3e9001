//! How far nodes are from where a walk must end, found by a search from there, breadth first and as far as is asked.

use rustc_hash::FxHashMap;

use crate::{
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::CAPACITY,
        context::Failure,
        eval::types_of,
        op::{step::Steps, var_expand::Ground},
    },
    plan,
    value::NodeId,
};

pub(crate) struct Near {
    /// The least number of steps from each node that was found.
    steps: FxHashMap<NodeId, u64>,
    frontier: Vec<NodeId>,
    level: u64,
    plan: Backwards,
}

/// What the search follows: the relationships of the walk, the other way round.
struct Backwards {
    types: Vec<plan::Named<crate::value::TypeId>>,
    direction: plan::Towards,
}

impl Near {
    pub(crate) fn new(plan: &plan::VarExpand, to: NodeId) -> Self {
        Self {
            steps: [(to, 0)].into_iter().collect(),
            frontier: vec![to],
            level: 0,
            plan: Backwards {
                types: plan.types.clone(),
                direction: plan.direction.reversed(),
            },
        }
    }

    /// Whether the end can be reached from a node in so many steps; not sure yet of nodes that were not found.
    pub(crate) fn reaches(&self, node: NodeId, left: u64) -> bool {
        self.steps.get(&node).is_some_and(|steps| *steps <= left)
    }

    /// Whether the end may be reached from a node at all.
    pub(crate) fn may_reach(&self, node: NodeId) -> bool {
        !self.frontier.is_empty() || self.steps.contains_key(&node)
    }

    /// Finds all nodes that are no further than `reach` steps.
    pub(crate) fn look(
        &mut self,
        reach: u64,
        steps: &mut Steps<'_>,
        ground: &Ground<'_, '_>,
    ) -> Result<(), Failure> {
        if self.level >= reach || self.frontier.is_empty() {
            return Ok(());
        }
        let types = types_of(&self.plan.types, ground.cx);
        let adjacent = Adjacent::new(ground.cx.graph(), &types, self.plan.direction);
        let mut scratch = Merged::default();
        while self.level < reach && !self.frontier.is_empty() {
            self.level += 1;
            self.grow(&adjacent, &mut scratch, steps, ground)?;
        }
        Ok(())
    }

    fn grow(
        &mut self,
        adjacent: &Adjacent<'_>,
        scratch: &mut Merged,
        steps: &mut Steps<'_>,
        ground: &Ground<'_, '_>,
    ) -> Result<(), Failure> {
        let mut list = Vec::new();
        for (number, node) in std::mem::take(&mut self.frontier).into_iter().enumerate() {
            if number % CAPACITY == 0 {
                ground.cx.check()?;
            }
            list.clear();
            list.extend_from_slice(adjacent.of(node, scratch));
            steps.admit(&mut list, 0, ground.chunk, ground.cx)?;
            for entry in &list {
                self.steps.entry(entry.node).or_insert_with(|| {
                    self.frontier.push(entry.node);
                    self.level
                });
            }
        }
        Ok(())
    }
}
