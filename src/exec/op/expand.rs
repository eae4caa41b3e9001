//! `Expand`: the relationships of a node, with their other ends.

use crate::{
    base::{Diagnostic, Fault},
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::types_of,
        op::{
            Operator, Source, Step,
            fan_out::{Cursor, Spread, narrow, room},
        },
    },
    plan::{self, Slot, SlotSet},
    value::{EdgeId, NodeId},
};

/// The cursor's offset is how many neighbours of the row's node have been given.
pub(crate) struct Expand<'p> {
    plan: &'p plan::Expand,
    edge: Option<Slot>,
    to: Option<Slot>,
    nodes: Vec<NodeId>,
    edges: Vec<EdgeId>,
    /// The merged neighbours of the row at the cursor.
    scratch: Merged,
}

impl<'p> Expand<'p> {
    pub(crate) fn new(plan: &'p plan::Expand, live: &SlotSet) -> Self {
        let wanted = |slot: Option<Slot>| slot.filter(|slot| live.contains(*slot));
        Self {
            plan,
            edge: wanted(plan.edge),
            to: wanted(plan.to),
            nodes: Vec::new(),
            edges: Vec::new(),
            scratch: Merged::default(),
        }
    }
}

impl Spread for Expand<'_> {
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        self.scratch.refresh(cx);
        let from = chunk
            .column(self.plan.from)
            .as_nodes(chunk.len())
            .map_err(placeless)?;
        let types = types_of(&self.plan.types, cx);
        let adjacent = Adjacent::new(cx.graph(), &types, self.plan.direction);
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            let list = adjacent.of(from[cursor.row], &mut self.scratch);
            let rest = &list[cursor.offset..];
            let part = &rest[..rest.len().min(room(rows))];
            rows.resize(rows.len() + part.len(), narrow(cursor.row));
            if self.to.is_some() {
                self.nodes.extend(part.iter().map(|entry| entry.node));
            }
            if self.edge.is_some() {
                self.edges.extend(part.iter().map(|entry| entry.edge));
            }
            if part.len() < rest.len() {
                cursor.offset += part.len();
            } else {
                cursor.next_row();
            }
        }
        Ok(())
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

/// How often each row of a chunk is multiplied.
pub(crate) trait Factor {
    fn factors(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Vec<u64>, Failure>;
}

/// An operator that gives several rows for each row which differ in nothing that is needed: rows are not spelled out,
/// but stand for many.
pub(crate) struct Multiply<'p, F> {
    input: Source<'p>,
    live: SlotSet,
    factor: F,
}

impl<'p, F: Factor> Multiply<'p, F> {
    pub(crate) fn new(input: Source<'p>, live: SlotSet, factor: F) -> Self {
        Self {
            input,
            live,
            factor,
        }
    }

    pub(crate) fn factor_mut(&mut self) -> &mut F {
        &mut self.factor
    }
}

impl<F: Factor> Operator for Multiply<'_, F> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        let mut factors = self.factor.factors(&chunk, cx)?;
        let kept = (0..).zip(&factors).filter(|(_, factor)| **factor > 0);
        let kept: Vec<u32> = kept.map(|(row, _)| row).collect();
        factors.retain(|factor| *factor > 0);
        let mut out = chunk.gather(&kept, &self.live);
        if factors.iter().any(|factor| *factor > 1) {
            out.multiply(&factors)?;
        }
        Ok(Some(out))
    }
}

/// An expansion of which nothing is read: the number of neighbours is enough.
pub(crate) struct ExpandCount<'p> {
    pub(crate) plan: &'p plan::Expand,
}

impl Factor for ExpandCount<'_> {
    fn factors(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Vec<u64>, Failure> {
        let from = chunk
            .column(self.plan.from)
            .as_nodes(chunk.len())
            .map_err(placeless)?;
        let types = types_of(&self.plan.types, cx);
        let adjacent = Adjacent::new(cx.graph(), &types, self.plan.direction);
        Ok(from.iter().map(|node| adjacent.degree(*node)).collect())
    }
}

/// A fault that no expression of the statement stands for.
pub(crate) fn placeless(fault: Fault) -> Failure {
    Box::new(Diagnostic::from(fault))
}
