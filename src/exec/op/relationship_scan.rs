//! `RelationshipScan`: every relationship of some types.

use crate::{
    base::Direction,
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::types_of,
        op::extend::{Asked, Emitted, Extend},
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
    pub(crate) fn new(slots: [Slot; 3], types: &'p [Named<TypeId>], direction: Direction) -> Self {
        Self {
            slots,
            types,
            direction,
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
        let nodes = list.nodes();
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
        let types = types_of(self.types, cx).into_iter();
        let list = |kind| cx.graph().adjacency(kind, graph::Orientation::Outgoing);
        Ok(types.map(list).collect())
    }

    fn count(&mut self, lists: &Vec<Adjacency<'_>>, _row: usize) -> Result<u64, Failure> {
        let count = |list: &Adjacency<'_>| match self.direction {
            Direction::Outgoing | Direction::Incoming => list.total() as u64,
            Direction::Either => 2 * list.total() as u64 - loops(list),
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

/// The number of self-loops.
fn loops(list: &Adjacency<'_>) -> u64 {
    let lists = list.lists();
    lists
        .map(|(node, neighbours)| contains(neighbours, node).len() as u64)
        .sum()
}
