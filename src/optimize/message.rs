//! An apply whose inner plan only counts neighbours becomes a message: `OPTIONAL MATCH`, `EXISTS`, `NOT EXISTS` and
//! `COUNT { }` of a pattern whose nodes are not read.

use crate::{
    optimize::Planner,
    plan::{Apply, ApplyKind, Arm, Message, MessageKind, Node, Op, Slot, SlotSet},
};

/// Replaces such applies.
pub(super) fn use_messages(mut node: Node, planner: &Planner<'_>) -> Node {
    if planner.read_only {
        visit(&mut node, &planner.live);
    }
    node
}

/// `live` are the slots that are live above the node.
fn visit(node: &mut Node, live: &SlotSet) {
    if matches!(node.op, Op::Apply(_)) {
        node.replace(&mut |node| rewrite(node, live));
    }
    let below = node.live_below(live);
    for (input, live) in node.inputs.iter_mut().zip(below) {
        visit(input, &live);
    }
}

fn rewrite(mut node: Node, live: &SlotSet) -> Node {
    let Op::Apply(apply) = &node.op else {
        return node;
    };
    let message = kind(apply, live).and_then(|kind| message(node.second(), apply.row, kind));
    let Some(message) = message else {
        return node;
    };
    let mut inner = node.inputs.pop().expect("an apply has an inner plan");
    if message.weighted {
        node.inputs.extend(inner.inputs.pop());
    }
    node.with_op(Op::Message(message))
}

/// What an apply makes of the number of its inner rows, if it needs nothing else of them.
fn kind(apply: &Apply, live: &SlotSet) -> Option<MessageKind> {
    let dead = |adds: &[Slot]| !adds.iter().any(|slot| live.contains(*slot));
    match &apply.kind {
        ApplyKind::Inner { adds } => dead(adds).then_some(MessageKind::Product),
        ApplyKind::Optional { adds } => dead(adds).then_some(MessageKind::Optional),
        ApplyKind::Semi => Some(MessageKind::Semi),
        ApplyKind::Anti => Some(MessageKind::Anti),
        ApplyKind::Count(slot) => Some(MessageKind::Count(*slot)),
        ApplyKind::Exists(_) | ApplyKind::Collect { .. } | ApplyKind::Effect => None,
    }
}

/// The message that is the number of rows of an inner plan.
fn message(inner: &Node, row: Slot, kind: MessageKind) -> Option<Message> {
    let Op::Argument { row: own, .. } = inner.inputs.first()?.op else {
        return None;
    };
    if own != row {
        return None;
    }
    match &inner.op {
        Op::Expand(expand) => {
            let arm = Arm {
                from: expand.from,
                direction: expand.direction,
                types: expand.types.clone(),
                edge: None,
            };
            Some(of_neighbours(expand.to?, vec![arm], kind))
        }
        Op::Intersect { node, arms } => {
            let arms = arms.iter().cloned().map(|arm| Arm { edge: None, ..arm });
            Some(of_neighbours(*node, arms.collect(), kind))
        }
        Op::Message(message) if message.kind == MessageKind::Product => {
            let message = message.clone();
            Some(Message { kind, ..message })
        }
        _ => None,
    }
}

/// The number of neighbours.
fn of_neighbours(node: Slot, arms: Vec<Arm>, kind: MessageKind) -> Message {
    Message {
        node,
        weighted: false,
        arms,
        partner: None,
        exceptions: Vec::new(),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use crate::optimize::tests::{check, keeps};

    /// An apply of an inner plan to the nodes.
    fn apply(above: &str, apply: &str, inner: &str) -> String {
        format!("{above}\n{apply} ROW @9\n├─ NodeScan (a)\n└─ {inner}\n   Argument a")
    }

    const EXPAND: &str = "Expand (a)-[r:R]->(b)";

    /// Checks that the apply of an expansion becomes a message.
    fn becomes(above: &str, kind: &str, message: &str) {
        let after = format!("{above}\n{message} (a)-[:R]->(b)\nNodeScan (a)");
        check("message", &apply(above, kind, EXPAND), &after);
    }

    #[test]
    fn a_number_of_neighbours_is_a_message() {
        becomes("RETURN a", "Apply b, r", "Message");
        becomes("RETURN a", "OptionalApply b, r", "OptionalMessage");
        becomes("RETURN a", "SemiApply", "SemiMessage");
        becomes("RETURN a", "AntiApply", "AntiMessage");
        becomes("RETURN a, c", "CountApply c", "CountMessage c OF");
    }

    #[test]
    fn common_neighbours_and_weights_are_kept() {
        check(
            "message",
            "RETURN a
             AntiApply ROW @9
             ├─ NodeScan (a)
             └─ Message (a)-[:R]->(b) EXCEPT b = a
                ├─ Argument a
                └─ NodeScan (b:B)",
            "RETURN a
             AntiMessage (a)-[:R]->(b) EXCEPT b = a
             ├─ NodeScan (a)
             └─ NodeScan (b:B)",
        );
        let common = "(a)-[:R]->(b), (a)<-[:S]-(b)";
        check(
            "message",
            &apply("RETURN a", "SemiApply", &format!("Intersect {common}")),
            &format!("RETURN a\nSemiMessage {common}\nNodeScan (a)"),
        );
    }

    #[test]
    fn neighbours_that_are_read_are_enumerated() {
        keeps(
            "message",
            &apply("RETURN a, b", "OptionalApply b, r", EXPAND),
        );
        keeps("message", &apply("RETURN a, r", "Apply b, r", EXPAND));
        keeps("message", &apply("RETURN a, e", "ExistsApply e", EXPAND));
        let filtered = format!("Filter b.x = 1\n   {EXPAND}");
        keeps("message", &apply("RETURN a", "SemiApply", &filtered));
    }
}
