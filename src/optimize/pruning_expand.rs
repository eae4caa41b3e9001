//! In a duplicate-insensitive context, a variable-length expansion whose trail is not read returns each pair of ends once.
//!
//! The context begins below a `Distinct`, below aggregates that ignore duplicates, inside existence tests, below `LIMIT 1`,
//! and where no row is returned. Operators that treat equal rows equally pass it on to their inputs.

use crate::{
    plan::{AggregateCall, Apply, ApplyKind, Expr, ExprKind, Node, Op, SlotSet, TrailMode},
    value::Value,
};

/// Replaces such expansions. `live` are the slots that are live above the node.
pub(super) fn prune_expansions(mut node: Node, live: &SlotSet) -> Node {
    // Without columns the rows are not returned.
    visit(&mut node, live, live.is_empty());
    node
}

/// `insensitive` is true if the answer does not depend on the multiplicities of the rows of the node.
fn visit(node: &mut Node, live: &SlotSet, insensitive: bool) {
    if let Op::VarExpand(trail) | Op::VarExpandInto(trail) = &mut node.op
        && insensitive
        && !trail.edges.is_some_and(|edges| live.contains(edges))
        && !trail
            .edge_predicate
            .iter()
            .any(|(_, all)| all.iter().any(Expr::draws))
    {
        trail.edges = None;
        trail.mode = TrailMode::Pruning;
    }
    let below = node.live_below(live);
    for (position, live) in below.iter().enumerate() {
        let insensitive = is_insensitive_below(node, position, insensitive);
        visit(&mut node.inputs[position], live, insensitive);
    }
}

/// Whether the answer does not depend on the multiplicities of the rows of an input. `above` says so of the node itself.
fn is_insensitive_below(node: &Node, position: usize, above: bool) -> bool {
    if node.op.draws() {
        return false;
    }
    if let Some(count) = node.op.first_rows() {
        return is_at_most_one(count);
    }
    match &node.op {
        Op::Distinct { .. } => true,
        Op::Aggregate { aggregates, .. } => {
            aggregates.iter().all(|(_, call)| ignores_duplicates(call))
        }
        Op::Skip { .. } | Op::Match(_) => false,
        Op::Apply(apply) if position == 1 => {
            is_insensitive_inside(apply, above) && !node.second().writes()
        }
        Op::Apply(_) => above && !node.second().writes() && !node.second().draws(),
        Op::ShortestPathWhere { .. } => position == 1 || above && !node.second().draws(),
        // Deleting twice is deleting once.
        Op::Delete { .. } => above,
        op => above && !op.is_update(),
    }
}

fn is_insensitive_inside(apply: &Apply, above: bool) -> bool {
    match &apply.kind {
        ApplyKind::Inner { .. } | ApplyKind::Optional { .. } => above,
        ApplyKind::Exists(_) | ApplyKind::Semi | ApplyKind::Anti => true,
        ApplyKind::Count(_) | ApplyKind::Collect { .. } | ApplyKind::Effect => false,
    }
}

/// Whether an aggregate has the same value if its rows are repeated.
fn ignores_duplicates(call: &AggregateCall) -> bool {
    let extreme = |name| matches!(name, "min" | "max");
    call.distinct
        || call
            .aggregate
            .is_some_and(|aggregate| extreme(aggregate.name))
}

fn is_at_most_one(count: &Expr) -> bool {
    matches!(count.kind, ExprKind::Constant(Value::Integer(0 | 1)))
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    const TRAILS: &str = "VarExpand (a)-[r:R*1..]->(b)\nNodeScan (a)";
    const PRUNED: &str = "PruningVarExpand (a)-[:R*1..]->(b)\nNodeScan (a)";

    /// Checks that the expansion below some operators becomes a pruning one.
    fn prunes(above: &str) {
        let plan = |below| format!("{above}\n{below}");
        check("pruning_expand", &plan(TRAILS), &plan(PRUNED));
    }

    fn keeps_below(above: &str) {
        keeps("pruning_expand", &format!("{above}\n{TRAILS}"));
    }

    #[test]
    fn distinct_rows_need_each_pair_of_ends_once() {
        prunes("RETURN b\nDistinct b");
        prunes("RETURN b\nAggregate b AS b");
        prunes("RETURN c\nAggregate count(DISTINCT b) AS c");
        prunes("RETURN c\nAggregate min(b.x) AS c, collect(DISTINCT a) AS d");
        keeps_below("RETURN b");
        keeps_below("RETURN c\nAggregate count(b) AS c");
        keeps_below("RETURN c\nAggregate min(b.x) AS c, count(*) AS d");
    }

    #[test]
    fn a_trail_that_is_read_is_enumerated() {
        keeps_below("RETURN r\nDistinct r");
        keeps_below("RETURN b\nDistinct b\nFilter size(r) = 2");
    }

    #[test]
    fn operators_that_keep_equal_rows_equal_pass_it_on() {
        prunes("RETURN b\nDistinct b\nProject b.x AS c\nFilter b.x = 1");
        prunes("RETURN d\nDistinct d\nUnwind [1, 2] AS d\nExpand (b)-[:R]->(c)\nSort b.x");
        keeps_below("RETURN c\nDistinct c\nProject rand() AS c");
        keeps_below("RETURN b\nDistinct b\nFilter rand() > 0.5");
        keeps_below("RETURN b\nDistinct b\nSkip 1");
    }

    #[test]
    fn one_row_is_found_once() {
        prunes("RETURN b\nLimit 1");
        prunes("RETURN b\nTopK b.x LIMIT 1");
        keeps_below("RETURN b\nLimit 2");
        keeps_below("RETURN b\nSkip 1\nLimit $p");
    }

    #[test]
    fn an_existence_test_needs_one_row() {
        let apply = |kind: &str, trail: &str| {
            format!("RETURN a\n{kind} ROW @9\n├─ NodeScan (a)\n└─ {trail}\n   Argument a")
        };
        for kind in ["SemiApply", "AntiApply", "ExistsApply e"] {
            check(
                "pruning_expand",
                &apply(kind, "VarExpandInto (a)-[r:R*0..3]->(a)"),
                &apply(kind, "PruningVarExpandInto (a)-[:R*0..3]->(a)"),
            );
        }
        keeps(
            "pruning_expand",
            &apply("CountApply c", "VarExpand (a)-[r:R*1..]->(b)"),
        );
    }

    #[test]
    fn the_rows_of_an_apply_are_those_of_its_inner_plan() {
        let apply = |above: &str, mode: &str, edges: &str| {
            format!(
                "RETURN b\n{above}\nApply b ROW @9\n├─ NodeScan (a)\n└─ {mode}VarExpand (a)-[{edges}:R*1..]->(b)\n   Argument a"
            )
        };
        check(
            "pruning_expand",
            &apply("Distinct b", "", "r"),
            &apply("Distinct b", "Pruning", ""),
        );
        keeps("pruning_expand", &apply("Sort b.x", "", "r"));
    }

    #[test]
    fn rows_that_are_not_returned_may_be_deleted_once() {
        prunes("Delete DETACH b\nEager");
        keeps_below("Set b.x = 1\nEager");
    }
}
