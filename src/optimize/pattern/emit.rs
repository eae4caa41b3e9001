//! Steps as operators, each followed by what can be decided after it.

use crate::{
    base::Span,
    optimize::{
        Planner, cost,
        pattern::{
            Step,
            lookup::{Candidate, label_of},
            problem::distinct_pairs,
        },
    },
    plan::{
        Arm, Expand, Expr, IndexLookup, Named, Op, PatternEdge, PatternNode, QueryGraph, Slot,
        SlotSet, SubqueryNeed, Towards, VarExpand,
    },
    value::LabelId,
};

/// Operators under construction.
pub(super) struct Emitter<'e, 'p, 's> {
    pub(super) planner: &'e mut Planner<'p>,
    pub(super) op: Op,
    pub(super) nodes: &'s [PatternNode],
    pub(super) edges: &'s [PatternEdge],
    lookups: &'s [Candidate],
    /// The slots of the pattern that are not filled yet.
    pub(super) missing: SlotSet,
    /// The predicates that are not decided yet.
    pub(super) predicates: Vec<Option<Pending>>,
    /// The tests of two known relationships that are not decided yet.
    pub(super) tests: Vec<Expr>,
    /// The subqueries that are not placed yet.
    pub(super) needs: Vec<Option<SubqueryNeed>>,
    /// Whether a relationship is known, by position.
    pub(super) solved: Vec<bool>,
    /// The relationships that a relationship could be the same as, and must not be, by position, ascending.
    pub(super) rivals: Vec<Vec<usize>>,
    /// The labels known of nodes, for leaving out tests that a relationship makes needless.
    pub(super) labels: Vec<(Slot, LabelId)>,
    /// What is read above the pattern.
    pub(super) needed: &'s SlotSet,
}

/// A predicate with what it reads.
pub(super) struct Pending {
    pub(super) expr: Expr,
    pub(super) reads: SlotSet,
}

impl Pending {
    fn new(expr: Expr) -> Self {
        let reads = expr.slots();
        Self { expr, reads }
    }
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
        let rivals = rivals(&graph);
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
            predicates: graph
                .predicates
                .into_iter()
                .map(|expr| Some(Pending::new(expr)))
                .collect(),
            tests: Vec::new(),
            needs: graph.subqueries.into_iter().map(Some).collect(),
            nodes: &graph.nodes,
            edges: &graph.edges,
            lookups,
            solved: vec![false; graph.edges.len()],
            rivals,
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
        let labels = tests.filter_map(|(at, predicate)| {
            Some((at, label_of(&predicate.as_ref()?.expr, node)?.clone()))
        });
        let (at, label) = labels.min_by(|one, other| {
            cost::nodes(stats, Some(one.1.id)).total_cmp(&cost::nodes(stats, Some(other.1.id)))
        })?;
        self.predicates[at] = None;
        self.labels.push((node, label.id));
        Some(label)
    }

    fn seek(&mut self, lookup: usize) {
        let candidate = &self.lookups[lookup];
        // What is looked for may be the answer of a subquery.
        let reads = candidate.lookup.slots();
        reads.iter().for_each(|slot| self.require(slot));
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
            self.op = Op::Expand(self.single(position, from_start));
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
            self.op = Op::ExpandInto(self.single(position, true));
        }
        self.solve(position);
    }

    /// One relationship, followed from its start where the flag is set.
    fn single(&mut self, position: usize, from_start: bool) -> Expand {
        let edge = &self.edges[position];
        let (from, to) = if from_start {
            (edge.from, edge.to)
        } else {
            (edge.to, edge.from)
        };
        Expand {
            input: self.input(),
            from,
            direction: direction(edge, from_start),
            types: edge.types.clone(),
            edge: Some(edge.slot),
            to: Some(to),
        }
    }

    /// A walk from `from` to `to`, which is known where `into` is set.
    pub(super) fn walk(&mut self, position: usize, from: Slot, to: Slot, into: bool) {
        let edge = &self.edges[position];
        let Some(length) = edge.length else { return };
        let from_start = from == edge.from;
        let steps = edge.step.iter().flat_map(|(_, predicates)| predicates);
        steps
            .map(Expr::slots)
            .for_each(|slots| slots.iter().for_each(|slot| self.require(slot)));
        let disjoint = self.known_rivals(position);
        let disjoint = disjoint.map(|other| self.edges[other].slot).collect();
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
            along: None,
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
                !self.solved[*position]
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
            .for_each(|predicate| live.unite(&predicate.reads));
        for need in self.needs.iter().flatten() {
            need.reads.iter().for_each(|slot| live.insert(*slot));
            live.subtract(&need.apply.kind.adds());
        }
        for (position, edge) in self.edges.iter().enumerate() {
            if !self.solved[position] {
                [edge.from, edge.to]
                    .into_iter()
                    .for_each(|slot| live.insert(slot));
                edge.step
                    .iter()
                    .flat_map(|(_, predicates)| predicates)
                    .for_each(|expr| expr.add_slots(&mut live));
            }
        }
        for (edge, rivals) in self.edges.iter().zip(&self.rivals) {
            if rivals.iter().any(|other| !self.solved[*other]) {
                live.insert(edge.slot);
            }
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
}

/// The relationships that each relationship could be the same as, and must not be.
fn rivals(graph: &QueryGraph) -> Vec<Vec<usize>> {
    let mut rivals = vec![Vec::new(); graph.edges.len()];
    for (one, other) in distinct_pairs(graph) {
        rivals[one].push(other);
        rivals[other].push(one);
    }
    rivals
}

fn direction(edge: &PatternEdge, from_start: bool) -> Towards {
    match (edge.either, from_start) {
        (true, _) => Towards::Either,
        (false, true) => Towards::Outgoing,
        (false, false) => Towards::Incoming,
    }
}
