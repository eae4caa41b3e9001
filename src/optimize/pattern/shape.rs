//! The shape of a branch: which nodes and relationships are counted, and what must be known before.

use crate::{
    optimize::pattern::elements::{Elements, Mask},
    plan::Same,
};

/// A branch without its plan.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) target: usize,
    /// The relationships from the rest to the target.
    pub(super) arms: Mask,
    /// The nodes and relationships that are counted, without the arms.
    pub(super) inside: Elements,
    /// The positions of the conditions that become exceptions.
    pub(super) exceptions: Vec<usize>,
    /// What must be known: the nodes and relationships that arms and exceptions start from.
    pub(super) requires: Elements,
    /// True if every node that the arms lead to has the weight 1.
    pub(super) uniform: bool,
    /// The node that is counted with the target.
    pub(super) partner: Option<Partner>,
}

impl Shape {
    /// What the message makes known.
    pub(super) fn adds(&self) -> Elements {
        let mut adds = self.inside;
        adds.edges |= self.arms;
        let partner = self.partner.iter();
        partner.fold(adds, |adds, partner| {
            let node = Elements::node(partner.node);
            adds.plus(node).plus(Elements::edge(partner.arm))
        })
    }
}

/// A node without further relationships or predicates that is counted together with the target of a branch.
#[derive(Clone, Debug)]
pub(super) struct Partner {
    pub(super) node: usize,
    /// The relationship to it.
    pub(super) arm: usize,
    /// What must differ.
    pub(super) same: Same,
    /// The position of the condition that says so, if it is one.
    pub(super) condition: Option<usize>,
}
