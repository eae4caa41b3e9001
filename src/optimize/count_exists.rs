//! `COUNT { … } > 0` becomes `EXISTS { … }`: a number of inner rows that is only compared with 0 need not be counted.

use crate::{
    base::CompareOp,
    optimize::Planner,
    plan::{ApplyKind, Expr, ExprKind, Node, Op, Slot, SlotSet},
    value::{Type, Value},
};

/// Replaces such counts.
pub(super) fn use_exists(node: Node, planner: &mut Planner<'_>) -> Node {
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
    let mut counts = SlotSet::default();
    node.each(&mut |node| counts.extend(kinds(&node.op).filter_map(counted)));
    if counts.is_empty() {
        return counts;
    }
    counts.subtract(live);
    let blank = |expr: Expr| match compared(&expr) {
        Some(_) => Expr::constant(true, expr.span),
        None => expr,
    };
    let mut blanked = node.clone();
    blanked = blanked.map_bottom_up(&mut |mut node| {
        let op = &mut node.op;
        op.map_expressions(&mut |expr| expr.map_bottom_up(&mut |expr| blank(expr)));
        node
    });
    blanked.each(&mut |node| {
        counts.subtract(&node.reads());
        // A pattern fills the counts that its own predicates read.
        for expr in node.op.expressions() {
            counts.subtract(&expr.slots());
        }
        kinds(&node.op).for_each(|kind| counts.subtract(&passed_on(kind)));
    });
    counts
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
    let ExprKind::Compare(op, left, right) = &expr.kind else {
        return None;
    };
    let (slot, op, bound) = match (&left.kind, &right.kind) {
        (ExprKind::Slot(slot), ExprKind::Constant(Value::Integer(bound))) => (slot, *op, bound),
        (ExprKind::Constant(Value::Integer(bound)), ExprKind::Slot(slot)) => {
            (slot, op.flipped(), bound)
        }
        _ => return None,
    };
    match (op, bound) {
        (Greater | NotEqual, 0) | (GreaterOrEqual, 1) => Some((*slot, true)),
        (Equal | LessOrEqual, 0) | (Less, 1) => Some((*slot, false)),
        _ => None,
    }
}

fn counted(kind: &ApplyKind) -> Option<Slot> {
    match kind {
        ApplyKind::Count(slot) => Some(*slot),
        _ => None,
    }
}

/// The slots of inner rows that become slots of outer rows.
fn passed_on(kind: &ApplyKind) -> SlotSet {
    match kind {
        ApplyKind::Inner { adds } | ApplyKind::Optional { adds } => adds.iter().copied().collect(),
        ApplyKind::Collect { value, .. } => SlotSet::one(*value),
        _ => SlotSet::default(),
    }
}

/// The uses of the inner plans of an operator.
fn kinds(op: &Op) -> impl Iterator<Item = &ApplyKind> {
    let (apply, pattern) = match op {
        Op::Apply(apply) => (Some(&apply.kind), None),
        Op::Match(pattern) => (None, Some(pattern)),
        _ => (None, None),
    };
    let needs = pattern.into_iter().flat_map(|pattern| &pattern.subqueries);
    apply.into_iter().chain(needs.map(|need| &need.apply.kind))
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
}
