//! Warnings about Cartesian products: parts of a pattern that are not connected.

use std::collections::HashMap;

use crate::{
    analyze::Analyzer,
    base::{Code, Diagnostic, Span},
    plan::{QueryGraph, Slot},
};

impl Analyzer<'_> {
    /// Warns about parts of a pattern without a connecting relationship, predicate, subquery or pair of bound nodes.
    pub(super) fn warn_product(&mut self, graph: &QueryGraph, spans: &[(Slot, Span)]) {
        let mut parts = Parts::new(graph.nodes.iter().map(|node| node.slot));
        for edge in &graph.edges {
            parts.connect([edge.from, edge.to]);
        }
        let bound = graph.nodes.iter().filter(|node| node.bound);
        parts.connect(bound.map(|node| node.slot));
        for predicate in &graph.predicates {
            parts.connect(predicate.slots().iter());
        }
        for need in &graph.subqueries {
            parts.connect(need.reads.iter().copied());
        }
        let Some((first, last)) = parts.outermost() else {
            return;
        };
        let mut span_in = |part| {
            let mut spans = spans.iter();
            spans.find(|(slot, _)| parts.of(*slot) == Some(part))
        };
        let Some((_, span)) = span_in(last) else {
            return;
        };
        let message = "this part shares no variable with the rest of the pattern: every combination is a match";
        let mut warning = Diagnostic::new(Code::CartesianProduct, *span, message);
        if let Some((_, other)) = span_in(first) {
            warning = warning.label(*other, "combined with this");
        }
        let help = "share a variable, add a relationship, or compare the two in `WHERE`";
        self.warnings.push(warning.help(help));
    }
}

/// The connected parts of a pattern, by union and find. A part is named by the position of one of its nodes.
struct Parts {
    nodes: HashMap<Slot, usize>,
    /// By position: another node of the same part, or the node itself.
    parents: Vec<usize>,
    /// By position of a part: the number of the connection that was the last to touch it; 0 if none did.
    touched: Vec<usize>,
    connections: usize,
}

impl Parts {
    fn new(nodes: impl Iterator<Item = Slot>) -> Self {
        let nodes: HashMap<_, _> = nodes.zip(0..).collect();
        Self {
            parents: (0..nodes.len()).collect(),
            touched: vec![0; nodes.len()],
            nodes,
            connections: 0,
        }
    }

    /// The part of a node; `None` for other slots.
    fn of(&mut self, slot: Slot) -> Option<usize> {
        let mut at = *self.nodes.get(&slot)?;
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        Some(at)
    }

    /// Makes the parts of nodes one part.
    fn connect(&mut self, slots: impl IntoIterator<Item = Slot>) {
        self.connections += 1;
        let mut whole = None;
        for slot in slots {
            let Some(part) = self.of(slot) else {
                continue;
            };
            let whole = *whole.get_or_insert(part);
            self.parents[part] = whole;
            self.touched[whole] = self.connections;
        }
    }

    /// The first and the last part in the order of their last connection and of the text; `None` if there is only one.
    fn outermost(&self) -> Option<(usize, usize)> {
        let parts = (0..self.parents.len()).filter(|at| self.parents[*at] == *at);
        let order = |part: &usize| (self.touched[*part], *part);
        let (first, last) = (parts.clone().min_by_key(order)?, parts.max_by_key(order)?);
        (first != last).then_some((first, last))
    }
}
