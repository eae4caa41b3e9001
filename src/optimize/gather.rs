//! Threads run pipelines: an operator that reads all rows of a pipeline over a scan gets them from an [`Op::Gather`] if
//! they are enough work.
//!
//! The estimates decide, not the number of threads, so that equal statistics give equal plans. The rows of a pipeline have
//! to depend only on the row of the scan that they extend, and not on the rows before it. Below a limit no rows are
//! gathered: the limit may need few of them.

use crate::{
    graph::Stats,
    optimize::{OptLevel, Planner, cost, estimate::estimate},
    plan::{Arm, Node, Op, SlotSet, TrailMode},
};

/// Minimum number of rows of the operators of a pipeline, about a millisecond of work.
const WORTH_THREADS: f64 = 100_000.0;

/// Inserts [`Op::Gather`] above pipelines.
pub(super) fn gather(mut root: Node, planner: &mut Planner<'_>) -> Node {
    if !planner.read_only {
        return root;
    }
    estimate(&mut root, planner.stats, 1.0);
    let least = match planner.level {
        OptLevel::Counting => 0.0,
        _ => WORTH_THREADS,
    };
    let stats = planner.stats;
    let threads = &Threads { least, stats };
    let live = planner.live.clone();
    visit(&mut root, &live, Consumer::ReadsAll, threads);
    root
}

/// When threads are worth it.
struct Threads<'a> {
    /// The minimum number of rows of a pipeline.
    least: f64,
    stats: &'a Stats,
}

/// What becomes of the rows of a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Consumer {
    /// Only some may be read.
    MayStop,
    /// All are read.
    ReadsAll,
    /// Threads aggregate them.
    Aggregates,
}

/// `live` are the slots that are live above the node.
fn visit(node: &mut Node, live: &SlotSet, consumer: Consumer, threads: &Threads<'_>) {
    let is_pipeline = is_pipeline(node);
    let worth = consumer != Consumer::MayStop
        && is_pipeline
        && (!node.op.is_scan() || consumer == Consumer::Aggregates)
        && steps(node, live, threads.stats) >= threads.least;
    visit_below(node, live, consumer, is_pipeline, threads);
    if worth {
        node.replace(&mut |node| {
            let rows = node.rows;
            Node {
                rows,
                ..Op::Gather.on(node)
            }
        });
    }
}

/// Visits the sources of a node; only the weights of messages, if the node is in a pipeline.
fn visit_below(
    node: &mut Node,
    live: &SlotSet,
    consumer: Consumer,
    in_pipeline: bool,
    threads: &Threads<'_>,
) {
    let below = node.live_below(live);
    let sources = node.sources().len();
    let first = below_first(&node.op, consumer);
    let inputs = node.inputs.iter_mut().zip(&below).take(sources);
    for (position, (input, live)) in inputs.enumerate() {
        match position {
            0 if in_pipeline => visit_below(input, live, consumer, true, threads),
            0 => visit(input, live, first, threads),
            _ => visit(input, live, Consumer::ReadsAll, threads),
        }
    }
}

/// What becomes of the rows of the first input of an operator.
fn below_first(op: &Op, consumer: Consumer) -> Consumer {
    match op {
        Op::Aggregate {
            partition: None, ..
        } if !op.draws() => Consumer::Aggregates,
        Op::Aggregate { .. }
        | Op::PreAggregate { .. }
        | Op::Sort { .. }
        | Op::TopK { .. }
        | Op::Eager => Consumer::ReadsAll,
        first if first.first_rows().is_some() => Consumer::MayStop,
        _ if consumer == Consumer::Aggregates => Consumer::ReadsAll,
        _ => consumer,
    }
}

/// True for operators that extend the rows of a scan one by one.
fn is_pipeline(mut node: &Node) -> bool {
    while !node.op.is_scan() {
        let extends = match &node.op {
            Op::Expand(_)
            | Op::ExpandInto(_)
            | Op::Intersect { .. }
            | Op::FollowList { .. }
            | Op::Filter { .. }
            | Op::Project { .. }
            | Op::Unwind { .. }
            | Op::Message(_) => true,
            Op::VarExpand(trail) | Op::VarExpandInto(trail) => trail.mode == TrailMode::All,
            _ => false,
        };
        if !extends || node.op.draws() {
            return false;
        }
        node = node.input();
    }
    matches!(node.input().op, Op::Unit)
}

/// The rows that the operators of a pipeline handle, and the neighbours that they read.
fn steps(node: &Node, live: &SlotSet, stats: &Stats) -> f64 {
    let counted = node.op.extends() && node.op.adds().is_disjoint(live);
    if node.op.is_scan() {
        return if counted { 0.0 } else { node.rows };
    }
    let input = node.input();
    let own = match &node.op {
        Op::Message(message) if message.is_degree() => input.rows,
        Op::Message(message) => read(&message.arms, input.rows, stats),
        Op::Intersect { arms, .. } => read(arms, input.rows, stats),
        _ if counted => input.rows,
        _ => node.rows,
    };
    let below = node.live_below(live);
    own + steps(input, &below[0], stats)
}

/// The neighbours in the lists of some rows along the arm with the fewest.
fn read(arms: &[Arm], rows: f64, stats: &Stats) -> f64 {
    let degree = |arm: &Arm| {
        let all = cost::relationships(stats, None, &arm.types, None, arm.direction);
        all / cost::starting_nodes(stats, &arm.types, arm.direction).max(1.0)
    };
    rows * arms
        .iter()
        .map(degree)
        .fold(f64::INFINITY, f64::min)
        .max(1.0)
}

#[cfg(test)]
mod tests {
    use crate::graph::Graph;
    use crate::optimize::tests::check_on;

    /// A graph that is large enough.
    fn large() -> Graph {
        let mut graph = Graph::new();
        for _ in 0..100_000 {
            graph.create_node(&[]);
        }
        graph.commit();
        graph
    }

    fn check(before: &str, after: &str) {
        check_on(&large(), "gather", before, after);
    }

    fn keeps(plan: &str) {
        check(plan, plan);
    }

    #[test]
    fn threads_run_what_an_aggregation_reads() {
        check(
            "RETURN x, c\nAggregate n.x AS x, count(*) AS c\nNodeScan (n)",
            "RETURN x, c\nAggregate n.x AS x, count(*) AS c\nGather\nNodeScan (n)",
        );
        check(
            "RETURN c\nAggregate count(*) AS c\nFilter n.x = 1\nNodeScan (n)",
            "RETURN c\nAggregate count(*) AS c\nGather\nFilter n.x = 1\nNodeScan (n)",
        );
    }

    #[test]
    fn rows_of_a_scan_that_are_only_counted_are_no_work() {
        keeps("RETURN c\nAggregate count(*) AS c\nNodeScan (n)");
    }

    #[test]
    fn the_rows_of_a_scan_alone_are_not_gathered() {
        keeps("RETURN n\nSort n.x\nNodeScan (n)");
    }

    #[test]
    fn a_limit_may_stop_a_pipeline_but_not_below_a_sort() {
        keeps("RETURN n\nLimit 3\nFilter n.x = 1\nNodeScan (n)");
        check(
            "RETURN n\nLimit 3\nSkip 1\nSort n.x\nFilter n.x = 1\nNodeScan (n)",
            "RETURN n\nLimit 3\nSkip 1\nSort n.x\nGather\nFilter n.x = 1\nNodeScan (n)",
        );
    }

    #[test]
    fn weights_are_a_pipeline_of_their_own() {
        check(
            "RETURN c
             Aggregate count(*) AS c
             Message (a)-[]->(v)
             ├─ NodeScan (a)
             └─ Filter v.x = 1
                NodeScan (v)",
            "RETURN c
             Aggregate count(*) AS c
             Gather
             Message (a)-[]->(v)
             ├─ NodeScan (a)
             └─ Gather
                Filter v.x = 1
                NodeScan (v)",
        );
    }

    #[test]
    fn random_numbers_are_drawn_in_order() {
        keeps("RETURN c\nAggregate count(*) AS c\nFilter rand() < 0.5\nNodeScan (n)");
    }
}
