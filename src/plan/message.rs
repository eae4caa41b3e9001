//! The message: the sum of the weights of a node's neighbours, which a row needs instead of the neighbours themselves.

use crate::plan::{Arm, Slot};

/// A node of a pattern that is summed up, not enumerated.
///
/// The second input of [`Op::Message`](crate::plan::Op::Message) gives each node a weight: the number of its rows with that
/// node, multiplicities included. Without a second input every node has the weight 1. The message of a row is the sum of the weights of the nodes that are common neighbours
/// of the arms, each as often as there are choices of relationships, without the exceptions.
#[derive(Clone, Debug)]
pub struct Message {
    /// The node, in the rows of the second input.
    pub node: Slot,
    /// True if there is a second input.
    pub weighted: bool,
    /// The relationships from nodes of the row to it; at least one. Their `edge` is `None`.
    pub arms: Vec<Arm>,
    /// A node that is counted too, of which only those count that differ.
    pub partner: Option<Partner>,
    /// What the node, or the relationship of the only arm, must not be.
    pub exceptions: Vec<Exception>,
    /// What becomes of the number.
    pub kind: MessageKind,
}

/// A node that is counted together with that of a message of one arm: the product of both numbers is subtracted by the
/// number of pairs that are the same.
#[derive(Clone, Debug)]
pub struct Partner {
    /// The node; every one has the weight 1.
    pub node: Slot,
    /// The relationship to it. Its `edge` is `None`.
    pub arm: Arm,
    /// Which pairs are subtracted.
    pub same: Same,
}

/// What a message and its partner must not have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// The node.
    Node,
    /// The relationship of the arm.
    Edge,
}

/// A term that is subtracted from a message.
#[derive(Clone, Debug)]
pub enum Exception {
    /// The node is a node of the row: `v <> x`.
    Node(Slot),
    /// The node is a neighbour of a node of the row: `NOT (x)-[:R]->(v)`. The `edge` of the arm is `None`.
    Adjacent(Arm),
    /// The relationship of the only arm is a relationship of the row.
    Edge(Slot),
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// It multiplies the row: `MATCH`.
    Product,
    /// It multiplies the row if it is not 0: `OPTIONAL MATCH`.
    Optional,
    /// The row stays if it is not 0: `EXISTS`.
    Semi,
    /// The row stays if it is 0: `NOT EXISTS`.
    Anti,
    /// It fills a slot: `COUNT { }`.
    Count(Slot),
}

impl Message {
    /// Whether the message is the number of neighbours of a node, so that no list is read.
    #[must_use]
    pub fn is_degree(&self) -> bool {
        let plain = self.exceptions.is_empty() && self.partner.is_none();
        plain && !self.weighted && self.arms.len() == 1
    }

    /// The slots of the row that it reads.
    pub(super) fn reads(&self) -> impl Iterator<Item = Slot> {
        let arms = self.arms.iter().map(|arm| arm.from);
        let exceptions = self.exceptions.iter().map(|exception| match exception {
            Exception::Node(slot) | Exception::Edge(slot) => *slot,
            Exception::Adjacent(arm) => arm.from,
        });
        let partner = self.partner.iter().map(|partner| partner.arm.from);
        arms.chain(partner).chain(exceptions)
    }

    /// The slot that it fills.
    pub(super) fn adds(&self) -> Option<Slot> {
        match self.kind {
            MessageKind::Count(slot) => Some(slot),
            MessageKind::Product
            | MessageKind::Optional
            | MessageKind::Semi
            | MessageKind::Anti => None,
        }
    }
}

impl MessageKind {
    /// The name of the operator.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "Message",
            Self::Optional => "OptionalMessage",
            Self::Semi => "SemiMessage",
            Self::Anti => "AntiMessage",
            Self::Count(_) => "CountMessage",
        }
    }
}
