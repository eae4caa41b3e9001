//! Hash joins: parts of a pattern that are matched on their own, once per statement, and joined with the rest.
//!
//! A part is joined on the nodes that it shares with the rest (a bushy plan), or on equalities between its properties
//! and the rest, the input rows included (`MATCH (n {id: row.id})`).

use std::collections::BTreeMap;

use crate::{
    base::Span,
    optimize::pattern::{
        Part, PlannedStep, Step,
        emit::{Emitter, Pending},
        problem::{Equality, Form, Mask, Problem},
        search::{Move, State, full, members, size},
    },
    plan::{Expr, Node, Op, SlotSet},
};

/// Maximum number of parts per size.
const BEAM: usize = 12;
/// Maximum number of relationships of a pattern whose parts are joined on shared nodes.
const MOST_SHARED: usize = 8;
/// Minimum number of rows for a join on shared nodes; below it, expanding costs less.
const WORTH_JOINING: f64 = 1_000.0;

impl Problem<'_> {
    /// The candidates for the build sides of hash joins: the lowest-cost plan of each part without bound nodes.
    pub(super) fn parts(&self) -> Vec<Part> {
        if self.equalities.is_empty() && !self.may_share() {
            return Vec::new();
        }
        let start = State {
            nodes: 0,
            edges: 0,
            rows: 1.0,
            cost: 0.0,
            steps: Vec::new(),
        };
        let mut parts = Vec::new();
        let mut levels: BTreeMap<u32, BTreeMap<(Mask, Mask), State>> = BTreeMap::new();
        levels.entry(0).or_default().insert((0, 0), start);
        while let Some((_, level)) = levels.pop_first() {
            let mut states: Vec<State> = level.into_values().collect();
            states.sort_by(|one, other| one.cost.total_cmp(&other.cost));
            states.truncate(BEAM);
            for state in states {
                for option in self.moves(&state) {
                    if !self.is_independent(&option) {
                        continue;
                    }
                    let next = self.apply_alone(&state, &option);
                    let known = levels.entry(size(&next)).or_default();
                    match known.get(&(next.nodes, next.edges)) {
                        Some(known) if known.cost <= next.cost => {}
                        _ => drop(known.insert((next.nodes, next.edges), next)),
                    }
                }
                if state.nodes != 0 && self.is_joinable(&state) {
                    parts.push(Part {
                        nodes: state.nodes,
                        edges: state.edges,
                        rows: state.rows,
                        cost: state.cost,
                        steps: state.steps,
                    });
                }
            }
        }
        parts
    }

    /// True if joins on shared nodes are considered: there are several relationships, but not too many.
    fn may_share(&self) -> bool {
        let edges = self.edges.len();
        (2..=MOST_SHARED).contains(&edges)
            && self.edges.iter().any(|edge| edge.total >= WORTH_JOINING)
    }

    /// True if a step reads only the pattern, and nothing that is bound.
    fn is_independent(&self, option: &Move) -> bool {
        let lookup = match option.step {
            Step::Seek(position) => self.lookups[position].local,
            _ => true,
        };
        let edges = members(option.edges).all(|edge| {
            let edge = &self.edges[edge];
            let ends: Mask = (1 << edge.from) | (1 << edge.to);
            edge.local && edge.form == Form::Plain && ends & self.bound_nodes == 0
        });
        lookup && edges && option.nodes & self.bound_nodes == 0
    }

    /// A step of a part: only predicates that read the pattern are evaluated, and rows are not merged.
    fn apply_alone(&self, state: &State, option: &Move) -> State {
        let nodes = state.nodes | option.nodes;
        let edges = state.edges | option.edges;
        let fits = |nodes: Mask, edges: Mask| {
            move |condition: &Mask2| condition.0 & !nodes == 0 && condition.1 & !edges == 0
        };
        let (now, before) = (fits(nodes, edges), fits(state.nodes, state.edges));
        let local = self.conditions.iter().filter(|condition| condition.local);
        let decided = local.filter(|condition| {
            let masks = (condition.nodes, condition.edges);
            now(&masks) && !before(&masks)
        });
        let rows = option.rows * decided.map(|condition| condition.share).product::<f64>();
        let mut steps = state.steps.clone();
        steps.push(PlannedStep {
            step: option.step,
            found: option.rows,
            rows,
        });
        State {
            nodes,
            edges,
            rows,
            cost: state.cost + option.work,
            steps,
        }
    }

    /// True if a part can be joined with the rest: on an equality, or on a node that has other relationships.
    fn is_joinable(&self, part: &State) -> bool {
        let by_equality = self.equalities.iter();
        let mut by_equality =
            by_equality.filter_map(|equality| side(equality, part.nodes, part.edges));
        let shares = part.edges != 0
            && part.edges != full(self.edges.len())
            && self.may_share()
            && members(part.nodes).any(|node| self.nodes[node].edges & !part.edges != 0);
        by_equality.next().is_some() || shares
    }

    /// The hash joins that a state allows.
    pub(super) fn joins(&self, state: &State, parts: &[Part]) -> Vec<Move> {
        let candidates = parts.iter().enumerate();
        candidates
            .filter_map(|(position, part)| self.join(state, position, part))
            .collect()
    }

    fn join(&self, state: &State, position: usize, part: &Part) -> Option<Move> {
        if state.edges & part.edges != 0 {
            return None;
        }
        let shared = state.nodes & part.nodes;
        let equalities = if shared == 0 {
            self.by_equality(state, part)
        } else {
            Vec::new()
        };
        let worth = state.rows >= WORTH_JOINING && state.rows >= part.rows && part.edges != 0;
        if equalities.is_empty() && (shared == 0 || !worth) {
            return None;
        }
        let overlap: f64 = members(shared).map(|node| self.matches(node)).product();
        let equal = equalities.iter();
        let equal: f64 = equal.map(|at| self.conditions[*at].share).product();
        let rows = state.rows * part.rows * equal / overlap.max(1.0);
        let own = self.conditions.iter().enumerate();
        let own = own.filter(|(_, condition)| {
            let inside = condition.nodes & !part.nodes == 0 && condition.edges & !part.edges == 0;
            condition.local && inside
        });
        let counted = own.map(|(at, _)| at).chain(equalities).collect();
        // The table is built once, not for each input row.
        let build = (part.cost + 2.0 * part.rows) / self.input_rows;
        Some(Move {
            step: Step::Join(position),
            nodes: part.nodes & !state.nodes,
            edges: part.edges,
            rows,
            work: build + state.rows * 1.5 + rows,
            counted,
        })
    }

    /// The conditions that connect a state and a part that share no node by an equality.
    fn by_equality(&self, state: &State, part: &Part) -> Vec<usize> {
        let known = self.equalities.iter().filter(|equality| {
            side(equality, part.nodes, part.edges).is_some_and(|own| {
                let rest = equality.reads[1 - own];
                rest.nodes & !state.nodes == 0 && rest.edges & !state.edges == 0
            })
        });
        known.map(|equality| equality.condition).collect()
    }

    /// The expected number of nodes that satisfy the predicates on one node.
    fn matches(&self, node: usize) -> f64 {
        let own = self.conditions.iter();
        let own = own.filter(|condition| {
            condition.local && condition.nodes == 1 << node && condition.edges == 0
        });
        self.nodes[node].scan * own.map(|condition| condition.share).product::<f64>()
    }

    /// The pairs of expressions that a part can be joined on by equalities: over the rest, over the part.
    pub(super) fn join_keys(&self, part: &Part) -> Vec<(Expr, Expr)> {
        let keys = self.equalities.iter().filter_map(|equality| {
            let own = side(equality, part.nodes, part.edges)?;
            let [one, other] = &equality.sides;
            Some(if own == 0 {
                (other.clone(), one.clone())
            } else {
                (one.clone(), other.clone())
            })
        });
        keys.collect()
    }
}

type Mask2 = (Mask, Mask);

/// The position of the side of an equality that reads only a part, if the other side reads nothing of it.
fn side(equality: &Equality, nodes: Mask, edges: Mask) -> Option<usize> {
    (0..2).find(|own| {
        let (own, rest) = (equality.reads[*own], equality.reads[1 - own]);
        let inside = own.nodes & !nodes == 0 && own.edges & !edges == 0;
        let reads = own.nodes | own.edges != 0;
        own.local && inside && reads && rest.nodes & nodes == 0 && rest.edges & edges == 0
    })
}

impl Emitter<'_, '_, '_> {
    /// Joins the plan with a part of the pattern.
    pub(super) fn join(&mut self, position: usize) {
        let (part, keys) = &self.joins[position];
        let nodes: Vec<_> = members(part.nodes).collect();
        let edges: Vec<_> = members(part.edges).collect();
        let shared = nodes.iter().map(|node| self.nodes[*node].slot);
        let shared = shared.filter(|slot| !self.missing.contains(*slot));
        let shared: Vec<Expr> = shared
            .map(|slot| Expr::slot(slot, Span::default()))
            .collect();
        let keys = if shared.is_empty() {
            // The probe side of an equality may not be filled yet.
            let known = |expr: &Expr| expr.slots().is_disjoint(&self.missing);
            keys.iter()
                .filter(|(rest, _)| known(rest))
                .cloned()
                .collect()
        } else {
            shared.into_iter().map(|key| (key.clone(), key)).collect()
        };
        let build = self.part(part);
        self.plan = Op::HashJoin { keys }.over(vec![self.plan.take(), build]);
        for node in nodes {
            self.fill(self.nodes[node].slot);
        }
        let rivals = edges.iter().map(|edge| self.rival_tests(*edge));
        let rivals: Vec<Expr> = rivals.flatten().collect();
        self.tests.extend(rivals);
        for edge in edges {
            self.fill(self.edges[edge].slot);
            self.solved[edge] = true;
        }
        let own = self.slots_of(part);
        for predicate in &mut self.predicates {
            predicate.take_if(|it| it.reads.is_subset(&own));
        }
    }

    /// The plan of a part, with all predicates that read nothing else.
    fn part(&mut self, part: &Part) -> Node {
        let own = self.slots_of(part);
        let local = self.all.iter().map(|expr| {
            let pending = Pending::new(expr.clone());
            let local = pending.reads.is_subset(&own) && !pending.reads.is_empty();
            local.then_some(pending)
        });
        let mut plan = Op::Unit.leaf();
        plan.rows = 1.0;
        let mut emitter = Emitter {
            base: 1.0,
            plan,
            missing: own.clone(),
            predicates: local.collect(),
            all: self.all,
            tests: Vec::new(),
            needs: Vec::new(),
            nodes: self.nodes,
            edges: self.edges,
            lookups: self.lookups,
            joins: &[],
            solved: vec![false; self.edges.len()],
            rivals: self.rivals.clone(),
            labels: Vec::new(),
            needed: self.needed,
            planner: self.planner,
        };
        emitter.run(&part.steps);
        emitter.plan
    }

    fn slots_of(&self, part: &Part) -> SlotSet {
        let nodes = members(part.nodes).map(|node| self.nodes[node].slot);
        let edges = members(part.edges).map(|edge| self.edges[edge].slot);
        nodes.chain(edges).collect()
    }
}
