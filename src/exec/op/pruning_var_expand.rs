//! `PruningVarExpand` and `PruningVarExpandInto`: the ends of the trails from a node, or whether there is a trail between two
//! nodes; if the trail is read, one of the shortest.

use rustc_hash::FxHashSet;

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        op::{
            extend::{Asked, Emitted, Extend},
            reach::Reach,
            search::{Search, Target, edge_list},
            shared_reach::SharedReach,
            trail::TrailSearch,
        },
    },
    plan::{Slot, SlotSet, Trail},
    value::{Column, NodeId, Value},
};

pub(crate) struct PruningVarExpand<'p> {
    trail: &'p Trail,
    /// Whether the rows hold the end.
    into: bool,
    /// The end, if it is an output that is live.
    to: Option<Slot>,
    ends: Ends<'p>,
    /// A search for all rows, in place of `ends`.
    shared: Option<SharedReach<'p>>,
    /// True if the row needs no more ends.
    done: bool,
    found: Vec<NodeId>,
    /// The list of relationships, if it is an output that is live. The minimum length is then 0 or 1.
    edges: Option<Slot>,
    found_edges: Vec<Value>,
}

/// A search for the ends of trails; each end once.
struct Ends<'p> {
    reach: Reach<'p>,
    /// If the minimum length is above 1.
    longer: Option<Longer<'p>>,
}

/// Trails that are not as short as possible are enumerated, until every node that can be reached is an end.
struct Longer<'p> {
    trails: TrailSearch<'p>,
    /// The nodes that can be reached and are not yet found as ends.
    open: FxHashSet<NodeId>,
}

impl<'p> PruningVarExpand<'p> {
    pub(crate) fn new(trail: &'p Trail, into: bool, live: &SlotSet) -> Self {
        let edges = trail.edges.filter(|slot| live.contains(*slot));
        Self {
            trail,
            into,
            to: Some(trail.to).filter(|slot| !into && live.contains(*slot)),
            ends: Ends::new(trail, edges.is_some()),
            shared: SharedReach::new(trail, live).filter(|_| !into),
            done: false,
            found: Vec::new(),
            edges,
            found_edges: Vec::new(),
        }
    }

    fn start(&mut self, target: Target, search: &Search<'_>) -> Result<(), Failure> {
        if search.cx.options.max_path_length.is_some() {
            // The length of a trail from another row is not known.
            self.shared = None;
        }
        if let Some(shared) = &mut self.shared {
            return shared.begin(target, search);
        }
        self.done = target.to.is_some_and(NodeId::is_none);
        if self.done {
            return Ok(());
        }
        self.ends.begin(target, search)
    }

    /// The next end of the row; without a live end, only the first.
    fn advance(&mut self, target: Target, search: &Search<'_>) -> Result<Option<NodeId>, Failure> {
        if let Some(shared) = &mut self.shared {
            return shared.advance(search);
        }
        while !self.done
            && let Some(end) = self.ends.advance(search)?
        {
            if target.to.is_none_or(|to| to == end) {
                self.done = self.to.is_none();
                return Ok(Some(end));
            }
        }
        Ok(None)
    }
}

impl<'p> Ends<'p> {
    fn new(trail: &'p Trail, traced: bool) -> Self {
        let reach = Reach::new(trail);
        let longer = || Longer {
            trails: TrailSearch::new(trail, None),
            open: FxHashSet::default(),
        };
        Self {
            reach: if traced { reach.tracing() } else { reach },
            longer: (trail.length.min > 1).then(longer),
        }
    }

    fn begin(&mut self, target: Target, search: &Search<'_>) -> Result<(), Failure> {
        let Some(Longer { trails, open }) = &mut self.longer else {
            return self.reach.begin(target, search);
        };
        open.clear();
        self.reach.begin(Target { min: 1, ..target }, search)?;
        while let Some(end) = self.reach.advance(search)? {
            if target.to.is_none_or(|to| to == end) {
                open.insert(end);
            }
        }
        trails.begin(target, search)
    }

    fn advance(&mut self, search: &Search<'_>) -> Result<Option<NodeId>, Failure> {
        let Some(Longer { trails, open }) = &mut self.longer else {
            return self.reach.advance(search);
        };
        while !open.is_empty()
            && let Some(end) = trails.advance(search)?
        {
            if open.remove(&end) {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }
}

impl Extend for PruningVarExpand<'_> {
    type View<'c> = Search<'c>;

    fn reset(&mut self) {
        if let Some(shared) = &mut self.shared {
            shared.reset();
        }
    }

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Search<'c>, Failure> {
        Search::new(self.trail, self.into, chunk, cx)
    }

    fn count(&mut self, search: &Search<'_>, row: usize) -> Result<u64, Failure> {
        let target = search.target(row);
        self.start(target, search)?;
        Ok(u64::from(self.advance(target, search)?.is_some()))
    }

    fn emit(&mut self, search: &Search<'_>, asked: Asked) -> Result<Emitted, Failure> {
        let target = search.target(asked.row);
        if asked.is_first() {
            self.start(target, search)?;
        }
        let mut count = 0;
        while count < asked.room {
            let Some(end) = self.advance(target, search)? else {
                return Ok(Emitted::All(count));
            };
            self.found.extend(self.to.map(|_| end));
            if self.edges.is_some() {
                let trail = self.ends.reach.trace(end);
                self.found_edges
                    .push(edge_list(&trail, self.trail.reversed));
            }
            count += 1;
        }
        Ok(Emitted::Part(count))
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        if let Some(to) = self.to {
            out.put(to, Column::nodes(std::mem::take(&mut self.found)));
        }
        if let Some(edges) = self.edges {
            out.put(edges, Column::values(std::mem::take(&mut self.found_edges)));
        }
        Ok(())
    }
}
