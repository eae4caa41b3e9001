//! Filters move towards the leaves: below projections, unions, `UNWIND`, applies, sorts and groups, and into patterns.
//!
//! Only predicates that cannot fail move, because below they also see rows that never reach the filter.

use crate::{
    optimize::Planner,
    plan::{Apply, ApplyKind, Expr, ExprKind, LabelTest, Node, Op, Slot, SlotInfo, StringOp},
    value::{Type, Value},
};

/// Moves every predicate as far down as it can go.
pub(super) fn push_filters(node: Node, planner: &Planner<'_>) -> Node {
    let pusher = Pusher {
        slots: &planner.slots,
        read_only: planner.read_only,
    };
    node.map_bottom_up(&mut |node| pusher.push(node))
}

struct Pusher<'a> {
    slots: &'a [SlotInfo],
    /// True if the plan does not write: then no entity is deleted, and reading one cannot fail.
    read_only: bool,
}

impl Pusher<'_> {
    fn push(&self, mut node: Node) -> Node {
        let Op::Filter { predicates } = &mut node.op else {
            return node;
        };
        let input = &mut node.inputs[0];
        let kept = std::mem::take(predicates)
            .into_iter()
            .filter_map(|predicate| self.sink(predicate, input).err());
        *predicates = kept.collect();
        if predicates.is_empty() {
            return node.into_input();
        }
        node
    }

    /// Moves a predicate below `node` or into it; returns it as `Err` if it has to stay above.
    fn sink(&self, predicate: Expr, node: &mut Node) -> Result<(), Expr> {
        if !self.is_total(&predicate) {
            return Err(predicate);
        }
        let reads = predicate.slots();
        let independent = reads.is_disjoint(&node.op.adds());
        match &mut node.op {
            Op::Match(pattern) => {
                pattern.predicates.push(predicate);
                Ok(())
            }
            Op::Filter { predicates } => {
                if let Err(predicate) = self.sink(predicate, &mut node.inputs[0]) {
                    predicates.push(predicate);
                }
                Ok(())
            }
            Op::Project { items } => match substituted(&predicate, items) {
                Some(moved) if self.is_total(&moved) => self.place(moved, &mut node.inputs[0]),
                _ => Err(predicate),
            },
            Op::Aggregate { keys, .. }
                if reads
                    .iter()
                    .all(|slot| keys.iter().any(|(key, _)| *key == slot))
                    && !reads.is_empty() =>
            {
                match substituted(&predicate, keys) {
                    Some(moved) if self.is_total(&moved) => self.place(moved, &mut node.inputs[0]),
                    _ => Err(predicate),
                }
            }
            Op::Distinct { keys } if reads.iter().all(|slot| keys.contains(&slot)) => {
                self.place(predicate, &mut node.inputs[0])
            }
            Op::Sort { .. } => self.place(predicate, &mut node.inputs[0]),
            Op::Unwind { .. } | Op::ShortestPath(_) | Op::ShortestPathWhere { .. }
                if independent =>
            {
                self.place(predicate, &mut node.inputs[0])
            }
            Op::Union { columns } => {
                let side = |pick: fn(&(Slot, Slot, Slot)) -> Slot| {
                    renamed(&predicate, |slot| {
                        let column = columns.iter().find(|(out, ..)| *out == slot);
                        column.map_or(slot, pick)
                    })
                };
                let sides = [side(|column| column.1), side(|column| column.2)];
                if !sides.iter().all(|side| self.is_total(side)) {
                    return Err(predicate);
                }
                for (side, input) in sides.into_iter().zip(&mut node.inputs) {
                    self.place(side, input)?;
                }
                Ok(())
            }
            Op::Apply(Apply { kind, .. })
                if independent
                    && !matches!(kind, ApplyKind::Effect)
                    && (self.read_only || !node.inputs[1].writes()) =>
            {
                self.place(predicate, &mut node.inputs[0])
            }
            _ => Err(predicate),
        }
    }

    /// Moves a predicate into a plan: as far down as it can go, or else on top.
    fn place(&self, predicate: Expr, node: &mut Node) -> Result<(), Expr> {
        if let Err(predicate) = self.sink(predicate, node) {
            let predicates = vec![predicate];
            *node = Op::Filter { predicates }.on(node.take());
        }
        Ok(())
    }

    /// True if an expression cannot fail.
    fn is_total(&self, expr: &Expr) -> bool {
        let all = |items: &[Expr]| items.iter().all(|item| self.is_total(item));
        let truths = |items: &[Expr]| items.iter().all(|item| self.is_truth(item));
        match &expr.kind {
            ExprKind::Constant(_) | ExprKind::Parameter(_) | ExprKind::Slot(_) => true,
            ExprKind::Property(base, _) => {
                self.read_only && self.has_type(base, Type::NODE.or(Type::RELATIONSHIP))
            }
            ExprKind::HasLabels(base, LabelTest::Name { .. }) => {
                self.read_only && self.has_type(base, Type::NODE.or(Type::RELATIONSHIP))
            }
            ExprKind::Not(inner) => self.is_truth(inner),
            ExprKind::And(items) | ExprKind::Or(items) => truths(items),
            ExprKind::Compare(_, left, right) => self.is_total(left) && self.is_total(right),
            ExprKind::In(item, list) => self.is_total(item) && is_list(list) && self.is_total(list),
            ExprKind::String(op, left, right) => {
                *op != StringOp::Matches && self.is_total(left) && self.is_total(right)
            }
            ExprKind::IsNull(inner) | ExprKind::IsNotNull(inner) => self.is_total(inner),
            ExprKind::List(items) => all(items),
            _ => false,
        }
    }

    /// True if an expression is a boolean or null for every row.
    fn is_truth(&self, expr: &Expr) -> bool {
        self.is_total(expr) && (expr.is_predicate() || self.has_type(expr, Type::BOOLEAN))
    }

    fn has_type(&self, expr: &Expr, wanted: Type) -> bool {
        let ExprKind::Slot(slot) = expr.kind else {
            return false;
        };
        let info = self.slots.get(slot.index());
        info.is_some_and(|info| info.kind.within(wanted))
    }
}

fn is_list(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::List(_) | ExprKind::Constant(Value::List(_))
    )
}

/// The predicate over the input of a projection; `None` if an item would be computed twice.
fn substituted(predicate: &Expr, items: &[(Slot, Expr)]) -> Option<Expr> {
    let item = |slot: Slot| items.iter().find(|(out, _)| *out == slot);
    let reads = predicate.slots();
    let cheap = |slot| item(slot).is_none_or(|(_, expr)| is_cheap(expr));
    reads.iter().all(cheap).then(|| {
        let moved = predicate.clone();
        moved.map_bottom_up(&mut |expr| match expr.kind {
            ExprKind::Slot(slot) => item(slot).map_or(expr, |(_, item)| item.clone()),
            _ => expr,
        })
    })
}

fn is_cheap(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Slot(_) | ExprKind::Constant(_) | ExprKind::Parameter(_) => true,
        ExprKind::Property(base, _) => matches!(base.kind, ExprKind::Slot(_)),
        _ => false,
    }
}

/// The expression with other slots.
fn renamed(expr: &Expr, name: impl Fn(Slot) -> Slot) -> Expr {
    expr.clone().map_bottom_up(&mut |expr| match expr.kind {
        ExprKind::Slot(slot) => Expr::slot(name(slot), expr.span),
        _ => expr,
    })
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn below_a_projection_by_its_expressions() {
        check(
            "push_filter",
            "RETURN x\nFilter x > 1\nProject n.a AS x\nNodeScan (n)",
            "RETURN x\nProject n.a AS x\nFilter n.a > 1\nNodeScan (n)",
        );
        // The item would be computed twice.
        keeps(
            "push_filter",
            "RETURN x\nFilter x > 1\nProject n.a + 1 AS x\nNodeScan (n)",
        );
    }

    #[test]
    fn below_unwind_sort_and_distinct() {
        check(
            "push_filter",
            "RETURN x\nFilter n.a = 1\nUnwind n.list AS x\nSort n.b\nDistinct n\nNodeScan (n)",
            "RETURN x\nUnwind n.list AS x\nSort n.b\nDistinct n\nFilter n.a = 1\nNodeScan (n)",
        );
        keeps(
            "push_filter",
            "RETURN x\nFilter x = 1\nUnwind n.list AS x\nNodeScan (n)",
        );
    }

    #[test]
    fn below_a_grouping_if_it_reads_keys_only() {
        check(
            "push_filter",
            "RETURN k, c\nFilter k = 1 AND (c > 2)\nAggregate n.a AS k, count(*) AS c\nNodeScan (n)",
            "RETURN k, c\nFilter c > 2\nAggregate n.a AS k, count(*) AS c\nFilter n.a = 1\nNodeScan (n)",
        );
    }

    #[test]
    fn into_both_sides_of_a_union() {
        check(
            "push_filter",
            "RETURN c\nFilter c = 1\nUnion c = a | b\n├─ Unwind [1, 2] AS a\n└─ Unwind [1] AS b",
            "RETURN c\nUnion c = a | b\n├─ Filter a = 1\n│  Unwind [1, 2] AS a\n└─ Filter b = 1\n   Unwind [1] AS b",
        );
    }

    #[test]
    fn into_patterns_and_below_applies() {
        check(
            "push_filter",
            "RETURN n, c
             Filter n.a = 1
             CountApply c ROW @9
             ├─ Match (n)
             └─ Expand (n)-[:R]->()
                Argument n",
            "RETURN n, c
             CountApply c ROW @9
             ├─ Match (n) WHERE n.a = 1
             └─ Expand (n)-[:R]->()
                Argument n",
        );
    }

    #[test]
    fn what_may_fail_stays() {
        keeps(
            "push_filter",
            "RETURN x\nFilter 1 / m > 1\nUnwind [] AS x\nUnwind [0] AS m",
        );
    }
}
