//! A plan node: an operator, its inputs, and what is known of its rows.

use crate::plan::{Op, SlotSet};

/// An operator with its inputs.
///
/// Rows flow from the inputs to the node. The first input is the one whose rows are extended; a second input is either
/// another source of rows ([`Op::Union`], [`Op::HashJoin`], [`Op::Message`]) or an inner plan, which runs for the rows of the first.
#[derive(Clone, Debug)]
pub struct Node {
    /// The position of the node in pre-order. Written by [`Plan::annotate`](crate::plan::Plan::annotate).
    pub id: usize,
    /// The operator.
    pub op: Op,
    /// The inputs; their number and roles depend on the operator.
    pub inputs: Vec<Node>,
    /// The slots of its rows that are live above it. Written by [`Plan::annotate`](crate::plan::Plan::annotate).
    pub output: SlotSet,
    /// The estimated number of its rows over the whole statement; NaN until the planner estimates it.
    pub rows: f64,
}

impl Op {
    /// A node without inputs.
    #[must_use]
    pub fn leaf(self) -> Node {
        self.over(Vec::new())
    }

    /// A node with one input.
    #[must_use]
    pub fn on(self, input: Node) -> Node {
        self.over(vec![input])
    }

    /// A node with the given inputs.
    #[must_use]
    pub fn over(self, inputs: Vec<Node>) -> Node {
        Node {
            id: 0,
            op: self,
            inputs,
            output: SlotSet::default(),
            rows: f64::NAN,
        }
    }
}

impl Node {
    /// The first input.
    ///
    /// # Panics
    /// If the operator is a leaf.
    #[must_use]
    pub fn input(&self) -> &Self {
        self.inputs.first().expect("the operator has an input")
    }

    /// The first input, without its node.
    ///
    /// # Panics
    /// If the operator is a leaf.
    #[must_use]
    pub fn into_input(self) -> Self {
        let mut inputs = self.inputs.into_iter();
        inputs.next().expect("the operator has an input")
    }

    /// The second input.
    ///
    /// # Panics
    /// If the operator has only one.
    #[must_use]
    pub fn second(&self) -> &Self {
        self.inputs.get(1).expect("the operator has two inputs")
    }

    /// The inputs whose rows the operator reads directly; the others are inner plans.
    #[must_use]
    pub fn sources(&self) -> &[Self] {
        let count = if self.op.is_binary() { 2 } else { 1 };
        &self.inputs[..self.inputs.len().min(count)]
    }

    /// Visits the node and all nodes below it in pre-order.
    pub fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        self.inputs.iter().for_each(|input| input.each(visit));
    }

    /// Replaces every node by the result of `change`, inputs before the node above them.
    #[must_use]
    pub fn map_bottom_up(mut self, change: &mut dyn FnMut(Self) -> Self) -> Self {
        self.rewrite(change);
        self
    }

    fn rewrite(&mut self, change: &mut dyn FnMut(Self) -> Self) {
        self.inputs
            .iter_mut()
            .for_each(|input| input.rewrite(change));
        self.replace(change);
    }

    /// Replaces the node by the result of `change`. Recursive functions call it instead of moving nodes themselves, so
    /// that a deep plan takes little stack.
    #[inline(never)]
    pub fn replace(&mut self, change: &mut dyn FnMut(Self) -> Self) {
        *self = change(self.take());
    }

    /// The same node with another operator.
    #[must_use]
    pub fn with_op(self, op: Op) -> Self {
        Self { op, ..self }
    }

    /// Takes the node out of a place and leaves [`Op::Unit`] there.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Op::Unit.leaf())
    }

    /// Whether the node or one below it changes the graph.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.updates() > 0
    }

    /// The number of nodes, this one and all below it, that change the graph.
    #[must_use]
    pub fn updates(&self) -> usize {
        let mut count = 0;
        self.each(&mut |node| count += usize::from(node.op.is_update()));
        count
    }

    /// Whether the operator extends rows and none of its outputs is live: then it only counts the extensions.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.op.extends() && self.op.adds().is_disjoint(&self.output)
    }

    /// Whether the node or one below it draws random numbers.
    #[must_use]
    pub fn draws(&self) -> bool {
        let mut found = false;
        self.each(&mut |node| found |= node.op.draws());
        found
    }

    /// Whether the node or a source below it reads outer rows.
    #[must_use]
    pub fn is_correlated(&self) -> bool {
        matches!(self.op, Op::Argument { .. }) || self.sources().iter().any(Self::is_correlated)
    }
}
