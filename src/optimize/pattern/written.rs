//! Steps in the order of the text: relationships as written, each node when it is first read.

use crate::{
    optimize::pattern::{PlannedStep, Step},
    plan::{PatternEdge, QueryGraph, Slot, SlotSet},
};

/// Steps in the order of the text.
pub(super) fn steps(graph: &QueryGraph) -> Vec<PlannedStep> {
    let mut writer = Writer {
        graph,
        solved: SlotSet::default(),
        steps: Vec::new(),
    };
    for node in graph.nodes.iter().filter(|node| node.bound) {
        writer.solved.insert(node.slot);
    }
    for position in order(graph) {
        let edge = &graph.edges[position];
        for slot in step_reads(graph, edge).iter() {
            writer.scan(slot);
        }
        let left = if edge.reversed { edge.to } else { edge.from };
        if edge.shortest.is_some() {
            writer.scan(edge.from);
            writer.scan(edge.to);
        } else if !edge.bound
            && !writer.solved.contains(edge.from)
            && !writer.solved.contains(edge.to)
        {
            writer.scan(left);
        }
        let step = match (
            writer.solved.contains(edge.from),
            writer.solved.contains(edge.to),
        ) {
            // A bound relationship fills its ends or is compared with them; it is never searched.
            _ if edge.bound => Step::Into(position),
            (true, true) => Step::Into(position),
            (from, _) => Step::Expand(position, from),
        };
        writer.steps.push(step);
        writer.solved.insert(edge.from);
        writer.solved.insert(edge.to);
    }
    for node in &graph.nodes {
        writer.scan(node.slot);
    }
    let steps = writer.steps.into_iter();
    steps.map(PlannedStep::unestimated).collect()
}

/// The relationships in the order of the text, but each trail after the relationships that its predicates read.
fn order(graph: &QueryGraph) -> Vec<usize> {
    let mut open: Vec<usize> = (0..graph.edges.len()).collect();
    let mut order = Vec::new();
    while !open.is_empty() {
        let waits = |position: &usize| {
            let reads = step_reads(graph, &graph.edges[*position]);
            let mut others = open.iter().filter(|other| *other != position);
            others.any(|other| reads.contains(graph.edges[*other].slot))
        };
        let ready = open.iter().position(|position| !waits(position));
        order.push(open.remove(ready.unwrap_or(0)));
    }
    order
}

/// The slots that the predicates of a trail read, directly or through subqueries.
fn step_reads(graph: &QueryGraph, edge: &PatternEdge) -> SlotSet {
    let mut reads = SlotSet::default();
    let predicates = edge
        .edge_predicate
        .iter()
        .flat_map(|(_, predicates)| predicates);
    predicates.for_each(|predicate| predicate.add_slots(&mut reads));
    for need in &graph.subqueries {
        if !reads.is_disjoint(&need.apply.kind.adds()) {
            reads.extend(need.reads.iter().copied());
        }
    }
    reads
}

struct Writer<'a> {
    graph: &'a QueryGraph,
    solved: SlotSet,
    steps: Vec<Step>,
}

impl Writer<'_> {
    /// Scans a node of the pattern, unless it is known.
    fn scan(&mut self, slot: Slot) {
        let position = self.graph.nodes.iter().position(|node| node.slot == slot);
        if let Some(position) = position.filter(|_| !self.solved.contains(slot)) {
            self.solved.insert(slot);
            self.steps.push(Step::Scan(position));
        }
    }
}
