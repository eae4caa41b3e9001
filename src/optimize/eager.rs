//! Removes each `Eager` that separates no reads from writes.

use crate::plan::{Node, Op};

/// Removes an `Eager` on an `Eager`, and an `Eager` on rows that do not come from the graph.
pub(super) fn drop_needless_barriers(node: Node) -> Node {
    node.map_bottom_up(&mut |node| match node.op {
        Op::Eager if matches!(node.input().op, Op::Eager) || !touches_graph(node.input()) => {
            node.into_input()
        }
        _ => node,
    })
}

/// True if an operator, or one below it, reads or writes the graph. Any expression over slots may read it.
fn touches_graph(node: &Node) -> bool {
    match &node.op {
        Op::Unit => false,
        Op::Unwind { list, .. } => touches_graph(node.input()) || !list.slots().is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn a_barrier_on_a_barrier_or_on_no_read_separates_nothing() {
        check(
            "eager",
            "RETURN n\nEager\nEager\nNodeScan (n)",
            "RETURN n\nEager\nNodeScan (n)",
        );
        check(
            "eager",
            "RETURN x\nEager\nUnwind [1] AS x",
            "RETURN x\nUnwind [1] AS x",
        );
        keeps("eager", "RETURN n\nEager\nNodeScan (n)");
    }
}
