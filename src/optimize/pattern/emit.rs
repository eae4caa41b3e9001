//! Turns steps into operators. Each step is followed by the predicates that it makes ready.

use std::collections::HashMap;

use crate::{
    optimize::{
        Planner, cost,
        pattern::{
            PlannedPattern, PlannedStep, Step,
            lookup::{Candidate, Target, label_of},
            waiting::Waiting,
        },
    },
    plan::{
        Arm, Expand, Expr, IndexSeek, Named, Node, Op, PatternEdge, RelationshipSeek, ShortestPath,
        Slot, SlotSet, SubqueryNeed, Trail, TrailMode,
    },
    value::LabelId,
};

/// The plan under construction.
pub(super) struct Emitter<'e, 'p, 's> {
    pub(super) planner: &'e mut Planner<'p>,
    pub(super) pattern: &'s PlannedPattern<'s>,
    pub(super) plan: Node,
    /// The estimated number of input rows.
    base: f64,
    /// The slots of the pattern that are not filled yet.
    pub(super) missing: SlotSet,
    /// The predicates that are not evaluated yet.
    pub(super) waiting: Waiting,
    /// The uniqueness tests of known relationships that are not evaluated yet.
    pub(super) tests: Vec<Expr>,
    /// The subqueries that are not placed yet.
    pub(super) needs: Vec<Option<(SubqueryNeed, Node)>>,
    /// By position: true if the relationship is known.
    pub(super) solved: Vec<bool>,
    /// Known labels of nodes, to drop label tests that a relationship implies.
    pub(super) labels: HashMap<Slot, Vec<LabelId>>,
}

impl<'e, 'p, 's> Emitter<'e, 'p, 's> {
    /// A plan that starts at `plan`, whose rows lack the slots in `missing`. It places the subqueries in `needs`.
    pub(super) fn new(
        planner: &'e mut Planner<'p>,
        pattern: &'s PlannedPattern<'s>,
        plan: Node,
        missing: SlotSet,
        needs: Vec<Option<(SubqueryNeed, Node)>>,
    ) -> Self {
        Self {
            planner,
            pattern,
            base: plan.rows,
            plan,
            missing,
            waiting: Waiting::default(),
            tests: Vec::new(),
            needs,
            solved: vec![false; pattern.graph.edges.len()],
            labels: HashMap::new(),
        }
    }

    /// The slot of a node of the pattern.
    pub(super) fn node(&self, position: usize) -> Slot {
        self.pattern.graph.nodes[position].slot
    }

    /// A relationship of the pattern.
    pub(super) fn edge(&self, position: usize) -> &'s PatternEdge {
        &self.pattern.graph.edges[position]
    }

    /// Adds a predicate; `None` keeps its position free.
    pub(super) fn wait(&mut self, predicate: Option<&Expr>) {
        self.waiting.push(predicate.cloned(), &self.missing);
    }

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
            Step::Scan(node) => self.scan(self.node(node)),
            Step::Seek(lookup) => self.seek(&self.pattern.lookups[lookup]),
            Step::Edges(edge) => self.edge_scan(edge),
            Step::Expand(edge, from_start) => self.expand(edge, from_start),
            Step::Into(edge) => self.into(edge),
            Step::Intersect(node) => self.intersect(self.node(node)),
            Step::PreAggregate => self.compact(),
            Step::Join(part) => self.join(part),
            Step::Message(branch) => self.message(branch),
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
        if self.missing.contains(slot) {
            self.missing.remove(slot);
            self.waiting.fill(slot);
        }
    }

    pub(super) fn scan(&mut self, node: Slot) {
        let label = self.take_label(node);
        self.push(Op::NodeScan { node, label });
        self.fill(node);
    }

    /// Takes the label test of a node with the rarest label, for a scan to answer.
    fn take_label(&mut self, node: Slot) -> Option<Named<LabelId>> {
        let stats = self.planner.stats;
        let readers = self.waiting.readers(node);
        let labels = readers.filter_map(|(at, test)| Some((at, label_of(&test.expr, node)?)));
        let (at, label) = labels.min_by(|one, other| {
            cost::nodes(stats, Some(one.1.id)).total_cmp(&cost::nodes(stats, Some(other.1.id)))
        })?;
        let label = label.clone();
        self.waiting.drop(at);
        self.learn(node, label.id);
        Some(label)
    }

    /// Records a label of a node.
    pub(super) fn learn(&mut self, node: Slot, label: LabelId) {
        self.labels.entry(node).or_default().push(label);
    }

    fn seek(&mut self, candidate: &Candidate) {
        // The values to find may be the result of a subquery.
        let reads = candidate.probe.slots();
        reads.iter().for_each(|slot| self.require(slot));
        let may_fail = candidate.probe.may_fail();
        let node = match candidate.target {
            Target::Node(node) => Some(self.node(node)),
            Target::Edge(_) => None,
        };
        for answered in &candidate.answers {
            let predicate = &self.pattern.graph.predicates[*answered];
            let is_label = node.is_some_and(|node| label_of(predicate, node).is_some());
            if !may_fail || is_label {
                self.waiting.drop(*answered);
            }
        }
        match candidate.target {
            Target::Node(node) => self.node_seek(self.node(node), candidate),
            Target::Edge(edge) => self.edge_seek(edge, candidate),
        }
    }

    fn node_seek(&mut self, node: Slot, candidate: &Candidate) {
        if let Some(label) = &candidate.label {
            self.learn(node, label.id);
        }
        self.push(Op::IndexSeek(IndexSeek {
            node,
            label: candidate.label.clone(),
            probe: candidate.probe.clone(),
        }));
        self.fill(node);
    }

    fn edge_seek(&mut self, position: usize, candidate: &Candidate) {
        let edge = self.edge(position);
        let (from, to) = (edge.from, edge.to);
        self.push(Op::RelationshipSeek(RelationshipSeek {
            edge: edge.slot,
            from,
            to,
            kind: edge.types[0].clone(),
            direction: edge.direction,
            probe: candidate.probe.clone(),
        }));
        self.fill_edge(position, from, to);
    }

    fn edge_scan(&mut self, position: usize) {
        let edge = self.edge(position);
        let (from, to) = (edge.from, edge.to);
        self.push(Op::RelationshipScan {
            edge: edge.slot,
            from,
            to,
            types: edge.types.clone(),
            direction: edge.direction,
        });
        self.fill_edge(position, from, to);
    }

    /// Marks a relationship and both its ends as known.
    fn fill_edge(&mut self, position: usize, from: Slot, to: Slot) {
        self.fill(from);
        self.fill(to);
        self.solve(position);
        self.drop_implied(position, from, to);
        self.drop_implied(position, to, from);
    }

    fn expand(&mut self, position: usize, from_start: bool) {
        let edge = self.edge(position);
        let from = if from_start { edge.from } else { edge.to };
        let to = edge.other(from);
        if edge.length.is_some() {
            self.add_trail(position, from, false);
        } else {
            self.push(Op::Expand(expansion(edge, from)));
        }
        self.fill(to);
        self.solve(position);
        self.drop_implied(position, from, to);
    }

    fn into(&mut self, position: usize) {
        let edge = self.edge(position);
        if edge.bound {
            self.bound(position);
        } else if edge.length.is_some() {
            self.add_trail(position, edge.from, true);
        } else {
            self.push(Op::ExpandInto(expansion(edge, edge.from)));
        }
        self.solve(position);
    }

    /// Adds the operator for a trail that starts at `from`. `into` is true if its other end is filled.
    fn add_trail(&mut self, position: usize, from: Slot, into: bool) {
        let Some(trail) = self.trail(position, from) else {
            return;
        };
        self.push(match (self.edge(position).shortest, into) {
            (Some(selector), _) => Op::ShortestPath(ShortestPath {
                trail,
                selector,
                node_predicate: None,
            }),
            (None, true) => Op::VarExpandInto(trail),
            (None, false) => Op::VarExpand(trail),
        });
    }

    /// The trail of a variable-length relationship that starts at `from`.
    pub(super) fn trail(&mut self, position: usize, from: Slot) -> Option<Trail> {
        let edge = self.edge(position);
        let length = edge.length?;
        let predicates = edge.edge_predicate.iter().flat_map(|(_, all)| all);
        for slots in predicates.map(Expr::slots) {
            slots.iter().for_each(|slot| self.require(slot));
        }
        let disjoint = self.known_rivals(position);
        let disjoint = disjoint.map(|other| self.edge(other).slot).collect();
        let predicate = edge.edge_predicate.clone();
        Some(Trail {
            from,
            to: edge.other(from),
            direction: edge.direction_from(from),
            types: edge.types.clone(),
            length,
            edges: Some(edge.slot),
            reversed: (from == edge.from) == edge.reversed,
            edge_predicate: predicate.filter(|(_, all)| !all.is_empty()),
            disjoint,
            mode: TrailMode::All,
        })
    }

    fn intersect(&mut self, target: Slot) {
        // The rows of a part of the pattern do not hold the nodes of the rest.
        let filled = self.plan.fills();
        let known = |slot: Slot| slot != target && filled.contains(slot);
        let edges = self.pattern.graph.edges.iter().enumerate();
        let arms = edges.filter(|(position, edge)| {
            let touches = edge.from == target || edge.to == target;
            let open = !self.solved[*position] && edge.length.is_none() && !edge.bound;
            open && touches && known(edge.other(target))
        });
        let arms: Vec<(usize, &PatternEdge)> = arms.collect();
        let arm = |edge: &PatternEdge| {
            let from = edge.other(target);
            Arm {
                from,
                direction: edge.direction_from(from),
                types: edge.types.clone(),
                edge: Some(edge.slot),
            }
        };
        self.push(Op::Intersect {
            node: target,
            arms: arms.iter().map(|(_, edge)| arm(edge)).collect(),
        });
        self.fill(target);
        for (position, edge) in arms {
            self.solve(position);
            self.drop_implied(position, edge.other(target), target);
        }
    }

    /// Pre-aggregates the rows by their live slots.
    fn compact(&mut self) {
        let mut live = self.pattern.needed.clone();
        for predicate in self.waiting.all() {
            live.extend(predicate.reads.iter().copied());
        }
        for (need, _) in self.needs.iter().flatten() {
            live.extend(need.reads.iter().copied());
            need.apply
                .kind
                .adds()
                .iter()
                .for_each(|slot| live.remove(*slot));
        }
        for (position, edge) in self.pattern.graph.edges.iter().enumerate() {
            if !self.solved[position] {
                live.extend([edge.from, edge.to]);
                let predicates = edge.edge_predicate.iter().flat_map(|(_, all)| all);
                predicates.for_each(|expr| expr.add_slots(&mut live));
            }
            let mut rivals = self.pattern.rivals[position].iter();
            if rivals.any(|other| !self.solved[*other]) {
                live.insert(edge.slot);
            }
        }
        live.subtract(&self.missing);
        // A part of the pattern, and rows that messages have multiplied, do not hold the rest.
        live.intersect(&self.plan.fills());
        let trails = self.pattern.graph.edges.iter();
        for (element, _) in trails.filter_map(|edge| edge.edge_predicate.as_ref()) {
            live.remove(*element);
        }
        self.push(Op::PreAggregate {
            keys: live.iter().collect(),
        });
    }
}

/// The expansion of one relationship from one of its ends.
fn expansion(edge: &PatternEdge, from: Slot) -> Expand {
    Expand {
        from,
        direction: edge.direction_from(from),
        types: edge.types.clone(),
        edge: Some(edge.slot),
        to: Some(edge.other(from)),
    }
}
