//! Predicates on the bound variables of a pattern: they must be non-null and not deleted.

use crate::{
    base::{CompareOp, Span},
    plan::{Expr, ExprKind, Node, Op, QueryGraph, Slot},
};

/// `IS NOT NULL` for bound variables whose presence no other part of the pattern implies. After an `OPTIONAL MATCH` a
/// variable may be null, and null matches nothing.
///
/// The relationships at a node imply the node. The end nodes of a bound relationship do not imply the relationship:
/// whether they are bound too is only known after consecutive `MATCH` clauses are merged.
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

/// The predicate that two slots are equal.
pub(super) fn same(one: Slot, other: Slot, span: Span) -> Expr {
    let [one, other] = [one, other].map(|slot| Box::new(Expr::slot(slot, span)));
    Expr::new(ExprKind::Compare(CompareOp::Equal, one, other), span)
}

/// Keeps the rows in which no bound variable of the pattern is deleted: a deleted entity matches no pattern.
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
