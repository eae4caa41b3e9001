//! What a pattern finds bound: it has to be there.

use crate::{
    base::{CompareOp, Span},
    plan::{Expr, ExprKind, Node, Op, QueryGraph, Slot},
};

/// That what the rows hold already is there at all, where nothing else of the pattern asks it: an optional match may
/// have left a null, which is no match.
///
/// A node is asked for by any relationship at it. A relationship is not asked for by its ends: whether rows hold them
/// too is known only when the matches that follow one another have become one.
pub(super) fn presences(graph: &QueryGraph) -> Vec<Expr> {
    let apart = |slot| {
        !graph
            .edges
            .iter()
            .any(|edge| edge.from == slot || edge.to == slot)
    };
    let nodes = graph
        .nodes
        .iter()
        .filter(|node| node.bound && apart(node.slot))
        .map(|node| node.slot);
    let edges = graph
        .edges
        .iter()
        .filter(|edge| edge.bound)
        .map(|edge| edge.slot);
    let presence = |slot| {
        let subject = Box::new(Expr::slot(slot, Span::default()));
        Expr::new(ExprKind::IsNotNull(subject), Span::default())
    };
    nodes.chain(edges).map(presence).collect()
}

/// That two slots hold the same.
pub(super) fn same(one: Slot, other: Slot, span: Span) -> Expr {
    let [one, other] = [one, other].map(|slot| Box::new(Expr::slot(slot, span)));
    Expr::new(ExprKind::Compare(CompareOp::Equal, one, other), span)
}

/// The rows in which everything that the pattern finds bound is still there: what has been deleted is no part of the
/// graph, so that no pattern matches it.
pub(super) fn only_live(input: Node, graph: &QueryGraph) -> Node {
    let nodes = graph.nodes.iter().filter(|node| node.bound);
    let edges = graph.edges.iter().filter(|edge| edge.bound);
    let bound = nodes
        .map(|node| node.slot)
        .chain(edges.map(|edge| edge.slot));
    let live = bound.map(|slot| {
        let subject = Box::new(Expr::slot(slot, Span::default()));
        Expr::new(ExprKind::IsLive(subject), Span::default())
    });
    let live: Vec<Expr> = live.collect();
    if live.is_empty() {
        return input;
    }
    Op::Filter { predicates: live }.on(input)
}
