//! Evaluates what each step makes ready: uniqueness tests, predicates, and the subqueries whose results they read.

use crate::{
    base::Span,
    optimize::{
        OptLevel, cost,
        pattern::{emit::Emitter, lookup::label_of, waiting::Pending},
    },
    plan::{Expr, ExprKind, Node, Op, Slot, SubqueryNeed},
    value::LabelId,
};

impl Emitter<'_, '_, '_> {
    /// Marks a relationship as known, and adds the tests that it differs from those before it. A trail excludes these
    /// itself ([`Trail::disjoint`](crate::plan::Trail::disjoint)).
    pub(super) fn solve(&mut self, position: usize) {
        self.fill(self.edge(position).slot);
        if self.edge(position).length.is_none() {
            let tests = self.rival_tests(position);
            self.tests.extend(tests);
        }
        self.solved[position] = true;
    }

    /// The tests that a relationship differs from its known rivals.
    pub(super) fn rival_tests(&self, position: usize) -> Vec<Expr> {
        let slot = |edge: usize| self.edge(edge).slot;
        let tests = self.known_rivals(position).map(|other| {
            let (one, other) = (position.min(other), position.max(other));
            Expr::new(ExprKind::Disjoint(slot(one), slot(other)), Span::default())
        });
        tests.collect()
    }

    /// The known relationships that this one must be tested to differ from.
    pub(super) fn known_rivals(&self, position: usize) -> impl Iterator<Item = usize> {
        let rivals = self.pattern.rivals[position].iter().copied();
        rivals.filter(|other| self.solved[*other])
    }

    /// Drops label tests of `to` that, by the statistics, every relationship of the types from `from` passes.
    pub(super) fn drop_implied(&mut self, position: usize, from: Slot, to: Slot) {
        let edge = self.edge(position);
        if self.planner.level == OptLevel::Unoptimised
            || !self.planner.read_only
            || edge.length.is_some()
            || edge.types.is_empty()
        {
            return;
        }
        let mut sources = vec![None];
        let known = self.labels.get(&from).into_iter().flatten();
        sources.extend(known.map(|label| Some(*label)));
        let stats = self.planner.stats;
        let count = |source: Option<LabelId>, target: Option<LabelId>| {
            let (one, other) = if from == edge.from {
                (source, target)
            } else {
                (target, source)
            };
            cost::relationships(stats, one, &edge.types, other, edge.direction)
        };
        let is_implied = |label: LabelId| {
            let mut sources = sources.iter();
            sources.any(|source| count(*source, Some(label)) >= count(*source, None))
        };
        let tests = self.waiting.readers(to);
        let labels = tests.filter_map(|(at, test)| Some((at, label_of(&test.expr, to)?.id)));
        let implied = labels.filter(|(_, label)| !label.is_none() && is_implied(*label));
        let implied: Vec<_> = implied.collect();
        for (position, label) in implied {
            self.waiting.drop(position);
            self.learn(to, label);
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
        let results = &self.pattern.results;
        let is_open = |slot: &Slot| self.missing.contains(*slot) && !results.contains(*slot);
        let waits = |reads: &[Slot]| !reads.iter().any(is_open);
        need.apply.kind.adds().iter().any(|filled| {
            let mut predicates = self.waiting.readers(*filled);
            let mut subqueries = self.needs.iter().flatten();
            self.pattern.needed.contains(*filled)
                || predicates.any(|(_, reader)| waits(&reader.reads))
                || subqueries.any(|(other, _)| other.reads.contains(filled) && waits(&other.reads))
        })
    }

    fn place(&mut self, need: SubqueryNeed, inner: Node) {
        let filled = need.apply.kind.adds().to_vec();
        self.plan = Op::Apply(need.apply).over(vec![self.plan.take(), inner]);
        filled.into_iter().for_each(|slot| self.fill(slot));
    }

    /// Fills a slot that a trail predicate or an index lookup reads, by a scan or a subquery.
    pub(super) fn require(&mut self, slot: Slot) {
        if !self.missing.contains(slot) {
            return;
        }
        let nodes = &self.pattern.graph.nodes;
        if nodes.iter().any(|node| node.slot == slot) {
            self.scan(slot);
            return;
        }
        let filling = self.needs.iter().position(|need| {
            need.as_ref()
                .is_some_and(|(need, _)| need.apply.kind.adds().contains(&slot))
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
        let ready = self.waiting.take_ready();
        for Pending { expr, reads, .. } in &ready {
            if let [slot, ..] = reads.as_slice()
                && let Some(label) = label_of(expr, *slot)
            {
                self.learn(*slot, label.id);
            }
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
