//! The order of the text: relationships as they are written, each node when it is first needed.

use crate::{
    optimize::pattern::Step,
    plan::{Expr, QueryGraph, Slot, SlotSet},
};

/// Steps in the order of the text.
pub(super) fn steps(graph: &QueryGraph) -> Vec<Step> {
    let mut writer = Writer {
        graph,
        solved: SlotSet::default(),
        steps: Vec::new(),
    };
    for node in graph.nodes.iter().filter(|node| node.bound) {
        writer.solved.insert(node.slot);
    }
    for (position, edge) in graph.edges.iter().enumerate() {
        let reads = edge
            .step
            .iter()
            .flat_map(|(_, predicates)| predicates)
            .map(Expr::slots);
        reads.for_each(|slots| slots.iter().for_each(|slot| writer.scan(slot)));
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
            // What the rows hold already gives its ends, or is compared with them; it is never looked for.
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
    writer.steps
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
