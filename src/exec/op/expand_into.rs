//! `ExpandInto`: the relationships between two nodes that a row holds.

use crate::{
    exec::{
        adjacent::Adjacent,
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::types_of,
        op::{
            expand::{Factor, placeless},
            fan_out::{Cursor, Spread, narrow, room},
        },
    },
    graph::Neighbour,
    plan::{self, Slot},
    value::EdgeId,
};

/// The cursor's offset is how many relationships of the row have been given.
pub(crate) struct ExpandInto<'p> {
    plan: &'p plan::Expand,
    edge: Slot,
    edges: Vec<EdgeId>,
    found: Vec<Neighbour>,
}

impl<'p> ExpandInto<'p> {
    pub(crate) fn new(plan: &'p plan::Expand, edge: Slot) -> Self {
        Self {
            plan,
            edge,
            edges: Vec::new(),
            found: Vec::new(),
        }
    }
}

/// Hands the two ends of each row to `visit`.
fn ends<T>(
    plan: &plan::Expand,
    chunk: &Chunk,
    rows: impl Iterator<Item = usize>,
    cx: &Context<'_>,
    mut visit: impl FnMut(usize, &Adjacent<'_>, [crate::value::NodeId; 2]) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    let to = plan.to.expect("an ExpandInto holds its other end");
    let from = chunk
        .column(plan.from)
        .as_nodes(chunk.len())
        .map_err(placeless)?;
    let to = chunk.column(to).as_nodes(chunk.len()).map_err(placeless)?;
    let adjacent = Adjacent::new(cx.graph(), &types_of(&plan.types, cx), plan.direction);
    Ok(rows
        .map_while(|row| visit(row, &adjacent, [from[row], to[row]]))
        .collect())
}

impl Spread for ExpandInto<'_> {
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let (edges, found) = (&mut self.edges, &mut self.found);
        ends(
            self.plan,
            chunk,
            cursor.row..chunk.len(),
            cx,
            |row, adjacent, [from, to]| {
                if rows.len() >= CAPACITY {
                    return None;
                }
                adjacent.between(from, to, found);
                let rest = &found[cursor.offset..];
                let part = &rest[..rest.len().min(room(rows))];
                rows.resize(rows.len() + part.len(), narrow(row));
                edges.extend(part.iter().map(|entry| entry.edge));
                if part.len() < rest.len() {
                    cursor.offset += part.len();
                    return None;
                }
                cursor.next_row();
                Some(())
            },
        )?;
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        out.put(self.edge, Column::edges(std::mem::take(&mut self.edges)));
        Ok(())
    }
}

/// An expansion into whose relationships nobody reads: how many there are is enough.
pub(crate) struct IntoCount<'p> {
    pub(crate) plan: &'p plan::Expand,
}

impl Factor for IntoCount<'_> {
    fn factors(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Vec<u64>, Failure> {
        ends(
            self.plan,
            chunk,
            0..chunk.len(),
            cx,
            |_, adjacent, [from, to]| Some(adjacent.count_between(from, to)),
        )
    }
}
