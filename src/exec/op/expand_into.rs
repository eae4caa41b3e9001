//! `ExpandInto`: the relationships between two nodes of a row.

use std::borrow::Cow;

use crate::{
    exec::{
        adjacent::Adjacent,
        chunk::Chunk,
        context::{Context, Failure},
        eval::types_of,
        op::{
            expand::placeless,
            extend::{Emitted, Extend},
        },
    },
    graph::Neighbour,
    plan,
    value::{Column, EdgeId, NodeId},
};

pub(crate) struct ExpandInto<'p> {
    plan: &'p plan::Expand,
    edges: Vec<EdgeId>,
    found: Vec<Neighbour>,
}

impl<'p> ExpandInto<'p> {
    pub(crate) fn new(plan: &'p plan::Expand) -> Self {
        Self {
            plan,
            edges: Vec::new(),
            found: Vec::new(),
        }
    }
}

/// The two nodes of each row, and the neighbour lists.
pub(crate) struct View<'c> {
    from: Cow<'c, [NodeId]>,
    to: Cow<'c, [NodeId]>,
    adjacent: Adjacent<'c>,
}

impl Extend for ExpandInto<'_> {
    type View<'c> = View<'c>;

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<View<'c>, Failure> {
        let to = self.plan.to.expect("an `ExpandInto` has both its nodes");
        let nodes = |slot| chunk.column(slot).as_nodes(chunk.len()).map_err(placeless);
        let types = types_of(&self.plan.types, cx);
        Ok(View {
            from: nodes(self.plan.from)?,
            to: nodes(to)?,
            adjacent: Adjacent::new(cx.graph(), &types, self.plan.direction),
        })
    }

    fn count(&mut self, view: &View<'_>, row: usize) -> Result<u64, Failure> {
        Ok(view.adjacent.count_between(view.from[row], view.to[row]))
    }

    fn emit(
        &mut self,
        view: &View<'_>,
        row: usize,
        skip: usize,
        room: usize,
    ) -> Result<Emitted, Failure> {
        view.adjacent
            .between(view.from[row], view.to[row], &mut self.found);
        let (taken, emitted) = Emitted::of(self.found.len() - skip, room);
        let part = &self.found[skip..skip + taken];
        self.edges.extend(part.iter().map(|entry| entry.edge));
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        if let Some(edge) = self.plan.edge {
            out.put(edge, Column::edges(std::mem::take(&mut self.edges)));
        }
        Ok(())
    }
}
