//! Limits move towards the leaves: below projections and applies that keep the number of rows, and into unions.
//!
//! `SKIP` and `LIMIT` on a sort become a [`Op::TopK`] below the `SKIP`.

use crate::{
    plan::{Apply, ApplyKind, Expr, ExprKind, Node, Op},
    value::Value,
};

/// Moves every limit as far down as it can go.
pub(super) fn push_limits(mut node: Node) -> Node {
    visit(&mut node);
    node
}

fn visit(node: &mut Node) {
    node.inputs.iter_mut().for_each(visit);
    sink(node);
}

/// Moves a limit down from a node, if it is one.
fn sink(node: &mut Node) {
    if matches!(node.op, Op::Limit { .. } | Op::Skip { .. }) {
        node.replace(&mut rewrite);
    }
}

fn rewrite(node: Node) -> Node {
    if node.input().writes() {
        return node;
    }
    match &node.input().op {
        Op::Project { .. } => exchange(node),
        Op::Apply(Apply {
            kind: ApplyKind::Exists(_) | ApplyKind::Count(_) | ApplyKind::Collect { .. },
            ..
        }) => exchange(node),
        Op::Apply(Apply {
            kind: ApplyKind::Optional { .. },
            ..
        }) => limit_outer(node),
        Op::Union { .. } => limit_sides(node),
        Op::Skip { .. } => limit_sort(node),
        _ => node,
    }
}

/// Exchanges a limit and the operator below it, which returns one row per input row.
fn exchange(limit: Node) -> Node {
    let (op, rows) = (limit.op.clone(), limit.rows);
    let mut upper = limit.into_input();
    upper.rows = rows;
    let mut lower = op.on(upper.inputs[0].take());
    lower.rows = rows;
    sink(&mut lower);
    upper.inputs[0] = lower;
    upper
}

/// A copy of a limit; `None` if it has a partition.
fn whole(node: &Node) -> Option<Op> {
    match &node.op {
        Op::Limit {
            partition: None, ..
        } => Some(node.op.clone()),
        _ => None,
    }
}

/// Limits the outer rows of an optional apply, each of which has at least one result row.
fn limit_outer(mut node: Node) -> Node {
    if let Some(limit) = whole(&node) {
        limit_input(&mut node.inputs[0], 0, &limit);
    }
    node
}

/// Limits both inputs of a union.
fn limit_sides(mut node: Node) -> Node {
    if let Some(limit) = whole(&node) {
        limit_input(&mut node.inputs[0], 0, &limit);
        limit_input(&mut node.inputs[0], 1, &limit);
    }
    node
}

fn limit_input(node: &mut Node, position: usize, limit: &Op) {
    let input = &mut node.inputs[position];
    let limited = std::mem::discriminant(&input.op) == std::mem::discriminant(limit);
    if !limited {
        *input = limit.clone().on(input.take());
        sink(input);
    }
}

/// `ORDER BY … SKIP k LIMIT n` needs the first k + n rows of the sort.
fn limit_sort(mut node: Node) -> Node {
    let Op::Limit {
        count,
        partition: None,
    } = &node.op
    else {
        return node;
    };
    let skip = &node.inputs[0];
    let Op::Skip {
        count: skipped,
        partition: None,
    } = &skip.op
    else {
        return node;
    };
    if !matches!(skip.input().op, Op::Sort { .. }) {
        return node;
    }
    let Some(total) = constant(count).and_then(|count| count.checked_add(constant(skipped)?))
    else {
        return node;
    };
    let limit = Op::Limit {
        count: Expr::constant(total, count.span),
        partition: None,
    };
    limit_input(&mut node.inputs[0], 0, &limit);
    node
}

fn constant(expr: &Expr) -> Option<i64> {
    match expr.kind {
        ExprKind::Constant(Value::Integer(count)) if count >= 0 => Some(count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::check;

    #[test]
    fn below_what_keeps_the_number_of_rows() {
        check(
            "push_limit",
            "RETURN x\nLimit 3\nSkip 1\nProject n.a AS x\nNodeScan (n)",
            "RETURN x\nProject n.a AS x\nLimit 3\nSkip 1\nNodeScan (n)",
        );
    }

    #[test]
    fn into_unions_and_the_outer_rows_of_optional_applies() {
        check(
            "push_limit",
            "RETURN c\nLimit 1\nUnion c = a | b\n├─ Unwind [1, 2] AS a\n└─ Unwind [1] AS b",
            "RETURN c\nLimit 1\nUnion c = a | b\n├─ Limit 1\n│  Unwind [1, 2] AS a\n└─ Limit 1\n   Unwind [1] AS b",
        );
        check(
            "push_limit",
            "RETURN m\nLimit 1\nOptionalApply m ROW @9\n├─ NodeScan (n)\n└─ Expand (n)-[]->(m)\n   Argument n",
            "RETURN m\nLimit 1\nOptionalApply m ROW @9\n├─ Limit 1\n│  NodeScan (n)\n└─ Expand (n)-[]->(m)\n   Argument n",
        );
    }

    #[test]
    fn skip_and_limit_bound_a_sort() {
        check(
            "push_limit",
            "RETURN n\nLimit 3\nSkip 2\nSort n.a\nNodeScan (n)",
            "RETURN n\nLimit 3\nSkip 2\nLimit 5\nSort n.a\nNodeScan (n)",
        );
    }
}
