//! Steps as operators, each followed by what can be decided after it.

use crate::{
    base::Span,
    optimize::{
        Level, Planner, cost,
        pattern::{
            Step,
            lookup::{Candidate, label_of},
            problem::distinct_pairs,
        },
    },
    plan::{
        Apply, Arm, Expand, Expr, ExprKind, IndexLookup, Named, Op, PatternEdge, PatternNode,
        QueryGraph, Slot, SlotSet, SubqueryNeed, Towards, VarExpand,
    },
    value::LabelId,
};

/// Operators under construction.
pub(super) struct Emitter<'e, 'p, 's> {
    pub(super) planner: &'e mut Planner<'p>,
    pub(super) op: Op,
    nodes: &'s [PatternNode],
    pub(super) edges: &'s [PatternEdge],
    lookups: &'s [Candidate],
    /// The slots of the pattern that are not filled yet.
    pub(super) missing: SlotSet,
    /// The predicates that are not decided yet.
    predicates: Vec<Option<Expr>>,
    /// The subqueries that are not placed yet.
    needs: Vec<Option<SubqueryNeed>>,
    /// The relationships that are known, by position.
    solved: Vec<usize>,
    /// Pairs of relationships that could be the same, and must not be.
    distinct: Vec<(usize, usize)>,
    /// The labels known of nodes, for leaving out tests that a relationship makes needless.
    labels: Vec<(Slot, LabelId)>,
    /// What is read above the pattern.
    needed: &'s SlotSet,
}

impl Planner<'_> {
    /// The operators for `steps`, on top of `input`.
    pub(super) fn emit(
        &mut self,
        input: Op,
        graph: QueryGraph,
        lookups: &[Candidate],
        steps: &[Step],
        needed: &SlotSet,
    ) -> Op {
        let distinct = distinct_pairs(&graph);
        let mut missing = SlotSet::default();
        graph
            .nodes
            .iter()
            .filter(|node| !node.bound)
            .for_each(|node| missing.insert(node.slot));
        graph
            .edges
            .iter()
            .filter(|edge| !edge.bound)
            .for_each(|edge| missing.insert(edge.slot));
        for need in &graph.subqueries {
            missing.unite(&need.apply.kind.adds());
        }
        let mut emitter = Emitter {
            planner: self,
            op: input,
            missing,
            predicates: graph.predicates.into_iter().map(Some).collect(),
            needs: graph.subqueries.into_iter().map(Some).collect(),
            nodes: &graph.nodes,
            edges: &graph.edges,
            lookups,
            solved: Vec::new(),
            distinct,
            labels: Vec::new(),
            needed,
        };
        emitter.decide();
        for step in steps {
            emitter.step(*step);
            emitter.decide();
        }
        emitter.op
    }
}

impl Emitter<'_, '_, '_> {
    fn step(&mut self, step: Step) {
        match step {
            Step::Scan(node) => self.scan(self.nodes[node].slot),
            Step::Seek(lookup) => self.seek(lookup),
            Step::Edges(edge) => self.edge_scan(edge),
            Step::Expand(edge, from_start) => self.expand(edge, from_start),
            Step::Into(edge) => self.into(edge),
            Step::Intersect(node) => self.intersect(node),
            Step::Compact => self.compact(),
        }
    }

    pub(super) fn input(&mut self) -> Box<Op> {
        Box::new(std::mem::replace(&mut self.op, Op::Unit))
    }

    pub(super) fn fill(&mut self, slot: Slot) {
        self.missing.remove(slot);
    }

    pub(super) fn scan(&mut self, node: Slot) {
        let label = self.take_label(node);
        self.op = Op::NodeScan {
            input: self.input(),
            node,
            label,
        };
        self.fill(node);
    }

    /// The rarest label that predicates ask of a node, which a scan answers.
    fn take_label(&mut self, node: Slot) -> Option<Named<LabelId>> {
        let stats = self.planner.stats;
        let tests = self.predicates.iter().enumerate();
        let labels = tests
            .filter_map(|(at, predicate)| Some((at, label_of(predicate.as_ref()?, node)?.clone())));
        let (at, label) = labels.min_by(|one, other| {
            cost::nodes(stats, Some(one.1.id)).total_cmp(&cost::nodes(stats, Some(other.1.id)))
        })?;
        self.predicates[at] = None;
        self.labels.push((node, label.id));
        Some(label)
    }

    fn seek(&mut self, lookup: usize) {
        let candidate = &self.lookups[lookup];
        let node = self.nodes[candidate.node].slot;
        for answered in &candidate.answers {
            self.predicates[*answered] = None;
        }
        self.labels.push((node, candidate.label.id));
        self.op = Op::IndexSeek(IndexLookup {
            input: self.input(),
            node,
            label: candidate.label.clone(),
            key: candidate.key.clone(),
            lookup: candidate.lookup.clone(),
        });
        self.fill(node);
    }

    fn edge_scan(&mut self, position: usize) {
        let edge = &self.edges[position];
        let (from, to) = (edge.from, edge.to);
        let types = edge.types.clone();
        self.op = Op::EdgeScan {
            input: self.input(),
            edge: edge.slot,
            from,
            to,
            types,
            either: edge.either,
        };
        self.fill(from);
        self.fill(to);
        self.solve(position);
        self.drop_implied(position, from, to);
        self.drop_implied(position, to, from);
    }

    fn expand(&mut self, position: usize, from_start: bool) {
        let edge = &self.edges[position];
        let (from, to) = if from_start {
            (edge.from, edge.to)
        } else {
            (edge.to, edge.from)
        };
        if edge.length.is_some() {
            self.walk(position, from, to, false);
        } else {
            let direction = direction(edge, from_start);
            let types = edge.types.clone();
            let edge = Some(edge.slot);
            self.op = Op::Expand(Expand {
                input: self.input(),
                from,
                direction,
                types,
                edge,
                to: Some(to),
            });
        }
        self.fill(to);
        self.solve(position);
        self.drop_implied(position, from, to);
    }

    fn into(&mut self, position: usize) {
        let edge = &self.edges[position];
        let (from, to) = (edge.from, edge.to);
        if edge.bound {
            self.bound(position);
        } else if edge.length.is_some() {
            self.walk(position, from, to, true);
        } else {
            let direction = direction(edge, true);
            let types = edge.types.clone();
            let edge = Some(edge.slot);
            self.op = Op::ExpandInto(Expand {
                input: self.input(),
                from,
                direction,
                types,
                edge,
                to: Some(to),
            });
        }
        self.solve(position);
    }

    /// A walk from `from` to `to`, which is known where `into` is set.
    pub(super) fn walk(&mut self, position: usize, from: Slot, to: Slot, into: bool) {
        let edge = &self.edges[position];
        let Some(length) = edge.length else { return };
        let from_start = from == edge.from;
        for slot in edge
            .step
            .iter()
            .flat_map(|(_, predicates)| predicates)
            .flat_map(|predicate| to_vec(&predicate.slots()))
        {
            self.require(slot);
        }
        let solved = &self.solved;
        let others = self.distinct.iter().filter_map(|(one, other)| {
            match (*one == position, *other == position) {
                (true, false) if solved.contains(other) => Some(self.edges[*other].slot),
                (false, true) if solved.contains(one) => Some(self.edges[*one].slot),
                _ => None,
            }
        });
        let disjoint: Vec<Slot> = others.collect();
        self.distinct.retain(|(one, other)| {
            !(*one == position && solved.contains(other)
                || *other == position && solved.contains(one))
        });
        self.op = Op::VarExpand(VarExpand {
            input: self.input(),
            from,
            to,
            into,
            direction: direction(edge, from_start),
            types: edge.types.clone(),
            length,
            edges: Some(edge.slot),
            reversed: from_start == edge.reversed,
            step: edge
                .step
                .clone()
                .filter(|(_, predicates)| !predicates.is_empty()),
            stop: None,
            disjoint,
            shortest: edge.shortest,
            passing: None,
            span: Span::default(),
        });
    }

    fn intersect(&mut self, node: usize) {
        let target = self.nodes[node].slot;
        let known = |slot: Slot| slot != target && !self.missing.contains(slot);
        let arms: Vec<usize> = (0..self.edges.len())
            .filter(|position| {
                let edge = &self.edges[*position];
                !self.solved.contains(position)
                    && edge.length.is_none()
                    && !edge.bound
                    && ((edge.to == target && known(edge.from))
                        || (edge.from == target && known(edge.to)))
            })
            .collect();
        let listed = arms.iter().map(|position| {
            let edge = &self.edges[*position];
            let from_start = edge.to == target;
            Arm {
                from: if from_start { edge.from } else { edge.to },
                direction: direction(edge, from_start),
                types: edge.types.clone(),
                edge: Some(edge.slot),
            }
        });
        let listed = listed.collect();
        self.op = Op::Intersect {
            input: self.input(),
            node: target,
            arms: listed,
        };
        self.fill(target);
        for position in arms {
            self.solve(position);
            let edge = &self.edges[position];
            let from = if edge.to == target {
                edge.from
            } else {
                edge.to
            };
            self.drop_implied(position, from, target);
        }
    }

    /// Merges rows that agree in all that is still read.
    fn compact(&mut self) {
        let mut live = self.needed.clone();
        self.predicates
            .iter()
            .flatten()
            .for_each(|predicate| predicate.add_slots(&mut live));
        for need in self.needs.iter().flatten() {
            need.reads.iter().for_each(|slot| live.insert(*slot));
            live.subtract(&need.apply.kind.adds());
        }
        for (position, edge) in self.edges.iter().enumerate() {
            if !self.solved.contains(&position) {
                [edge.from, edge.to]
                    .into_iter()
                    .for_each(|slot| live.insert(slot));
                edge.step
                    .iter()
                    .flat_map(|(_, predicates)| predicates)
                    .for_each(|expr| expr.add_slots(&mut live));
            }
        }
        for (one, other) in &self.distinct {
            live.insert(self.edges[*one].slot);
            live.insert(self.edges[*other].slot);
        }
        live.subtract(&self.missing);
        for (step, _) in self.edges.iter().filter_map(|edge| edge.step.as_ref()) {
            live.remove(*step);
        }
        self.op = Op::Compact {
            input: self.input(),
            keys: live.iter().collect(),
        };
    }

    /// Notes that a relationship is known, and adds the tests that it is another than those before it.
    fn solve(&mut self, position: usize) {
        self.fill(self.edges[position].slot);
        self.solved.push(position);
        let solved = &self.solved;
        let (ready, waiting) = self
            .distinct
            .drain(..)
            .partition(|(one, other)| solved.contains(one) && solved.contains(other));
        self.distinct = waiting;
        let ready: Vec<(usize, usize)> = ready;
        let tests = ready.into_iter().map(|(one, other)| {
            let kind = ExprKind::Disjoint(self.edges[one].slot, self.edges[other].slot);
            Some(Expr::new(kind, Span::default()))
        });
        let tests: Vec<_> = tests.collect();
        self.predicates.extend(tests);
    }

    /// Leaves out label tests of `to` that every relationship of the pattern's kind from `from` passes.
    fn drop_implied(&mut self, position: usize, from: Slot, to: Slot) {
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
            cost::relationships(stats, one, &edge.types, other, edge.either)
        };
        for predicate in &mut self.predicates {
            let Some(label) = predicate
                .as_ref()
                .and_then(|predicate| label_of(predicate, to))
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
    fn decide(&mut self) {
        self.filter_ready();
        for position in 0..self.needs.len() {
            let wanted = self.needs[position]
                .as_ref()
                .is_some_and(|need| self.is_wanted(need));
            if wanted && let Some(need) = self.needs[position].take() {
                self.place(need);
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
            .for_each(|need| open.subtract(&need.apply.kind.adds()));
        let mut readers = self.predicates.iter().flatten().map(Expr::slots);
        let by_predicate =
            readers.any(|slots| !disjoint(&slots, &filled) && disjoint(&slots, &open));
        by_predicate
            || self.needs.iter().flatten().any(|other| {
                other.reads.iter().any(|slot| filled.contains(*slot))
                    && other.reads.iter().all(|slot| !open.contains(*slot))
            })
            || !disjoint(&filled, self.needed)
    }

    fn place(&mut self, need: SubqueryNeed) {
        let filled = need.apply.kind.adds();
        self.op = Op::Apply(Apply {
            input: self.input(),
            ..need.apply
        });
        self.missing.subtract(&filled);
    }

    /// Makes a slot known that a walk's steps read.
    fn require(&mut self, slot: Slot) {
        if !self.missing.contains(slot) {
            return;
        }
        if self.nodes.iter().any(|node| node.slot == slot) {
            self.scan(slot);
            return;
        }
        let filling = self.needs.iter().position(|need| {
            need.as_ref()
                .is_some_and(|need| need.apply.kind.adds().contains(slot))
        });
        if let Some(need) = filling.and_then(|position| self.needs[position].take()) {
            need.reads
                .clone()
                .into_iter()
                .for_each(|slot| self.require(slot));
            self.place(need);
        }
    }

    fn filter_ready(&mut self) {
        let missing = &self.missing;
        let ready = self.predicates.iter_mut().filter_map(|predicate| {
            predicate.take_if(|predicate| disjoint(&predicate.slots(), missing))
        });
        let ready: Vec<Expr> = ready.collect();
        for predicate in &ready {
            let slot = predicate.slots().iter().next();
            if let Some((slot, label)) =
                slot.and_then(|slot| Some((slot, label_of(predicate, slot)?.id)))
            {
                self.labels.push((slot, label));
            }
        }
        self.filter(ready);
    }

    pub(super) fn filter(&mut self, predicates: Vec<Expr>) {
        if predicates.is_empty() {
            return;
        }
        if let Op::Filter {
            predicates: before, ..
        } = &mut self.op
        {
            before.extend(predicates);
        } else {
            self.op = Op::Filter {
                input: self.input(),
                predicates,
            };
        }
    }
}

fn direction(edge: &PatternEdge, from_start: bool) -> Towards {
    match (edge.either, from_start) {
        (true, _) => Towards::Either,
        (false, true) => Towards::Outgoing,
        (false, false) => Towards::Incoming,
    }
}

fn disjoint(one: &SlotSet, other: &SlotSet) -> bool {
    one.iter().all(|slot| !other.contains(slot))
}

fn to_vec(set: &SlotSet) -> Vec<Slot> {
    set.iter().collect()
}
