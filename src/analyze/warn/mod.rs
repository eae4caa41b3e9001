//! What is legal but useless: names the graph does not have, arrows that never run that way, products, variables that
//! nothing reads.
//!
//! Nothing is said of an empty graph, nor of names in a statement that writes: it may bring them about itself.

mod edge;
mod name;
mod product;
mod unused;
mod way;

use std::collections::HashMap;

use crate::{
    analyze::Analyzer,
    base::Span,
    plan::{Expr, ExprKind, LabelTest, QueryGraph, Slot},
    value::{LabelId, Type},
};

pub(super) use self::unused::Variables;

/// The labels that nodes are known to bear at a place: of each inner list every node has one.
#[derive(Clone, Default)]
pub(super) struct Known(HashMap<Slot, Vec<Vec<LabelId>>>);

impl Known {
    /// What is known of a node.
    fn of(&self, node: Slot) -> &[Vec<LabelId>] {
        self.0.get(&node).map_or(&[], Vec::as_slice)
    }

    /// Learns that every match of a node passes a test.
    fn learn(&mut self, node: Slot, test: &LabelTest) {
        match test {
            LabelTest::And(parts) => parts.iter().for_each(|part| self.learn(node, part)),
            LabelTest::Name { .. } | LabelTest::Or(_) => {
                if let Some(labels) = alternatives(test) {
                    let known = self.0.entry(node).or_default();
                    if !known.contains(&labels) {
                        known.push(labels);
                    }
                }
            }
            LabelTest::Any | LabelTest::Not(_) => {}
        }
    }

    /// Forgets what a subquery found out of the rows around it, which holds of its own rows only.
    pub(super) fn leave(&mut self, mut before: Self, first_inner: usize) {
        before.0.extend(
            self.0
                .drain()
                .filter(|(slot, _)| slot.index() >= first_inner),
        );
        *self = before;
    }
}

/// The labels of a choice, if it is one between labels of the graph.
fn alternatives(test: &LabelTest) -> Option<Vec<LabelId>> {
    match test {
        LabelTest::Name { label, .. } => (!label.id.is_none()).then(|| vec![label.id]),
        LabelTest::Or(parts) => {
            let parts = parts.iter().map(alternatives).collect::<Option<Vec<_>>>()?;
            Some(parts.concat())
        }
        LabelTest::Any | LabelTest::Not(_) | LabelTest::And(_) => None,
    }
}

impl Analyzer<'_> {
    /// Remembers the labels that a predicate which every row passes asks for.
    pub(super) fn learn(&mut self, predicates: &[Expr]) {
        for predicate in predicates {
            if let ExprKind::HasLabels(subject, test) = &predicate.kind
                && let ExprKind::Slot(slot) = subject.kind
                && self.slots[slot.index()].kind.within(Type::NODE)
            {
                self.known.learn(slot, test);
            }
        }
    }

    /// What can be said of a pattern as a whole.
    pub(super) fn warn_pattern(&mut self, graph: &QueryGraph, spans: &[(Slot, Span)]) {
        for edge in graph.edges.iter().filter(|edge| edge.length.is_none()) {
            if let Some((_, span)) = spans.iter().find(|(slot, _)| *slot == edge.slot) {
                self.warn_edge(edge, *span);
            }
        }
        self.warn_product(graph, spans);
    }
}
