//! `FollowList`: the end of the trail that a list of relationships describes.

use rustc_hash::FxHashSet;

use crate::{
    exec::{
        adjacent::Merged,
        chunk::Chunk,
        context::{Context, Failure},
        op::{
            admission::Admission,
            extend::{Emitted, Extend},
            search::{Ends, SearchContext, Target, too_long},
        },
    },
    plan::{Slot, Trail},
    value::{Column, EdgeId, NodeId, Value},
};

pub(crate) struct FollowList<'p> {
    trail: &'p Trail,
    list: Slot,
    admission: Admission<'p>,
    scratch: Merged,
    ends: Vec<NodeId>,
}

impl<'p> FollowList<'p> {
    pub(crate) fn new(trail: &'p Trail, list: Slot) -> Self {
        Self {
            trail,
            list,
            admission: Admission::new(trail, None),
            scratch: Merged::default(),
            ends: Vec::new(),
        }
    }

    /// The node at the end of the list, if it is a trail from the start of the row.
    fn follow(&mut self, (ends, search): &View<'_>, row: usize) -> Result<Option<NodeId>, Failure> {
        let target = ends.target(self.trail, row, search.cx);
        let list = search.chunk.column(self.list).peek(row);
        let Some(edges) = self.relationships(&list, target)? else {
            return Ok(None);
        };
        self.admission.begin(search.chunk, row)?;
        let mut node = ends.start(row);
        let mut used = FxHashSet::default();
        for edge in &edges {
            let neighbours = search.adjacent.of(node, &mut self.scratch).iter();
            let mut next: Vec<_> = neighbours
                .filter(|entry| entry.edge == *edge)
                .copied()
                .collect();
            next.truncate(1);
            self.admission
                .admit(&mut next, 0, search.chunk, search.cx)?;
            let first = used.insert(*edge);
            match next.first().filter(|_| first) {
                Some(entry) => node = entry.node,
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }

    /// The relationships of the list in the order of the trail; `None` if it cannot be one.
    fn relationships(&self, list: &Value, target: Target) -> Result<Option<Vec<EdgeId>>, Failure> {
        let edge = |item: &Value| match item {
            Value::Relationship(edge) => Some(*edge),
            _ => None,
        };
        let Value::List(items) = list else {
            return Ok(None);
        };
        let Some(mut edges) = items.iter().map(edge).collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        if self.trail.reversed {
            edges.reverse();
        }
        let length = edges.len() as u64;
        if target.limited && length > target.max {
            return Err(too_long(target.max));
        }
        let fits = (target.min..=target.max).contains(&length) && !target.from.is_none();
        Ok(fits.then_some(edges))
    }
}

/// The start of each row, and what the search reads.
type View<'c> = (Ends<'c>, SearchContext<'c, 'c>);

impl Extend for FollowList<'_> {
    type View<'c> = View<'c>;

    fn begin(&mut self, _chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.scratch.refresh(cx);
        Ok(())
    }

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<View<'c>, Failure> {
        let ends = Ends::new(self.trail, false, chunk)?;
        Ok((ends, SearchContext::new(self.trail, chunk, cx)))
    }

    fn count(&mut self, view: &View<'_>, row: usize) -> Result<u64, Failure> {
        Ok(u64::from(self.follow(view, row)?.is_some()))
    }

    fn emit(
        &mut self,
        view: &View<'_>,
        row: usize,
        _skip: usize,
        _room: usize,
    ) -> Result<Emitted, Failure> {
        let end = self.follow(view, row)?;
        self.ends.extend(end);
        Ok(Emitted::All(usize::from(end.is_some())))
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(self.trail.to, Column::nodes(std::mem::take(&mut self.ends)));
        Ok(())
    }
}
