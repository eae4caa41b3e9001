//! Steps in the order of the text: relationships as written, each node when it is first read.

use std::collections::HashMap;

use crate::{
    optimize::pattern::{PlannedStep, Step},
    plan::{PatternEdge, QueryGraph, Slot, SlotSet},
};

/// Steps in the order of the text.
pub(super) fn steps(graph: &QueryGraph) -> Vec<PlannedStep> {
    let nodes = graph.nodes.iter().map(|node| node.slot);
    let bound = graph.nodes.iter().filter(|node| node.bound);
    let mut writer = Writer {
        positions: nodes.zip(0..).collect(),
        solved: bound.map(|node| node.slot).collect(),
        steps: Vec::new(),
    };
    let reads: Vec<SlotSet> = graph
        .edges
        .iter()
        .map(|edge| step_reads(graph, edge))
        .collect();
    for position in order(graph, &reads) {
        for slot in reads[position].iter() {
            writer.scan(slot);
        }
        writer.edge(position, &graph.edges[position]);
    }
    for node in &graph.nodes {
        writer.scan(node.slot);
    }
    let steps = writer.steps.into_iter();
    steps.map(PlannedStep::unestimated).collect()
}

/// The relationships in the order of the text, but each trail after the relationships that its predicates read.
fn order(graph: &QueryGraph, reads: &[SlotSet]) -> Vec<usize> {
    let mut open: SlotSet = graph.edges.iter().map(|edge| edge.slot).collect();
    let mut waiting: Vec<usize> = (0..graph.edges.len()).collect();
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |position: &usize| {
            let mut reads = reads[*position].clone();
            reads.remove(graph.edges[*position].slot);
            reads.is_disjoint(&open)
        };
        let ready = waiting.iter().position(is_ready).unwrap_or(0);
        let next = waiting.remove(ready);
        open.remove(graph.edges[next].slot);
        order.push(next);
    }
    order
}

/// The slots that the predicates of a trail read, directly or through subqueries.
fn step_reads(graph: &QueryGraph, edge: &PatternEdge) -> SlotSet {
    let mut reads = SlotSet::default();
    let predicates = edge.edge_predicate.iter().flat_map(|(_, all)| all);
    predicates.for_each(|predicate| predicate.add_slots(&mut reads));
    for need in &graph.subqueries {
        let mut filled = need.apply.kind.adds().iter();
        if filled.any(|slot| reads.contains(*slot)) {
            reads.extend(need.reads.iter().copied());
        }
    }
    reads
}

struct Writer {
    /// By slot: the position of the node.
    positions: HashMap<Slot, usize>,
    solved: SlotSet,
    steps: Vec<Step>,
}

impl Writer {
    fn edge(&mut self, position: usize, edge: &PatternEdge) {
        let known = |writer: &Self| [edge.from, edge.to].map(|end| writer.solved.contains(end));
        if edge.shortest.is_some() {
            self.scan(edge.from);
            self.scan(edge.to);
        } else if !edge.bound && known(self) == [false, false] {
            self.scan(if edge.reversed { edge.to } else { edge.from });
        }
        self.steps.push(match known(self) {
            // A bound relationship fills its ends or is compared with them; it is never searched.
            _ if edge.bound => Step::Into(position),
            [true, true] => Step::Into(position),
            [from, _] => Step::Expand(position, from),
        });
        self.solved.insert(edge.from);
        self.solved.insert(edge.to);
    }

    /// Scans a node of the pattern, unless it is known.
    fn scan(&mut self, slot: Slot) {
        let position = self.positions.get(&slot);
        if let Some(position) = position.filter(|_| !self.solved.contains(slot)) {
            self.solved.insert(slot);
            self.steps.push(Step::Scan(*position));
        }
    }
}
