//! `ExpandInto`: the relationships between two nodes of a row.

use std::borrow::Cow;

use crate::{
    exec::{
        adjacent::Adjacent,
        chunk::Chunk,
        context::{Context, Failure, placeless},
        op::extend::{Asked, Emitted, Extend},
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
        Ok(View {
            from: chunk.nodes(self.plan.from).map_err(placeless)?,
            to: chunk.nodes(to).map_err(placeless)?,
            adjacent: Adjacent::new(&self.plan.types, self.plan.direction, cx),
        })
    }

    fn count(&mut self, view: &View<'_>, row: usize) -> Result<u64, Failure> {
        Ok(view.adjacent.count_between(view.from[row], view.to[row]))
    }

    fn emit(&mut self, view: &View<'_>, asked: Asked) -> Result<Emitted, Failure> {
        let (from, to) = (view.from[asked.row], view.to[asked.row]);
        view.adjacent.between(from, to, &mut self.found);
        let (part, emitted) = asked.part(self.found.len());
        let part = self.found[part].iter();
        self.edges.extend(part.map(|entry| entry.edge));
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        if let Some(edge) = self.plan.edge {
            out.put(edge, Column::edges(std::mem::take(&mut self.edges)));
        }
        Ok(())
    }
}
