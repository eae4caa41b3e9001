//! Planning a pattern: which node to start at, which relationships to follow in which order, when to filter.
//!
//! `problem` says what there is to choose, `search` chooses by cost, `written` takes the order of the text instead,
//! `emit` turns the chosen steps into operators, and `decide` puts behind each what can be decided then.

mod bound;
mod decide;
mod emit;
mod lookup;
mod problem;
mod search;
mod written;

use self::problem::Problem;
use crate::{
    optimize::{Level, Planner},
    plan::{Expr, ExprKind, LabelTest, Op, QueryGraph, SlotSet},
};

/// One step of matching a pattern; nodes and relationships by their position in the query graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Every node, or every node with a label.
    Scan(usize),
    /// The nodes an index gives, by the position of the lookup in the problem.
    Seek(usize),
    /// Every relationship, with both its ends.
    Edges(usize),
    /// Along a relationship or walk whose one end is known, which is `from` where the flag is set.
    Expand(usize, bool),
    /// A relationship or walk between two known nodes.
    Into(usize),
    /// A node by two or more relationships that lead to known nodes.
    Intersect(usize),
    /// Rows that agree in all that is still needed become one.
    Compact,
}

impl Planner<'_> {
    /// The operators that match a pattern for each row of `input`, where `needed` is what is read of their rows.
    pub(super) fn plan_match(&mut self, input: Op, mut graph: QueryGraph, needed: &SlotSet) -> Op {
        for need in &mut graph.subqueries {
            let wanted = need.apply.inner_needs(needed);
            let inner = std::mem::replace(&mut *need.apply.inner, Op::Unit);
            *need.apply.inner = self.plan(inner, &wanted);
        }
        graph.predicates = std::mem::take(&mut graph.predicates)
            .into_iter()
            .flat_map(split)
            .collect();
        let fits = graph.nodes.len() <= problem::MOST && graph.edges.len() <= problem::MOST;
        if self.level == Level::Naive || !fits {
            let steps = written::steps(&graph);
            return self.emit(input, graph, &[], &steps, needed);
        }
        let lookups = if self.level == Level::Full {
            lookup::lookups(&graph, self.stats)
        } else {
            Vec::new()
        };
        let compact = self.read_only && matches!(input, Op::Unit);
        let steps = Problem::new(&graph, &lookups, self.stats, needed, compact).search();
        self.emit(input, graph, &lookups, &steps, needed)
    }
}

/// The parts of a conjunction, label tests by single labels included.
fn split(predicate: Expr) -> Vec<Expr> {
    let span = predicate.span;
    match predicate.kind {
        ExprKind::And(parts) => parts.into_iter().flat_map(split).collect(),
        ExprKind::HasLabels(subject, LabelTest::And(parts)) => parts
            .into_iter()
            .flat_map(|part| split(Expr::new(ExprKind::HasLabels(subject.clone(), part), span)))
            .collect(),
        kind => vec![Expr::new(kind, span)],
    }
}
