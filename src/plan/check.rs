//! Whether a plan makes sense: every slot that is read was filled below, and nothing logical is left.

use std::fmt;

use crate::plan::{Apply, ApplyKind, Foreach, Merge, Op, Plan, Slot, SlotSet, VarExpand};

/// What is wrong with a plan. It is a mistake of whoever built the plan, never of the person who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsound(String);

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unsound {}

/// Checks that a plan can be executed.
///
/// # Errors
/// What is wrong, for the first operator from below at which something is.
pub fn check(plan: &Plan) -> Result<(), Unsound> {
    let filled = Checker { plan }.filled(&plan.root, None)?;
    let wanted = plan.columns.iter().map(|column| column.slot).collect();
    Checker { plan }.demand("the answer", &wanted, &filled)
}

struct Checker<'a> {
    plan: &'a Plan,
}

type Filled = Result<SlotSet, Unsound>;

impl Checker<'_> {
    /// The slots that rows out of `op` hold; `outer` is what an argument may read.
    fn filled(&self, op: &Op, outer: Option<&SlotSet>) -> Filled {
        match op {
            Op::Unit => Ok(SlotSet::default()),
            Op::Match { .. } => Err(Unsound("a `Match` has not been planned".to_owned())),
            Op::Argument { slots, .. } => self.argument(op, slots, outer),
            Op::Union(union) => {
                let left = self.filled(&union.left, outer)?;
                let right = self.filled(&union.right, outer)?;
                let wanted = union.columns.iter().map(|(_, slot, _)| *slot).collect();
                self.demand("Union", &wanted, &left)?;
                let wanted = union.columns.iter().map(|(.., slot)| *slot).collect();
                self.demand("Union", &wanted, &right)?;
                Ok(op.adds())
            }
            Op::HashJoin(join) => {
                let mut left = self.filled(&join.left, outer)?;
                let right = self.filled(&join.right, outer)?;
                self.demand(
                    "HashJoin",
                    &join.keys.iter().map(|(slot, _)| *slot).collect(),
                    &left,
                )?;
                self.demand(
                    "HashJoin",
                    &join.keys.iter().map(|(_, slot)| *slot).collect(),
                    &right,
                )?;
                left.unite(&right);
                Ok(left)
            }
            Op::Apply(apply) => self.apply(apply, outer),
            Op::Merge(merge) => self.merge(merge, op, outer),
            Op::Foreach(foreach) => self.foreach(foreach, op, outer),
            Op::VarExpand(expand) => self.var_expand(expand, op, outer),
            Op::Aggregate { .. } => {
                self.extended(op, outer)?;
                Ok(op.adds())
            }
            Op::Compact { .. } => {
                self.extended(op, outer)?;
                Ok(op.reads())
            }
            _ => self.extended(op, outer),
        }
    }

    /// What an operator that extends rows gives.
    fn extended(&self, op: &Op, outer: Option<&SlotSet>) -> Filled {
        let mut filled = SlotSet::default();
        let mut failure = None;
        op.each_child(&mut |child| match self.filled(child, outer) {
            Ok(slots) => filled = slots,
            Err(problem) => failure = Some(problem),
        });
        failure.map_or(Ok(()), Err)?;
        self.demand(op.name(), &op.reads(), &filled)?;
        filled.unite(&op.adds());
        Ok(filled)
    }

    fn argument(&self, op: &Op, slots: &[Slot], outer: Option<&SlotSet>) -> Filled {
        let Some(outer) = outer else {
            return Err(Unsound(
                "an `Argument` stands outside of every inner plan".to_owned(),
            ));
        };
        self.demand("Argument", &slots.iter().copied().collect(), outer)?;
        Ok(op.adds())
    }

    fn apply(&self, apply: &Apply, outer: Option<&SlotSet>) -> Filled {
        let mut filled = self.filled(&apply.input, outer)?;
        let inner = self.filled(&apply.inner, Some(&filled))?;
        let mut wanted = SlotSet::default();
        let mut adds = apply.kind.adds();
        match &apply.kind {
            // What the inner plan does not fill is not there to be read above: nobody asked for it.
            ApplyKind::Inner { .. } | ApplyKind::Optional { .. } => adds.intersect(&inner),
            ApplyKind::Collect { value, .. } => wanted.insert(*value),
            ApplyKind::Exists(_)
            | ApplyKind::Count(_)
            | ApplyKind::Semi
            | ApplyKind::Anti
            | ApplyKind::Effect => {}
        }
        if !matches!(apply.kind, ApplyKind::Effect) {
            wanted.insert(apply.row);
        }
        self.demand("Apply", &wanted, &inner)?;
        filled.unite(&adds);
        Ok(filled)
    }

    fn merge(&self, merge: &Merge, op: &Op, outer: Option<&SlotSet>) -> Filled {
        let mut filled = self.filled(&merge.input, outer)?;
        let inner = self.filled(&merge.inner, Some(&filled))?;
        self.demand("Merge", &merge.adds.iter().copied().collect(), &inner)?;
        self.demand("Merge", &op.reads(), &filled)?;
        filled.unite(&op.adds());
        Ok(filled)
    }

    fn foreach(&self, foreach: &Foreach, op: &Op, outer: Option<&SlotSet>) -> Filled {
        let filled = self.filled(&foreach.input, outer)?;
        self.demand("Foreach", &op.reads(), &filled)?;
        let mut inside = filled.clone();
        inside.insert(foreach.element);
        self.filled(&foreach.inner, Some(&inside))?;
        Ok(filled)
    }

    fn var_expand(&self, expand: &VarExpand, op: &Op, outer: Option<&SlotSet>) -> Filled {
        let mut filled = self.filled(&expand.input, outer)?;
        self.demand(op.name(), &op.reads(), &filled)?;
        if let Some(passing) = &expand.passing {
            let mut inside = filled.clone();
            inside.insert(passing.walk);
            let inner = self.filled(&passing.inner, Some(&inside))?;
            self.demand(op.name(), &[passing.row].into_iter().collect(), &inner)?;
        }
        filled.unite(&op.adds());
        Ok(filled)
    }

    fn demand(&self, who: &str, wanted: &SlotSet, filled: &SlotSet) -> Result<(), Unsound> {
        match wanted.iter().find(|slot| !filled.contains(*slot)) {
            None => Ok(()),
            Some(slot) => {
                let name = self
                    .plan
                    .slots
                    .get(slot.index())
                    .map_or("?", |info| &info.name);
                Err(Unsound(format!(
                    "{who} reads slot {} (`{name}`), which nothing below it fills",
                    slot.0
                )))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::Span,
        plan::{Column, Expr, QueryGraph},
    };

    fn plan(root: Op, answer: u32) -> Plan {
        let columns = vec![Column {
            name: "x".into(),
            slot: Slot(answer),
        }];
        Plan {
            root,
            columns,
            returns: true,
            slots: Vec::new(),
            parameters: Vec::new(),
            writes: false,
        }
    }

    fn project(slot: u32, from: u32, input: Op) -> Op {
        let items = vec![(Slot(slot), Expr::slot(Slot(from), Span::default()))];
        Op::Project {
            input: Box::new(input),
            items,
        }
    }

    #[test]
    fn a_slot_must_be_filled_before_it_is_read() {
        let scan = Op::NodeScan {
            input: Box::new(Op::Unit),
            node: Slot(0),
            label: None,
        };
        assert_eq!(check(&plan(project(1, 0, scan.clone()), 1)), Ok(()));
        let problem = check(&plan(project(1, 2, scan.clone()), 1)).unwrap_err();
        assert_eq!(
            problem.to_string(),
            "Project reads slot 2 (`?`), which nothing below it fills"
        );
        assert!(check(&plan(scan, 3)).is_err());
    }

    #[test]
    fn a_match_must_be_planned_and_an_argument_must_be_inside() {
        let pattern = Box::new(QueryGraph::default());
        assert!(
            check(&plan(
                Op::Match {
                    input: Box::new(Op::Unit),
                    pattern
                },
                0
            ))
            .is_err()
        );
        assert!(
            check(&plan(
                Op::Argument {
                    row: Slot(0),
                    slots: Vec::new()
                },
                0
            ))
            .is_err()
        );
    }
}
