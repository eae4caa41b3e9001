//! Layer 5: from a plan to a better plan with the same rows.
//!
//! Rules that need no costs come first, since they give planning more to choose from; then every pattern is planned
//! by cost; then what the choice made needless is taken away.

mod cost;
mod eager;
mod estimate;
mod fold;
mod membership;
mod merge_matches;
mod pattern;
mod prune;
mod topk;

pub use self::estimate::estimate;
use crate::{
    graph::Stats,
    plan::{Op, Plan, Slot, SlotInfo, SlotSet},
    value::Type,
};

/// How much is done to a plan. All levels give the same rows, though perhaps in another order where none is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// Patterns are matched in the order in which they are written, without indexes; nothing else is changed.
    Naive,
    /// Everything but indexes.
    WithoutIndexes,
    /// Everything.
    #[default]
    Full,
}

/// A plan with the same rows that can be executed.
///
/// Equal statistics give equal plans. The time is bounded: patterns of many relationships are planned by a search
/// that keeps the most promising partial plans of each size.
#[must_use]
pub fn optimize(plan: Plan, stats: &Stats, level: Level) -> Plan {
    let Plan {
        root,
        mut slots,
        columns,
        ..
    } = plan;
    let needed: SlotSet = columns.iter().map(|column| column.slot).collect();
    let mut root = root;
    if level != Level::Naive {
        root = fold::fold(root);
        root = merge_matches::merge_matches(root);
    }
    let mut planner = Planner {
        stats,
        level,
        slots: &mut slots,
        read_only: !plan.writes,
    };
    root = planner.plan(root, &needed);
    if level != Level::Naive {
        root = membership::use_membership(root);
        root = topk::use_topk(root);
        root = eager::drop_needless_barriers(root);
        root = prune::prune(root, &needed);
    }
    Plan {
        root,
        slots,
        columns,
        ..plan
    }
}

/// What the planning of patterns works with.
struct Planner<'a> {
    stats: &'a Stats,
    level: Level,
    slots: &'a mut Vec<SlotInfo>,
    /// Whether the statistics still hold when the plan runs: no operator of it writes.
    read_only: bool,
}

impl Planner<'_> {
    /// The same operator with every pattern in it planned, where `needed` is what is read of its rows.
    fn plan(&mut self, mut op: Op, needed: &SlotSet) -> Op {
        let below = op.needed(needed);
        let mut position = 0;
        op.each_child_mut(&mut |child| {
            let taken = std::mem::replace(child, Op::Unit);
            *child = self.plan(taken, below.get(position).unwrap_or(needed));
            position += 1;
        });
        match op {
            Op::Match { input, pattern } => self.plan_match(*input, *pattern, needed),
            other => other,
        }
    }

    fn hidden(&mut self, kind: Type) -> Slot {
        let slot = Slot(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        self.slots.push(SlotInfo {
            name: format!("@{}", slot.0).as_str().into(),
            kind,
        });
        slot
    }
}
