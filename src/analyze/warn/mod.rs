//! Warnings about legal but useless parts of a statement: unknown names, relationships in the wrong direction,
//! Cartesian products, unused variables.
//!
//! An empty graph gives no warnings about names or relationships, nor does a statement that may create them itself.

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

/// The known labels of nodes: a node has at least one label of each inner list.
#[derive(Clone, Default)]
pub(super) struct Known(HashMap<Slot, Vec<Vec<LabelId>>>);

impl Known {
    /// The known labels of a node.
    fn of(&self, node: Slot) -> &[Vec<LabelId>] {
        self.0.get(&node).map_or(&[], Vec::as_slice)
    }

    /// Records that a node satisfies a label test.
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

    /// Leaves a subquery: what it found out about outer nodes holds only for its own rows and is dropped.
    pub(super) fn leave(&mut self, mut before: Self, first_inner: usize) {
        before.0.extend(
            self.0
                .drain()
                .filter(|(slot, _)| slot.index() >= first_inner),
        );
        *self = before;
    }
}

/// The labels of a name or a disjunction of names; `None` for another test or a label that the catalog lacks.
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

/// Maximum number of warnings of a statement with a suggestion: searching for one takes time in the size of the catalog.
const SUGGESTIONS: usize = 10;

impl Analyzer<'_> {
    /// The result of `search`, or `None` if there are many warnings already.
    fn suggestion(&self, search: impl FnOnce() -> Option<String>) -> Option<String> {
        (self.warnings.len() < SUGGESTIONS).then(search).flatten()
    }

    /// Records the labels that predicates require. The predicates must hold for every row.
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

    /// Warns about relationships and Cartesian products in a pattern.
    pub(super) fn warn_pattern(&mut self, graph: &QueryGraph, spans: &[(Slot, Span)]) {
        let places: HashMap<_, _> = spans.iter().copied().rev().collect();
        for edge in graph.edges.iter().filter(|edge| edge.length.is_none()) {
            if let Some(span) = places.get(&edge.slot) {
                self.warn_edge(edge, *span);
            }
        }
        self.warn_product(graph, spans);
    }
}
