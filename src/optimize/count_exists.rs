//! `COUNT { … } > 0` becomes `EXISTS { … }`: a number of inner rows that is only compared with 0 need not be counted. One
//! that is only compared with constants is counted up to the greatest of them and one more, if trails make counting long.
//! A list that is read only for its size is such a number.

use crate::{
    base::{CompareOp, Span},
    optimize::{
        Planner,
        only_read::{kinds, only_read_in},
    },
    plan::{Apply, ApplyKind, Expr, ExprKind, Node, Op, Slot, SlotSet},
    value::{Type, Value},
};

/// Replaces such counts.
pub(super) fn use_exists(node: Node, planner: &mut Planner<'_>) -> Node {
    let node = count_lists(node, planner);
    let node = use_exists_for_counts(node, planner);
    limit_counts(node, &planner.live)
}

fn use_exists_for_counts(node: Node, planner: &mut Planner<'_>) -> Node {
    let counts = only_compared(&node, &planner.live);
    if counts.is_empty() {
        return node;
    }
    for slot in counts.iter() {
        planner.slots[slot.index()].kind = Type::BOOLEAN;
    }
    node.map_bottom_up(&mut |mut node| {
        node.op.map_expressions(&mut |expr| {
            expr.map_bottom_up(&mut |expr| match compared(&expr) {
                Some((slot, exists)) if counts.contains(slot) => answer(slot, exists, expr),
                _ => expr,
            })
        });
        for kind in kinds_mut(&mut node.op) {
            match kind {
                ApplyKind::Count(slot) if counts.contains(*slot) => {
                    *kind = ApplyKind::Exists(*slot);
                }
                _ => {}
            }
        }
        node
    })
}

/// The counts that are only compared with 0.
fn only_compared(node: &Node, live: &SlotSet) -> SlotSet {
    only_read_in(filled(node, counted), node, live, &|expr| {
        compared(expr).is_some()
    })
}

/// The slots that uses of inner plans of a kind fill.
fn filled(node: &Node, slot: fn(&ApplyKind) -> Option<Slot>) -> SlotSet {
    let mut slots = SlotSet::default();
    node.each(&mut |node| slots.extend(kinds(&node.op).filter_map(slot)));
    slots
}

/// Counts the rows of a list that is read only for its size.
fn count_lists(node: Node, planner: &mut Planner<'_>) -> Node {
    let lists = only_read_in(filled(&node, collected), &node, &planner.live, &|expr| {
        sized(expr).is_some()
    });
    if lists.is_empty() {
        return node;
    }
    for slot in lists.iter() {
        planner.slots[slot.index()].kind = Type::INTEGER;
    }
    node.map_bottom_up(&mut |mut node| {
        node.op.map_expressions(&mut |expr| {
            expr.map_bottom_up(&mut |expr| match sized(&expr) {
                Some(slot) if lists.contains(slot) => Expr::slot(slot, expr.span),
                _ => expr,
            })
        });
        for kind in kinds_mut(&mut node.op) {
            if let Some(list) = collected(kind).filter(|list| lists.contains(*list)) {
                *kind = ApplyKind::Count(list);
            }
        }
        node
    })
}

/// Limits the rows of counts that are only compared with constants, if counting may take long because of trails.
fn limit_counts(node: Node, live: &SlotSet) -> Node {
    let mut counts = only_read_in(filled(&node, counted), &node, live, &|expr| {
        bounded(expr).is_some()
    });
    if counts.is_empty() {
        return node;
    }
    let mut bounds: Vec<(Slot, i64)> = Vec::new();
    node.each(&mut |node| {
        for expr in node.op.expressions() {
            expr.each(&mut |expr| bounds.extend(bounded(expr)));
        }
    });
    let most = |slot: Slot| {
        let own = bounds.iter().filter(|(own, _)| *own == slot);
        own.map(|(_, bound)| *bound).max()
    };
    counts.subtract(&counts.iter().filter(|slot| most(*slot).is_none()).collect());
    node.map_bottom_up(&mut |mut node| {
        let applies: Vec<(usize, Slot, Slot)> = match &node.op {
            Op::Apply(apply) => (1..).zip([apply]).filter_map(numbered).collect(),
            Op::Match(pattern) => {
                let applies = pattern.subqueries.iter().map(|need| &need.apply);
                (1..).zip(applies).filter_map(numbered).collect()
            }
            _ => Vec::new(),
        };
        for (position, count, row) in applies {
            let inner = &mut node.inputs[position];
            if let Some(most) = most(count).filter(|_| counts.contains(count))
                && has_trail(inner)
            {
                let most = Expr::constant(most.saturating_add(1).max(1), Span::default());
                *inner = Op::first(most, Some(row)).on(inner.take());
            }
        }
        node
    })
}

/// The input of an apply, the count that it fills and the number of its outer row.
fn numbered((position, apply): (usize, &Apply)) -> Option<(usize, Slot, Slot)> {
    Some((position, counted(&apply.kind)?, apply.row))
}

fn has_trail(node: &Node) -> bool {
    let mut found = false;
    node.each(&mut |node| {
        if let Op::Match(pattern) = &node.op {
            found |= pattern.edges.iter().any(|edge| edge.length.is_some());
        }
    });
    found
}

/// The answer of an existence test in place of a comparison, or its negation.
fn answer(slot: Slot, exists: bool, comparison: Expr) -> Expr {
    let span = comparison.span;
    let mut operands = comparison.children().into_iter();
    let read = operands.find(|operand| matches!(operand.kind, ExprKind::Slot(_)));
    let answer = Expr::slot(slot, read.map_or(span, |read| read.span));
    if exists {
        return answer;
    }
    Expr::new(ExprKind::Not(Box::new(answer)), span)
}

/// The slot of a number that an expression compares with 0, and whether the comparison is true for numbers above 0.
fn compared(expr: &Expr) -> Option<(Slot, bool)> {
    use CompareOp::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let (slot, op, bound) = comparison(expr)?;
    match (op, bound) {
        (Greater | NotEqual, 0) | (GreaterOrEqual, 1) => Some((slot, true)),
        (Equal | LessOrEqual, 0) | (Less, 1) => Some((slot, false)),
        _ => None,
    }
}

/// The slot that an expression compares with a constant, and the constant.
fn bounded(expr: &Expr) -> Option<(Slot, i64)> {
    comparison(expr).map(|(slot, _, bound)| (slot, bound))
}

fn comparison(expr: &Expr) -> Option<(Slot, CompareOp, i64)> {
    let ExprKind::Compare(op, left, right) = &expr.kind else {
        return None;
    };
    match (&left.kind, &right.kind) {
        (ExprKind::Slot(slot), ExprKind::Constant(Value::Integer(bound))) => {
            Some((*slot, *op, *bound))
        }
        (ExprKind::Constant(Value::Integer(bound)), ExprKind::Slot(slot)) => {
            Some((*slot, op.flipped(), *bound))
        }
        _ => None,
    }
}

fn counted(kind: &ApplyKind) -> Option<Slot> {
    match kind {
        ApplyKind::Count(slot) => Some(*slot),
        _ => None,
    }
}

fn collected(kind: &ApplyKind) -> Option<Slot> {
    match kind {
        ApplyKind::Collect { list, .. } => Some(*list),
        _ => None,
    }
}

/// The list of `size(list)`.
fn sized(expr: &Expr) -> Option<Slot> {
    match &expr.kind {
        ExprKind::Call(function, arguments) if function.name == "size" => arguments[0].as_slot(),
        _ => None,
    }
}

fn kinds_mut(op: &mut Op) -> impl Iterator<Item = &mut ApplyKind> {
    let (apply, pattern) = match op {
        Op::Apply(apply) => (Some(&mut apply.kind), None),
        Op::Match(pattern) => (None, Some(pattern)),
        _ => (None, None),
    };
    let needs = pattern
        .into_iter()
        .flat_map(|pattern| &mut pattern.subqueries);
    apply
        .into_iter()
        .chain(needs.map(|need| &mut need.apply.kind))
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    /// A filter, or another operator, on the number of relationships of a node.
    fn plan(above: &str, kind: &str) -> String {
        format!("{above}\n{kind} c ROW @9\n├─ NodeScan (a)\n└─ Expand (a)-[:R]->()\n   Argument a")
    }

    fn becomes(comparison: &str, test: &str) {
        let filter = |predicate| format!("RETURN a\nFilter {predicate}");
        check(
            "count_exists",
            &plan(&filter(comparison), "CountApply"),
            &plan(&filter(test), "ExistsApply"),
        );
    }

    #[test]
    fn a_comparison_with_no_rows_is_an_existence_test() {
        for comparison in ["c > 0", "c >= 1", "c <> 0", "0 < c", "1 <= c"] {
            becomes(comparison, "c");
        }
        for comparison in ["c = 0", "c < 1", "c <= 0", "0 = c", "1 > c"] {
            becomes(comparison, "NOT c");
        }
        becomes("(a.x = 1) OR (c > 0)", "(a.x = 1) OR c");
    }

    #[test]
    fn a_number_of_a_pattern_may_be_compared_with_others() {
        let pattern = |predicate: &str, kind: &str| {
            format!(
                "RETURN a\nMatch (a) WHERE {predicate} SUBQUERY {kind} c ROW @9 READS a\n└─ Expand (a)-[:R]->()\n   Argument a"
            )
        };
        let [count, exists] = ["CountApply", "ExistsApply"];
        check(
            "count_exists",
            &pattern("c > 0", count),
            &pattern("c", exists),
        );
        keeps("count_exists", &pattern("(c > 0) AND (c = a.x)", count));
    }

    #[test]
    fn other_comparisons_need_the_number() {
        for comparison in ["c > 1", "c = 1", "c = a.x", "c IS NULL"] {
            keeps(
                "count_exists",
                &plan(&format!("RETURN a\nFilter {comparison}"), "CountApply"),
            );
        }
    }

    #[test]
    fn a_number_that_is_read_elsewhere_stays() {
        keeps(
            "count_exists",
            &plan("RETURN a, c\nFilter c > 0", "CountApply"),
        );
        keeps(
            "count_exists",
            &plan("RETURN d\nProject c AS d\nFilter c > 0", "CountApply"),
        );
        keeps(
            "count_exists",
            &plan("RETURN a\nDistinct c, a\nFilter c > 0", "CountApply"),
        );
    }

    #[test]
    fn a_list_that_is_only_measured_is_counted() {
        check(
            "count_exists",
            "RETURN s
             Project size(l) AS s
             CollectApply b AS l ROW @9
             ├─ NodeScan (a)
             └─ Expand (a)-[:R]->(b)
                Argument a",
            "RETURN s
             Project l AS s
             CountApply l ROW @9
             ├─ NodeScan (a)
             └─ Expand (a)-[:R]->(b)
                Argument a",
        );
    }

    #[test]
    fn trails_are_counted_up_to_the_constant() {
        let plan = |limit: &str| {
            format!(
                "RETURN a
                 Filter c > 2
                 CountApply c ROW @9
                 ├─ NodeScan (a)
                 └─ {limit}Match (b), (a)-[r:R*1..]->(b)
                    Argument a"
            )
        };
        check(
            "count_exists",
            &plan(""),
            &plan("Limit 3\n                    "),
        );
    }
}
