//! Consecutive `MATCH` clauses become one pattern, so that planning can start at any of them.

use std::collections::BTreeSet;

use crate::plan::{Node, Op, QueryGraph, Slot};

/// Merges each run of matches. Relationships keep their clause, which is the scope of relationship uniqueness.
pub(super) fn merge_matches(node: Node) -> Node {
    node.map_bottom_up(&mut |node| match node.op {
        Op::Match(_) => merge_with_input(node),
        _ => node,
    })
}

fn merge_with_input(mut node: Node) -> Node {
    let input = &mut node.inputs[0];
    let predicates = match &input.op {
        Op::Filter { predicates } => predicates.clone(),
        _ => Vec::new(),
    };
    let before = match &mut input.op {
        Op::Filter { .. } => &mut input.inputs[0],
        _ => input,
    };
    let (Op::Match(first), Op::Match(second)) = (&mut before.op, &mut node.op) else {
        return node;
    };
    if !can_merge(first, second) {
        return node;
    }
    let mut merged = std::mem::take(&mut **first);
    let mut inputs = std::mem::take(&mut before.inputs);
    merged.predicates.extend(predicates);
    append(&mut merged, std::mem::take(&mut **second));
    inputs.extend(node.inputs.drain(1..));
    Op::Match(Box::new(merged)).over(inputs)
}

/// Maximum number of relationships per merged pattern.
const MOST: usize = 48;

fn can_merge(before: &QueryGraph, after: &QueryGraph) -> bool {
    let edges: BTreeSet<Slot> = before.edges.iter().map(|edge| edge.slot).collect();
    !after.edges.iter().any(|edge| edges.contains(&edge.slot))
        && before.edges.len() + after.edges.len() <= MOST
}

fn append(before: &mut QueryGraph, mut after: QueryGraph) {
    let clauses = before.edges.iter().map(|edge| edge.clause + 1);
    let clause = clauses.max().unwrap_or(0);
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
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn consecutive_matches_become_one_pattern() {
        check(
            "merge_matches",
            "RETURN c
             Match (b) BOUND, (c), (b)-[s]->(c) CLAUSE 0
             Filter a.x = 1
             Match (a), (b), (a)-[r]->(b) CLAUSE 0",
            "RETURN c
             Match (a), (b), (c), (a)-[r]->(b) CLAUSE 0, (b)-[s]->(c) CLAUSE 1 WHERE a.x = 1",
        );
        keeps(
            "merge_matches",
            "RETURN x\nMatch (b)\nUnwind [1] AS x\nMatch (a)",
        );
    }
}
