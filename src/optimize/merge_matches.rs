//! Several `MATCH` clauses in a row are one pattern, so that planning may begin with any of them.

use std::collections::BTreeSet;

use crate::plan::{Op, QueryGraph, Slot};

/// Makes one query graph of each run of matches. Relationships keep their clause, within which they differ.
pub(super) fn merge_matches(op: Op) -> Op {
    op.map_bottom_up(&mut |op| match op {
        Op::Match { input, pattern } => match *input {
            Op::Match {
                input,
                pattern: before,
            } => merge(input, *before, *pattern),
            Op::Filter {
                input: filtered,
                predicates,
            } => match *filtered {
                Op::Match {
                    input,
                    pattern: mut before,
                } => {
                    before.predicates.extend(predicates);
                    merge(input, *before, *pattern)
                }
                other => {
                    let input = Box::new(Op::Filter {
                        input: Box::new(other),
                        predicates,
                    });
                    Op::Match { input, pattern }
                }
            },
            other => Op::Match {
                input: Box::new(other),
                pattern,
            },
        },
        other => other,
    })
}

fn merge(input: Box<Op>, mut before: QueryGraph, mut after: QueryGraph) -> Op {
    let edges: BTreeSet<Slot> = before.edges.iter().map(|edge| edge.slot).collect();
    if after.edges.iter().any(|edge| edges.contains(&edge.slot))
        || before.edges.len() + after.edges.len() > MOST
    {
        let input = Box::new(Op::Match {
            input,
            pattern: Box::new(before),
        });
        return Op::Match {
            input,
            pattern: Box::new(after),
        };
    }
    let clause = before
        .edges
        .iter()
        .map(|edge| edge.clause + 1)
        .max()
        .unwrap_or(0);
    for edge in &mut after.edges {
        edge.clause += clause;
    }
    for node in after.nodes {
        if !before.nodes.iter().any(|known| known.slot == node.slot) {
            before.nodes.push(node);
        }
    }
    before.edges.extend(after.edges);
    before.predicates.extend(after.predicates);
    before.subqueries.extend(after.subqueries);
    Op::Match {
        input,
        pattern: Box::new(before),
    }
}

/// More relationships than this are not planned together.
const MOST: usize = 48;
