//! Neighbour lists of several relationship types and directions as one list.

use std::{hint::black_box, ops::Range};

use rustc_hash::FxHashMap;

use crate::{
    base::Direction,
    exec::{context::Context, eval::types_of},
    graph::{self, Adjacency, Neighbour, intersect::contains},
    plan::Named,
    value::{NodeId, TypeId},
};

/// The neighbours of nodes along relationships of some types in a direction.
pub(crate) struct Adjacent<'g> {
    views: Vec<View<'g>>,
}

/// The lists of one type in one direction, with those of the opposite direction.
struct View<'g> {
    forward: Adjacency<'g>,
    backward: Adjacency<'g>,
    /// True if self-loops are left out because another view has them.
    loopless: bool,
}

impl<'g> Adjacent<'g> {
    /// The neighbours along all types if none is named.
    pub(crate) fn new(types: &[Named<TypeId>], direction: Direction, cx: &'g Context<'_>) -> Self {
        use graph::Orientation::{Incoming, Outgoing};
        let sides: &[graph::Orientation] = match direction {
            Direction::Outgoing => &[Outgoing],
            Direction::Incoming => &[Incoming],
            Direction::Either => &[Outgoing, Incoming],
        };
        let mut views = Vec::new();
        for kind in types_of(types, cx) {
            for &side in sides {
                let forward = cx.graph().adjacency(kind, side);
                if forward.total() > 0 {
                    let backward = cx.graph().adjacency(kind, side.reversed());
                    let loopless = direction == Direction::Either && side == Incoming;
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

    /// The neighbours of a node, sorted by (neighbour, relationship).
    pub(crate) fn of<'s>(&self, node: NodeId, merged: &'s mut Merged) -> &'s [Neighbour]
    where
        'g: 's,
    {
        match self.views.as_slice() {
            [] => &[],
            [only] if !only.loopless => only.forward.of(node),
            views => merged.of(node, views),
        }
    }

    /// The number of neighbours of a node; parallel relationships count separately.
    pub(crate) fn degree(&self, node: NodeId) -> u64 {
        self.views.iter().map(|view| view.degree(node)).sum()
    }

    /// Reads the start of the lists of nodes, so that the caches have them. The reads do not wait for each other, as they do
    /// when each list is used before the next is found.
    pub(crate) fn touch(&self, nodes: &[NodeId]) {
        for View { forward, .. } in &self.views {
            let firsts = nodes.iter().filter_map(|node| forward.of(*node).first());
            black_box(firsts.fold(0, |mix, first| mix ^ first.node.0));
        }
    }

    /// The number of neighbours of each node. The loop reads the lists of several nodes at the same time.
    pub(crate) fn degrees(&self, nodes: &[NodeId]) -> Vec<u64> {
        match self.views.as_slice() {
            [only] if !only.loopless => {
                let degrees = nodes.iter().map(|node| only.forward.degree(*node) as u64);
                degrees.collect()
            }
            _ => nodes.iter().map(|node| self.degree(*node)).collect(),
        }
    }

    /// The length of all lists together.
    pub(crate) fn total(&self) -> usize {
        self.views.iter().map(|view| view.forward.total()).sum()
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

    /// The number of relationships from one node to another.
    pub(crate) fn count_between(&self, from: NodeId, to: NodeId) -> u64 {
        self.views
            .iter()
            .map(|view| view.between(from, to).len() as u64)
            .sum()
    }
}

/// A cache of merged neighbour lists.
///
/// It is valid while the graph does not change: operators of a statement that writes clear it for every chunk.
#[derive(Default)]
pub(crate) struct Merged {
    /// The range of each node's list in the arena.
    places: FxHashMap<NodeId, Range<u32>>,
    arena: Vec<Neighbour>,
    /// The last list that was too short for the cache.
    short: Vec<Neighbour>,
}

impl Merged {
    /// Minimum length of cached lists; merging shorter ones costs less than a lookup.
    const SHORT: usize = 8;
    /// Maximum number of cached neighbours: 8 MB.
    const MOST: usize = 1 << 20;

    pub(crate) fn forget(&mut self) {
        self.places.clear();
        self.arena.clear();
    }

    /// Clears the cache if the statement may have changed the graph.
    pub(crate) fn refresh(&mut self, cx: &Context<'_>) {
        if cx.may_write() {
            self.forget();
        }
    }

    fn of(&mut self, node: NodeId, views: &[View<'_>]) -> &[Neighbour] {
        let total: usize = views.iter().map(|view| view.forward.degree(node)).sum();
        if total < Self::SHORT {
            self.short.clear();
            merge(node, views, &mut self.short);
            return &self.short;
        }
        if let Some(place) = self.places.get(&node) {
            return &self.arena[place.start as usize..place.end as usize];
        }
        if self.arena.len() + total > Self::MOST {
            self.forget();
        }
        let start = self.arena.len();
        merge(node, views, &mut self.arena);
        // The arena is far below 32 bits, unless a single list is longer: such a list is not cached.
        if let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(self.arena.len())) {
            self.places.insert(node, from..to);
        }
        &self.arena[start..]
    }
}

/// Adds the merged neighbours of a node to the end of a list.
fn merge(node: NodeId, views: &[View<'_>], out: &mut Vec<Neighbour>) {
    let start = out.len();
    views.iter().for_each(|view| view.extend(node, out));
    if views
        .iter()
        .filter(|view| view.forward.degree(node) > 0)
        .count()
        > 1
    {
        out[start..].sort_unstable();
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

    /// Searches the list of the end with fewer neighbours.
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
