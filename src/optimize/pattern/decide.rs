//! Evaluates what each step makes ready: uniqueness tests, predicates, and the subqueries whose results they read.

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
    /// Marks a relationship as known, and adds the tests that it differs from those before it. A trail excludes these
    /// itself ([`Trail::disjoint`](crate::plan::Trail::disjoint)).
    pub(super) fn solve(&mut self, position: usize) {
        self.fill(self.edges[position].slot);
        if self.edges[position].length.is_none() {
            let tests = self.rival_tests(position);
            self.tests.extend(tests);
        }
        self.solved[position] = true;
    }

    /// The tests that a relationship differs from its known rivals.
    pub(super) fn rival_tests(&self, position: usize) -> Vec<Expr> {
        let slot = |edge: usize| self.edges[edge].slot;
        let tests = self.known_rivals(position).map(|other| {
            let (one, other) = (position.min(other), position.max(other));
            Expr::new(ExprKind::Disjoint(slot(one), slot(other)), Span::default())
        });
        tests.collect()
    }

    /// The known relationships that this one must be tested to differ from.
    pub(super) fn known_rivals(&self, position: usize) -> impl Iterator<Item = usize> {
        let rivals = self.rivals[position].iter().copied();
        rivals.filter(|other| self.solved[*other])
    }

    /// Drops label tests of `to` that, by the statistics, every relationship of the types from `from` passes.
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

    /// Adds what is ready: first the predicates without subqueries, then the subqueries and their predicates.
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

    /// True if a subquery can run and its result is wanted: by a predicate or another subquery that waits only for
    /// subqueries, or above the pattern.
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

    /// Fills a slot that a trail predicate or an index lookup reads, by a scan or a subquery.
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
