//! What can be decided after each step: tests of relationships, predicates, and the subqueries that they wait for.

use crate::{
    base::Span,
    optimize::{
        Level, cost,
        pattern::{
            emit::{Emitter, Pending},
            lookup::label_of,
        },
    },
    plan::{Expr, ExprKind, Node, Op, Slot, SubqueryNeed},
    value::LabelId,
};

impl Emitter<'_, '_, '_> {
    /// Notes that a relationship is known, and adds the tests that it is another than those before it. A walk tests
    /// that itself, since each of its relationships has to be another.
    pub(super) fn solve(&mut self, position: usize) {
        self.fill(self.edges[position].slot);
        if self.edges[position].length.is_none() {
            let tests = self.rival_tests(position);
            self.tests.extend(tests);
        }
        self.solved[position] = true;
    }

    /// The tests that a relationship is none of the known ones that it must not be.
    pub(super) fn rival_tests(&self, position: usize) -> Vec<Expr> {
        let slot = |edge: usize| self.edges[edge].slot;
        let tests = self.known_rivals(position).map(|other| {
            let (one, other) = (position.min(other), position.max(other));
            Expr::new(ExprKind::Disjoint(slot(one), slot(other)), Span::default())
        });
        tests.collect()
    }

    /// The relationships that are known and that this one must not be.
    pub(super) fn known_rivals(&self, position: usize) -> impl Iterator<Item = usize> {
        let rivals = self.rivals[position].iter().copied();
        rivals.filter(|other| self.solved[*other])
    }

    /// Leaves out label tests of `to` that every relationship of the pattern's kind from `from` passes.
    pub(super) fn drop_implied(&mut self, position: usize, from: Slot, to: Slot) {
        let edge = &self.edges[position];
        if self.planner.level == Level::Naive
            || !self.planner.read_only
            || edge.length.is_some()
            || edge.types.is_empty()
        {
            return;
        }
        let mut sources = vec![None];
        sources.extend(
            self.labels
                .iter()
                .filter(|(slot, _)| *slot == from)
                .map(|(_, label)| Some(*label)),
        );
        let stats = self.planner.stats;
        let count = |source: Option<LabelId>, target: Option<LabelId>| {
            let (one, other) = if from == edge.from {
                (source, target)
            } else {
                (target, source)
            };
            cost::relationships(stats, one, &edge.types, other, edge.direction)
        };
        for predicate in &mut self.predicates {
            let Some(label) = predicate
                .as_ref()
                .and_then(|predicate| label_of(&predicate.expr, to))
            else {
                continue;
            };
            let label = label.id;
            if !label.is_none()
                && sources
                    .iter()
                    .any(|source| count(*source, Some(label)) >= count(*source, None))
            {
                *predicate = None;
                self.labels.push((to, label));
            }
        }
    }

    /// Adds what can be decided: first plain predicates, then those that wait for a subquery.
    pub(super) fn decide(&mut self) {
        self.filter_ready();
        for position in 0..self.needs.len() {
            let wanted = self.needs[position]
                .as_ref()
                .is_some_and(|(need, _)| self.is_wanted(need));
            if wanted && let Some((need, inner)) = self.needs[position].take() {
                self.place(need, inner);
                self.filter_ready();
            }
        }
    }

    /// Whether a subquery can be answered, and nothing but subqueries keeps some predicate that reads it waiting.
    fn is_wanted(&self, need: &SubqueryNeed) -> bool {
        if need.reads.iter().any(|slot| self.missing.contains(*slot)) {
            return false;
        }
        let filled = need.apply.kind.adds();
        let mut open = self.missing.clone();
        self.needs
            .iter()
            .flatten()
            .for_each(|(need, _)| open.subtract(&need.apply.kind.adds()));
        let mut readers = self.predicates.iter().flatten();
        let by_predicate = readers
            .any(|reader| !reader.reads.is_disjoint(&filled) && reader.reads.is_disjoint(&open));
        by_predicate
            || self.needs.iter().flatten().any(|(other, _)| {
                other.reads.iter().any(|slot| filled.contains(*slot))
                    && other.reads.iter().all(|slot| !open.contains(*slot))
            })
            || !filled.is_disjoint(self.needed)
    }

    fn place(&mut self, need: SubqueryNeed, inner: Node) {
        let filled = need.apply.kind.adds();
        self.plan = Op::Apply(need.apply).over(vec![self.plan.take(), inner]);
        self.missing.subtract(&filled);
    }

    /// Makes a slot known that a walk's steps read.
    pub(super) fn require(&mut self, slot: Slot) {
        if !self.missing.contains(slot) {
            return;
        }
        if self.nodes.iter().any(|node| node.slot == slot) {
            self.scan(slot);
            return;
        }
        let filling = self.needs.iter().position(|need| {
            need.as_ref()
                .is_some_and(|(need, _)| need.apply.kind.adds().contains(slot))
        });
        if let Some((need, inner)) = filling.and_then(|position| self.needs[position].take()) {
            need.reads
                .clone()
                .into_iter()
                .for_each(|slot| self.require(slot));
            self.place(need, inner);
        }
    }

    fn filter_ready(&mut self) {
        let missing = &self.missing;
        let ready = self
            .predicates
            .iter_mut()
            .filter_map(|predicate| predicate.take_if(|it| it.reads.is_disjoint(missing)));
        let ready: Vec<Pending> = ready.collect();
        for Pending { expr, reads } in &ready {
            let slot = reads.iter().next();
            let label = slot.and_then(|slot| Some((slot, label_of(expr, slot)?.id)));
            self.labels.extend(label);
        }
        let mut ready: Vec<Expr> = ready.into_iter().map(|predicate| predicate.expr).collect();
        ready.append(&mut self.tests);
        self.filter(ready);
    }

    pub(super) fn filter(&mut self, predicates: Vec<Expr>) {
        if predicates.is_empty() {
            return;
        }
        match &mut self.plan.op {
            Op::Filter {
                predicates: before, ..
            } => {
                before.extend(predicates);
                self.plan.rows = f64::NAN;
            }
            _ => self.push(Op::Filter { predicates }),
        }
    }
}
