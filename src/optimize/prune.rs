//! Removes dead outputs: columns, relationships, and nodes that are only counted.

use crate::plan::{Expand, Node, Op, SlotSet};

/// Removes the dead outputs of a plan. `live` are the slots that are live above the node.
pub(super) fn prune(mut node: Node, live: &SlotSet) -> Node {
    drop_below(&mut node, live);
    node
}

fn drop_below(node: &mut Node, live: &SlotSet) {
    drop_dead(&mut node.op, live);
    let below = node.live_below(live);
    for (input, live) in node.inputs.iter_mut().zip(below) {
        drop_below(input, &live);
    }
    let idle = match &node.op {
        Op::Project { items } => items.is_empty(),
        Op::Filter { predicates } => predicates.is_empty(),
        _ => false,
    };
    if idle {
        node.replace(&mut Node::into_input);
    }
}

fn drop_dead(op: &mut Op, live: &SlotSet) {
    match op {
        Op::Project { items } => items.retain(|(slot, _)| live.contains(*slot)),
        Op::Aggregate { aggregates, .. } => aggregates.retain(|(slot, _)| live.contains(*slot)),
        Op::Expand(Expand { edge, to, .. }) => {
            edge.take_if(|slot| !live.contains(*slot));
            to.take_if(|slot| !live.contains(*slot));
        }
        Op::ExpandInto(Expand { edge, .. }) => {
            edge.take_if(|slot| !live.contains(*slot));
        }
        Op::Intersect { arms, .. } => {
            for arm in arms {
                arm.edge.take_if(|slot| !live.contains(*slot));
            }
        }
        Op::Union { columns } => columns.retain(|(slot, ..)| live.contains(*slot)),
        Op::VarExpand(trail) | Op::VarExpandInto(trail) => {
            trail.edges.take_if(|slot| !live.contains(*slot));
        }
        Op::ShortestPath(search) | Op::ShortestPathWhere { search, .. } => {
            search.trail.edges.take_if(|slot| !live.contains(*slot));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::check;

    #[test]
    fn what_is_dead_is_not_filled() {
        check(
            "prune",
            "RETURN x\nProject n.a AS x, n.b AS y\nExpand (n)-[r]->(m)\nNodeScan (n)",
            "RETURN x\nProject n.a AS x\nExpand (n)-[]->()\nNodeScan (n)",
        );
        check(
            "prune",
            "RETURN n\nProject 1 AS x\nNodeScan (n)",
            "RETURN n\nNodeScan (n)",
        );
    }
}
