//! `FollowList`: the end of the trail that a list of relationships describes.

use rustc_hash::FxHashSet;

use crate::{
    exec::{
        adjacent::Merged,
        chunk::Chunk,
        context::{Context, Failure},
        op::{
            admission::Admission,
            extend::{Asked, Emitted, Extend},
            search::{Search, Target},
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
    fn follow(&mut self, search: &Search<'_>, row: usize) -> Result<Option<NodeId>, Failure> {
        let target = search.target(row);
        let list = search.chunk.column(self.list).peek(row);
        let Some(edges) = self.relationships(&list, &target)? else {
            return Ok(None);
        };
        self.admission.begin(row, search)?;
        let mut node = target.from;
        let mut used = FxHashSet::default();
        for edge in &edges {
            let mut neighbours = search.adjacent.of(node, &mut self.scratch).iter();
            let next = neighbours.find(|entry| entry.edge == *edge);
            let mut next: Vec<_> = next.copied().into_iter().collect();
            self.admission.admit(&mut next, 0, search)?;
            let first = used.insert(*edge);
            match next.first().filter(|_| first) {
                Some(entry) => node = entry.node,
                None => return Ok(None),
            }
        }
        Ok(Some(node))
    }

    /// The relationships of the list in the order of the trail; `None` if it cannot be one.
    fn relationships(&self, list: &Value, target: &Target) -> Result<Option<Vec<EdgeId>>, Failure> {
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
        if length > target.max {
            target.check_limit()?;
        }
        let fits = (target.min..=target.max).contains(&length) && !target.from.is_none();
        Ok(fits.then_some(edges))
    }
}

impl Extend for FollowList<'_> {
    type View<'c> = Search<'c>;

    fn begin(&mut self, _chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.scratch.refresh(cx);
        Ok(())
    }

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Search<'c>, Failure> {
        Search::new(self.trail, false, chunk, cx)
    }

    fn count(&mut self, search: &Search<'_>, row: usize) -> Result<u64, Failure> {
        Ok(u64::from(self.follow(search, row)?.is_some()))
    }

    fn emit(&mut self, search: &Search<'_>, asked: Asked) -> Result<Emitted, Failure> {
        let end = self.follow(search, asked.row)?;
        self.ends.extend(end);
        Ok(Emitted::All(usize::from(end.is_some())))
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(self.trail.to, Column::nodes(std::mem::take(&mut self.ends)));
        Ok(())
    }
}
