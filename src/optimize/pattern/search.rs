//! The lowest-cost steps to match a pattern, by dynamic programming over the sets of known nodes and relationships.
//!
//! A state is a pair of bit sets; only the lowest-cost plan for it is kept. States are expanded in order of size. A
//! beam of the best states per size bounds the time; if it drops none, the search is exhaustive among left-deep plans.

use std::collections::BTreeMap;

use crate::optimize::pattern::{
    Part, PlannedStep, Step,
    problem::{Form, Mask, Problem},
};

/// Maximum number of states per size that are expanded.
const BEAM: usize = 48;
/// Minimum number of rows for a pre-aggregation.
const WORTH_MERGING: f64 = 2000.0;
/// Maximum number of rows of an index lookup that may be used while known nodes have unmatched relationships.
const FEW: f64 = 8.0;

/// A partial plan.
#[derive(Clone)]
pub(super) struct State {
    pub(super) nodes: Mask,
    pub(super) edges: Mask,
    pub(super) rows: f64,
    pub(super) cost: f64,
    pub(super) steps: Vec<PlannedStep>,
}

/// The effect of a step on a state.
pub(super) struct Move {
    pub(super) step: Step,
    pub(super) nodes: Mask,
    pub(super) edges: Mask,
    /// The number of rows before the predicates that the step makes ready.
    pub(super) rows: f64,
    /// The cost of the step.
    pub(super) work: f64,
    /// The positions of the conditions that `rows` already includes.
    pub(super) counted: Vec<usize>,
}

impl Problem<'_> {
    /// The lowest-cost steps. `parts` are candidates for the build sides of hash joins.
    pub(super) fn search(&self, parts: &[Part]) -> Vec<PlannedStep> {
        let all_nodes = full(self.nodes.len());
        let all_edges = full(self.edges.len());
        let start = State {
            nodes: self.bound_nodes,
            edges: 0,
            rows: 1.0,
            cost: 0.0,
            steps: Vec::new(),
        };
        let mut levels: BTreeMap<u32, BTreeMap<(Mask, Mask), State>> = BTreeMap::new();
        levels
            .entry(size(&start))
            .or_default()
            .insert((start.nodes, start.edges), start);
        while let Some((_, level)) = levels.pop_first() {
            let mut states: Vec<State> = level.into_values().collect();
            states.sort_by(|one, other| one.cost.total_cmp(&other.cost));
            states.truncate(BEAM);
            if let Some(done) = states
                .iter()
                .find(|state| state.nodes == all_nodes && state.edges == all_edges)
            {
                return done.steps.clone();
            }
            for state in &states {
                let joins = self.joins(state, parts);
                for option in self.moves(state).into_iter().chain(joins) {
                    let next = self.apply(state, option);
                    let slot = levels.entry(size(&next)).or_default();
                    match slot.get(&(next.nodes, next.edges)) {
                        Some(known) if known.cost <= next.cost => {}
                        _ => drop(slot.insert((next.nodes, next.edges), next)),
                    }
                }
            }
        }
        Vec::new()
    }

    /// The steps that a state allows, without hash joins, in a fixed order.
    pub(super) fn moves(&self, state: &State) -> Vec<Move> {
        let mut moves = Vec::new();
        let mut frontier = false;
        for (position, edge) in self.edges.iter().enumerate() {
            let bit = 1 << position;
            if state.edges & bit != 0
                || edge.requires & !state.nodes != 0
                || edge.requires_edges & !state.edges != 0
            {
                continue;
            }
            let (from, to) = (
                state.nodes >> edge.from & 1 == 1,
                state.nodes >> edge.to & 1 == 1,
            );
            if edge.form == Form::Shortest && !(from && to) {
                continue;
            }
            frontier |= from || to || edge.form == Form::Bound;
            moves.extend(self.edge_move(state, position, from, to));
        }
        moves.extend(self.intersections(state));
        for (position, lookup) in self.lookups.iter().enumerate() {
            let ready = lookup.nodes & !state.nodes == 0 && lookup.edges & !state.edges == 0;
            let fresh = state.nodes >> lookup.node & 1 == 0;
            if ready && fresh && (!frontier || lookup.rows <= FEW) {
                let step = Step::Seek(position);
                let option = self.node_move(state, step, lookup.node, lookup.rows);
                // The number of rows already includes the predicates that the lookup answers.
                moves.push(Move {
                    counted: lookup.answers.clone(),
                    ..option
                });
            }
        }
        if !frontier {
            moves.extend(self.scans(state));
        }
        moves
    }

    /// Scans of unknown nodes, and of relationships whose two nodes are unknown.
    fn scans(&self, state: &State) -> Vec<Move> {
        let mut moves = Vec::new();
        for (position, node) in self.nodes.iter().enumerate() {
            if state.nodes >> position & 1 == 0 {
                moves.push(self.node_move(state, Step::Scan(position), position, node.scan));
            }
        }
        for (position, edge) in self.edges.iter().enumerate() {
            let ends: Mask = (1 << edge.from) | (1 << edge.to);
            let fresh =
                state.edges >> position & 1 == 0 && state.nodes & ends == 0 && edge.from != edge.to;
            if fresh && edge.form == Form::Plain && edge.requires & !state.nodes == 0 {
                let found =
                    state.rows * edge.share * self.nodes[edge.from].size * self.nodes[edge.to].size;
                moves.push(Move {
                    step: Step::Edges(position),
                    nodes: ends,
                    edges: 1 << position,
                    rows: found,
                    work: state.rows * edge.total * 1.5,
                    counted: Vec::new(),
                });
            }
        }
        moves
    }

    fn node_move(&self, state: &State, step: Step, node: usize, found: f64) -> Move {
        let rows = state.rows * found;
        Move {
            step,
            nodes: 1 << node,
            edges: 0,
            rows,
            work: rows + state.rows,
            counted: Vec::new(),
        }
    }

    fn edge_move(&self, state: &State, position: usize, from: bool, to: bool) -> Option<Move> {
        let edge = &self.edges[position];
        let edges = 1 << position;
        let ends: Mask = (1 << edge.from) | (1 << edge.to);
        if edge.form == Form::Bound {
            let rows = state.rows;
            return Some(Move {
                step: Step::Into(position),
                nodes: ends & !state.nodes,
                edges,
                rows,
                work: rows,
                counted: Vec::new(),
            });
        }
        let share = edge.share.max(1e-12);
        match (from, to) {
            (true, true) => {
                let found = state.rows * share;
                let heavy = if edge.form == Form::Plain {
                    2.0
                } else {
                    10.0 + edge.degrees.0
                };
                Some(Move {
                    step: Step::Into(position),
                    nodes: 0,
                    edges,
                    rows: found,
                    work: state.rows * heavy + found,
                    counted: Vec::new(),
                })
            }
            (false, false) => None,
            (from, _) => {
                let (degree, target) = if from {
                    (edge.degrees.0, edge.to)
                } else {
                    (edge.degrees.1, edge.from)
                };
                let found = state.rows * share * self.nodes[target].size;
                let counted =
                    edge.form == Form::Plain && self.only_counted(state, position, target);
                let work = if counted {
                    state.rows
                } else {
                    state.rows * (1.0 + degree)
                };
                let step = Step::Expand(position, from);
                Some(Move {
                    step,
                    nodes: 1 << target,
                    edges,
                    rows: found,
                    work,
                    counted: Vec::new(),
                })
            }
        }
    }

    /// True if expanding a relationship only multiplies rows: neither it nor the node at its end is read.
    fn only_counted(&self, state: &State, edge: usize, target: usize) -> bool {
        let node = 1 << target;
        let other_edges = self.nodes[target].edges & !state.edges & !(1 << edge) != 0;
        let told_apart = self.edges[edge].rivals != 0;
        let read = self.conditions.iter().any(|condition| {
            (condition.nodes & node != 0 && !condition.is_label) || condition.edges >> edge & 1 == 1
        });
        !other_edges
            && !told_apart
            && !read
            && self.needed_nodes & node == 0
            && self.needed_edges >> edge & 1 == 0
    }

    /// Intersections: unknown nodes with two or more relationships to known nodes.
    fn intersections(&self, state: &State) -> Vec<Move> {
        let mut moves = Vec::new();
        for (position, node) in self.nodes.iter().enumerate() {
            if state.nodes >> position & 1 == 1 {
                continue;
            }
            let arms: Vec<usize> = self.arms(state.nodes, state.edges, position);
            if arms.len() < 2 {
                continue;
            }
            let degree = |edge: usize| {
                let edge = &self.edges[edge];
                if edge.to == position {
                    edge.degrees.0
                } else {
                    edge.degrees.1
                }
            };
            let least = arms
                .iter()
                .map(|edge| degree(*edge))
                .fold(f64::INFINITY, f64::min);
            let shares: f64 = arms.iter().map(|edge| self.edges[*edge].share).product();
            let rows = state.rows * shares * node.size;
            moves.push(Move {
                step: Step::Intersect(position),
                nodes: 1 << position,
                edges: arms.iter().fold(0, |mask, edge| mask | 1 << edge),
                rows,
                work: state.rows * (1.0 + least) * 1.5 + rows,
                counted: Vec::new(),
            });
        }
        moves
    }

    /// The unmatched relationships between known nodes and a node.
    fn arms(&self, nodes: Mask, edges: Mask, target: usize) -> Vec<usize> {
        let arm = |position: &usize| {
            let edge = &self.edges[*position];
            let other = if edge.to == target {
                edge.from
            } else {
                edge.to
            };
            edge.form == Form::Plain && nodes >> other & 1 == 1
        };
        members(self.nodes[target].edges & !edges)
            .filter(arm)
            .collect()
    }

    pub(super) fn apply(&self, state: &State, option: Move) -> State {
        let nodes = state.nodes | option.nodes;
        let edges = state.edges | option.edges;
        let conditions = self.conditions.iter().enumerate();
        let decided = conditions.filter(|(position, condition)| {
            let done = option.counted.contains(position);
            let now = condition.nodes & !nodes == 0 && condition.edges & !edges == 0;
            let before = condition.nodes & !state.nodes == 0 && condition.edges & !state.edges == 0;
            now && !before && !done
        });
        let share: f64 = decided.map(|(_, condition)| condition.share).product();
        let mut rows = option.rows * share;
        let mut steps = state.steps.clone();
        let planned = PlannedStep {
            step: option.step,
            found: option.rows,
            rows,
        };
        let mut cost = state.cost + option.work;
        let bound = self.distinct_rows(nodes, edges);
        if self.compact
            && rows > WORTH_MERGING
            && rows > bound * 4.0
            && edges != full(self.edges.len())
        {
            cost += rows;
            steps.push(planned);
            rows = bound;
            steps.push(PlannedStep {
                step: Step::PreAggregate,
                found: rows,
                rows,
            });
        } else {
            steps.push(planned);
        }
        State {
            nodes,
            edges,
            rows,
            cost,
            steps,
        }
    }

    /// The estimated maximum number of rows that differ in live slots; infinite if a relationship is live.
    fn distinct_rows(&self, nodes: Mask, edges: Mask) -> f64 {
        let waiting = |condition: &&crate::optimize::pattern::problem::Condition| {
            condition.nodes & !nodes != 0 || condition.edges & !edges != 0
        };
        let mut live_nodes = self.needed_nodes;
        let mut live_edges = self.needed_edges;
        for condition in self.conditions.iter().filter(waiting) {
            live_nodes |= condition.nodes;
            live_edges |= condition.edges;
        }
        for position in members(full(self.edges.len()) & !edges) {
            let edge = &self.edges[position];
            live_nodes |= (1 << edge.from) | (1 << edge.to) | edge.requires;
            live_edges |= edge.rivals | edge.requires_edges;
        }
        if live_edges & edges != 0 {
            return f64::INFINITY;
        }
        let live = members(live_nodes & nodes);
        live.map(|node| self.nodes[node].size).product()
    }
}

pub(super) fn full(count: usize) -> Mask {
    (1 << count) - 1
}

/// The positions in a set, ascending.
pub(super) fn members(mut mask: Mask) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(first)
    })
}

pub(super) fn size(state: &State) -> u32 {
    state.nodes.count_ones() + state.edges.count_ones()
}
