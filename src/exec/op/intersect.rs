//! `Intersect`: the nodes that are neighbours of two or more nodes at once.

use crate::{
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure},
        eval::types_of,
        op::{
            expand::{Factor, placeless},
            fan_out::{Cursor, Spread, narrow, room},
        },
    },
    graph::{Neighbour, intersect},
    plan::{Arm, Slot, SlotSet},
    value::{EdgeId, NodeId},
};

/// The cursor's offset is how many of the row's matches have been given.
pub(crate) struct Intersect<'p> {
    node: Option<Slot>,
    arms: &'p [Arm],
    /// The slots of relationships that are read, with the number of their arm.
    wanted: Vec<(usize, Slot)>,
    /// The matches of the row at the cursor: the node, the relationships that are read, how many there are alike.
    matches: Matches,
    out: Matches,
    scratch: Vec<Merged>,
}

#[derive(Default)]
struct Matches {
    nodes: Vec<NodeId>,
    edges: Vec<Vec<EdgeId>>,
    counts: Vec<u64>,
}

impl Matches {
    fn new(width: usize) -> Self {
        Self {
            edges: vec![Vec::new(); width],
            ..Self::default()
        }
    }

    fn clear(&mut self) {
        self.nodes.clear();
        self.counts.clear();
        self.edges.iter_mut().for_each(Vec::clear);
    }

    fn extend(&mut self, other: &Self, from: usize, to: usize) {
        self.nodes.extend_from_slice(&other.nodes[from..to]);
        self.counts.extend_from_slice(&other.counts[from..to]);
        for (own, other) in self.edges.iter_mut().zip(&other.edges) {
            own.extend_from_slice(&other[from..to]);
        }
    }

    /// Adds every choice of one relationship from each run that is read.
    fn add(&mut self, node: NodeId, runs: &[&[Neighbour]], wanted: &[(usize, Slot)]) {
        let read = |arm: usize| wanted.iter().any(|(own, _)| *own == arm);
        let unread = runs.iter().enumerate().filter(|(arm, _)| !read(*arm));
        let alike: u64 = unread.map(|(_, run)| run.len() as u64).product();
        let choices: usize = wanted.iter().map(|(arm, _)| runs[*arm].len()).product();
        for choice in 0..choices {
            let mut rest = choice;
            // The last arm varies fastest.
            for (column, (arm, _)) in wanted.iter().enumerate().rev() {
                let run = runs[*arm];
                self.edges[column].push(run[rest % run.len()].edge);
                rest /= run.len();
            }
            self.nodes.push(node);
            self.counts.push(alike);
        }
    }
}

impl<'p> Intersect<'p> {
    pub(crate) fn new(node: Slot, arms: &'p [Arm], live: &SlotSet) -> Self {
        let read = |(number, arm): (usize, &Arm)| {
            Some((number, arm.edge.filter(|slot| live.contains(*slot))?))
        };
        let wanted: Vec<_> = arms.iter().enumerate().filter_map(read).collect();
        Self {
            node: Some(node).filter(|slot| live.contains(*slot)),
            arms,
            matches: Matches::new(wanted.len()),
            out: Matches::new(wanted.len()),
            wanted,
            scratch: arms.iter().map(|_| Merged::default()).collect(),
        }
    }
}

/// The arms of a chunk: for each where it starts in every row, and its neighbour lists.
struct Arms<'c> {
    from: Vec<std::borrow::Cow<'c, [NodeId]>>,
    adjacent: Vec<Adjacent<'c>>,
}

impl<'c> Arms<'c> {
    fn new(arms: &[Arm], chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Self, Failure> {
        let from = arms
            .iter()
            .map(|arm| chunk.column(arm.from).as_nodes(chunk.len()));
        let adjacent = arms
            .iter()
            .map(|arm| Adjacent::new(cx.graph(), &types_of(&arm.types, cx), arm.direction));
        Ok(Self {
            from: from.collect::<Result<_, _>>().map_err(placeless)?,
            adjacent: adjacent.collect(),
        })
    }

    fn lists<'s>(&'s self, row: usize, scratch: &'s mut [Merged]) -> Vec<&'s [Neighbour]> {
        let arms = self.from.iter().zip(&self.adjacent).zip(scratch);
        arms.map(|((from, adjacent), scratch)| adjacent.of(from[row], scratch))
            .collect()
    }
}

impl Spread for Intersect<'_> {
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        self.scratch
            .iter_mut()
            .for_each(|merged| merged.refresh(cx));
        let arms = Arms::new(self.arms, chunk, cx)?;
        while cursor.row < chunk.len() && rows.len() < CAPACITY {
            if cursor.offset == 0 {
                let (matches, wanted) = (&mut self.matches, &self.wanted);
                matches.clear();
                let lists = arms.lists(cursor.row, &mut self.scratch);
                match lists.as_slice() {
                    [left, right] => intersect::intersect2(left, right, |node, a, b| {
                        matches.add(node, &[a, b], wanted);
                    }),
                    lists => {
                        intersect::intersect(lists, |node, runs| matches.add(node, runs, wanted))
                    }
                }
            }
            let all = self.matches.nodes.len();
            let end = all.min(cursor.offset + room(rows));
            rows.resize(rows.len() + end - cursor.offset, narrow(cursor.row));
            self.out.extend(&self.matches, cursor.offset, end);
            if end < all {
                cursor.offset = end;
            } else {
                cursor.next_row();
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        let found = std::mem::replace(&mut self.out, Matches::new(self.wanted.len()));
        if let Some(node) = self.node {
            out.put(node, Column::nodes(found.nodes));
        }
        for ((_, slot), edges) in self.wanted.iter().zip(found.edges) {
            out.put(*slot, Column::edges(edges));
        }
        if found.counts.iter().any(|count| *count != 1) {
            out.multiply(&found.counts)?;
        }
        Ok(())
    }
}

/// An intersection of which nothing is read: how many matches there are is enough.
pub(crate) struct IntersectCount<'p> {
    arms: &'p [Arm],
    scratch: Vec<Merged>,
}

impl<'p> IntersectCount<'p> {
    pub(crate) fn new(arms: &'p [Arm]) -> Self {
        Self {
            arms,
            scratch: arms.iter().map(|_| Merged::default()).collect(),
        }
    }
}

impl Factor for IntersectCount<'_> {
    fn factors(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Vec<u64>, Failure> {
        self.scratch
            .iter_mut()
            .for_each(|merged| merged.refresh(cx));
        let arms = Arms::new(self.arms, chunk, cx)?;
        let count = |row| intersect::count_common(&arms.lists(row, &mut self.scratch));
        Ok((0..chunk.len()).map(count).collect())
    }
}
