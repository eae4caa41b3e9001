//! Replaces `EXISTS` of one relationship between two known nodes by a lookup in a sorted list.

use crate::{
    base::Span,
    plan::{Apply, ApplyKind, Expand, Expr, ExprKind, Node, Op, QueryGraph, Slot, SlotSet},
};

/// Replaces such subqueries by an expression.
pub(super) fn use_membership(node: Node) -> Node {
    node.map_bottom_up(&mut |node| {
        let Op::Apply(Apply {
            row,
            kind: ApplyKind::Exists(answer),
        }) = node.op
        else {
            return node;
        };
        match membership(node.second(), row) {
            None => node,
            Some(kind) => {
                let items = vec![(answer, Expr::new(kind, Span::default()))];
                Op::Project { items }.on(node.into_input())
            }
        }
    })
}

/// Replaces such subqueries of a pattern, whose planned inner plans are `inner`, by expressions in its predicates. A result
/// that is also live above the pattern or read by another subquery stays.
pub(super) fn use_lookups(graph: &mut QueryGraph, inner: &mut Vec<Node>, live: &SlotSet) {
    let mut position = 0;
    while position < graph.subqueries.len() {
        let Some((answer, lookup)) = only_predicates_read(graph, position, &inner[position], live)
        else {
            position += 1;
            continue;
        };
        graph.subqueries.remove(position);
        inner.remove(position);
        let predicates = std::mem::take(&mut graph.predicates).into_iter();
        let predicates = predicates.map(|predicate| {
            predicate.map_bottom_up(&mut |expr| match expr.kind {
                ExprKind::Slot(slot) if slot == answer => Expr::new(lookup.clone(), expr.span),
                _ => expr,
            })
        });
        graph.predicates = predicates.collect();
    }
}

/// The slot of a subquery that is a lookup and whose result only predicates of the pattern read, with the lookup.
fn only_predicates_read(
    graph: &QueryGraph,
    position: usize,
    inner: &Node,
    live: &SlotSet,
) -> Option<(Slot, ExprKind)> {
    let Apply { row, kind } = &graph.subqueries[position].apply;
    let ApplyKind::Exists(answer) = kind else {
        return None;
    };
    let mut others = graph.subqueries.iter();
    let mut trails = graph.edges.iter().flat_map(|edge| &edge.edge_predicate);
    let is_read = live.contains(*answer)
        || others.any(|need| need.reads.contains(answer))
        || trails.any(|(_, all)| all.iter().any(|expr| expr.slots().contains(*answer)));
    if is_read {
        return None;
    }
    Some((*answer, membership(inner, *row)?))
}

/// The expression that is true if the inner plan has rows; `None` if the plan is more than a relationship between outer
/// nodes.
fn membership(inner: &Node, row: Slot) -> Option<ExprKind> {
    let Op::ExpandInto(Expand {
        from,
        direction,
        types,
        to: Some(to),
        ..
    }) = &inner.op
    else {
        return None;
    };
    let Op::Argument { row: own, slots } = &inner.input().op else {
        return None;
    };
    if *own != row || !slots.contains(from) || !slots.contains(to) {
        return None;
    }
    Some(ExprKind::HasEdge {
        from: *from,
        to: *to,
        types: types.clone(),
        direction: *direction,
    })
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn one_relationship_between_outer_nodes_is_looked_up() {
        check(
            "membership",
            "RETURN e
             ExistsApply e ROW @9
             ├─ NodeScan (b)
             │  NodeScan (a)
             └─ ExpandInto (a)-[:R]->(b)
                Argument a, b",
            "RETURN e\nProject (a)-[:R]->(b) AS e\nNodeScan (b)\nNodeScan (a)",
        );
        keeps(
            "membership",
            "RETURN e\nExistsApply e ROW @9\n├─ NodeScan (a)\n└─ Expand (a)-[:R]->()\n   Argument a",
        );
    }
}
