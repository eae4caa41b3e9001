//! `EdgeScan`: every relationship of some types.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::types_of,
        op::{
            expand::Factor,
            fan_out::{Cursor, Spread, narrow},
        },
    },
    graph::{Adjacency, Direction, intersect::contains},
    plan::{Named, Slot},
    value::{EdgeId, NodeId, TypeId},
};

/// Where relationships go.
#[derive(Clone, Copy)]
pub(crate) struct Slots {
    pub(crate) edge: Slot,
    pub(crate) from: Slot,
    pub(crate) to: Slot,
}

/// Goes over the outgoing lists of each type. The cursor's offset is not 0 once a row has been begun.
pub(crate) struct EdgeScan<'p> {
    slots: Slots,
    types: &'p [Named<TypeId>],
    either: bool,
    place: Place,
    edges: Vec<EdgeId>,
    from: Vec<NodeId>,
    to: Vec<NodeId>,
}

/// The next relationship: the number of its type, the node whose list it is in, the position there.
#[derive(Clone, Copy, Default)]
struct Place {
    kind: usize,
    node: u32,
    at: usize,
}

impl<'p> EdgeScan<'p> {
    pub(crate) fn new(slots: Slots, types: &'p [Named<TypeId>], either: bool) -> Self {
        Self {
            slots,
            types,
            either,
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

    /// Takes relationships of one type, from the place on, until there are enough; true if the type is done.
    fn take(&mut self, list: Adjacency<'_>) -> bool {
        let nodes = list.nodes();
        self.place.node = self.place.node.max(nodes.start);
        while self.place.node < nodes.end {
            let node = NodeId(self.place.node);
            let neighbours = list.of(node);
            while let Some(entry) = neighbours.get(self.place.at) {
                if self.edges.len() >= CAPACITY {
                    return false;
                }
                self.push(entry.edge, node, entry.node);
                if self.either && entry.node != node {
                    self.push(entry.edge, entry.node, node);
                }
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

impl Spread for EdgeScan<'_> {
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let types = types_of(self.types, cx);
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            if cursor.offset == 0 {
                self.place = Place::default();
                cursor.offset = 1;
            }
            let done = match types.get(self.place.kind) {
                None => true,
                Some(kind) => {
                    if self.take(cx.graph().adjacency(*kind, Direction::Outgoing)) {
                        self.place = Place {
                            kind: self.place.kind + 1,
                            ..Place::default()
                        };
                    }
                    false
                }
            };
            rows.resize(self.edges.len(), narrow(cursor.row));
            if done {
                cursor.next_row();
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(
            self.slots.edge,
            Column::edges(std::mem::take(&mut self.edges)),
        );
        out.put(
            self.slots.from,
            Column::nodes(std::mem::take(&mut self.from)),
        );
        out.put(self.slots.to, Column::nodes(std::mem::take(&mut self.to)));
        Ok(())
    }
}

/// A scan of which nothing is read: how many relationships there are is enough.
pub(crate) struct EdgeCount<'p> {
    pub(crate) types: &'p [Named<TypeId>],
    pub(crate) either: bool,
}

impl Factor for EdgeCount<'_> {
    fn factors(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Vec<u64>, Failure> {
        let types = types_of(self.types, cx);
        let lists = types
            .iter()
            .map(|kind| cx.graph().adjacency(*kind, Direction::Outgoing));
        let count = |list: Adjacency<'_>| {
            let total = list.total() as u64;
            if self.either {
                2 * total - loops(list)
            } else {
                total
            }
        };
        Ok(vec![lists.map(count).sum(); chunk.len()])
    }
}

fn loops(list: Adjacency<'_>) -> u64 {
    list.lists()
        .map(|(node, neighbours)| contains(neighbours, node).len() as u64)
        .sum()
}
