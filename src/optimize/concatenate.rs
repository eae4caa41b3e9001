//! Two adjacent trails, or a trail and a relationship, as one trail, if nothing reads the node between them.
//!
//! They share no relationship, so together they are a trail whose length is the sum of theirs. Conversely, a trail whose
//! length lies between the sums of the bounds can be split where both parts have a length within their bounds. So both
//! have the same ends, but not the same multiplicities: only for a duplicate-insensitive context.

use crate::{
    base::Direction,
    plan::{Expand, ExprKind, Length, Named, Node, Op, Slot, SlotSet, Trail, TrailMode},
    value::TypeId,
};

/// A trail, or a single relationship.
struct Part<'p> {
    from: Slot,
    to: Slot,
    direction: Direction,
    types: &'p [Named<TypeId>],
    length: Length,
    edges: Slot,
}

/// Joins the trail or relationship of a node, or below a filter, with the one below it. `live` are the slots that are
/// live above the node.
pub(super) fn concatenate(node: &mut Node, live: &SlotSet) {
    while let Some(trail) = joined(node, live) {
        let is_into = matches!(node.op, Op::VarExpandInto(_));
        let below = node.inputs[0].inputs[0].take();
        node.inputs[0] = below;
        node.op = if is_into {
            Op::VarExpandInto(trail)
        } else {
            Op::VarExpand(trail)
        };
    }
    if let Some((position, trail)) = joined_below_filter(node, live)
        && let Op::Filter { predicates } = &mut node.op
    {
        predicates.remove(position);
        let is_done = predicates.is_empty();
        let expand = &mut node.inputs[0];
        expand.inputs[0] = expand.inputs[0].inputs[0].take();
        expand.op = Op::VarExpand(trail);
        if is_done {
            node.replace(&mut |node| node.into_input());
            concatenate(node, live);
        }
    }
}

/// The trail that a trail makes with the part below it.
fn joined(node: &Node, live: &SlotSet) -> Option<Trail> {
    let (Op::VarExpand(second) | Op::VarExpandInto(second)) = &node.op else {
        return None;
    };
    let first = part(&node.input().op)?;
    let last = part_of_trail(second)?;
    (second.disjoint == [first.edges] && !live.contains(last.edges))
        .then(|| both(&first, &last, live))?
}

/// The trail that a relationship makes with the part below it, and the position of the predicate that they differ.
fn joined_below_filter(node: &Node, live: &SlotSet) -> Option<(usize, Trail)> {
    let Op::Filter { predicates } = &node.op else {
        return None;
    };
    let expand = node.input();
    let last = part(&expand.op).filter(|_| matches!(expand.op, Op::Expand(_)))?;
    let first = part(&expand.input().op).filter(|_| !matches!(expand.input().op, Op::Expand(_)))?;
    let differ = predicates
        .iter()
        .position(|predicate| match predicate.kind {
            ExprKind::Disjoint(one, other) => {
                (one, other) == (first.edges, last.edges)
                    || (other, one) == (first.edges, last.edges)
            }
            _ => false,
        })?;
    let mut live = live.clone();
    let others = predicates.iter().enumerate();
    let others = others.filter(|(position, _)| *position != differ);
    others.for_each(|(_, predicate)| predicate.add_slots(&mut live));
    let trail = both(&first, &last, &live).filter(|_| !live.contains(last.edges))?;
    Some((differ, trail))
}

fn part(op: &Op) -> Option<Part<'_>> {
    match op {
        Op::VarExpand(trail) if trail.disjoint.is_empty() => part_of_trail(trail),
        Op::Expand(Expand {
            from,
            direction,
            types,
            edge: Some(edges),
            to: Some(to),
        }) => Some(Part {
            from: *from,
            to: *to,
            direction: *direction,
            types,
            length: Length {
                min: 1,
                max: Some(1),
            },
            edges: *edges,
        }),
        _ => None,
    }
}

fn part_of_trail(trail: &Trail) -> Option<Part<'_>> {
    let edges = trail.edges.filter(|_| trail.edge_predicate.is_none())?;
    Some(Part {
        from: trail.from,
        to: trail.to,
        direction: trail.direction,
        types: &trail.types,
        length: trail.length,
        edges,
    })
}

/// Both parts as one, if they are of the same relationships, and nothing reads the first or the node between them.
fn both(first: &Part<'_>, second: &Part<'_>, live: &SlotSet) -> Option<Trail> {
    let named = |types: &[Named<TypeId>]| types.iter().map(|kind| kind.name.clone()).collect();
    let (one, other): (Vec<_>, Vec<_>) = (named(first.types), named(second.types));
    let is_one = first.to == second.from
        && first.from != first.to
        && second.to != first.to
        && first.direction == second.direction
        && one == other
        && !live.contains(first.to)
        && !live.contains(first.edges);
    is_one.then(|| Trail {
        from: first.from,
        to: second.to,
        direction: first.direction,
        types: first.types.to_vec(),
        length: Length {
            min: first.length.min.saturating_add(second.length.min),
            max: first
                .length
                .max
                .zip(second.length.max)
                .map(|(one, other)| one.saturating_add(other)),
        },
        edges: Some(second.edges),
        reversed: false,
        edge_predicate: None,
        disjoint: Vec::new(),
        mode: TrailMode::All,
    })
}
