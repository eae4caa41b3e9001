//! In a duplicate-insensitive context, a variable-length expansion whose trail is not read returns each pair of ends once. If
//! the answer does not depend on which trail it is, as for `min(length(p))` or `LIMIT 1`, it returns a shortest one.
//!
//! The context begins below a `Distinct`, below aggregates that ignore duplicates, inside existence tests, below `LIMIT 1`,
//! and where no row is returned. Operators that treat equal rows equally pass it on to their inputs.

use rustc_hash::FxHashSet;

use crate::{
    optimize::{concatenate::concatenate, only_read::only_read_in},
    plan::{
        AggregateCall, Apply, ApplyKind, Expr, ExprKind, MessageKind, Node, Op, SetItem, Shortest,
        Slot, SlotSet, SortKey, TrailMode,
    },
    value::Value,
};

/// Replaces such expansions. `live` are the slots that are live above the node.
pub(super) fn prune_expansions(mut node: Node, live: &SlotSet) -> Node {
    let facts = Facts {
        lists: member_lists(&node, live),
        is_pure: !node.writes() && !node.draws(),
    };
    // Without columns the rows are not returned.
    let context = Context {
        insensitive: live.is_empty(),
        decisive: None,
    };
    visit(&mut node, live, &context, &facts);
    node
}

/// What is known of the whole plan.
struct Facts {
    /// The lists of collected rows that are only tested for members.
    lists: SlotSet,
    /// Whether it neither writes nor draws random numbers, so that no part of it needs to be searched for that.
    is_pure: bool,
}

impl Facts {
    fn writes(&self, part: &Node) -> bool {
        !self.is_pure && part.writes()
    }

    fn draws(&self, part: &Node) -> bool {
        !self.is_pure && part.draws()
    }
}

/// What the answer depends on.
struct Context {
    /// True if it does not depend on the multiplicities of the rows of a node.
    insensitive: bool,
    /// The slots of its rows that it depends on, if a row with a shorter trail, but equal in these, may replace another;
    /// otherwise `None`.
    decisive: Option<SlotSet>,
}

/// The lists of collected rows that are only tested for members.
fn member_lists(node: &Node, live: &SlotSet) -> SlotSet {
    let mut lists = SlotSet::default();
    node.each(&mut |node| {
        if let Op::Apply(Apply {
            kind: ApplyKind::Collect { list, .. },
            ..
        }) = &node.op
        {
            lists.insert(*list);
        }
    });
    only_read_in(lists, node, live, &|expr| match &expr.kind {
        ExprKind::In(item, list) => list
            .as_slot()
            .is_some_and(|list| !item.slots().contains(list)),
        _ => false,
    })
}

/// `context` is that of the rows of the node.
fn visit(node: &mut Node, live: &SlotSet, context: &Context, facts: &Facts) {
    if context.insensitive {
        concatenate(node, live);
    }
    let is_decisive = |edges: Slot| {
        let decisive = context.decisive.as_ref();
        decisive.is_none_or(|slots| slots.contains(edges))
    };
    if let Op::ShortestPath(search) = &mut node.op
        && context.insensitive
        && !search
            .trail
            .edges
            .is_some_and(|edges| live.contains(edges) && is_decisive(edges))
    {
        search.selector = Shortest::Any;
    }
    if let Op::VarExpand(trail) | Op::VarExpandInto(trail) = &mut node.op
        && context.insensitive
        && !trail
            .edge_predicate
            .iter()
            .any(|(_, all)| all.iter().any(Expr::draws))
    {
        let read = trail.edges.filter(|edges| live.contains(*edges));
        let is_shortest = |edges| !is_decisive(edges) && trail.length.min <= 1;
        if read.is_none_or(is_shortest) {
            trail.edges = read;
            trail.mode = TrailMode::Pruning;
        }
    }
    if let Op::Project { items } = &mut node.op {
        drop_dead_paths(items, live);
    }
    let below = node.live_below(live);
    for (position, live) in below.iter().enumerate() {
        let above = context.insensitive;
        let below = Context {
            insensitive: is_insensitive_below(node, position, above, facts),
            decisive: decisive_below(node, context.decisive.as_ref()),
        };
        visit(&mut node.inputs[position], live, &below, facts);
    }
}

/// [`Context::decisive`] of the rows of the inputs of a node. `above` is that of its own rows.
fn decisive_below(node: &Node, above: Option<&SlotSet>) -> Option<SlotSet> {
    let mut decisive = SlotSet::default();
    match &node.op {
        Op::TopK { keys, count } if is_at_most_one(count) => {
            let shortest_first = |key: &SortKey| !key.descending && measured(&key.expr).is_some();
            let first = usize::from(keys.first().is_some_and(shortest_first));
            let others = keys[first..].iter();
            others.for_each(|key| key.expr.add_slots(&mut decisive));
        }
        Op::Aggregate {
            keys, aggregates, ..
        } => {
            keys.iter()
                .for_each(|(_, key)| key.add_slots(&mut decisive));
            let calls = aggregates.iter().map(|(_, call)| call);
            for call in calls.filter(|call| least_length(call).is_none()) {
                let arguments = call.arguments.iter();
                arguments.for_each(|argument| argument.add_slots(&mut decisive));
            }
        }
        Op::Project { items } => {
            decisive = above?.clone();
            for (slot, expr) in items.iter().rev() {
                if decisive.contains(*slot) {
                    expr.add_slots(&mut decisive);
                }
            }
        }
        Op::Filter { .. }
        | Op::Eager
        | Op::Expand(_)
        | Op::ExpandInto(_)
        | Op::NodeScan { .. }
        | Op::IndexSeek(_)
        | Op::RelationshipSeek(_)
        | Op::VarExpand(_)
        | Op::VarExpandInto(_)
        | Op::ShortestPath(_)
        | Op::HashJoin { .. } => {
            decisive = above?.clone();
            decisive.unite(&node.reads());
        }
        // One row is as good as another.
        op if op.first_rows().is_some_and(is_at_most_one) => {}
        _ => return None,
    }
    Some(decisive)
}

/// The trail of `min(size(r))`.
fn least_length(call: &AggregateCall) -> Option<Slot> {
    let is_least = call.aggregate.is_some_and(|own| own.name == "min");
    is_least.then(|| measured(&call.arguments[0]))?
}

/// The list of `size(r)`.
fn measured(expr: &Expr) -> Option<Slot> {
    match &expr.kind {
        ExprKind::Call(function, arguments) if function.name == "size" => arguments[0].as_slot(),
        _ => None,
    }
}

/// Empties the paths that nothing reads, so that they do not read their trails. Their slots stay filled.
fn drop_dead_paths(items: &mut [(Slot, Expr)], live: &SlotSet) {
    for (slot, expr) in items {
        if !live.contains(*slot) && matches!(expr.kind, ExprKind::Path { .. }) {
            *expr = Expr::constant(Value::Null, expr.span);
        }
    }
}

/// Whether the answer does not depend on the multiplicities of the rows of an input. `above` says so of the node itself.
fn is_insensitive_below(node: &Node, position: usize, above: bool, facts: &Facts) -> bool {
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
        Op::Message(message) if position == 1 => {
            above && !matches!(message.kind, MessageKind::Count(_))
        }
        Op::Apply(apply) if position == 1 => {
            is_insensitive_inside(apply, above, &facts.lists) && !facts.writes(node.second())
        }
        Op::Apply(_) => above && !facts.writes(node.second()) && !facts.draws(node.second()),
        Op::ShortestPathWhere { .. } => position == 1 || above && !facts.draws(node.second()),
        // Deleting twice is deleting once.
        Op::Delete { .. } => above,
        Op::Set { items } => above && are_idempotent(items),
        // The second of two equal rows finds what the first has created.
        Op::Merge(merge) if position == 0 => above && merge.on_match.is_empty(),
        op => above && !op.is_update(),
    }
}

fn is_insensitive_inside(apply: &Apply, above: bool, lists: &SlotSet) -> bool {
    match &apply.kind {
        ApplyKind::Inner { .. } | ApplyKind::Optional { .. } => above,
        ApplyKind::Exists(_) | ApplyKind::Semi | ApplyKind::Anti => true,
        ApplyKind::Collect { list, .. } => lists.contains(*list),
        ApplyKind::Count(_) | ApplyKind::Effect => false,
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

/// Whether changes that are made twice are the same as if they are made once: their values depend on nothing but properties of
/// the entity that the changes do not set.
fn are_idempotent(items: &[SetItem]) -> bool {
    let keys = items.iter().filter_map(|item| match item {
        SetItem::Property { key, .. } => Some(&**key),
        _ => None,
    });
    let set: FxHashSet<&str> = keys.collect();
    items.iter().all(|item| is_idempotent(item, &set))
}

/// `set` are the keys that the changes set.
fn is_idempotent(item: &SetItem, set: &FxHashSet<&str>) -> bool {
    let (entity, value) = match item {
        SetItem::Property { entity, value, .. } => (entity, Some(value)),
        SetItem::AddLabels { entity, .. } | SetItem::RemoveLabels { entity, .. } => (entity, None),
        SetItem::Dynamic { .. } | SetItem::DynamicLabels { .. } | SetItem::Map { .. } => {
            return false;
        }
    };
    let is_stable = |slot: Slot, value: &Expr| {
        value.slots().is_subset(&SlotSet::one(slot))
            && !value.any(&|expr| match &expr.kind {
                ExprKind::Property(_, key) => set.contains(&*key.name),
                ExprKind::Constant(_)
                | ExprKind::Parameter(_)
                | ExprKind::Slot(_)
                | ExprKind::Arithmetic(..)
                | ExprKind::Negate(_)
                | ExprKind::List(_) => false,
                _ => true,
            })
    };
    let slot = entity.as_slot();
    slot.is_some_and(|slot| value.is_none_or(|value| is_stable(slot, value)))
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
    fn of_trails_that_are_only_measured_a_shortest_is_found() {
        let pruned = "PruningVarExpand (a)-[r:R*1..]->(b)\nNodeScan (a)";
        for above in [
            "RETURN c\nAggregate min(size(r)) AS c",
            "RETURN c, d\nAggregate b AS d, min(size(r)) AS c, count(DISTINCT a) AS e\nFilter b.x = 1",
            "RETURN r\nTopK size(r), b.x LIMIT 1",
            "RETURN r\nLimit 1\nFilter b.x = 1",
        ] {
            let plan = |below| format!("{above}\n{below}");
            check("pruning_expand", &plan(TRAILS), &plan(pruned));
        }
        keeps_below("RETURN c\nAggregate max(size(r)) AS c");
        keeps_below("RETURN c, d\nAggregate min(size(r)) AS c, count(*) AS d");
        keeps_below("RETURN c, d\nAggregate r AS d, min(size(r)) AS c");
        keeps_below("RETURN c\nAggregate min(size(r)) AS c\nFilter r IS NOT NULL");
        keeps_below("RETURN r\nTopK size(r) LIMIT 2");
        keeps_below("RETURN r\nTopK size(r) DESC LIMIT 1");
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
    fn of_all_shortest_paths_one_is_enough() {
        let plan = |above: &str, name: &str, edges: &str| {
            format!("{above}\n{name} (a)-[{edges}:R*1..]->(b)\nNodeScan (b)\nNodeScan (a)")
        };
        for above in ["RETURN r\nLimit 1", "RETURN b\nDistinct b"] {
            check(
                "pruning_expand",
                &plan(above, "AllShortestPaths", "r"),
                &plan(above, "ShortestPath", "r"),
            );
        }
        keeps(
            "pruning_expand",
            &plan("RETURN r\nLimit 2", "AllShortestPaths", "r"),
        );
        keeps(
            "pruning_expand",
            &plan("RETURN r\nDistinct r", "AllShortestPaths", "r"),
        );
    }

    #[test]
    fn adjacent_trails_are_one() {
        let one = |length: &str| {
            format!("RETURN c\nDistinct c\nPruningVarExpand (a)-[:R{length}]->(c)\nNodeScan (a)")
        };
        for (above, below, length) in [
            (
                "VarExpand (b)-[s:R*1..]->(c) DISJOINT r",
                "VarExpand (a)-[r:R*1..]->(b)",
                "*2..",
            ),
            (
                "VarExpand (b)-[s:R*0..3]->(c) DISJOINT r",
                "VarExpand (a)-[r:R*2..4]->(b)",
                "*2..7",
            ),
            (
                "VarExpand (b)-[s:R*1..]->(c) DISJOINT r",
                "Expand (a)-[r:R]->(b)",
                "*2..",
            ),
            (
                "Filter disjoint(r, s)\nExpand (b)-[s:R]->(c)",
                "VarExpand (a)-[r:R*1..]->(b)",
                "*2..",
            ),
        ] {
            let plan = format!("RETURN c\nDistinct c\n{above}\n{below}\nNodeScan (a)");
            check("pruning_expand", &plan, &one(length));
        }
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
    }

    #[test]
    fn what_is_set_twice_is_set_once() {
        prunes("Set b.x = 1\nEager");
        prunes("Set b.x = (b.y + 1), b:Seen\nEager");
        keeps_below("Set b.x = (b.x + 1)\nEager");
        keeps_below("Set b.x = (b.y + 1), b.y = 1\nEager");
        keeps_below("Set b.x = a.y\nEager");
        keeps_below("Set b += {x: 1}\nEager");
    }

    #[test]
    fn the_members_of_a_list_may_repeat() {
        let apply = |above: &str, mode: &str, edges: &str| {
            format!(
                "RETURN x\n{above}\nCollectApply b AS l ROW @9\n├─ NodeScan (a)\n└─ {mode}VarExpand (a)-[{edges}:R*1..]->(b)\n   Argument a"
            )
        };
        check(
            "pruning_expand",
            &apply("Project a IN l AS x", "", "r"),
            &apply("Project a IN l AS x", "Pruning", ""),
        );
        keeps("pruning_expand", &apply("Project size(l) AS x", "", "r"));
    }
}
