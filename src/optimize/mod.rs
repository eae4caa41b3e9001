//! Layer 5: rewrites a plan into a plan of lower cost with the same rows.
//!
//! The optimiser is a list of rules (see [`RULES`]). In debug builds, every rule is followed by a check of the plan and
//! of its columns.

mod concatenate;
mod cost;
mod count_exists;
mod count_rows;
mod eager;
mod empty;
mod estimate;
mod fold;
mod gather;
mod membership;
mod merge_matches;
mod message;
mod only_read;
mod pattern;
mod prune;
mod pruning_expand;
mod push_filter;
mod push_limit;
mod semi_apply;
mod share_properties;
mod topk;
mod trail_predicates;

use crate::{
    base::Diagnostic,
    graph::Stats,
    plan::{Node, Op, Plan, Slot, SlotInfo, SlotSet, check::check_node},
    value::Type,
};

/// How far statements are optimised. Lower levels are for tests that compare answers: all levels give the same rows;
/// their order may differ without `ORDER BY`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OptLevel {
    /// All rules, and indexes.
    #[default]
    Full,
    /// All rules, and messages and threads wherever they can be, whatever they cost: for tests, whose graphs are too small for them.
    Counting,
    /// All rules, but no indexes.
    WithoutIndexes,
    /// No rules: patterns are matched as they are written.
    Unoptimised,
}

/// Fails if the statement is out of time or interrupted.
pub type Check<'a> = dyn Fn() -> Checked<()> + 'a;

/// A result, or the error of a check.
type Checked<T> = Result<T, Box<Diagnostic>>;

/// A rewrite of a plan into a plan with the same rows.
pub struct Rule {
    /// The name of the rule and of its file.
    pub name: &'static str,
    /// Why the rule has its place in the list.
    pub why_here: &'static str,
    apply: fn(Node, &mut Planner<'_>) -> Node,
}

/// The rules in the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "fold",
        why_here: "constants first: later rules recognise literals",
        apply: |node, _| fold::fold(node),
    },
    Rule {
        name: "empty",
        why_here: "after `fold`: predicates that are constant are literals now",
        apply: |node, _| empty::prune_empty(node),
    },
    Rule {
        name: "count_exists",
        why_here: "before `pattern` and `semi_apply`, which use existence tests",
        apply: count_exists::use_exists,
    },
    Rule {
        name: "count_rows",
        why_here: "before `pattern`, which need not enumerate what nothing reads",
        apply: |node, _| count_rows::count_rows(node),
    },
    Rule {
        name: "push_filter",
        why_here: "before `merge_matches` and `pattern`, which use the predicates of patterns",
        apply: |node, planner| push_filter::push_filters(node, planner),
    },
    Rule {
        name: "trail_predicates",
        why_here: "after `push_filter`, which leaves predicates on paths above patterns; before `pattern`",
        apply: trail_predicates::move_into_trails,
    },
    Rule {
        name: "merge_matches",
        why_here: "before `pattern`, so that it can start at any clause",
        apply: |node, _| merge_matches::merge_matches(node),
    },
    PATTERN,
    Rule {
        name: "membership",
        why_here: "after `pattern`, which shows whether a subquery is a single `ExpandInto`",
        apply: |node, _| membership::use_membership(node),
    },
    Rule {
        name: "semi_apply",
        why_here: "after `membership`, which is cheaper than a semi apply",
        apply: |node, planner| semi_apply::use_semi_apply(node, &planner.live),
    },
    Rule {
        name: "push_limit",
        why_here: "after `semi_apply`, before `topk`, which needs a limit directly on a sort",
        apply: |node, _| push_limit::push_limits(node),
    },
    Rule {
        name: "message",
        why_here: "after `semi_apply`, which shows where only a number matters, and `push_limit`, which knows applies",
        apply: |node, planner| message::use_messages(node, planner),
    },
    Rule {
        name: "topk",
        why_here: "after all rules that move limits",
        apply: |node, _| topk::use_topk(node),
    },
    Rule {
        name: "pruning_expand",
        why_here: "after all rules that make existence tests or move limits, which show where rows may repeat",
        apply: |node, planner| pruning_expand::prune_expansions(node, &planner.live),
    },
    Rule {
        name: "share_properties",
        why_here: "after `pattern`, which recognises predicates by their properties",
        apply: share_properties::share_properties,
    },
    Rule {
        name: "eager",
        why_here: "after `pattern`, which shows what reads the graph",
        apply: |node, _| eager::drop_needless_barriers(node),
    },
    Rule {
        name: "prune",
        why_here: "after the rules that decide what is read",
        apply: |node, planner| prune::prune(node, &planner.live),
    },
    Rule {
        name: "gather",
        why_here: "last: threads run the pipelines that the other rules leave",
        apply: gather::gather,
    },
];

/// The only rule that a plan cannot be executed without.
const PATTERN: Rule = Rule {
    name: "pattern",
    why_here: "patterns become operators by cost, when their predicates are known",
    apply: |mut node, planner| {
        let live = planner.live.clone();
        planner.plan(&mut node, &live, 1.0);
        node
    },
};

/// A plan with the same rows that can be executed.
///
/// Equal statistics give equal plans. The time is bounded: patterns of many relationships are planned by a search that
/// keeps the most promising partial plans of each size.
///
/// # Errors
/// Those of `check`, which is called often.
pub fn optimize(plan: Plan, stats: &Stats, level: OptLevel, check: &Check<'_>) -> Checked<Plan> {
    let mut root = plan.root;
    let mut planner = Planner {
        stats,
        level,
        slots: plan.slots,
        live: plan.columns.iter().map(|column| column.slot).collect(),
        read_only: !plan.writes,
        check,
    };
    let rules = match level {
        OptLevel::Unoptimised => &[PATTERN],
        OptLevel::WithoutIndexes | OptLevel::Counting | OptLevel::Full => RULES,
    };
    for rule in rules {
        root = (rule.apply)(root, &mut planner);
        check()?;
        debug_assert!(planner.accepts(&root, rule), "{}", rule.name);
    }
    estimate::estimate(&mut root, stats, 1.0);
    let slots = planner.slots;
    let mut plan = Plan {
        root,
        slots,
        ..plan
    };
    plan.annotate();
    Ok(plan)
}

/// What the rules know about the statement.
struct Planner<'a> {
    stats: &'a Stats,
    level: OptLevel,
    slots: Vec<SlotInfo>,
    /// The slots that are live above the root.
    live: SlotSet,
    /// True if no operator writes, so that the statistics still hold when the plan runs.
    read_only: bool,
    check: &'a Check<'a>,
}

impl Planner<'_> {
    /// True if a plan is sound and fills the columns of the answer. Panics with the reason otherwise.
    fn accepts(&self, root: &Node, rule: &Rule) -> bool {
        if let Err(problem) = check_node(root, &self.slots, &self.live) {
            panic!(
                "`{}` (here because: {}): {problem}",
                rule.name, rule.why_here
            );
        }
        true
    }

    /// Plans every pattern in a node and below it. `live` are the slots that are live above it, `outer` is the number
    /// of outer rows.
    fn plan(&mut self, node: &mut Node, live: &SlotSet, outer: f64) {
        if (self.check)().is_err() {
            // The optimiser fails after the rule.
            return;
        }
        if let Op::Union { columns } = &mut node.op
            && self.level != OptLevel::Unoptimised
        {
            // A pattern need not fill slots that are dead.
            columns.retain(|(slot, ..)| live.contains(*slot));
        }
        let sources = node.sources().len();
        let below = node.live_below(live);
        let mut inside = outer;
        for (position, (input, live)) in node.inputs.iter_mut().zip(&below).enumerate() {
            let outer = if position < sources { outer } else { inside };
            // A planned pattern has new nodes below it; below any other node all are estimated.
            let estimate = match input.op {
                Op::Match(_) => estimate::estimate,
                _ => estimate::estimate_above,
            };
            self.plan(input, live, outer);
            estimate(input, self.stats, outer);
            if position == 0 {
                inside = input.rows;
            }
        }
        if matches!(node.op, Op::Match(_)) {
            node.replace(&mut |node| self.plan_match(node, live));
        }
    }

    /// A new slot without a variable.
    fn hidden(&mut self, kind: Type) -> Slot {
        let slot = Slot(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        self.slots.push(SlotInfo {
            name: format!("@{}", slot.0).as_str().into(),
            kind,
        });
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        graph::Graph,
        plan::{Expr, ExprKind, LabelTest, Named, parse},
        value::{LabelId, TypeId},
    };

    /// Checks that a rule turns one plan into another.
    pub(super) fn check(rule: &str, before: &str, after: &str) {
        check_on(&Graph::new(), rule, before, after);
    }

    /// Checks that a rule leaves a plan as it is.
    pub(super) fn keeps(rule: &str, plan: &str) {
        check(rule, plan, plan);
    }

    /// Checks that a rule turns one plan into another, by the counts of a graph.
    pub(super) fn check_on(graph: &Graph, rule: &str, before: &str, after: &str) {
        let mut plan = parse::plan(before);
        type_slots(&mut plan);
        name_patterns(&mut plan, graph);
        let mut planner = Planner {
            stats: graph.stats(),
            level: OptLevel::Full,
            slots: plan.slots.clone(),
            live: plan.columns.iter().map(|column| column.slot).collect(),
            read_only: !plan.writes,
            check: &|| Ok(()),
        };
        let all = RULES.iter();
        let rule = all.chain([&PATTERN]).find(|known| known.name == rule);
        let rule = rule.expect("there is such a rule");
        let root = (rule.apply)(plan.root.take(), &mut planner);
        assert!(planner.accepts(&root, rule));
        let (root, slots) = (root, planner.slots);
        let mut plan = Plan {
            root,
            slots,
            ..plan
        };
        plan.annotate();
        let lines = |text: String| -> Vec<String> {
            text.lines()
                .map(|line| line.trim_end().to_owned())
                .collect()
        };
        let expected = lines(parse::plan(after).to_string());
        assert_eq!(lines(plan.to_string()), expected, "{}", rule.name);
    }

    /// Gives the types and labels of patterns the ids of the graph, which the notation does not say.
    fn name_patterns(plan: &mut Plan, graph: &Graph) {
        let catalog = graph.catalog();
        let name = |kind: &mut Named<TypeId>| {
            kind.id = catalog
                .relationship_type(&kind.name)
                .unwrap_or(TypeId::NONE);
        };
        let expr = |mut expr: Expr| {
            match &mut expr.kind {
                ExprKind::HasEdge { types, .. } => types.iter_mut().for_each(name),
                ExprKind::HasLabels(_, LabelTest::Name { label, .. }) => {
                    label.id = catalog.label(&label.name).unwrap_or(LabelId::NONE);
                }
                _ => {}
            }
            expr
        };
        let root = plan.root.take();
        plan.root = root.map_bottom_up(&mut |mut node| {
            if let Op::Match(pattern) = &mut node.op {
                let types = pattern.edges.iter_mut().flat_map(|edge| &mut edge.types);
                types.for_each(name);
                node.op
                    .map_expressions(&mut |whole| whole.map_bottom_up(&mut |part| expr(part)));
            }
            node
        });
    }

    /// Scans and expansions fill their slots with nodes, which the notation does not say.
    fn type_slots(plan: &mut Plan) {
        let mut nodes = Vec::new();
        plan.root.each(&mut |node| match &node.op {
            Op::NodeScan { node, .. } => nodes.push(*node),
            Op::Expand(expand) => nodes.extend(expand.to),
            Op::Match(pattern) => nodes.extend(pattern.nodes.iter().map(|node| node.slot)),
            _ => {}
        });
        for slot in nodes {
            plan.slots[slot.index()].kind = Type::NODE;
        }
    }

    #[test]
    fn the_table_of_rules_is_documented() {
        let page = include_str!("../../docs/ARCHITECTURE.md");
        let row = |rule: &Rule| format!("| `{}` | {} |\n", rule.name, rule.why_here);
        let table: String = RULES.iter().map(row).collect();
        assert!(
            page.contains(&table),
            "expected in docs/ARCHITECTURE.md:\n{table}"
        );
    }

    #[test]
    fn every_rule_has_a_file_and_a_reason() {
        for rule in RULES {
            let file = format!("{}/src/optimize/{}", env!("CARGO_MANIFEST_DIR"), rule.name);
            let exists = [format!("{file}.rs"), format!("{file}/mod.rs")];
            let exists = exists.iter().any(|file| std::fs::exists(file).unwrap());
            assert!(exists && !rule.why_here.is_empty(), "{}", rule.name);
        }
    }
}
