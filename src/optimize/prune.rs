//! What nobody reads is not made: columns, relationships, and nodes that are only counted.

use crate::plan::{Expand, Op, SlotSet};

/// Takes away what is filled and not read above, where `needed` is what is read of the root.
pub(super) fn prune(mut op: Op, needed: &SlotSet) -> Op {
    drop_unread(&mut op, needed);
    let below = op.needed(needed);
    let mut position = 0;
    op.each_child_mut(&mut |child| {
        let taken = std::mem::replace(child, Op::Unit);
        *child = prune(taken, below.get(position).unwrap_or(needed));
        position += 1;
    });
    match op {
        Op::Project { input, items } if items.is_empty() => *input,
        Op::Filter { input, predicates } if predicates.is_empty() => *input,
        other => other,
    }
}

fn drop_unread(op: &mut Op, needed: &SlotSet) {
    match op {
        Op::Project { items, .. } => items.retain(|(slot, _)| needed.contains(*slot)),
        Op::Aggregate { aggregates, .. } => aggregates.retain(|(slot, _)| needed.contains(*slot)),
        Op::Expand(Expand { edge, to, .. }) => {
            edge.take_if(|slot| !needed.contains(*slot));
            to.take_if(|slot| !needed.contains(*slot));
        }
        Op::ExpandInto(Expand { edge, .. }) => {
            edge.take_if(|slot| !needed.contains(*slot));
        }
        Op::Intersect { arms, .. } => {
            for arm in arms {
                arm.edge.take_if(|slot| !needed.contains(*slot));
            }
        }
        Op::Union(union) => union.columns.retain(|(slot, ..)| needed.contains(*slot)),
        Op::VarExpand(expand) => {
            expand.edges.take_if(|slot| !needed.contains(*slot));
        }
        _ => {}
    }
}
