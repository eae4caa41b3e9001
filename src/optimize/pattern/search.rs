//! The lowest-cost steps to match a pattern, by dynamic programming over the sets of known nodes and relationships.
//!
//! A state is a set of known elements, on large graphs with the order of its rows; only the lowest-cost plan for it is kept.
//! States are expanded in order of size. A beam of the best states per size bounds the time; if it drops none, the search is
//! exhaustive among left-deep plans.

use std::collections::BTreeMap;

use crate::optimize::pattern::{
    PlannedStep, Step,
    elements::{Elements, Mask, members},
    lookup::Target,
    problem::{Condition, Form, Problem},
};

/// Maximum number of states per size that are expanded.
const BEAM: usize = 48;
/// Minimum number of rows for a pre-aggregation.
const WORTH_MERGING: f64 = 2000.0;
/// Cost of the neighbours of a node in random order, of which neighbours in order cost 1.
const RANDOM: f64 = 3.0;
/// Maximum number of rows of an index lookup that may be used while known nodes have unmatched relationships.
const FEW: f64 = 8.0;

/// A partial plan.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) known: Elements,
    /// The number of rows; a row with a multiplicity counts once.
    pub(super) rows: f64,
    /// The average multiplicity of a row that messages have multiplied.
    pub(super) fold: f64,
    pub(super) cost: f64,
    /// The node whose ids ascend from row to row.
    ordered: Option<usize>,
    pub(super) steps: Vec<PlannedStep>,
}

/// What a search finds.
pub(super) struct Scope {
    /// The elements to find.
    pub(super) all: Elements,
    /// The elements that are known at the start.
    start: Elements,
    /// The elements that are read above.
    needed: Elements,
    /// True for a part that is matched on its own, without the input rows.
    own: bool,
}

impl Scope {
    /// A part of the pattern of which only some elements are read.
    pub(super) fn part(all: Elements, needed: Elements) -> Self {
        Self {
            all,
            start: Elements::default(),
            needed,
            own: true,
        }
    }
}

impl State {
    /// A plan without steps.
    pub(super) fn start(known: Elements) -> Self {
        Self {
            known,
            rows: 1.0,
            fold: 1.0,
            cost: 0.0,
            ordered: None,
            steps: Vec::new(),
        }
    }

    /// The state after a step that satisfies predicates with a selectivity.
    pub(super) fn after(&self, option: &Move, selectivity: f64) -> Self {
        let rows = option.rows * selectivity;
        let fold = self.fold * option.fold;
        let mut steps = self.steps.clone();
        steps.push(PlannedStep {
            step: option.step,
            found: option.rows * fold,
            rows: rows * fold,
        });
        Self {
            known: self.known.plus(option.adds),
            rows,
            fold,
            cost: self.cost + option.work,
            ordered: self.ordered,
            steps,
        }
    }
}

/// The effect of a step on a state.
pub(super) struct Move {
    pub(super) step: Step,
    /// The elements that it makes known.
    pub(super) adds: Elements,
    /// The number of rows before the predicates that the step makes ready.
    pub(super) rows: f64,
    /// The cost of the step.
    pub(super) work: f64,
    /// The positions of the conditions that `rows` already includes.
    pub(super) counted: Vec<usize>,
    /// What a message multiplies each row by.
    pub(super) fold: f64,
}

impl Move {
    fn new(step: Step, adds: Elements, rows: f64, work: f64) -> Self {
        Self {
            step,
            adds,
            rows,
            work,
            counted: Vec::new(),
            fold: 1.0,
        }
    }
}

/// Visits the lowest-cost state of each set and order of rows in the order of size and cost, at most `beam` of each size. `next` returns
/// the states that follow from a state.
pub(super) fn explore(start: State, beam: usize, mut next: impl FnMut(&State) -> Vec<State>) {
    let mut levels: BTreeMap<u32, BTreeMap<(Elements, Option<usize>), State>> = BTreeMap::new();
    levels
        .entry(start.known.len())
        .or_default()
        .insert((start.known, start.ordered), start);
    while let Some((_, level)) = levels.pop_first() {
        let mut states: Vec<State> = level.into_values().collect();
        states.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        states.truncate(beam);
        for state in states.iter().flat_map(&mut next) {
            let level = levels.entry(state.known.len()).or_default();
            let key = (state.known, state.ordered);
            match level.get(&key) {
                Some(known) if known.cost <= state.cost => {}
                _ => drop(level.insert(key, state)),
            }
        }
    }
}

impl Problem<'_> {
    /// The scope of the whole pattern.
    pub(super) fn whole(&self) -> Scope {
        Scope {
            all: self.all(),
            start: self.bound,
            needed: self.needed,
            own: false,
        }
    }

    /// The plan of lowest cost for a scope. `more` returns the hash joins and messages that a state allows.
    pub(super) fn search(
        &self,
        scope: &Scope,
        more: impl Fn(&State) -> Vec<Move>,
    ) -> Option<State> {
        let mut found = None;
        explore(State::start(scope.start), BEAM, |state| {
            if state.known == scope.all {
                // States come in the order of their cost.
                found.get_or_insert_with(|| state.clone());
                return Vec::new();
            }
            let moves = self.moves(state).into_iter();
            let moves = moves.filter(|option| {
                scope.all.contains(option.adds) && (!scope.own || self.is_independent(option))
            });
            let moves = moves.chain(more(state));
            moves
                .map(|option| self.apply(state, &option, scope))
                .collect()
        });
        found
    }

    /// The steps that a state allows, without hash joins, in a fixed order.
    pub(super) fn moves(&self, state: &State) -> Vec<Move> {
        let known = state.known;
        let mut moves = Vec::new();
        let mut frontier = false;
        for (position, edge) in self.edges.iter().enumerate() {
            if known.has_edge(position) || !known.contains(edge.reads.elements) {
                continue;
            }
            if edge.form == Form::Shortest && !known.contains(edge.ends()) {
                continue;
            }
            frontier |= edge.form == Form::Bound || !known.is_disjoint(edge.ends());
            moves.extend(self.edge_move(state, position));
        }
        moves.extend(self.intersections(state));
        for (position, lookup) in self.lookups.iter().enumerate() {
            if known.contains(lookup.reads.elements)
                && (!frontier || lookup.rows <= FEW)
                && let Some(option) = self.seek(state, position)
            {
                let (each, build) = lookup.cost;
                // The number of rows already includes the predicates that the lookup answers.
                moves.push(Move {
                    counted: lookup.answers.clone(),
                    work: option.rows + state.rows * each + build / self.input_rows,
                    ..option
                });
            }
        }
        if !frontier {
            moves.extend(self.scans(state));
        }
        moves
    }

    /// A lookup; `None` if it would find what is known.
    fn seek(&self, state: &State, position: usize) -> Option<Move> {
        let (lookup, known) = (&self.lookups[position], state.known);
        match lookup.target {
            Target::Node(node) => (!known.has_node(node))
                .then(|| node_move(state, Step::Seek(position), node, lookup.rows)),
            Target::Edge(edge) => {
                let info = &self.edges[edge];
                let fresh = !known.has_edge(edge) && known.is_disjoint(info.ends());
                let size = |node: usize| self.nodes[node].size;
                let share = info.share * size(info.from) * size(info.to) / info.total.max(1.0);
                let found = state.rows * lookup.rows * share.min(2.0);
                let adds = info.ends().plus(Elements::edge(edge));
                let work = found + state.rows;
                fresh.then(|| Move::new(Step::Seek(position), adds, found, work))
            }
        }
    }

    /// Scans of unknown nodes, and of relationships whose two nodes are unknown.
    fn scans(&self, state: &State) -> Vec<Move> {
        let known = state.known;
        let mut moves = Vec::new();
        for (position, node) in self.nodes.iter().enumerate() {
            if !known.has_node(position) {
                moves.push(node_move(state, Step::Scan(position), position, node.scan));
            }
        }
        for (position, edge) in self.edges.iter().enumerate() {
            let fresh = !known.has_edge(position) && known.is_disjoint(edge.ends());
            let ready = edge.reads.elements.nodes & !known.nodes == 0;
            if fresh && ready && edge.form == Form::Plain && edge.from != edge.to {
                let (from, to) = (&self.nodes[edge.from], &self.nodes[edge.to]);
                let found = state.rows * edge.share * from.size * to.size;
                let adds = edge.ends().plus(Elements::edge(position));
                let work = state.rows * edge.total * 1.5;
                moves.push(Move::new(Step::Edges(position), adds, found, work));
            }
        }
        moves
    }

    /// Follows a relationship from a known node; `None` if both its nodes are unknown.
    fn edge_move(&self, state: &State, position: usize) -> Option<Move> {
        let edge = &self.edges[position];
        let adds = edge
            .ends()
            .minus(state.known)
            .plus(Elements::edge(position));
        let (from, to) = (
            state.known.has_node(edge.from),
            state.known.has_node(edge.to),
        );
        let share = edge.share.max(1e-12);
        match (from, to) {
            _ if edge.form == Form::Bound => {
                let rows = state.rows;
                Some(Move::new(Step::Into(position), adds, rows, rows))
            }
            (true, true) => {
                let found = state.rows * share;
                let heavy = match edge.form {
                    Form::Plain => 2.0 * self.access(state, edge.from),
                    _ => 10.0 + edge.degrees.0,
                };
                let work = state.rows * heavy + found;
                Some(Move::new(Step::Into(position), adds, found, work))
            }
            (false, false) => None,
            (from, _) => {
                let target = if from { edge.to } else { edge.from };
                let (_, degree) = edge.towards(target);
                let found = state.rows * share * self.nodes[target].size;
                let counted =
                    edge.form == Form::Plain && self.only_counted(state, position, target);
                let step = Step::Expand(position, from);
                let access = self.access(state, if from { edge.from } else { edge.to });
                if !counted {
                    let work = state.rows * (access + degree);
                    return Some(Move::new(step, adds, found, work));
                }
                let rows = found.min(state.rows);
                let option = Move::new(step, adds, rows, state.rows * access);
                let fold = found / rows.max(1e-12);
                Some(Move { fold, ..option })
            }
        }
    }

    /// True if expanding a relationship only multiplies rows: neither it nor the node at its end is read.
    fn only_counted(&self, state: &State, edge: usize, target: usize) -> bool {
        let new = Elements::node(target).plus(Elements::edge(edge));
        let other_edges = self.nodes[target].edges & !state.known.edges & !new.edges != 0;
        let read = self.conditions.iter().any(|condition| {
            let reads = condition.reads.elements;
            (reads.has_node(target) && !condition.is_label) || reads.has_edge(edge)
        });
        !other_edges && self.edges[edge].rivals == 0 && !read && self.needed.is_disjoint(new)
    }

    /// Intersections: unknown nodes with two or more relationships to known nodes.
    fn intersections(&self, state: &State) -> Vec<Move> {
        let mut moves = Vec::new();
        for (position, node) in self.nodes.iter().enumerate() {
            let arms = self.arms(state.known, position);
            if state.known.has_node(position) || arms.count_ones() < 2 {
                continue;
            }
            let edges = || members(arms).map(|edge| &self.edges[edge]);
            let degrees = edges().map(|edge| edge.towards(position).1);
            let least = degrees.fold(f64::INFINITY, f64::min);
            let shares: f64 = edges().map(|edge| edge.share).product();
            let rows = state.rows * shares * node.size;
            let adds = Elements {
                nodes: 1 << position,
                edges: arms,
            };
            let sources = edges().map(|edge| self.access(state, edge.towards(position).0));
            let access = sources.fold(1.0, f64::max);
            let work = state.rows * (access + least) * 1.5 + rows;
            moves.push(Move::new(Step::Intersect(position), adds, rows, work));
        }
        moves
    }

    /// The unmatched relationships between known nodes and a node.
    fn arms(&self, known: Elements, target: usize) -> Mask {
        let open = members(self.nodes[target].edges & !known.edges);
        let arms = open.filter(|position| {
            let edge = &self.edges[*position];
            edge.form == Form::Plain && known.has_node(edge.towards(target).0)
        });
        arms.fold(0, |mask, position| mask | 1 << position)
    }

    /// A state after a step, the predicates that it makes ready, and a pre-aggregation if that pays.
    fn apply(&self, state: &State, option: &Move, scope: &Scope) -> State {
        let counted = |position: usize| option.counted.contains(&position);
        let share = self.decided(state.known, option.adds, |at, _| !counted(at));
        let mut next = state.after(option, share);
        if self.is_large && share < 1.0 {
            // Predicates read labels and properties of nodes in any order.
            next.cost += option.rows;
        }
        if self.is_large && state.steps.is_empty() && state.known.is_empty() {
            next.ordered = self.first_node(option.step);
        }
        let bound = self.distinct_rows(next.known, scope);
        let may_merge = self.compact || scope.own;
        if may_merge
            && next.rows > WORTH_MERGING
            && next.rows > bound * 4.0
            && next.known.edges != scope.all.edges
        {
            next.cost += next.rows;
            next.rows = bound;
            next.ordered = None;
            next.steps.push(PlannedStep {
                step: Step::PreAggregate,
                found: bound,
                rows: bound,
            });
        }
        next
    }

    /// The node whose ids ascend in the rows of a scan.
    fn first_node(&self, scan: Step) -> Option<usize> {
        match scan {
            Step::Scan(node) => Some(node),
            Step::Edges(edge) => Some(self.edges[edge].from),
            _ => None,
        }
    }

    /// The cost of finding the neighbours of a node: more if the graph is larger than the caches and rows come in any order.
    pub(super) fn access(&self, state: &State, node: usize) -> f64 {
        if self.is_large && state.ordered != Some(node) {
            RANDOM
        } else {
            1.0
        }
    }

    /// The selectivity of the conditions that satisfy `fits` and that new elements make ready.
    pub(super) fn decided(
        &self,
        before: Elements,
        adds: Elements,
        fits: impl Fn(usize, &Condition) -> bool,
    ) -> f64 {
        let known = before.plus(adds);
        let conditions = self.conditions.iter().enumerate();
        let decided = conditions.filter(|(position, condition)| {
            let reads = condition.reads.elements;
            known.contains(reads) && !before.contains(reads) && fits(*position, condition)
        });
        decided.map(|(_, condition)| condition.share).product()
    }

    /// The estimated maximum number of rows that differ in live slots; infinite if a relationship is live.
    fn distinct_rows(&self, known: Elements, scope: &Scope) -> f64 {
        let reads = self
            .conditions
            .iter()
            .map(|condition| condition.reads.elements);
        let waiting = reads.filter(|reads| scope.all.contains(*reads) && !known.contains(*reads));
        let mut live = waiting.fold(scope.needed, Elements::plus);
        for position in members(scope.all.edges & !known.edges) {
            let edge = &self.edges[position];
            live = live.plus(edge.ends()).plus(edge.reads.elements);
            live.edges |= edge.rivals;
        }
        if live.edges & known.edges != 0 {
            return f64::INFINITY;
        }
        let live = members(live.nodes & known.nodes);
        live.map(|node| self.nodes[node].size).product()
    }
}

/// A step that finds a node.
fn node_move(state: &State, step: Step, node: usize, found: f64) -> Move {
    let rows = state.rows * found;
    Move::new(step, Elements::node(node), rows, rows + state.rows)
}
