//! `Expand`: the relationships of a node and the nodes at their other ends.

use std::borrow::Cow;

use crate::{
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::Chunk,
        context::{Context, Failure, placeless},
        op::extend::{Asked, Emitted, Extend},
    },
    plan::{self, Slot, SlotSet},
    value::{Column, EdgeId, NodeId},
};

pub(crate) struct Expand<'p> {
    plan: &'p plan::Expand,
    edge: Option<Slot>,
    to: Option<Slot>,
    nodes: Vec<NodeId>,
    edges: Vec<EdgeId>,
    /// Merged neighbour lists.
    scratch: Merged,
}

impl<'p> Expand<'p> {
    pub(crate) fn new(plan: &'p plan::Expand, live: &SlotSet) -> Self {
        let live = |slot: Option<Slot>| slot.filter(|slot| live.contains(*slot));
        Self {
            plan,
            edge: live(plan.edge),
            to: live(plan.to),
            nodes: Vec::new(),
            edges: Vec::new(),
            scratch: Merged::default(),
        }
    }
}

/// The start node of each row, and the neighbour lists.
pub(crate) struct View<'c> {
    from: Cow<'c, [NodeId]>,
    adjacent: Adjacent<'c>,
}

impl Extend for Expand<'_> {
    type View<'c> = View<'c>;

    fn begin(&mut self, _chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        self.scratch.refresh(cx);
        Ok(())
    }

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<View<'c>, Failure> {
        Ok(View {
            from: chunk.nodes(self.plan.from).map_err(placeless)?,
            adjacent: Adjacent::new(&self.plan.types, self.plan.direction, cx),
        })
    }

    fn count(&mut self, view: &View<'_>, row: usize) -> Result<u64, Failure> {
        Ok(view.adjacent.degree(view.from[row]))
    }

    fn count_all(&mut self, view: &View<'_>, from: usize) -> Option<Vec<u64>> {
        Some(view.adjacent.degrees(&view.from[from..]))
    }

    #[inline]
    fn emit(&mut self, view: &View<'_>, asked: Asked) -> Result<Emitted, Failure> {
        let list = view.adjacent.of(view.from[asked.row], &mut self.scratch);
        let (part, emitted) = asked.part(list.len());
        let part = &list[part];
        if self.to.is_some() {
            self.nodes.extend(part.iter().map(|entry| entry.node));
        }
        if self.edge.is_some() {
            self.edges.extend(part.iter().map(|entry| entry.edge));
        }
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        if let Some(to) = self.to {
            out.put(to, Column::nodes(std::mem::take(&mut self.nodes)));
        }
        if let Some(edge) = self.edge {
            out.put(edge, Column::edges(std::mem::take(&mut self.edges)));
        }
        Ok(())
    }
}
