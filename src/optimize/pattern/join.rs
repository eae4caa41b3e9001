//! Hash joins: parts of a pattern that are matched on their own, once per statement, and joined with the rest.
//!
//! A part is joined on the nodes that it shares with the rest (a bushy plan), or on equalities between its properties
//! and the rest, the input rows included (`MATCH (n {id: row.id})`).

use crate::{
    base::Span,
    optimize::pattern::{
        Step,
        elements::{Elements, members},
        emit::Emitter,
        problem::{Equality, Form, Problem},
        search::{Move, State, explore},
    },
    plan::{Expr, Node, Op, SlotSet, SubqueryNeed},
};

/// Maximum number of parts per size.
const BEAM: usize = 12;
/// Maximum number of relationships of a pattern whose parts are joined on shared nodes.
const MOST_SHARED: usize = 8;
/// Minimum number of rows for a join on shared nodes; below it, expanding costs less.
const WORTH_JOINING: f64 = 1_000.0;

impl Problem<'_> {
    /// The candidates for the build sides of hash joins: the lowest-cost plan of each part without bound nodes.
    pub(super) fn parts(&self) -> Vec<State> {
        let mut parts = Vec::new();
        if self.equalities.is_empty() && !self.may_share() {
            return parts;
        }
        explore(State::start(Elements::default()), BEAM, |state| {
            if self.is_joinable(state) {
                parts.push(state.clone());
            }
            let moves = self.moves(state).into_iter();
            let moves = moves.filter(|option| self.is_independent(option));
            // Only predicates that read the pattern are evaluated, and rows are not merged.
            let share = |option: &Move| {
                self.decided(state.known, option.adds, |_, condition| {
                    condition.reads.local
                })
            };
            moves
                .map(|option| state.after(&option, share(&option)))
                .collect()
        });
        parts
    }

    /// True if joins on shared nodes are considered: there are several relationships, but not too many.
    fn may_share(&self) -> bool {
        let edges = self.edges.len();
        (2..=MOST_SHARED).contains(&edges)
            && self.edges.iter().any(|edge| edge.total >= WORTH_JOINING)
    }

    /// True if a step reads only the pattern, and nothing that is bound.
    pub(super) fn is_independent(&self, option: &Move) -> bool {
        let lookup = match option.step {
            Step::Seek(position) => self.lookups[position].reads.local,
            _ => true,
        };
        let mut edges = members(option.adds.edges).map(|edge| &self.edges[edge]);
        lookup
            && self.bound.is_disjoint(option.adds)
            && edges.all(|edge| {
                edge.reads.local && edge.form == Form::Plain && self.bound.is_disjoint(edge.ends())
            })
    }

    /// True if a part can be joined with the rest: on an equality, or on a node that has other relationships.
    fn is_joinable(&self, part: &State) -> bool {
        let mut equalities = self.equalities.iter();
        let shares = || {
            let edges = part.known.edges;
            let open = |node: usize| self.nodes[node].edges & !edges != 0;
            edges != 0
                && edges != self.all().edges
                && self.may_share()
                && members(part.known.nodes).any(open)
        };
        part.known.nodes != 0
            && (equalities.any(|equality| side(equality, part).is_some()) || shares())
    }

    /// The hash joins that a state allows.
    pub(super) fn joins(&self, state: &State, parts: &[State]) -> Vec<Move> {
        let candidates = parts.iter().enumerate();
        candidates
            .filter_map(|(position, part)| self.join(state, position, part))
            .collect()
    }

    fn join(&self, state: &State, position: usize, part: &State) -> Option<Move> {
        if state.known.edges & part.known.edges != 0 {
            return None;
        }
        let shared = state.known.nodes & part.known.nodes;
        let equalities = if shared == 0 {
            self.by_equality(state, part)
        } else {
            Vec::new()
        };
        let worth = state.rows >= WORTH_JOINING && state.rows >= part.rows && part.known.edges != 0;
        if equalities.is_empty() && (shared == 0 || !worth) {
            return None;
        }
        let overlap: f64 = members(shared).map(|node| self.matching(node)).product();
        let equal = equalities.iter();
        let equal: f64 = equal.map(|at| self.conditions[*at].share).product();
        let rows = state.rows * part.rows * equal / overlap.max(1.0);
        let own = self.conditions.iter().enumerate();
        let own = own.filter(|(_, condition)| {
            condition.reads.local && part.known.contains(condition.reads.elements)
        });
        let counted = own.map(|(at, _)| at).chain(equalities).collect();
        // The table is built once, not for each input row.
        let build = (part.cost + 2.0 * part.rows) / self.input_rows;
        Some(Move {
            step: Step::Join(position),
            adds: part.known.minus(state.known),
            rows,
            work: build + state.rows * 1.5 + rows,
            counted,
            fold: part.fold,
        })
    }

    /// The conditions that connect a state and a part that share no node by an equality.
    fn by_equality(&self, state: &State, part: &State) -> Vec<usize> {
        let known = self.equalities.iter().filter(|equality| {
            side(equality, part)
                .is_some_and(|own| state.known.contains(equality.reads[1 - own].elements))
        });
        known.map(|equality| equality.condition).collect()
    }

    /// The expected number of nodes that satisfy the predicates on one node.
    fn matching(&self, node: usize) -> f64 {
        let own = self.conditions.iter();
        let own = own.filter(|condition| {
            condition.reads.local && condition.reads.elements == Elements::node(node)
        });
        self.nodes[node].scan * own.map(|condition| condition.share).product::<f64>()
    }

    /// The pairs of expressions that a part can be joined on by equalities: over the rest, over the part.
    pub(super) fn join_keys(&self, part: &State) -> Vec<(Expr, Expr)> {
        let keys = self.equalities.iter().filter_map(|equality| {
            let own = side(equality, part)?;
            let [own, rest] = [own, 1 - own].map(|side| equality.sides[side].clone());
            Some((rest, own))
        });
        keys.collect()
    }
}

/// The position of the side of an equality that reads only a part, if the other side reads nothing of it.
fn side(equality: &Equality, part: &State) -> Option<usize> {
    (0..2).find(|own| {
        let [own, rest] = [*own, 1 - own].map(|side| equality.reads[side]);
        own.local
            && part.known.contains(own.elements)
            && !own.elements.is_empty()
            && part.known.is_disjoint(rest.elements)
    })
}

impl Emitter<'_, '_, '_> {
    /// Joins the plan with a part of the pattern.
    pub(super) fn join(&mut self, position: usize) {
        let (part, equalities) = &self.pattern.joins[position];
        let mut own = self.slots_of(part.known);
        let nodes = members(part.known.nodes).map(|node| self.node(node));
        let shared: Vec<_> = nodes.filter(|slot| !self.missing.contains(*slot)).collect();
        let keys = if shared.is_empty() {
            // The probe side of an equality may not be filled yet.
            let known = |expr: &Expr| expr.slots().is_disjoint(&self.missing);
            let keys = equalities.iter().filter(|(rest, _)| known(rest));
            keys.cloned().collect()
        } else {
            let keys = shared.iter().map(|slot| Expr::slot(*slot, Span::default()));
            keys.map(|key| (key.clone(), key)).collect()
        };
        let (build, results) = self.part(part, &own);
        self.plan = Op::HashJoin { keys }.over(vec![self.plan.take(), build]);
        own.unite(&results);
        own.iter().for_each(|slot| self.fill(slot));
        for edge in members(part.known.edges) {
            let tests = self.rival_tests(edge);
            self.tests.extend(tests);
        }
        members(part.known.edges).for_each(|edge| self.solved[edge] = true);
        self.waiting.drop_within(&own);
    }

    /// The plan of a part, with all predicates that read nothing else, and the slots that its subqueries fill.
    pub(super) fn part(&mut self, part: &State, own: &SlotSet) -> (Node, SlotSet) {
        let mut start = Op::Unit.leaf();
        start.rows = 1.0;
        let within = |need: &SubqueryNeed| {
            let mut reads = need.reads.iter();
            !need.reads.is_empty() && reads.all(|slot| own.contains(*slot))
        };
        let needs = self.needs.iter_mut();
        let needs = needs.map(|need| need.take_if(|(need, _)| within(need)));
        let needs: Vec<_> = needs.collect();
        let moved = needs.iter().flatten();
        let moved = moved.flat_map(|(need, _)| need.apply.kind.adds()).copied();
        let mut results: SlotSet = moved.collect();
        let mut missing = own.clone();
        missing.unite(&results);
        let mut emitter = Emitter::new(self.planner, self.pattern, start, missing, needs);
        for expr in &self.pattern.graph.predicates {
            let reads = expr.slots();
            let local = reads.is_subset(&emitter.missing) && !reads.is_empty();
            emitter.wait(local.then_some(expr));
        }
        emitter.run(&part.steps);
        let (plan, left, missing) = (emitter.plan, emitter.needs, emitter.missing);
        // A subquery whose result is only read with the rest waits for the join.
        for (need, left) in self.needs.iter_mut().zip(left) {
            *need = need.take().or(left);
        }
        results.subtract(&missing);
        (plan, results)
    }

    pub(super) fn slots_of(&self, elements: Elements) -> SlotSet {
        let nodes = members(elements.nodes).map(|node| self.node(node));
        let edges = members(elements.edges).map(|edge| self.edge(edge).slot);
        nodes.chain(edges).collect()
    }
}
