//! Sets of nodes and relationships of a pattern, as bit sets.

/// A set of positions.
pub(super) type Mask = u128;

/// A set of nodes and relationships, each by its position in the query graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Elements {
    pub(super) nodes: Mask,
    pub(super) edges: Mask,
}

impl Elements {
    pub(super) fn node(position: usize) -> Self {
        Self {
            nodes: 1 << position,
            edges: 0,
        }
    }

    pub(super) fn edge(position: usize) -> Self {
        Self {
            nodes: 0,
            edges: 1 << position,
        }
    }

    pub(super) fn has_node(self, position: usize) -> bool {
        self.nodes >> position & 1 == 1
    }

    pub(super) fn has_edge(self, position: usize) -> bool {
        self.edges >> position & 1 == 1
    }

    /// True if every element of the other set is in this one.
    pub(super) fn contains(self, other: Self) -> bool {
        other.minus(self).is_empty()
    }

    pub(super) fn is_disjoint(self, other: Self) -> bool {
        self.nodes & other.nodes == 0 && self.edges & other.edges == 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.len() == 0
    }

    pub(super) fn len(self) -> u32 {
        self.nodes.count_ones() + self.edges.count_ones()
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            nodes: self.nodes | other.nodes,
            edges: self.edges | other.edges,
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            nodes: self.nodes & !other.nodes,
            edges: self.edges & !other.edges,
        }
    }
}

/// The positions in a set, ascending.
pub(super) fn members(mut mask: Mask) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(first)
    })
}
