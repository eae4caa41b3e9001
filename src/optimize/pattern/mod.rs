//! Plans a pattern: the start node, the order of the relationships, the places of the filters.
//!
//! `problem` describes the pattern with its counts, `search` chooses steps by cost, `written` takes the order of the
//! text instead, `emit` turns steps into operators, and `decide` adds the predicates that each step makes ready.

mod bound;
mod branch;
mod decide;
mod declared;
mod elements;
mod emit;
mod implied;
mod join;
mod lookup;
mod partner;
mod problem;
mod rivals;
mod search;
mod shape;
mod waiting;
mod written;

use self::{
    branch::Branch, emit::Emitter, lookup::Candidate, problem::Problem, rivals::rivals,
    search::State,
};
use crate::{
    optimize::{OptLevel, Planner, membership},
    plan::{Expr, ExprKind, LabelTest, Node, Op, QueryGraph, SlotSet},
};

/// When pre-aggregation and messages are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counting {
    /// The statement changes the graph.
    Never,
    ByCost,
    /// Messages cost nothing.
    Always,
}

/// Minimum cost of a plan without messages for which branches are planned: below it, planning them costs more.
const WORTH_BRANCHING: f64 = 500.0;

/// One step of matching a pattern; nodes and relationships by their position in the query graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Every node, or every node with a label.
    Scan(usize),
    /// The nodes or relationships that an index lookup returns, by the position of the lookup in the problem.
    Seek(usize),
    /// Every relationship, with both its ends.
    Edges(usize),
    /// A relationship or trail from its known end, which is `from` if the flag is set.
    Expand(usize, bool),
    /// A relationship or trail between two known nodes, or a bound one.
    Into(usize),
    /// The common neighbours of two or more known nodes.
    Intersect(usize),
    /// A pre-aggregation of the rows by their live slots.
    PreAggregate,
    /// A hash join with a part of the pattern that is matched on its own, by its position in the list of parts.
    Join(usize),
    /// The number of matches of a branch, by its position in the list of branches.
    Message(usize),
}

/// The choices for a pattern that its operators are built from.
struct PlannedPattern<'s> {
    graph: QueryGraph,
    /// For each relationship, those that it must be tested to differ from.
    rivals: Vec<Vec<usize>>,
    /// The slots that the subqueries of the pattern fill.
    results: SlotSet,
    lookups: Vec<Candidate>,
    joins: Vec<Join>,
    branches: Vec<Branch>,
    /// The slots that are live above the pattern.
    needed: &'s SlotSet,
}

/// A part of a pattern that is matched on its own, as the build side of a hash join, with the pairs of expressions that
/// it can be joined on: over the rest, over the part.
type Join = (State, Vec<(Expr, Expr)>);

/// A step with the estimated number of rows per input row.
#[derive(Clone, Copy, Debug)]
struct PlannedStep {
    step: Step,
    /// After the step, before the predicates that it makes ready.
    found: f64,
    /// After these predicates.
    rows: f64,
}

impl PlannedStep {
    /// A step of a plan that was not chosen by cost.
    fn unestimated(step: Step) -> Self {
        let (found, rows) = (f64::NAN, f64::NAN);
        Self { step, found, rows }
    }
}

impl Planner<'_> {
    /// The operators for a [`Op::Match`] whose inputs are planned. `live` are the slots that are live above it.
    pub(super) fn plan_match(&mut self, node: Node, live: &SlotSet) -> Node {
        let Op::Match(pattern) = node.op else {
            return node;
        };
        let mut graph = *pattern;
        let mut inputs = node.inputs.into_iter();
        let input = inputs.next().expect("a `Match` has an input");
        let predicates = std::mem::take(&mut graph.predicates).into_iter();
        graph.predicates = predicates.flat_map(split).collect();
        let mut inputs: Vec<Node> = inputs.collect();
        let optimised = self.level != OptLevel::Unoptimised;
        if optimised {
            membership::use_lookups(&mut graph, &mut inputs, live);
        }
        let stats = (optimised && self.read_only).then_some(self.stats);
        let rivals = rivals(&graph, stats);
        if optimised {
            implied::drop_implied(&mut graph);
        }
        let results = graph.subqueries.iter();
        let results = results.flat_map(|need| need.apply.kind.adds()).copied();
        let mut pattern = PlannedPattern {
            rivals,
            results: results.collect(),
            graph,
            lookups: Vec::new(),
            joins: Vec::new(),
            branches: Vec::new(),
            needed: live,
        };
        let steps = self.steps(&mut pattern, &input);
        let mut missing: SlotSet = pattern.graph.slots(false).collect();
        missing.unite(&pattern.results);
        let needs = pattern.graph.subqueries.iter().cloned().zip(inputs);
        let needs = needs.map(Some).collect();
        let mut emitter = Emitter::new(self, &pattern, input, missing, needs);
        let predicates = &pattern.graph.predicates;
        predicates.iter().for_each(|expr| emitter.wait(Some(expr)));
        emitter.run(&steps);
        emitter.plan
    }

    fn counting(&self) -> Counting {
        match self.level {
            _ if !self.read_only => Counting::Never,
            OptLevel::Counting => Counting::Always,
            OptLevel::Full | OptLevel::WithoutIndexes | OptLevel::Unoptimised => Counting::ByCost,
        }
    }

    /// Chooses the steps for a pattern on top of its input.
    fn steps(&self, pattern: &mut PlannedPattern<'_>, input: &Node) -> Vec<PlannedStep> {
        let graph = &pattern.graph;
        let fits = graph.nodes.len() <= problem::MOST && graph.edges.len() <= problem::MOST;
        if self.level == OptLevel::Unoptimised || !fits {
            return written::steps(graph);
        }
        if self.level != OptLevel::WithoutIndexes {
            let writes = !self.read_only;
            pattern.lookups = lookup::lookups(graph, self.stats, input.rows, writes);
            pattern
                .lookups
                .extend(declared::candidates(graph, self.stats));
        }
        let problem = Problem::new(
            graph,
            &pattern.rivals,
            &pattern.lookups,
            self.stats,
            pattern.needed,
            input,
            self.counting(),
        );
        // The build side is read first, so it must not depend on what the input changes.
        let parts = if !self.read_only && input.writes() {
            Vec::new()
        } else {
            problem.parts()
        };
        let scope = problem.whole();
        let mut found = problem.search(&scope, |state| problem.joins(state, &parts));
        let is_costly = found
            .as_ref()
            .is_none_or(|state| state.cost * problem.input_rows >= WORTH_BRANCHING);
        let mut branches = Vec::new();
        if is_costly || self.level == OptLevel::Counting {
            branches = problem.branches();
        }
        if !branches.is_empty() {
            found = problem.search(&scope, |state| {
                let mut moves = problem.joins(state, &parts);
                moves.extend(problem.messages(state, &scope, &branches));
                moves
            });
        }
        let steps = found.map_or_else(Vec::new, |state| state.steps);
        let joins = parts.into_iter();
        let joins = joins.map(|part| (part.clone(), problem.join_keys(&part)));
        pattern.joins = joins.collect();
        pattern.branches = branches;
        steps
    }
}

/// The conjuncts of a predicate; a label test `A&B` becomes one test per label.
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

#[cfg(test)]
mod tests {
    use crate::{graph::Graph, optimize::tests::check_on};

    /// A thousand nodes `:Many`, ten `:Few`, and a relationship `:R` from each of the many to one of the few.
    fn graph() -> Graph {
        let mut graph = Graph::new();
        let (many, few) = (graph.intern_label("Many"), graph.intern_label("Few"));
        let kind = graph.intern_type("R");
        let few: Vec<_> = (0..10).map(|_| graph.create_node(&[few])).collect();
        for at in 0..1_000 {
            let node = graph.create_node(&[many]);
            graph.create_relationship(node, kind, few[at % 10]);
        }
        graph.commit();
        graph
    }

    #[test]
    fn parts_without_a_common_node_are_joined_on_equal_properties() {
        check_on(
            &graph(),
            "pattern",
            "RETURN a, b\nMatch (a), (b) WHERE a.x = b.y",
            "RETURN a, b
             Filter a.x = b.y
             HashJoin a.x = b.y
             ├─ NodeScan (a)
             └─ NodeScan (b)",
        );
    }

    #[test]
    fn subqueries_about_a_part_are_answered_below_the_join() {
        check_on(
            &graph(),
            "pattern",
            "RETURN a, b
             Match (a), (b) WHERE (toLower(a.x) = toLower(b.y)) AND (b.z > 1) AND e SUBQUERY ExistsApply e ROW @9 READS b
             ├─ Unwind [1] AS x
             └─ Expand (b)-[:R]->()
                Argument b",
            "RETURN a, b
             Filter toLower(a.x) = toLower(b.y)
             HashJoin toLower(b.y) = toLower(a.x)
             ├─ Filter e
             │  ExistsApply e ROW @9
             │  ├─ Filter b.z > 1
             │  │  NodeScan (b)
             │  │  Unwind [1] AS x
             │  └─ Expand (b)-[:R]->()
             │     Argument b
             └─ NodeScan (a)",
        );
    }

    #[test]
    fn few_rows_are_looked_up_without_an_index() {
        check_on(
            &graph(),
            "pattern",
            "RETURN a, row\nMatch (a) WHERE a.x = row.x\nUnwind [1, 2, 3, 4, 5, 6, 7, 8, 9] AS row",
            "RETURN a, row\nIndexSeek (a) WHERE a.x = row.x\nUnwind [1, 2, 3, 4, 5, 6, 7, 8, 9] AS row",
        );
    }

    #[test]
    fn a_value_that_may_fail_is_compared_again() {
        check_on(
            &graph(),
            "pattern",
            "RETURN a\nMatch (a) WHERE a.x = (row + 1)\nUnwind [1, 2] AS row",
            "RETURN a
             Filter a.x = (row + 1)
             IndexSeek (a) WHERE a.x = (row + 1)
             Unwind [1, 2] AS row",
        );
    }

    #[test]
    fn computed_values_are_joined() {
        check_on(
            &graph(),
            "pattern",
            "RETURN a, b\nMatch (a), (b) WHERE toLower(a.x) = toLower(b.y)",
            "RETURN a, b
             Filter toLower(a.x) = toLower(b.y)
             HashJoin toLower(a.x) = toLower(b.y)
             ├─ NodeScan (a)
             └─ NodeScan (b)",
        );
    }
}
