//! The input of the search: nodes, relationships and predicates of a pattern with their counts.

use std::collections::HashMap;

use crate::{
    base::{CompareOp, Direction},
    graph::Stats,
    optimize::{
        cost,
        pattern::{
            Counting,
            elements::{Elements, Mask},
            lookup::{Candidate, Target, WORTH, label_of},
        },
    },
    plan::{Expr, ExprKind, Node, Op, PatternEdge, PatternNode, QueryGraph, Slot, SlotSet},
    value::LabelId,
};

/// Maximum number of nodes, and of relationships, of a pattern that is planned by cost.
pub(super) const MOST: usize = 120;

/// The cost of a lookup in an automatic index, and that of building it per node.
const AUTOMATIC: (f64, f64) = (6.0, 0.5);

/// Number of nodes from which a graph is larger than the caches.
const LARGE: f64 = 100_000.0;

/// A pattern as the search sees it.
pub(super) struct Problem<'a> {
    pub(super) nodes: Vec<NodeInfo>,
    pub(super) edges: Vec<EdgeInfo>,
    pub(super) conditions: Vec<Condition>,
    pub(super) lookups: Vec<LookupInfo>,
    /// Nodes and relationships whose slots are live above the pattern.
    pub(super) needed: Elements,
    /// Nodes that the input rows hold.
    pub(super) bound: Elements,
    /// `needed`, and what the subqueries read whose results are live above the pattern.
    pub(super) held: Elements,
    /// What each subquery reads.
    pub(super) needs: Vec<Elements>,
    /// True if pre-aggregation is allowed.
    pub(super) compact: bool,
    pub(super) counting: Counting,
    /// The estimated number of input rows; the pattern is matched for each.
    pub(super) input_rows: f64,
    /// True if the neighbour lists do not fit into the caches.
    pub(super) is_large: bool,
    /// The equalities that a hash join can use.
    pub(super) equalities: Vec<Equality>,
    graph: &'a QueryGraph,
    pub(super) stats: &'a Stats,
    places: HashMap<Slot, Place<'a>>,
}

/// What fills a slot of the pattern.
enum Place<'a> {
    Node(usize),
    Edge(usize),
    /// A subquery that reads these slots.
    Subquery(&'a [Slot]),
}

/// A node.
pub(super) struct NodeInfo {
    /// The estimated number of candidates; 1 if bound.
    pub(super) size: f64,
    /// The number of nodes that a scan returns.
    pub(super) scan: f64,
    /// The most selective label.
    pub(super) label: Option<LabelId>,
    /// The relationships that start or end here.
    pub(super) edges: Mask,
}

/// A relationship or trail.
pub(super) struct EdgeInfo {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The expected number of matches per pair of nodes.
    pub(super) share: f64,
    /// The expected number of matches per node at `from`, and per node at `to`.
    pub(super) degrees: (f64, f64),
    /// The number of relationships of the types, whatever labels their ends have.
    pub(super) total: f64,
    pub(super) form: Form,
    /// What its predicates read.
    pub(super) reads: Reads,
    /// The relationships that it must be tested to differ from.
    pub(super) rivals: Mask,
}

impl EdgeInfo {
    /// Both nodes.
    pub(super) fn ends(&self) -> Elements {
        Elements::node(self.from).plus(Elements::node(self.to))
    }

    /// The node at the other end, and its expected number of matches.
    pub(super) fn towards(&self, target: usize) -> (usize, f64) {
        if self.to == target {
            (self.from, self.degrees.0)
        } else {
            (self.to, self.degrees.1)
        }
    }
}

/// How an edge of a pattern is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One relationship.
    Plain,
    /// A trail.
    Walk,
    /// A shortest trail: both ends must be known.
    Shortest,
    /// A relationship or list of relationships that the input rows hold.
    Bound,
}

/// A predicate.
pub(super) struct Condition {
    pub(super) reads: Reads,
    pub(super) share: f64,
    /// True for a label test of one node, which a relationship may imply.
    pub(super) is_label: bool,
    /// True if it can be evaluated once for each candidate instead of once for each row: it reads only the pattern and
    /// subqueries about the pattern, and draws no random numbers.
    pub(super) countable: bool,
}

/// An equality: a possible key of a hash join.
pub(super) struct Equality {
    /// The position of its condition.
    pub(super) condition: usize,
    pub(super) sides: [Expr; 2],
    /// The reads of each side.
    pub(super) reads: [Reads; 2],
}

/// What an expression reads.
#[derive(Clone, Copy)]
pub(super) struct Reads {
    /// The nodes and relationships that must be known before it is evaluated.
    pub(super) elements: Elements,
    /// True if it reads only the pattern: neither other slots of the input rows nor the results of subqueries.
    pub(super) local: bool,
}

/// A lookup in an index.
pub(super) struct LookupInfo {
    pub(super) target: Target,
    /// What the values to find are computed from.
    pub(super) reads: Reads,
    pub(super) rows: f64,
    /// The cost of a lookup, and that of the automatic index, which is built at most once.
    pub(super) cost: (f64, f64),
    /// The positions of the conditions that it answers.
    pub(super) answers: Vec<usize>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(
        graph: &'a QueryGraph,
        rivals: &[Vec<usize>],
        lookups: &[Candidate],
        stats: &'a Stats,
        needed: &SlotSet,
        input: &Node,
        counting: Counting,
    ) -> Self {
        let mut problem = Self {
            nodes: Vec::new(),
            edges: Vec::new(),
            conditions: Vec::new(),
            lookups: Vec::new(),
            needed: Elements::default(),
            bound: Elements::default(),
            held: Elements::default(),
            needs: Vec::new(),
            compact: counting != Counting::Never && matches!(input.op, Op::Unit),
            counting,
            input_rows: input.rows.max(1.0),
            is_large: cost::nodes(stats, None) >= LARGE,
            equalities: Vec::new(),
            graph,
            stats,
            places: places(graph),
        };
        // A statement that writes may create what it looks for.
        let least = match counting {
            Counting::Never => 1.0,
            Counting::ByCost | Counting::Always => 0.0,
        };
        for (position, node) in graph.nodes.iter().enumerate() {
            problem.nodes.push(problem.node_info(node, least));
            let element = Elements::node(position);
            if needed.contains(node.slot) {
                problem.needed = problem.needed.plus(element);
            }
            if node.bound {
                problem.bound = problem.bound.plus(element);
            }
        }
        for (position, (edge, rivals)) in graph.edges.iter().zip(rivals).enumerate() {
            let mut info = problem.edge_info(edge, rivals);
            info.total = info.total.max(least);
            problem.nodes[info.from].edges |= 1 << position;
            problem.nodes[info.to].edges |= 1 << position;
            problem.edges.push(info);
            if needed.contains(edge.slot) {
                problem.needed = problem.needed.plus(Elements::edge(position));
            }
        }
        for (position, predicate) in graph.predicates.iter().enumerate() {
            problem.conditions.push(problem.condition(predicate));
            problem
                .equalities
                .extend(problem.equality(predicate, position));
        }
        problem.held = problem.needed;
        for need in &graph.subqueries {
            let reads = problem.reads(&need.reads.iter().copied().collect());
            problem.needs.push(reads.elements);
            let mut filled = need.apply.kind.adds().iter();
            if filled.any(|slot| needed.contains(*slot)) {
                problem.held = problem.held.plus(reads.elements);
            }
        }
        let lookups = lookups.iter().map(|candidate| LookupInfo {
            target: candidate.target,
            reads: problem.reads(&candidate.probe.slots()),
            rows: candidate.rows,
            cost: lookup_cost(candidate, stats),
            answers: candidate.answers.clone(),
        });
        problem.lookups = lookups.collect();
        problem
    }

    /// `least` is the minimum number of nodes that a scan is assumed to return.
    fn node_info(&self, node: &PatternNode, least: f64) -> NodeInfo {
        let predicates = self.graph.predicates.iter();
        let labels = predicates.filter_map(|predicate| label_of(predicate, node.slot));
        let counted = labels.map(|label| (cost::nodes(self.stats, Some(label.id)), label.id));
        let best = counted.min_by(|one, other| one.0.total_cmp(&other.0));
        let scan = best.map_or_else(|| cost::nodes(self.stats, None), |(count, _)| count);
        let scan = scan.max(least);
        NodeInfo {
            size: if node.bound { 1.0 } else { scan },
            scan,
            label: best.map(|(_, label)| label),
            edges: 0,
        }
    }

    fn edge_info(&self, edge: &PatternEdge, rivals: &[usize]) -> EdgeInfo {
        let (from, to) = (self.node_at(edge.from), self.node_at(edge.to));
        let (from, to) = (from.unwrap_or(0), to.unwrap_or(0));
        let form = match (edge.bound, edge.shortest.is_some(), edge.length) {
            (true, _, _) => Form::Bound,
            (_, true, _) => Form::Shortest,
            (_, _, Some(_)) => Form::Walk,
            (_, _, None) => Form::Plain,
        };
        let (share, degrees) = self.matches(edge, form, from, to);
        EdgeInfo {
            from,
            to,
            share,
            degrees,
            total: self.count(edge, None, None),
            form,
            reads: self.edge_reads(edge),
            rivals: rivals.iter().fold(0, |mask, rival| mask | 1 << rival),
        }
    }

    /// The number of relationships of the types between labels.
    fn count(&self, edge: &PatternEdge, from: Option<LabelId>, to: Option<LabelId>) -> f64 {
        cost::relationships(self.stats, from, &edge.types, to, edge.direction)
    }

    /// The expected number of matches of a relationship per pair of nodes, and per node at either end.
    fn matches(&self, edge: &PatternEdge, form: Form, from: usize, to: usize) -> (f64, (f64, f64)) {
        let (forward, back) = (edge.direction, edge.direction.reversed());
        let starting = |direction: Direction| {
            cost::starting_nodes(self.stats, &edge.types, direction).max(1.0)
        };
        let base = |node: usize, direction: Direction| {
            let info = &self.nodes[node];
            if info.label.is_none() && self.graph.nodes[node].bound {
                starting(direction)
            } else {
                info.scan.max(1.0)
            }
        };
        let (from_base, to_base) = (base(from, forward), base(to, back));
        match (form, edge.length) {
            (Form::Bound, _) => (1.0 / (from_base * to_base), (1.0, 1.0)),
            (Form::Shortest, _) => (1.0, (1.0, 1.0)),
            (_, Some(length)) => {
                let all = self.count(edge, None, None);
                let trails = |direction| cost::trails(length, all / starting(direction));
                let nodes = cost::nodes(self.stats, None).max(1.0);
                (trails(forward) / nodes, (trails(forward), trails(back)))
            }
            (_, None) => {
                let labels = (self.nodes[from].label, self.nodes[to].label);
                let out = self.count(edge, labels.0, None) / from_base;
                let back = self.count(edge, None, labels.1) / to_base;
                let between = self.count(edge, labels.0, labels.1);
                (between / (from_base * to_base), (out, back))
            }
        }
    }

    /// What the predicates of a trail read, apart from the relationship that they are about.
    fn edge_reads(&self, edge: &PatternEdge) -> Reads {
        let mut slots = SlotSet::default();
        if let Some((element, predicates)) = &edge.edge_predicate {
            predicates
                .iter()
                .for_each(|expr| expr.add_slots(&mut slots));
            slots.remove(*element);
        }
        self.reads(&slots)
    }

    fn condition(&self, predicate: &Expr) -> Condition {
        let reads = self.reads(&predicate.slots());
        let is_label = reads.elements.nodes.count_ones() == 1
            && matches!(&predicate.kind, ExprKind::HasLabels(..));
        // The number of nodes that a scan returns includes the most selective label.
        let counted = is_label && {
            let node = reads.elements.nodes.trailing_zeros() as usize;
            let label = label_of(predicate, self.graph.nodes[node].slot);
            label.is_some_and(|label| self.nodes[node].label == Some(label.id))
        };
        let label = |slot: Slot| self.nodes[self.node_at(slot)?].label;
        let share = if counted {
            1.0
        } else {
            cost::selectivity(self.stats, predicate, &label)
        };
        Condition {
            reads,
            share,
            is_label,
            countable: self.is_own(&predicate.slots()) && !predicate.draws(),
        }
    }

    /// A predicate as an equality that a hash join can use: of two expressions that give the same value for equal rows and
    /// read no result of a subquery.
    fn equality(&self, predicate: &Expr, condition: usize) -> Option<Equality> {
        let ExprKind::Compare(CompareOp::Equal, left, right) = &predicate.kind else {
            return None;
        };
        let is_key = |expr: &Expr| {
            let slots = expr.slots();
            let mut places = slots.iter().map(|slot| self.places.get(&slot));
            !slots.is_empty()
                && !expr.draws()
                && !places.any(|place| matches!(place, Some(Place::Subquery(_))))
        };
        (is_key(left) && is_key(right)).then(|| Equality {
            condition,
            reads: [left, right].map(|side| self.reads(&side.slots())),
            sides: [(**left).clone(), (**right).clone()],
        })
    }

    /// True if all slots belong to the pattern or are filled by subqueries that read only slots of the pattern.
    fn is_own(&self, slots: &SlotSet) -> bool {
        slots.iter().all(|slot| match self.places.get(&slot) {
            Some(Place::Node(_) | Place::Edge(_)) => true,
            Some(Place::Subquery(inner)) => {
                !inner.is_empty() && self.is_own(&inner.iter().copied().collect())
            }
            None => false,
        })
    }

    /// True if every node that a relationship leads to has a label, by the statistics.
    pub(super) fn implies(&self, edge: usize, target: usize, label: LabelId) -> bool {
        let plan = &self.graph.edges[edge];
        let (other, _) = self.edges[edge].towards(target);
        let known = self.nodes[other].label;
        let count = |target_label| {
            if self.edges[edge].to == target {
                self.count(plan, known, target_label)
            } else {
                self.count(plan, target_label, known)
            }
        };
        !plan.types.is_empty() && !label.is_none() && count(Some(label)) >= count(None)
    }

    pub(super) fn predicate(&self, position: usize) -> &Expr {
        &self.graph.predicates[position]
    }

    pub(super) fn node_slot(&self, position: usize) -> Slot {
        self.graph.nodes[position].slot
    }

    pub(super) fn node_at(&self, slot: Slot) -> Option<usize> {
        match self.places.get(&slot) {
            Some(Place::Node(position)) => Some(*position),
            _ => None,
        }
    }

    fn reads(&self, slots: &SlotSet) -> Reads {
        let mut reads = Reads {
            elements: Elements::default(),
            local: true,
        };
        for slot in slots.iter() {
            let elements = match self.places.get(&slot) {
                Some(Place::Node(position)) => Elements::node(*position),
                Some(Place::Edge(position)) => Elements::edge(*position),
                Some(Place::Subquery(inner)) => {
                    reads.local = false;
                    self.reads(&inner.iter().copied().collect()).elements
                }
                None => {
                    reads.local = false;
                    Elements::default()
                }
            };
            reads.elements = reads.elements.plus(elements);
        }
        reads
    }

    /// All nodes and relationships.
    pub(super) fn all(&self) -> Elements {
        let full = |count: usize| (1 << count) - 1;
        Elements {
            nodes: full(self.nodes.len()),
            edges: full(self.edges.len()),
        }
    }
}

/// The cost of a lookup, and that of its automatic index. A scan of few nodes costs less, but the statement may create
/// more of them, if such a lookup is a candidate at all.
fn lookup_cost(candidate: &Candidate, stats: &Stats) -> (f64, f64) {
    let label = candidate.label.as_ref().map(|label| label.id);
    let nodes = cost::nodes(stats, label);
    if candidate.automatic && nodes >= WORTH {
        (AUTOMATIC.0, AUTOMATIC.1 * nodes)
    } else {
        (1.0, 0.0)
    }
}

/// What fills each slot of a pattern.
fn places(graph: &QueryGraph) -> HashMap<Slot, Place<'_>> {
    let mut places = HashMap::new();
    for need in &graph.subqueries {
        let filled = need.apply.kind.adds().iter();
        places.extend(filled.map(|slot| (*slot, Place::Subquery(&need.reads))));
    }
    let nodes = graph.nodes.iter().enumerate();
    places.extend(nodes.map(|(position, node)| (node.slot, Place::Node(position))));
    let edges = graph.edges.iter().enumerate();
    places.extend(edges.map(|(position, edge)| (edge.slot, Place::Edge(position))));
    places
}
