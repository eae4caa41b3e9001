//! Warnings about Cartesian products: parts of a pattern that are not connected.

use std::collections::BTreeSet;

use crate::{
    analyze::Analyzer,
    base::{Code, Diagnostic, Span},
    plan::{QueryGraph, Slot},
};

impl Analyzer<'_> {
    /// Warns about parts of a pattern without a connecting relationship, predicate, subquery or pair of bound nodes.
    pub(super) fn warn_product(&mut self, graph: &QueryGraph, spans: &[(Slot, Span)]) {
        let mut groups: Vec<BTreeSet<Slot>> = graph
            .nodes
            .iter()
            .map(|node| BTreeSet::from([node.slot]))
            .collect();
        let bound: BTreeSet<Slot> = graph
            .nodes
            .iter()
            .filter(|node| node.bound)
            .map(|node| node.slot)
            .collect();
        let edges = graph
            .edges
            .iter()
            .map(|edge| BTreeSet::from([edge.slot, edge.from, edge.to]));
        let predicates = graph
            .predicates
            .iter()
            .map(|predicate| predicate.slots().iter().collect());
        let needs = graph
            .subqueries
            .iter()
            .map(|need| need.reads.iter().copied().collect());
        for connection in edges.chain([bound]).chain(predicates).chain(needs) {
            let (mut tied, apart): (Vec<_>, Vec<_>) = groups
                .into_iter()
                .partition(|group| !group.is_disjoint(&connection));
            groups = apart;
            if let Some(first) = tied.pop() {
                groups.push(tied.into_iter().fold(first, |all, group| &all | &group));
            }
        }
        if let [first, .., last] = groups.as_slice()
            && let Some((_, span)) = spans.iter().find(|(slot, _)| last.contains(slot))
        {
            let message = "this part shares no variable with the rest of the pattern: every combination is a match";
            let mut warning = Diagnostic::new(Code::CartesianProduct, *span, message);
            if let Some((_, other)) = spans.iter().find(|(slot, _)| first.contains(slot)) {
                warning = warning.label(*other, "combined with this");
            }
            self.warnings.push(
                warning.help("share a variable, add a relationship, or compare the two in `WHERE`"),
            );
        }
    }
}
