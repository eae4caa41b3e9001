//! `Intersect`: the common neighbours of two or more nodes of a row.

use std::{borrow::Cow, ops::Range};

use crate::{
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::Chunk,
        context::{Context, Failure, placeless},
        marks::Marks,
        op::extend::{Asked, Emitted, Extend},
    },
    graph::{Neighbour, intersect},
    plan::{Arm, Slot, SlotSet},
    value::{Column, EdgeId, NodeId},
};

pub(crate) struct Intersect<'p> {
    node: Option<Slot>,
    arms: &'p [Arm],
    /// The live slots of relationships, each with the position of its arm.
    wanted: Vec<(usize, Slot)>,
    /// The matches of the row at the cursor.
    matches: Matches,
    out: Matches,
    scratch: Vec<Merged>,
    /// The neighbours along one of two arms.
    marks: [Marks; 2],
}

#[derive(Default)]
struct Matches {
    nodes: Vec<NodeId>,
    /// By live slot.
    edges: Vec<Vec<EdgeId>>,
    /// The product of the numbers of relationships in dead slots.
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

    fn extend(&mut self, other: &Self, Range { start, end }: Range<usize>) {
        self.nodes.extend_from_slice(&other.nodes[start..end]);
        self.counts.extend_from_slice(&other.counts[start..end]);
        for (own, other) in self.edges.iter_mut().zip(&other.edges) {
            own.extend_from_slice(&other[start..end]);
        }
    }

    /// Adds the nodes of a list that are marked.
    fn add_marked(&mut self, marks: &Marks, list: &[Neighbour]) {
        let mut len = self.nodes.len();
        self.nodes.resize(len + list.len(), NodeId::NONE);
        self.counts.resize(len + list.len(), 0);
        // Without a branch: whether a node is marked is not predictable.
        for entry in list {
            let count = marks.count(entry.node);
            (self.nodes[len], self.counts[len]) = (entry.node, count);
            len += usize::from(count > 0);
        }
        self.nodes.truncate(len);
        self.counts.truncate(len);
    }

    /// Adds every combination of one relationship from each run whose slot is live.
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
            marks: Default::default(),
        }
    }
}

/// Maximum number of neighbours that are looked up one by one.
const FEW: u64 = 2;

/// For each arm, its node in every row and its neighbour lists.
pub(crate) struct Arms<'c> {
    from: Vec<Cow<'c, [NodeId]>>,
    adjacent: Vec<Adjacent<'c>>,
}

impl<'c> Arms<'c> {
    fn new(arms: &[Arm], chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Self, Failure> {
        let from = arms.iter().map(|arm| chunk.nodes(arm.from));
        let adjacent = (arms.iter()).map(|arm| Adjacent::new(&arm.types, arm.direction, cx));
        Ok(Self {
            from: from.collect::<Result<_, _>>().map_err(placeless)?,
            adjacent: adjacent.collect(),
        })
    }

    /// The number of matches of a row with two arms, one of which has few neighbours: each is looked up in the other list,
    /// which is not merged for it.
    fn count_by_lookups(&self, row: usize, scratch: &mut [Merged]) -> Option<u64> {
        let ([left, right], [one, other]) = (&self.adjacent[..], &self.from[..]) else {
            return None;
        };
        let degrees = (left.degree(one[row]), right.degree(other[row]));
        let ((short, from), (long, to), scratch) = if degrees.0 <= degrees.1 {
            ((left, one[row]), (right, other[row]), &mut scratch[0])
        } else {
            ((right, other[row]), (left, one[row]), &mut scratch[1])
        };
        if degrees.0.min(degrees.1) > FEW {
            return None;
        }
        let neighbours = short.of(from, scratch).iter();
        Some(
            neighbours
                .map(|entry| long.count_between(to, entry.node))
                .sum(),
        )
    }

    /// With two arms, of which one has the same node in the next rows: its neighbours as marks, and the other list.
    fn marked<'s>(
        &'s self,
        row: usize,
        marks: &'s mut [Marks; 2],
        scratch: &'s mut [Merged],
    ) -> Option<(&'s Marks, &'s [Neighbour])> {
        let ([left, right], [one, other]) = (&self.adjacent[..], &self.from[..]) else {
            return None;
        };
        let [first, second] = scratch else {
            return None;
        };
        let [own, others] = marks;
        if own.mark(one, row, left, first) {
            return Some((own, right.of(other[row], second)));
        }
        let is_marked = others.mark(other, row, right, second);
        is_marked.then(|| (&*others, left.of(one[row], first)))
    }

    fn lists<'s>(&'s self, row: usize, scratch: &'s mut [Merged]) -> Vec<&'s [Neighbour]> {
        let arms = self.from.iter().zip(&self.adjacent).zip(scratch);
        arms.map(|((from, adjacent), scratch)| adjacent.of(from[row], scratch))
            .collect()
    }
}

impl Extend for Intersect<'_> {
    type View<'c> = Arms<'c>;

    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        let arms = Arms::new(self.arms, chunk, cx)?;
        for (from, adjacent) in arms.from.iter().zip(&arms.adjacent) {
            adjacent.touch(from);
        }
        self.scratch
            .iter_mut()
            .for_each(|merged| merged.refresh(cx));
        self.marks.iter_mut().for_each(|marks| marks.refresh(cx));
        Ok(())
    }

    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Arms<'c>, Failure> {
        Arms::new(self.arms, chunk, cx)
    }

    fn count(&mut self, arms: &Arms<'_>, row: usize) -> Result<u64, Failure> {
        if let Some(count) = arms.count_by_lookups(row, &mut self.scratch) {
            return Ok(count);
        }
        if let Some((marks, list)) = arms.marked(row, &mut self.marks, &mut self.scratch) {
            return Ok(marks.count_common(list));
        }
        let lists = arms.lists(row, &mut self.scratch);
        Ok(intersect::count_common(&lists))
    }

    fn emit(&mut self, arms: &Arms<'_>, asked: Asked) -> Result<Emitted, Failure> {
        if asked.is_first() {
            let (matches, wanted) = (&mut self.matches, &self.wanted);
            matches.clear();
            if wanted.is_empty()
                && let Some((marks, list)) =
                    arms.marked(asked.row, &mut self.marks, &mut self.scratch)
            {
                matches.add_marked(marks, list);
                let (part, emitted) = asked.part(self.matches.nodes.len());
                self.out.extend(&self.matches, part);
                return Ok(emitted);
            }
            let lists = arms.lists(asked.row, &mut self.scratch);
            match lists.as_slice() {
                [left, right] => intersect::intersect2(left, right, |node, a, b| {
                    matches.add(node, &[a, b], wanted);
                }),
                lists => intersect::intersect(lists, |node, runs| matches.add(node, runs, wanted)),
            }
        }
        let (part, emitted) = asked.part(self.matches.nodes.len());
        self.out.extend(&self.matches, part);
        Ok(emitted)
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
