//! Turns steps into operators. Each step is followed by the predicates that it makes ready.

use crate::{
    base::Direction,
    optimize::{
        Planner, cost,
        pattern::{
            Join, PlannedStep, Step,
            lookup::{Candidate, label_of},
            problem::distinct_pairs,
        },
    },
    plan::{
        Arm, Expand, Expr, IndexSeek, Named, Node, Op, PatternEdge, PatternNode, QueryGraph,
        ShortestPath, Slot, SlotSet, SubqueryNeed, Trail,
    },
    value::LabelId,
};

/// The plan under construction.
pub(super) struct Emitter<'e, 'p, 's> {
    pub(super) planner: &'e mut Planner<'p>,
    pub(super) plan: Node,
    /// The estimated number of input rows.
    pub(super) base: f64,
    pub(super) nodes: &'s [PatternNode],
    pub(super) edges: &'s [PatternEdge],
    pub(super) lookups: &'s [Candidate],
    pub(super) joins: &'s [Join],
    /// All predicates of the pattern, for the build sides of hash joins; empty without joins.
    pub(super) all: &'s [Expr],
    /// The slots of the pattern that are not filled yet.
    pub(super) missing: SlotSet,
    /// The predicates that are not evaluated yet.
    pub(super) predicates: Vec<Option<Pending>>,
    /// The uniqueness tests of known relationships that are not evaluated yet.
    pub(super) tests: Vec<Expr>,
    /// The subqueries that are not placed yet.
    pub(super) needs: Vec<Option<(SubqueryNeed, Node)>>,
    /// By position: true if the relationship is known.
    pub(super) solved: Vec<bool>,
    /// By position: the relationships that the relationship must be tested to differ from, ascending.
    pub(super) rivals: Vec<Vec<usize>>,
    /// Known labels of nodes, to drop label tests that a relationship implies.
    pub(super) labels: Vec<(Slot, LabelId)>,
    /// The slots that are live above the pattern.
    pub(super) needed: &'s SlotSet,
}

/// A predicate with the slots that it reads.
pub(super) struct Pending {
    pub(super) expr: Expr,
    pub(super) reads: SlotSet,
}

impl Pending {
    pub(super) fn new(expr: Expr) -> Self {
        let reads = expr.slots();
        Self { expr, reads }
    }
}

impl Planner<'_> {
    /// The operators for `steps`, on top of `input`.
    pub(super) fn emit(
        &mut self,
        input: Node,
        (graph, inner): (QueryGraph, Vec<Node>),
        (lookups, joins): (&[Candidate], &[Join]),
        steps: &[PlannedStep],
        needed: &SlotSet,
    ) -> Node {
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
        let all = if joins.is_empty() {
            Vec::new()
        } else {
            graph.predicates.clone()
        };
        let mut emitter = Emitter {
            planner: self,
            base: input.rows,
            plan: input,
            missing,
            predicates: graph
                .predicates
                .into_iter()
                .map(|expr| Some(Pending::new(expr)))
                .collect(),
            tests: Vec::new(),
            needs: graph.subqueries.into_iter().zip(inner).map(Some).collect(),
            nodes: &graph.nodes,
            edges: &graph.edges,
            lookups,
            joins,
            all: &all,
            solved: vec![false; graph.edges.len()],
            rivals,
            labels: Vec::new(),
            needed,
        };
        emitter.run(steps);
        emitter.plan
    }
}

impl Emitter<'_, '_, '_> {
    /// Adds the operators of steps, each followed by the predicates that it makes ready.
    pub(super) fn run(&mut self, steps: &[PlannedStep]) {
        self.decide();
        self.estimate(1.0);
        for planned in steps {
            self.step(planned.step);
            self.estimate(planned.found);
            self.decide();
            self.estimate(planned.rows);
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Scan(node) => self.scan(self.nodes[node].slot),
            Step::Seek(lookup) => self.seek(lookup),
            Step::Edges(edge) => self.edge_scan(edge),
            Step::Expand(edge, from_start) => self.expand(edge, from_start),
            Step::Into(edge) => self.into(edge),
            Step::Intersect(node) => self.intersect(node),
            Step::PreAggregate => self.compact(),
            Step::Join(part) => self.join(part),
        }
    }

    /// Puts an operator on top of the plan.
    pub(super) fn push(&mut self, op: Op) {
        self.plan = op.on(self.plan.take());
    }

    /// Writes the cardinality estimate of the operators that were added since the last call.
    fn estimate(&mut self, rows: f64) {
        let rows = self.base * rows;
        if rows.is_nan() {
            // The steps were not chosen by cost.
            return;
        }
        let mut node = &mut self.plan;
        while node.rows.is_nan() {
            node.rows = rows;
            let Some(input) = node.inputs.first_mut() else {
                break;
            };
            node = input;
        }
    }

    pub(super) fn fill(&mut self, slot: Slot) {
        self.missing.remove(slot);
    }

    pub(super) fn scan(&mut self, node: Slot) {
        let label = self.take_label(node);
        self.push(Op::NodeScan { node, label });
        self.fill(node);
    }

    /// Takes the label test of a node with the rarest label, for a scan to answer.
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
        // The values to find may be the result of a subquery.
        let reads = candidate.lookup.slots();
        reads.iter().for_each(|slot| self.require(slot));
        let node = self.nodes[candidate.node].slot;
        for answered in &candidate.answers {
            self.predicates[*answered] = None;
        }
        self.labels.push((node, candidate.label.id));
        self.push(Op::IndexSeek(IndexSeek {
            node,
            label: candidate.label.clone(),
            key: candidate.key.clone(),
            lookup: candidate.lookup.clone(),
        }));
        self.fill(node);
    }

    fn edge_scan(&mut self, position: usize) {
        let edge = &self.edges[position];
        let (from, to) = (edge.from, edge.to);
        let types = edge.types.clone();
        self.push(Op::RelationshipScan {
            edge: edge.slot,
            from,
            to,
            types,
            direction: edge.direction,
        });
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
            self.add_trail(position, from, to, false);
        } else {
            let expand = self.single(position, from_start);
            self.push(Op::Expand(expand));
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
            self.add_trail(position, from, to, true);
        } else {
            let expand = self.single(position, true);
            self.push(Op::ExpandInto(expand));
        }
        self.solve(position);
    }

    /// The expansion of one relationship, from its start if the flag is set.
    fn single(&self, position: usize, from_start: bool) -> Expand {
        let edge = &self.edges[position];
        let (from, to) = if from_start {
            (edge.from, edge.to)
        } else {
            (edge.to, edge.from)
        };
        Expand {
            from,
            direction: direction(edge, from_start),
            types: edge.types.clone(),
            edge: Some(edge.slot),
            to: Some(to),
        }
    }

    /// Adds the operator for a trail from `from` to `to`. `into` is true if `to` is filled.
    fn add_trail(&mut self, position: usize, from: Slot, to: Slot, into: bool) {
        let Some(trail) = self.trail(position, from, to) else {
            return;
        };
        self.push(match (self.edges[position].shortest, into) {
            (Some(selector), _) => Op::ShortestPath(ShortestPath {
                trail,
                selector,
                node_predicate: None,
            }),
            (None, true) => Op::VarExpandInto(trail),
            (None, false) => Op::VarExpand(trail),
        });
    }

    /// The trail of a variable-length relationship, from `from` to `to`.
    pub(super) fn trail(&mut self, position: usize, from: Slot, to: Slot) -> Option<Trail> {
        let edge = &self.edges[position];
        let length = edge.length?;
        let from_start = from == edge.from;
        let predicates = edge.edge_predicate.iter().flat_map(|(_, all)| all);
        predicates
            .map(Expr::slots)
            .for_each(|slots| slots.iter().for_each(|slot| self.require(slot)));
        let disjoint = self.known_rivals(position);
        let disjoint = disjoint.map(|other| self.edges[other].slot).collect();
        Some(Trail {
            from,
            to,
            direction: direction(edge, from_start),
            types: edge.types.clone(),
            length,
            edges: Some(edge.slot),
            reversed: from_start == edge.reversed,
            edge_predicate: edge
                .edge_predicate
                .clone()
                .filter(|(_, all)| !all.is_empty()),
            disjoint,
        })
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
        self.push(Op::Intersect {
            node: target,
            arms: listed,
        });
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

    /// Pre-aggregates the rows by their live slots.
    fn compact(&mut self) {
        let mut live = self.needed.clone();
        self.predicates
            .iter()
            .flatten()
            .for_each(|predicate| live.unite(&predicate.reads));
        for (need, _) in self.needs.iter().flatten() {
            need.reads.iter().for_each(|slot| live.insert(*slot));
            live.subtract(&need.apply.kind.adds());
        }
        for (position, edge) in self.edges.iter().enumerate() {
            if !self.solved[position] {
                [edge.from, edge.to]
                    .into_iter()
                    .for_each(|slot| live.insert(slot));
                edge.edge_predicate
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
        for (step, _) in self
            .edges
            .iter()
            .filter_map(|edge| edge.edge_predicate.as_ref())
        {
            live.remove(*step);
        }
        self.push(Op::PreAggregate {
            keys: live.iter().collect(),
        });
    }
}

/// For each relationship, those that it must be tested to differ from.
fn rivals(graph: &QueryGraph) -> Vec<Vec<usize>> {
    let mut rivals = vec![Vec::new(); graph.edges.len()];
    for (one, other) in distinct_pairs(graph) {
        rivals[one].push(other);
        rivals[other].push(one);
    }
    rivals
}

fn direction(edge: &PatternEdge, from_start: bool) -> Direction {
    if from_start {
        edge.direction
    } else {
        edge.direction.reversed()
    }
}
