//! `VarExpand` and `VarExpandInto`: the trails from a node, or between two nodes.

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        op::{
            extend::{Asked, Emitted, Extend, Tally},
            search::{Search, edge_list},
            trail::TrailSearch,
        },
    },
    plan::{Slot, SlotSet, Trail},
    value::{Column, NodeId, Value},
};

/// Maximum number of relationships of the trails of one chunk: long trails make chunks of few rows, so that their
/// memory is accounted before it is large.
const LISTED: usize = 1 << 16;

pub(crate) struct VarExpand<'p> {
    trail: &'p Trail,
    /// Whether the rows hold the end.
    into: bool,
    to: Option<Slot>,
    edges: Option<Slot>,
    search: TrailSearch<'p>,
    found_nodes: Vec<NodeId>,
    found_edges: Vec<Value>,
    /// The total number of relationships of these lists.
    listed: usize,
}

impl<'p> VarExpand<'p> {
    pub(crate) fn new(trail: &'p Trail, into: bool, live: &SlotSet) -> Self {
        Self {
            trail,
            into,
            to: Some(trail.to).filter(|slot| !into && live.contains(*slot)),
            edges: trail.edges.filter(|slot| live.contains(*slot)),
            search: TrailSearch::new(trail, None),
            found_nodes: Vec::new(),
            found_edges: Vec::new(),
            listed: 0,
        }
    }

    fn push(&mut self, end: NodeId) {
        if self.to.is_some() {
            self.found_nodes.push(end);
        }
        if self.edges.is_some() {
            let path = &self.search.path;
            self.listed += path.len();
            self.found_edges.push(edge_list(path, self.trail.reversed));
        }
    }
}

impl Extend for VarExpand<'_> {
    type View<'c> = Search<'c>;

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Search<'c>, Failure> {
        Search::new(self.trail, self.into, chunk, cx)
    }

    fn count(&mut self, search: &Search<'_>, row: usize) -> Result<u64, Failure> {
        let asked = Asked {
            row,
            skip: 0,
            room: usize::MAX,
        };
        self.tally(search, asked).map(|tally| tally.count)
    }

    fn tally(&mut self, search: &Search<'_>, asked: Asked) -> Result<Tally, Failure> {
        if asked.is_first() {
            self.search.begin(search.target(asked.row), search)?;
        }
        let mut count = 0;
        while count < asked.room {
            if self.search.advance(search)?.is_none() {
                let count = count as u64;
                return Ok(Tally {
                    count,
                    is_all: true,
                });
            }
            count += 1;
        }
        let count = count as u64;
        Ok(Tally {
            count,
            is_all: false,
        })
    }

    fn emit(&mut self, search: &Search<'_>, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            self.search.begin(search.target(asked.row), search)?;
        }
        let mut count = 0;
        while count < asked.room && self.listed < LISTED {
            match self.search.advance(search)? {
                None => return Ok(Emitted::All(count)),
                Some(end) => self.push(end),
            }
            count += 1;
        }
        Ok(Emitted::Part(count))
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        self.listed = 0;
        if let Some(to) = self.to {
            out.put(to, Column::nodes(std::mem::take(&mut self.found_nodes)));
        }
        if let Some(edges) = self.edges {
            out.put(edges, Column::values(std::mem::take(&mut self.found_edges)));
        }
        Ok(())
    }
}
