//! Liveness: the slots that an operator fills and reads, and the slots that are live below it.

use crate::plan::{
    Apply, ApplyKind, Create, CreateEdge, CreateNode, ElementPredicate, Expr, Merge, Node, Op,
    Plan, Probe, QueryGraph, ShortestPath, Slot, SlotSet, Trail,
};

impl Plan {
    /// Writes the `id` and the `output` of every node: one pass, after the last change of the plan.
    pub fn annotate(&mut self) {
        let live = self.columns.iter().map(|column| column.slot).collect();
        annotate(&mut self.root, live, &mut 0);
    }
}

fn annotate(node: &mut Node, live: SlotSet, next: &mut usize) {
    node.id = *next;
    *next += 1;
    let below = node.live_below(&live);
    node.output = live;
    for (input, live) in node.inputs.iter_mut().zip(below) {
        annotate(input, live, next);
    }
}

impl Node {
    /// The slots that the operator reads of the rows of its first input (of both inputs, for [`Op::Union`] and
    /// [`Op::HashJoin`]), including the slots that its inner plan reads of outer rows.
    #[must_use]
    pub fn reads(&self) -> SlotSet {
        let mut read = SlotSet::default();
        self.op.add_expression_slots(&mut read);
        for inner in &self.inputs[self.sources().len()..] {
            read.unite(&inner.argument_slots());
        }
        self.op.add_reads(&mut read);
        read
    }

    /// The slots of the outer row that the [`Op::Argument`]s of this inner plan read. Inner plans of inner plans have
    /// arguments of their own.
    #[must_use]
    pub fn argument_slots(&self) -> SlotSet {
        let mut found = SlotSet::default();
        self.add_argument_slots(&mut found);
        found
    }

    fn add_argument_slots(&self, found: &mut SlotSet) {
        if let Op::Argument { slots, .. } = &self.op {
            found.extend(slots.iter().copied());
        }
        let sources = self.sources().iter();
        sources.for_each(|source| source.add_argument_slots(found));
    }

    /// The slots that the rows of the node hold.
    #[must_use]
    pub fn fills(&self) -> SlotSet {
        let mut filled = self.op.adds();
        match &self.op {
            Op::Aggregate { .. } | Op::Union { .. } => {}
            Op::Message(_) => filled.unite(&self.input().fills()),
            Op::PreAggregate { keys } => filled.extend(keys.iter().copied()),
            _ => {
                let sources = self.sources().iter();
                sources.for_each(|source| filled.unite(&source.fills()));
            }
        }
        filled
    }

    /// For each input, the slots that are live there if `above` are live above this node.
    #[must_use]
    pub fn live_below(&self, above: &SlotSet) -> Vec<SlotSet> {
        match &self.op {
            Op::Unit | Op::Empty { .. } | Op::Argument { .. } => Vec::new(),
            Op::Aggregate { .. } | Op::PreAggregate { .. } => vec![self.reads()],
            Op::Union { columns } => {
                let live = || columns.iter().filter(|(slot, ..)| above.contains(*slot));
                vec![
                    live().map(|(_, left, _)| *left).collect(),
                    live().map(|(.., right)| *right).collect(),
                ]
            }
            Op::Message(message) if message.weighted => {
                vec![self.live_in_source(above), SlotSet::one(message.node)]
            }
            Op::HashJoin { .. } => {
                let live = self.live_in_source(above);
                let inputs = self.inputs.iter();
                let only = |input: &Self| {
                    let mut live = live.clone();
                    live.intersect(&input.fills());
                    live
                };
                inputs.map(only).collect()
            }
            Op::Apply(apply) => vec![self.live_in_source(above), apply.live_inside(above)],
            Op::Merge(merge) => {
                let inner = merge.adds.iter().copied().chain([merge.row]).collect();
                vec![self.live_in_source(above), inner]
            }
            Op::Foreach(foreach) => vec![self.live_in_source(above), SlotSet::one(foreach.row)],
            Op::ShortestPathWhere { row, .. } => {
                vec![self.live_in_source(above), SlotSet::one(*row)]
            }
            Op::Match(pattern) => {
                let inner = pattern.subqueries.iter();
                let adds = |apply: &Apply| apply.kind.adds().iter().copied().collect();
                let inner = inner.map(|need| need.apply.live_inside(&adds(&need.apply)));
                [self.live_in_source(above)]
                    .into_iter()
                    .chain(inner)
                    .collect()
            }
            _ => vec![self.live_in_source(above)],
        }
    }

    fn live_in_source(&self, above: &SlotSet) -> SlotSet {
        let mut live = above.clone();
        live.subtract(&self.op.adds());
        live.unite(&self.reads());
        live
    }
}

impl QueryGraph {
    /// The slots of its nodes and relationships that are bound by the input rows, or of those that are not.
    pub fn slots(&self, bound: bool) -> impl Iterator<Item = Slot> {
        let nodes = self.nodes.iter().map(|node| (node.slot, node.bound));
        let edges = self.edges.iter().map(|edge| (edge.slot, edge.bound));
        let all = nodes.chain(edges);
        all.filter(move |(_, own)| *own == bound)
            .map(|(slot, _)| slot)
    }

    /// The slots that are filled while the pattern is matched.
    pub(super) fn own_slots(&self) -> SlotSet {
        let mut own: SlotSet = self.slots(false).collect();
        for need in &self.subqueries {
            own.extend(need.apply.kind.adds().iter().copied());
        }
        let predicates = self.edges.iter();
        own.extend(predicates.filter_map(|edge| Some(edge.edge_predicate.as_ref()?.0)));
        own
    }
}

impl Trail {
    pub(super) fn add_reads(&self, read: &mut SlotSet) {
        remove_element(self.edge_predicate.as_ref(), read);
        read.insert(self.from);
        read.extend(self.disjoint.iter().copied());
    }
}

impl ShortestPath {
    pub(super) fn add_reads(&self, read: &mut SlotSet) {
        remove_element(self.node_predicate.as_ref(), read);
        self.trail.add_reads(read);
        read.insert(self.trail.to);
    }
}

fn remove_element(predicate: Option<&ElementPredicate>, read: &mut SlotSet) {
    if let Some((slot, _)) = predicate {
        read.remove(*slot);
    }
}

impl Probe {
    /// The slots that the values to find are computed from.
    #[must_use]
    pub fn slots(&self) -> SlotSet {
        let mut read = SlotSet::default();
        for expr in self.expressions() {
            expr.add_slots(&mut read);
        }
        read
    }
}

impl ApplyKind {
    /// The slots that the apply adds to its outer rows.
    #[must_use]
    pub fn adds(&self) -> &[Slot] {
        match self {
            Self::Inner { adds } | Self::Optional { adds } => adds,
            Self::Exists(slot) | Self::Count(slot) | Self::Collect { list: slot, .. } => {
                std::slice::from_ref(slot)
            }
            Self::Semi | Self::Anti | Self::Effect => &[],
        }
    }
}

impl Apply {
    /// The slots that are live in the rows of the inner plan.
    #[must_use]
    pub fn live_inside(&self, above: &SlotSet) -> SlotSet {
        let mut live: SlotSet = match &self.kind {
            ApplyKind::Inner { adds } | ApplyKind::Optional { adds } => {
                let live = adds.iter().filter(|slot| above.contains(**slot));
                live.copied().collect()
            }
            ApplyKind::Collect { value, .. } => SlotSet::one(*value),
            ApplyKind::Exists(_)
            | ApplyKind::Count(_)
            | ApplyKind::Semi
            | ApplyKind::Anti
            | ApplyKind::Effect => SlotSet::default(),
        };
        live.insert(self.row);
        live
    }
}

impl Create {
    /// The slots that it fills.
    #[must_use]
    pub fn adds(&self) -> SlotSet {
        let nodes = self.nodes.iter().map(|node| node.slot);
        let edges = self.edges.iter().map(|edge| edge.slot);
        nodes.chain(edges).collect()
    }

    pub(super) fn add_reads(&self, read: &mut SlotSet) {
        read.extend(self.edges.iter().flat_map(|edge| [edge.from, edge.to]));
        read.subtract(&self.adds());
    }
}

impl CreateNode {
    /// The slots that its expressions read.
    #[must_use]
    pub fn reads(&self) -> SlotSet {
        slots_of(self.names.iter().chain(&self.properties))
    }
}

impl CreateEdge {
    /// The slots that its expressions read.
    #[must_use]
    pub fn reads(&self) -> SlotSet {
        let name = self.kind.expression().into_iter();
        slots_of(name.chain(&self.properties))
    }
}

/// The slots that expressions read.
pub(super) fn slots_of<'a>(exprs: impl Iterator<Item = &'a Expr>) -> SlotSet {
    let mut slots = SlotSet::default();
    exprs.for_each(|expr| expr.add_slots(&mut slots));
    slots
}

impl Merge {
    pub(super) fn add_reads(&self, read: &mut SlotSet) {
        self.create.add_reads(read);
        read.subtract(&self.adds.iter().copied().collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::{Direction, Span},
        plan::{Expand, Expr, ExprKind},
    };

    fn slots(numbers: &[u32]) -> SlotSet {
        numbers.iter().map(|number| Slot(*number)).collect()
    }

    #[test]
    fn what_an_operator_adds_is_dead_below_it() {
        let op = Op::Expand(Expand {
            from: Slot(0),
            direction: Direction::Outgoing,
            types: Vec::new(),
            edge: Some(Slot(1)),
            to: Some(Slot(2)),
        });
        let node = op.on(Op::Unit.leaf());
        assert_eq!(node.live_below(&slots(&[2, 3])), [slots(&[0, 3])]);
    }

    #[test]
    fn variables_of_comprehensions_are_not_read_of_the_row() {
        let at = Span::default();
        let expr = Expr::new(
            ExprKind::ListComprehension {
                variable: Slot(5),
                list: Box::new(Expr::slot(Slot(1), at)),
                predicate: None,
                map: Some(Box::new(Expr::new(
                    ExprKind::List(vec![Expr::slot(Slot(5), at), Expr::slot(Slot(2), at)]),
                    at,
                ))),
            },
            at,
        );
        assert_eq!(expr.slots(), slots(&[1, 2]));
    }
}
