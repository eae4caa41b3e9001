//! Removes the plan below a filter that no row passes.

use crate::{
    plan::{Apply, ApplyKind, Expr, ExprKind, Node, Op},
    value::Value,
};

/// Drops predicates that are always true, and replaces plans without rows by [`Op::Empty`]. Plans that change the graph
/// are kept: their changes do not depend on the filter.
pub(super) fn prune_empty(node: Node) -> Node {
    node.map_bottom_up(&mut |mut node| {
        if let Op::Filter { predicates } = &mut node.op {
            predicates.retain(|predicate| !is_constant(predicate, true));
        }
        if let Op::Match(pattern) = &mut node.op {
            let predicates = &mut pattern.predicates;
            predicates.retain(|predicate| !is_constant(predicate, true));
        }
        match &node.op {
            Op::Match(pattern) if pattern.predicates.iter().any(never_true) => empty(node),
            Op::Filter { predicates } if predicates.is_empty() => node.into_input(),
            Op::Filter { predicates } if predicates.iter().any(never_true) => empty(node),
            _ if is_empty(&node) => empty(node),
            _ => node,
        }
    })
}

fn is_constant(predicate: &Expr, wanted: bool) -> bool {
    matches!(predicate.kind, ExprKind::Constant(Value::Boolean(value)) if value == wanted)
}

fn never_true(predicate: &Expr) -> bool {
    is_constant(predicate, false) || matches!(predicate.kind, ExprKind::Constant(Value::Null))
}

/// True if the node has no rows because an input has none.
fn is_empty(node: &Node) -> bool {
    let has_none = |input: &Node| matches!(input.op, Op::Empty { .. });
    match &node.op {
        Op::Aggregate { keys, .. } if keys.is_empty() => false,
        Op::Union { .. } => node.inputs.iter().all(has_none),
        Op::HashJoin { .. } => node.inputs.iter().any(has_none),
        Op::Apply(Apply {
            kind: ApplyKind::Inner { .. } | ApplyKind::Semi,
            ..
        }) => node.inputs.iter().any(has_none),
        _ => node.sources().first().is_some_and(has_none),
    }
}

fn empty(node: Node) -> Node {
    if node.writes() {
        return node;
    }
    let slots = node.fills();
    Op::Empty {
        slots: slots.iter().collect(),
    }
    .leaf()
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn a_filter_that_is_never_true_has_no_input() {
        check(
            "empty",
            "RETURN n\nFilter false\nNodeScan (n)",
            "RETURN n\nEmpty n",
        );
        check(
            "empty",
            "RETURN m\nExpand (n)-[:R]->(m)\nFilter null\nNodeScan (n)",
            "RETURN m\nEmpty m, n",
        );
        check(
            "empty",
            "RETURN n\nFilter true\nNodeScan (n)",
            "RETURN n\nNodeScan (n)",
        );
    }

    #[test]
    fn a_group_of_no_rows_is_a_row() {
        check(
            "empty",
            "RETURN c\nAggregate count(*) AS c\nFilter false\nNodeScan (n)",
            "RETURN c\nAggregate count(*) AS c\nEmpty n",
        );
    }

    #[test]
    fn changes_are_made_even_if_no_row_passes() {
        keeps("empty", "RETURN n\nFilter false\nCreate (n)");
    }
}
