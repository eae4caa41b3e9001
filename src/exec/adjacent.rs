//! Neighbour lists over several relationship types and both directions, seen as one list.

use crate::{
    graph::{Adjacency, Direction, Graph, Neighbour, intersect::contains},
    plan::Towards,
    value::{NodeId, TypeId},
};

/// The neighbours of nodes along relationships of some types, one way or either way.
pub(crate) struct Adjacent<'g> {
    views: Vec<View<'g>>,
}

/// The lists of one type in one direction, with those of the opposite direction.
struct View<'g> {
    forward: Adjacency<'g>,
    backward: Adjacency<'g>,
    /// Whether loops are left out, since another view has them.
    loopless: bool,
}

impl<'g> Adjacent<'g> {
    pub(crate) fn new(graph: &'g Graph, types: &[TypeId], towards: Towards) -> Self {
        let directions: &[Direction] = match towards {
            Towards::Outgoing => &[Direction::Outgoing],
            Towards::Incoming => &[Direction::Incoming],
            Towards::Either => &Direction::BOTH,
        };
        let mut views = Vec::new();
        for &kind in types {
            for &direction in directions {
                let forward = graph.adjacency(kind, direction);
                if forward.total() > 0 {
                    let backward = graph.adjacency(kind, direction.reversed());
                    let loopless = towards == Towards::Either && direction == Direction::Incoming;
                    views.push(View {
                        forward,
                        backward,
                        loopless,
                    });
                }
            }
        }
        Self { views }
    }

    /// The neighbours of a node, sorted by (neighbour, relationship). `scratch` is used where several lists have to be
    /// merged.
    pub(crate) fn of<'s>(&self, node: NodeId, scratch: &'s mut Vec<Neighbour>) -> &'s [Neighbour]
    where
        'g: 's,
    {
        match self.views.as_slice() {
            [] => &[],
            [only] if !only.loopless => only.forward.of(node),
            views => {
                scratch.clear();
                views.iter().for_each(|view| view.extend(node, scratch));
                scratch.sort_unstable();
                scratch
            }
        }
    }

    /// How many neighbours a node has, counting parallel relationships.
    pub(crate) fn degree(&self, node: NodeId) -> u64 {
        self.views.iter().map(|view| view.degree(node)).sum()
    }

    /// Puts the relationships from one node to another into `found`, sorted.
    pub(crate) fn between(&self, from: NodeId, to: NodeId, found: &mut Vec<Neighbour>) {
        found.clear();
        for view in &self.views {
            let edges = view.between(from, to).iter();
            found.extend(edges.map(|entry| Neighbour {
                node: to,
                edge: entry.edge,
            }));
        }
        if self.views.len() > 1 {
            found.sort_unstable();
        }
    }

    /// How many relationships lead from one node to another.
    pub(crate) fn count_between(&self, from: NodeId, to: NodeId) -> u64 {
        self.views
            .iter()
            .map(|view| view.between(from, to).len() as u64)
            .sum()
    }
}

impl<'g> View<'g> {
    fn degree(&self, node: NodeId) -> u64 {
        let all = self.forward.degree(node);
        let loops = if self.loopless {
            contains(self.forward.of(node), node).len()
        } else {
            0
        };
        (all - loops) as u64
    }

    fn extend(&self, node: NodeId, found: &mut Vec<Neighbour>) {
        let list = self.forward.of(node);
        if self.loopless {
            found.extend(list.iter().filter(|entry| entry.node != node));
        } else {
            found.extend_from_slice(list);
        }
    }

    /// Looks at the end with fewer neighbours.
    fn between(&self, from: NodeId, to: NodeId) -> &'g [Neighbour] {
        if self.loopless && from == to {
            return &[];
        }
        let (there, back) = (self.forward.of(from), self.backward.of(to));
        if there.len() <= back.len() {
            contains(there, to)
        } else {
            contains(back, from)
        }
    }
}
