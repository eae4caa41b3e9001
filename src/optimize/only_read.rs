//! Finds slots that a plan reads only in expressions of a certain form, such as comparisons with a constant.

use crate::plan::{ApplyKind, Expr, Node, Op, SlotSet};

/// The candidates that are read only in expressions of a form. `live` are the slots that are live above the node.
pub(super) fn only_read_in(
    mut candidates: SlotSet,
    node: &Node,
    live: &SlotSet,
    form: &dyn Fn(&Expr) -> bool,
) -> SlotSet {
    candidates.subtract(live);
    if candidates.is_empty() {
        return candidates;
    }
    let blank = |expr: Expr| match form(&expr) {
        true => Expr::constant(true, expr.span),
        false => expr,
    };
    let mut blanked = node.clone();
    blanked = blanked.map_bottom_up(&mut |mut node| {
        let op = &mut node.op;
        op.map_expressions(&mut |expr| expr.map_bottom_up(&mut |expr| blank(expr)));
        node
    });
    blanked.each(&mut |node| {
        candidates.subtract(&node.reads());
        // A pattern fills the slots that its own predicates read.
        for expr in node.op.expressions() {
            candidates.subtract(&expr.slots());
        }
        kinds(&node.op).for_each(|kind| candidates.subtract(&passed_on(kind)));
    });
    candidates
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
pub(super) fn kinds(op: &Op) -> impl Iterator<Item = &ApplyKind> {
    let (apply, pattern) = match op {
        Op::Apply(apply) => (Some(&apply.kind), None),
        Op::Match(pattern) => (None, Some(pattern)),
        _ => (None, None),
    };
    let needs = pattern.into_iter().flat_map(|pattern| &pattern.subqueries);
    apply.into_iter().chain(needs.map(|need| &need.apply.kind))
}
