//! `count(n)` becomes `count(*)` if `n` is never null: then nothing reads the node or relationship, which need not be
//! enumerated.

use crate::plan::{ApplyKind, Expr, Node, Op, Slot};

/// Replaces such counts.
pub(super) fn count_rows(node: Node) -> Node {
    node.map_bottom_up(&mut |mut node| {
        let Op::Aggregate { aggregates, .. } = &mut node.op else {
            return node;
        };
        for (_, call) in aggregates {
            let is_count = call
                .aggregate
                .is_some_and(|aggregate| aggregate.name == "count");
            let counted = call.arguments.first().and_then(Expr::as_slot);
            if is_count
                && !call.distinct
                && counted.is_some_and(|slot| never_null(&node.inputs[0], slot))
            {
                call.aggregate = None;
                call.arguments = Vec::new();
            }
        }
        node
    })
}

/// True if no row has null in a slot, because a pattern has matched it.
fn never_null(node: &Node, slot: Slot) -> bool {
    match &node.op {
        // A pattern does not match a bound null either.
        Op::Match(pattern)
            if pattern
                .slots(true)
                .chain(pattern.slots(false))
                .any(|own| own == slot) =>
        {
            true
        }
        Op::Apply(apply) => match &apply.kind {
            ApplyKind::Inner { adds } if adds.contains(&slot) => never_null(node.second(), slot),
            kind => !kind.adds().contains(&slot) && never_null(node.input(), slot),
        },
        op => match node.sources() {
            [source] => !op.adds().contains(slot) && never_null(source, slot),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn what_a_pattern_matches_is_not_null() {
        for below in [
            "Match (a), (b), (a)-[r:R]->(b) CLAUSE 0",
            "Filter a.x = 1\nMatch (a), (b), (a)-[r:R]->(b) CLAUSE 0",
            "OptionalApply c ROW @9\n├─ Match (a), (b), (a)-[r:R]->(b) CLAUSE 0\n└─ Match (c)\n   Argument",
        ] {
            let plan = |count: &str| format!("RETURN n\nAggregate {count} AS n\n{below}");
            check("count_rows", &plan("count(b)"), &plan("count(*)"));
            check("count_rows", &plan("count(r)"), &plan("count(*)"));
            keeps("count_rows", &plan("count(DISTINCT b)"));
            keeps("count_rows", &plan("count(b.x)"));
        }
    }

    #[test]
    fn optional_and_other_values_may_be_null() {
        keeps(
            "count_rows",
            "RETURN n\nAggregate count(b) AS n\nOptionalApply b ROW @9\n├─ Match (a)\n└─ Match (b)\n   Argument",
        );
        keeps(
            "count_rows",
            "RETURN n\nAggregate count(b) AS n\nProject a.x AS b\nMatch (a)",
        );
        keeps(
            "count_rows",
            "RETURN n\nAggregate count(b) AS n\nUnwind [1, null] AS b",
        );
    }
}
