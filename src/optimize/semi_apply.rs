//! A filter on `EXISTS` or `NOT EXISTS` becomes a semi or anti apply, which keeps or drops outer rows without a column.

use crate::plan::{Apply, ApplyKind, Expr, ExprKind, Node, Op, Slot, SlotSet};

/// Replaces such filters. `live` are the slots that are live above the node.
pub(super) fn use_semi_apply(mut node: Node, live: &SlotSet) -> Node {
    visit(&mut node, live);
    node
}

fn visit(node: &mut Node, live: &SlotSet) {
    if matches!(node.op, Op::Filter { .. }) {
        node.replace(&mut |node| rewrite(node, live));
    }
    let below = node.live_below(live);
    for (input, live) in node.inputs.iter_mut().zip(below) {
        visit(input, &live);
    }
}

/// Removes, one by one, the predicates that are the result of the apply below or its negation.
fn rewrite(mut node: Node, live: &SlotSet) -> Node {
    while let Some((position, kind)) = decided(&node, live) {
        let Op::Filter { predicates } = &mut node.op else {
            return node;
        };
        predicates.remove(position);
        let rows = node.rows;
        let is_done = predicates.is_empty();
        let apply = &mut node.inputs[0];
        if let Op::Apply(Apply { kind: own, .. }) = &mut apply.op {
            *own = kind;
        }
        apply.rows = rows;
        if is_done {
            return node.into_input();
        }
        // The other predicates may cost less: they are evaluated first, below the apply.
        node = below_apply(node);
    }
    node
}

/// The position of a predicate that the apply decides, and the kind of apply that replaces both.
fn decided(node: &Node, live: &SlotSet) -> Option<(usize, ApplyKind)> {
    let Op::Filter { predicates } = &node.op else {
        return None;
    };
    let Op::Apply(Apply {
        kind: ApplyKind::Exists(answer),
        ..
    }) = &node.input().op
    else {
        return None;
    };
    let readers = predicates.iter().enumerate();
    let mut readers = readers.filter(|(_, predicate)| predicate.slots().contains(*answer));
    let (position, predicate) = readers.next()?;
    if live.contains(*answer) || readers.next().is_some() {
        return None;
    }
    Some((position, kind(predicate, *answer)?))
}

fn kind(predicate: &Expr, answer: Slot) -> Option<ApplyKind> {
    let is_answer = |expr: &Expr| matches!(expr.kind, ExprKind::Slot(slot) if slot == answer);
    match &predicate.kind {
        ExprKind::Slot(slot) if *slot == answer => Some(ApplyKind::Semi),
        ExprKind::Not(inner) if is_answer(inner) => Some(ApplyKind::Anti),
        _ => None,
    }
}

/// Exchanges a filter and the semi or anti apply below it.
fn below_apply(filter: Node) -> Node {
    let op = filter.op;
    let mut inputs = filter.inputs.into_iter();
    let mut apply = inputs.next().expect("a filter has an input");
    apply.inputs[0] = op.on(apply.inputs[0].take());
    apply
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    const INNER: &str = "├─ NodeScan (a)\n└─ Expand (a)-[:R]->()\n   Argument a";

    #[test]
    fn exists_keeps_and_not_exists_drops_outer_rows() {
        check(
            "semi_apply",
            &format!("RETURN a\nFilter e\nExistsApply e ROW @9\n{INNER}"),
            &format!("RETURN a\nSemiApply ROW @9\n{INNER}"),
        );
        check(
            "semi_apply",
            &format!("RETURN a\nFilter NOT e\nExistsApply e ROW @9\n{INNER}"),
            &format!("RETURN a\nAntiApply ROW @9\n{INNER}"),
        );
    }

    #[test]
    fn other_predicates_come_first() {
        check(
            "semi_apply",
            &format!("RETURN a\nFilter e AND (a.x = 1)\nExistsApply e ROW @9\n{INNER}"),
            "RETURN a
             SemiApply ROW @9
             ├─ Filter a.x = 1
             │  NodeScan (a)
             └─ Expand (a)-[:R]->()
                Argument a",
        );
    }

    #[test]
    fn an_answer_that_is_read_elsewhere_stays() {
        keeps(
            "semi_apply",
            &format!("RETURN a, e\nFilter e\nExistsApply e ROW @9\n{INNER}"),
        );
    }
}
