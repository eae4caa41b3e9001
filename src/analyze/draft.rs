//! A query graph under construction.

use std::collections::BTreeSet;

use crate::{
    analyze::{
        scope::Scope,
        shortest::{NamedPath, subject},
        subquery::Pending,
    },
    base::Span,
    plan::{Expr, Node, PathStep, QueryGraph, Slot},
    syntax::ast,
    value::Type,
};

/// A query graph under construction.
pub(super) struct Draft {
    pub(super) graph: QueryGraph,
    /// The inner plans of the subqueries in `graph`, in the same order.
    pub(super) inner: Vec<Node>,
    /// The names in scope, including those of the pattern.
    pub(super) scope: Scope,
    /// The number of slots before the pattern. Lower slots are bound.
    pub(super) first_new: usize,
    pub(super) paths: Vec<NamedPath>,
    /// `REPEATABLE ELEMENTS`
    pub(super) repeatable: bool,
    /// The number of the next group of relationships that differ from each other.
    pub(super) group: u32,
    /// Predicates inside of elements. They are analysed when all names are in scope.
    pub(super) inline: Vec<Inline>,
}

/// What a pattern part became in the query graph.
pub(super) struct Matched {
    pub(super) start: Slot,
    pub(super) steps: Vec<PathStep>,
}

impl Matched {
    /// The last node.
    pub(super) fn end(&self) -> Slot {
        self.steps.last().map_or(self.start, |step| step.node)
    }
}

/// Predicates to evaluate after the match, since they read paths.
#[derive(Default)]
pub(super) struct After {
    /// Predicates on shortest paths, each with the slot of the path's relationships.
    pub(super) shortest: Vec<(Slot, Expr, Vec<Pending>)>,
    /// Other predicates that read a path.
    pub(super) paths: Vec<(Expr, Vec<Pending>)>,
}

/// Labels, properties and predicate of one element, not yet analysed.
pub(super) struct Inline {
    /// The entity that the predicates constrain.
    pub(super) slot: Slot,
    pub(super) kind: Type,
    pub(super) name: Option<String>,
    pub(super) labels: Option<ast::LabelExpr>,
    pub(super) properties: Option<ast::Expr>,
    pub(super) predicate: Option<ast::Expr>,
    /// The position of the variable-length relationship whose steps they constrain.
    pub(super) step_of: Option<usize>,
    pub(super) span: Span,
}

impl Draft {
    /// Whether a relationship of the pattern has this slot.
    pub(super) fn holds(&self, slot: Slot) -> bool {
        self.graph.edges.iter().any(|edge| edge.slot == slot)
    }

    /// Adds a predicate to the query graph, or to `after` if it reads a path: paths are built after the match.
    pub(super) fn ask(
        &mut self,
        predicate: Expr,
        needs: Vec<Pending>,
        reads: &BTreeSet<Slot>,
        after: &mut After,
    ) {
        if let Some(path) = subject(&self.graph, &self.paths, reads) {
            after.shortest.push((path, predicate, needs));
        } else if self.paths.iter().any(|(path, _)| reads.contains(path)) {
            after.paths.push((predicate, needs));
        } else {
            self.add_subqueries(needs);
            self.graph.predicates.push(predicate);
        }
    }

    pub(super) fn add_subqueries(&mut self, pending: Vec<Pending>) {
        for Pending { need, inner } in pending {
            self.graph.subqueries.push(need);
            self.inner.push(inner);
        }
    }
}
