//! Replaces `EXISTS` of one relationship between two known nodes by a lookup in a sorted list.

use crate::{
    base::Span,
    plan::{Apply, ApplyKind, Expand, Expr, ExprKind, Node, Op, Slot},
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
