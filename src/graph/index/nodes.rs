//! The nodes with one value.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use crate::value::NodeId;

/// At least one node, in ascending order. Most values have one node, which is stored inline.
#[derive(Clone, Debug)]
pub(super) enum Nodes {
    One(NodeId),
    Several(Box<Several>),
}

/// A sorted array for few nodes; a bitmap for many, with cheap insertion and removal.
#[derive(Clone, Debug)]
pub(super) enum Several {
    Few(Vec<NodeId>),
    Many(RoaringBitmap),
}

/// The maximum number of nodes in an array.
const FEW: usize = 64;

impl Nodes {
    pub(super) fn to_cow(&self) -> Cow<'_, [NodeId]> {
        match self {
            Self::One(node) => Cow::Borrowed(std::slice::from_ref(node)),
            Self::Several(several) => match &**several {
                Several::Few(nodes) => Cow::Borrowed(nodes),
                Several::Many(nodes) => nodes.iter().map(NodeId).collect(),
            },
        }
    }

    pub(super) fn insert(&mut self, node: NodeId) {
        match self {
            Self::One(other) => {
                let both = vec![node.min(*other), node.max(*other)];
                *self = Self::Several(Box::new(Several::Few(both)));
            }
            Self::Several(several) => several.insert(node),
        }
    }

    /// Removes a node. Returns true if it was the last one.
    pub(super) fn remove(&mut self, node: NodeId) -> bool {
        match self {
            Self::One(_) => true,
            Self::Several(several) => several.remove(node),
        }
    }
}

impl Several {
    fn insert(&mut self, node: NodeId) {
        match self {
            Self::Few(nodes) if nodes.len() < FEW => {
                nodes.insert(nodes.partition_point(|other| *other < node), node);
            }
            Self::Few(nodes) => {
                *self = Self::Many(nodes.iter().chain([&node]).map(|node| node.0).collect());
            }
            Self::Many(nodes) => {
                nodes.insert(node.0);
            }
        }
    }

    fn remove(&mut self, node: NodeId) -> bool {
        match self {
            Self::Few(nodes) => {
                nodes.retain(|other| *other != node);
                nodes.is_empty()
            }
            Self::Many(nodes) => {
                nodes.remove(node.0);
                nodes.is_empty()
            }
        }
    }
}
