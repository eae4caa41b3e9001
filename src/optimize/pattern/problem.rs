//! The input of the search: nodes, relationships and predicates of a pattern with their counts, as bit sets.

use crate::{
    base::{CompareOp, Direction},
    graph::Stats,
    optimize::{
        cost,
        pattern::lookup::{Candidate, label_of},
    },
    plan::{Expr, ExprKind, Node, Op, PatternEdge, QueryGraph, Slot, SlotSet},
    value::LabelId,
};

/// Maximum number of nodes, and of relationships, of a pattern that is planned by cost.
pub(super) const MOST: usize = 120;

/// A set of positions, as a bit set.
pub(super) type Mask = u128;

/// A pattern as the search sees it.
pub(super) struct Problem<'a> {
    pub(super) nodes: Vec<NodeInfo>,
    pub(super) edges: Vec<EdgeInfo>,
    pub(super) conditions: Vec<Condition>,
    pub(super) lookups: Vec<LookupInfo>,
    /// Nodes whose slots are live above the pattern.
    pub(super) needed_nodes: Mask,
    /// Relationships whose slots are live above the pattern.
    pub(super) needed_edges: Mask,
    /// Nodes that the input rows hold.
    pub(super) bound_nodes: Mask,
    /// True if pre-aggregation is allowed.
    pub(super) compact: bool,
    /// The estimated number of input rows; the pattern is matched for each.
    pub(super) input_rows: f64,
    /// The equalities that a hash join can use.
    pub(super) equalities: Vec<Equality>,
    graph: &'a QueryGraph,
    stats: &'a Stats,
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
    /// The nodes that its predicates read.
    pub(super) requires: Mask,
    /// The relationships that it must be tested to differ from.
    pub(super) rivals: Mask,
    /// The relationships that its predicates read.
    pub(super) requires_edges: Mask,
    /// True if its predicates read only the pattern.
    pub(super) local: bool,
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
    pub(super) nodes: Mask,
    pub(super) edges: Mask,
    pub(super) share: f64,
    /// True for a label test of one node, which a relationship may imply.
    pub(super) is_label: bool,
    /// True if it reads only the pattern: neither other slots of the input rows nor the results of subqueries.
    pub(super) local: bool,
}

/// An equality of slots or properties: a possible key of a hash join.
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
    pub(super) nodes: Mask,
    pub(super) edges: Mask,
    /// True if it reads only the pattern.
    pub(super) local: bool,
}

/// A lookup in an index.
pub(super) struct LookupInfo {
    pub(super) node: usize,
    /// The nodes that must be known before the lookup.
    pub(super) nodes: Mask,
    pub(super) edges: Mask,
    pub(super) rows: f64,
    /// True if the values to find are computed from the pattern only.
    pub(super) local: bool,
    /// The positions of the conditions that it answers.
    pub(super) answers: Vec<usize>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(
        graph: &'a QueryGraph,
        lookups: &[Candidate],
        stats: &'a Stats,
        needed: &SlotSet,
        input: &Node,
        read_only: bool,
    ) -> Self {
        let mut problem = Self {
            nodes: Vec::new(),
            edges: Vec::new(),
            conditions: Vec::new(),
            lookups: Vec::new(),
            needed_nodes: 0,
            needed_edges: 0,
            bound_nodes: 0,
            compact: read_only && matches!(input.op, Op::Unit),
            input_rows: input.rows.max(1.0),
            equalities: Vec::new(),
            graph,
            stats,
        };
        for (position, node) in graph.nodes.iter().enumerate() {
            let info = problem.node_info(node.slot, node.bound);
            problem.nodes.push(info);
            problem.needed_nodes |= Mask::from(needed.contains(node.slot)) << position;
            problem.bound_nodes |= Mask::from(node.bound) << position;
        }
        for (position, edge) in graph.edges.iter().enumerate() {
            let info = problem.edge_info(edge);
            problem.nodes[info.from].edges |= 1 << position;
            problem.nodes[info.to].edges |= 1 << position;
            problem.edges.push(info);
            problem.needed_edges |= Mask::from(needed.contains(edge.slot)) << position;
        }
        problem.add_conditions();
        for candidate in lookups {
            let slots = candidate.lookup.slots();
            let (nodes, edges) = problem.masks(&slots);
            problem.lookups.push(LookupInfo {
                node: candidate.node,
                nodes,
                edges,
                rows: candidate.rows,
                local: problem.is_local(&slots),
                answers: candidate.answers.clone(),
            });
        }
        problem
    }

    fn node_info(&self, slot: Slot, bound: bool) -> NodeInfo {
        let labels = self
            .graph
            .predicates
            .iter()
            .filter_map(|predicate| label_of(predicate, slot));
        let counted = labels.map(|label| (cost::nodes(self.stats, Some(label.id)), label.id));
        let best = counted.min_by(|one, other| one.0.total_cmp(&other.0));
        let scan = best.map_or_else(|| cost::nodes(self.stats, None), |(count, _)| count);
        NodeInfo {
            size: if bound { 1.0 } else { scan },
            scan,
            label: best.map(|(_, label)| label),
            edges: 0,
        }
    }

    fn edge_info(&self, edge: &PatternEdge) -> EdgeInfo {
        let position = |slot: Slot| {
            self.graph
                .nodes
                .iter()
                .position(|node| node.slot == slot)
                .unwrap_or(0)
        };
        let (from, to) = (position(edge.from), position(edge.to));
        let (forward, back) = (edge.direction, edge.direction.reversed());
        let base = |node: usize, direction: Direction| {
            let info = &self.nodes[node];
            if info.label.is_none() && self.graph.nodes[node].bound {
                cost::starting_nodes(self.stats, &edge.types, direction).max(1.0)
            } else {
                info.scan.max(1.0)
            }
        };
        let (from_base, to_base) = (base(from, forward), base(to, back));
        let labels = (self.nodes[from].label, self.nodes[to].label);
        let count =
            |from, to| cost::relationships(self.stats, from, &edge.types, to, edge.direction);
        let between = count(labels.0, labels.1);
        let form = match (edge.bound, edge.shortest.is_some(), edge.length) {
            (true, _, _) => Form::Bound,
            (_, true, _) => Form::Shortest,
            (_, _, Some(_)) => Form::Walk,
            (_, _, None) => Form::Plain,
        };
        let (share, degrees) = match (form, edge.length) {
            (Form::Bound, _) => (1.0 / (from_base * to_base), (1.0, 1.0)),
            (Form::Shortest, _) => (1.0, (1.0, 1.0)),
            (_, Some(length)) => {
                let any = count(None, None);
                let go = |base: Direction| {
                    cost::walks(
                        length,
                        any / cost::starting_nodes(self.stats, &edge.types, base).max(1.0),
                    )
                };
                let all = cost::nodes(self.stats, None).max(1.0);
                (go(forward) / all, (go(forward), go(back)))
            }
            (_, None) => (
                between / (from_base * to_base),
                (
                    count(labels.0, None) / from_base,
                    count(None, labels.1) / to_base,
                ),
            ),
        };
        let element = edge.edge_predicate.as_ref().map(|(slot, _)| *slot);
        let predicates = || edge.edge_predicate.iter().flat_map(|(_, all)| all);
        let is_local = predicates().all(|expr| {
            let mut slots = expr.slots();
            element.iter().for_each(|slot| slots.remove(*slot));
            self.is_local(&slots)
        });
        let reads = predicates();
        let (requires, requires_edges) = reads.fold((0, 0), |(nodes, edges), expr| {
            let (more_nodes, more_edges) = self.masks(&expr.slots());
            (nodes | more_nodes, edges | more_edges)
        });
        EdgeInfo {
            from,
            to,
            share,
            degrees,
            total: count(None, None),
            form,
            requires,
            rivals: 0,
            requires_edges,
            local: is_local,
        }
    }

    fn add_conditions(&mut self) {
        let label = |slot: Slot| {
            let position = self.graph.nodes.iter().position(|node| node.slot == slot)?;
            self.nodes[position].label
        };
        let mut conditions = Vec::new();
        for predicate in &self.graph.predicates {
            let slots = predicate.slots();
            let (nodes, edges) = self.masks(&slots);
            self.equalities
                .extend(self.equality(predicate, conditions.len()));
            let is_label = nodes.count_ones() == 1 && is_label_test(predicate);
            // The number of nodes that a scan returns includes the most selective label.
            let counted = is_label && self.counts_label(predicate, nodes);
            let share = if counted {
                1.0
            } else {
                cost::selectivity(self.stats, predicate, &label)
            };
            conditions.push(Condition {
                nodes,
                edges,
                share,
                is_label,
                local: self.is_local(&slots),
            });
        }
        for (one, other) in distinct_pairs(self.graph) {
            self.edges[one].rivals |= 1 << other;
            self.edges[other].rivals |= 1 << one;
        }
        self.conditions = conditions;
    }

    /// True if all slots are nodes or relationships of the pattern.
    fn is_local(&self, slots: &SlotSet) -> bool {
        let nodes = self.graph.nodes.iter().map(|node| node.slot);
        let edges = self.graph.edges.iter().map(|edge| edge.slot);
        let own: SlotSet = nodes.chain(edges).collect();
        slots.is_subset(&own)
    }

    /// A predicate as an equality that a hash join can use.
    fn equality(&self, predicate: &Expr, condition: usize) -> Option<Equality> {
        let ExprKind::Compare(CompareOp::Equal, left, right) = &predicate.kind else {
            return None;
        };
        let reads = |expr: &Expr| {
            let slots = expr.slots();
            let (nodes, edges) = self.masks(&slots);
            let local = self.is_local(&slots);
            Reads {
                nodes,
                edges,
                local,
            }
        };
        let slots = predicate.slots();
        let mut subqueries = self.graph.subqueries.iter();
        let known = subqueries.all(|need| slots.is_disjoint(&need.apply.kind.adds()));
        (known && is_key(left) && is_key(right)).then(|| Equality {
            condition,
            reads: [reads(left), reads(right)],
            sides: [(**left).clone(), (**right).clone()],
        })
    }

    fn counts_label(&self, predicate: &Expr, nodes: Mask) -> bool {
        let node = nodes.trailing_zeros() as usize;
        let slot = self.graph.nodes[node].slot;
        label_of(predicate, slot).is_some_and(|label| self.nodes[node].label == Some(label.id))
    }

    fn node_mask(&self, slots: &SlotSet) -> Mask {
        let mut mask = 0;
        for (position, node) in self.graph.nodes.iter().enumerate() {
            mask |= Mask::from(slots.contains(node.slot)) << position;
        }
        mask
    }

    /// The nodes and relationships that must be known before these slots can be read.
    fn masks(&self, slots: &SlotSet) -> (Mask, Mask) {
        let mut nodes = self.node_mask(slots);
        let mut edges = 0;
        for (position, edge) in self.graph.edges.iter().enumerate() {
            edges |= Mask::from(slots.contains(edge.slot)) << position;
        }
        for need in &self.graph.subqueries {
            if !slots.is_disjoint(&need.apply.kind.adds()) {
                let (more_nodes, more_edges) = self.masks(&need.reads.iter().copied().collect());
                nodes |= more_nodes;
                edges |= more_edges;
            }
        }
        (nodes, edges)
    }
}

/// True if an expression can be the key of a hash join: a slot or a property of a slot.
fn is_key(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Slot(_) => true,
        ExprKind::Property(base, _) => matches!(base.kind, ExprKind::Slot(_)),
        _ => false,
    }
}

fn is_label_test(predicate: &Expr) -> bool {
    matches!(&predicate.kind, ExprKind::HasLabels(..))
}

/// The pairs of relationships that must be tested to differ: they are of one clause and could be the same.
pub(super) fn distinct_pairs(graph: &QueryGraph) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (other, edge) in graph.edges.iter().enumerate() {
        for (one, before) in graph.edges[..other].iter().enumerate() {
            if before.clause == edge.clause
                && before.may_be(edge)
                && !told_apart(graph, before, edge)
            {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// True if two relationships differ because they share an end, and a predicate requires their other ends to differ.
fn told_apart(graph: &QueryGraph, one: &PatternEdge, other: &PatternEdge) -> bool {
    if one.length.is_some() || other.length.is_some() {
        return false;
    }
    let others = [
        (one.from == other.from, one.to, other.to),
        (one.from == other.to, one.to, other.from),
        (one.to == other.from, one.from, other.to),
        (one.to == other.to, one.from, other.from),
    ];
    let differ = |left: Slot, right: Slot| {
        graph
            .predicates
            .iter()
            .any(|predicate| differs(predicate, left, right))
    };
    others
        .iter()
        .any(|(shared, left, right)| *shared && differ(*left, *right))
}

/// True if a predicate is `left <> right` or `right <> left`.
fn differs(predicate: &Expr, left: Slot, right: Slot) -> bool {
    let ExprKind::Compare(CompareOp::NotEqual, one, other) = &predicate.kind else {
        return false;
    };
    let (ExprKind::Slot(one), ExprKind::Slot(other)) = (&one.kind, &other.kind) else {
        return false;
    };
    (*one == left && *other == right) || (*one == right && *other == left)
}
