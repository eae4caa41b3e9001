//! `EXISTS` of a single relationship between two known nodes is a look into a sorted list, not a subquery.

use crate::{
    base::Span,
    plan::{Apply, ApplyKind, Expand, Expr, ExprKind, Op, Slot, Towards},
};

/// Replaces such subqueries by an expression.
pub(super) fn use_membership(op: Op) -> Op {
    op.map_bottom_up(&mut |op| match op {
        Op::Apply(Apply {
            input,
            inner,
            row,
            kind: ApplyKind::Exists(answer),
        }) => match test(&inner, row) {
            Some(test) => Op::Project {
                input,
                items: vec![(answer, Expr::new(test, Span::default()))],
            },
            None => Op::Apply(Apply {
                input,
                inner,
                row,
                kind: ApplyKind::Exists(answer),
            }),
        },
        other => other,
    })
}

/// The expression that says whether the inner plan of an apply has rows, if it asks for nothing but a relationship.
fn test(inner: &Op, row: Slot) -> Option<ExprKind> {
    let Op::ExpandInto(Expand {
        input,
        from,
        direction,
        types,
        to: Some(to),
        ..
    }) = inner
    else {
        return None;
    };
    let Op::Argument { row: own, slots } = &**input else {
        return None;
    };
    if *own != row || !slots.contains(from) || !slots.contains(to) {
        return None;
    }
    let (from, to) = if *direction == Towards::Incoming {
        (*to, *from)
    } else {
        (*from, *to)
    };
    let types = types.clone();
    Some(ExprKind::HasEdge {
        from,
        to,
        types,
        either: *direction == Towards::Either,
    })
}
