//! `ORDER BY … LIMIT` becomes a top-k.

use crate::plan::{Node, Op};

/// Replaces a limit on a sort by [`Op::TopK`], unless the limit has a partition.
pub(super) fn use_topk(node: Node) -> Node {
    node.map_bottom_up(&mut |node| match (&node.op, node.inputs.first()) {
        (
            Op::Limit {
                partition: None, ..
            },
            Some(Node {
                op: Op::Sort { .. },
                ..
            }),
        ) => top_k(node),
        _ => node,
    })
}

fn top_k(limit: Node) -> Node {
    let rows = limit.rows;
    let Op::Limit { count, .. } = limit.op.clone() else {
        return limit;
    };
    let mut sort = limit.into_input();
    if let Op::Sort { keys } = sort.op {
        sort.op = Op::TopK { keys, count };
        sort.rows = rows;
    }
    sort
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    #[test]
    fn a_limit_on_a_sort_keeps_the_first_rows() {
        check(
            "topk",
            "RETURN n\nLimit 3\nSort n.a DESC\nNodeScan (n)",
            "RETURN n\nTopK n.a DESC LIMIT 3\nNodeScan (n)",
        );
        keeps("topk", "RETURN n\nLimit 3\nSkip 1\nSort n.a\nNodeScan (n)");
    }
}
