//! `RelationshipScan`: every relationship of some types.

use std::ops::Range;

use crate::{
    base::Direction,
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::types_of,
        op::{
            extend::{Asked, Emitted, Extend},
            parts::{Ids, count_ranges},
        },
    },
    graph::{self, Adjacency, intersect::contains},
    plan::{Named, Slot},
    value::{Column, EdgeId, NodeId, TypeId},
};

/// Reads the outgoing neighbour lists of each type.
pub(crate) struct RelationshipScan<'p> {
    /// The relationship and its two nodes.
    slots: [Slot; 3],
    types: &'p [Named<TypeId>],
    direction: Direction,
    ids: Ids,
    place: Place,
    edges: Vec<EdgeId>,
    from: Vec<NodeId>,
    to: Vec<NodeId>,
}

/// The next relationship: the position of its type, the node whose list it is in, its position in the list.
#[derive(Clone, Copy, Default)]
struct Place {
    kind: usize,
    node: u32,
    at: usize,
}

impl<'p> RelationshipScan<'p> {
    pub(crate) fn new(
        slots: [Slot; 3],
        types: &'p [Named<TypeId>],
        direction: Direction,
        ids: Ids,
    ) -> Self {
        Self {
            slots,
            types,
            direction,
            ids,
            place: Place::default(),
            edges: Vec::new(),
            from: Vec::new(),
            to: Vec::new(),
        }
    }

    fn push(&mut self, edge: EdgeId, from: NodeId, to: NodeId) {
        self.edges.push(edge);
        self.from.push(from);
        self.to.push(to);
    }

    /// Takes the relationship `edge` in its directions.
    fn take(&mut self, edge: EdgeId, from: NodeId, to: NodeId) {
        match self.direction {
            Direction::Outgoing => self.push(edge, from, to),
            Direction::Incoming => self.push(edge, to, from),
            Direction::Either => {
                self.push(edge, from, to);
                if from != to {
                    self.push(edge, to, from);
                }
            }
        }
    }

    /// Takes relationships of one type, from the place on, until there are `most`; true if the type is finished.
    fn take_type(&mut self, list: Adjacency<'_>, most: usize) -> bool {
        let nodes = intersection(&list.nodes(), &self.ids.range());
        self.place.node = self.place.node.max(nodes.start);
        while self.place.node < nodes.end {
            let node = NodeId(self.place.node);
            let neighbours = list.of(node);
            while let Some(entry) = neighbours.get(self.place.at) {
                if self.edges.len() >= most {
                    return false;
                }
                self.take(entry.edge, node, entry.node);
                self.place.at += 1;
            }
            self.place = Place {
                node: self.place.node + 1,
                at: 0,
                ..self.place
            };
        }
        true
    }
}

impl Extend for RelationshipScan<'_> {
    type View<'c> = Vec<Adjacency<'c>>;

    fn view<'c>(
        &self,
        _chunk: &'c Chunk,
        cx: &'c Context<'_>,
    ) -> Result<Vec<Adjacency<'c>>, Failure> {
        Ok(scanned(self.types, cx))
    }

    fn count(&mut self, lists: &Vec<Adjacency<'_>>, _row: usize) -> Result<u64, Failure> {
        let ids = self.ids.range();
        let count = |list: &Adjacency<'_>| {
            let nodes = intersection(&list.nodes(), &ids);
            let total = if nodes == list.nodes() {
                list.total() as u64
            } else {
                nodes
                    .clone()
                    .map(|node| list.degree(NodeId(node)) as u64)
                    .sum()
            };
            match self.direction {
                Direction::Outgoing | Direction::Incoming => total,
                Direction::Either => 2 * total - loops(*list, nodes),
            }
        };
        Ok(lists.iter().map(count).sum())
    }

    fn emit(&mut self, lists: &Vec<Adjacency<'_>>, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            self.place = Place::default();
        }
        let before = self.edges.len();
        while let Some(list) = lists.get(self.place.kind) {
            if !self.take_type(*list, before + asked.room) {
                return Ok(Emitted::Part(self.edges.len() - before));
            }
            self.place = Place {
                kind: self.place.kind + 1,
                ..Place::default()
            };
        }
        Ok(Emitted::All(self.edges.len() - before))
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        let [edge, from, to] = self.slots;
        out.put(edge, Column::edges(std::mem::take(&mut self.edges)));
        out.put(from, Column::nodes(std::mem::take(&mut self.from)));
        out.put(to, Column::nodes(std::mem::take(&mut self.to)));
        Ok(())
    }
}

/// The number of self-loops of nodes.
fn loops(list: Adjacency<'_>, nodes: Range<u32>) -> u64 {
    let loops = nodes.map(|node| contains(list.of(NodeId(node)), NodeId(node)).len() as u64);
    loops.sum()
}

/// The outgoing neighbour lists of each type.
fn scanned<'c>(types: &[Named<TypeId>], cx: &'c Context<'_>) -> Vec<Adjacency<'c>> {
    let list = |kind| cx.graph().adjacency(kind, graph::Orientation::Outgoing);
    types_of(types, cx).into_iter().map(list).collect()
}

/// Ranges of ids of nodes with relationships of the types.
pub(crate) fn ranges(types: &[Named<TypeId>], cx: &Context<'_>) -> Vec<Range<u32>> {
    let lists = scanned(types, cx);
    let nodes = lists
        .iter()
        .map(|list| list.nodes())
        .filter(|nodes| !nodes.is_empty());
    let nodes = nodes.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
    let Some(nodes) = nodes else {
        return Vec::new();
    };
    // The scan of several types takes one after the other, and so would no longer be in order.
    if lists.iter().filter(|list| list.total() > 0).count() > 1 {
        return vec![nodes];
    }
    let most = count_ranges(lists.iter().map(|list| list.total() as u64).sum());
    let ids = u64::from(nodes.end - nodes.start);
    if let [list] = lists.as_slice()
        && list.total() as u64 * SPARSE < ids
    {
        return sparse_ranges(*list, most);
    }
    let width = ids.div_ceil(most).max(1);
    let starts = (nodes.start..nodes.end).step_by(width as usize);
    let range = |start: u32| start..nodes.end.min(start.saturating_add(width as u32));
    starts.map(range).collect()
}

/// If there are so many ids for each relationship, the ids of a range may be few or most.
const SPARSE: u64 = 4;

/// Ranges of ids with about the same number of relationships, without the ids before and after them.
fn sparse_ranges(list: Adjacency<'_>, most: u64) -> Vec<Range<u32>> {
    let share = (list.total() as u64).div_ceil(most) as usize;
    let mut ranges: Vec<Range<u32>> = Vec::new();
    let mut room = 0;
    for (node, neighbours) in list.lists() {
        let end = node.0 + 1;
        match ranges.last_mut() {
            Some(range) if room > 0 => range.end = end,
            _ => {
                ranges.push(node.0..end);
                room = share;
            }
        }
        room = room.saturating_sub(neighbours.len());
    }
    ranges
}

fn intersection(a: &Range<u32>, b: &Range<u32>) -> Range<u32> {
    a.start.max(b.start)..a.end.min(b.end)
}
