//! Which relationships and nodes may be on a trail: those for which the element predicates hold and which the row does
//! not exclude.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::{each_edge, truths},
        op::expand::placeless,
    },
    graph::Neighbour,
    plan::{ElementPredicate, Expr, Slot, SlotSet, Trail},
    value::{Column, EdgeId, NodeId},
};

/// The element predicates of a trail, for one row at a time.
pub(crate) struct Admission<'p> {
    edges: Option<Tests<'p, EdgeId>>,
    nodes: Option<Tests<'p, NodeId>>,
    disjoint: &'p [Slot],
    excluded: FxHashSet<EdgeId>,
    row: usize,
}

impl<'p> Admission<'p> {
    pub(crate) fn new(trail: &'p Trail, nodes: Option<&'p ElementPredicate>) -> Self {
        let edges = trail.edge_predicate.as_ref();
        Self {
            edges: edges.map(|(slot, tests)| Tests::new(*slot, tests, Column::edges)),
            nodes: nodes.map(|(slot, tests)| Tests::new(*slot, tests, Column::nodes)),
            disjoint: &trail.disjoint,
            excluded: FxHashSet::default(),
            row: 0,
        }
    }

    /// Continues with another row.
    pub(crate) fn begin(&mut self, chunk: &Chunk, row: usize) -> Result<(), Failure> {
        self.row = row;
        self.excluded.clear();
        for slot in self.disjoint {
            let value = chunk.column(*slot).peek(row);
            each_edge(&value, &mut |edge| {
                self.excluded.insert(edge);
            })
            .map_err(placeless)?;
        }
        Ok(())
    }

    /// Removes from `list`, from a position on, what may not be on a trail of the row.
    pub(crate) fn admit(
        &mut self,
        list: &mut Vec<Neighbour>,
        from: usize,
        chunk: &Chunk,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        if !self.excluded.is_empty() {
            let excluded = &self.excluded;
            retain_from(list, from, |entry| !excluded.contains(&entry.edge));
        }
        let row = (chunk, self.row);
        if let Some(tests) = &mut self.edges {
            tests.admit(list, from, |entry| entry.edge, row, cx)?;
        }
        if let Some(tests) = &mut self.nodes {
            tests.admit(list, from, |entry| entry.node, row, cx)?;
        }
        Ok(())
    }

    /// Whether a node may be on a trail of the row: for the ends, which no relationship of the list leads to.
    pub(crate) fn admits_node(
        &mut self,
        node: NodeId,
        chunk: &Chunk,
        cx: &Context<'_>,
    ) -> Result<bool, Failure> {
        let Some(tests) = &mut self.nodes else {
            return Ok(true);
        };
        Ok(tests.holds(vec![node], (chunk, self.row), cx)? == [true])
    }
}

/// Predicates about each relationship, or about each node.
struct Tests<'p, Id> {
    slot: Slot,
    tests: &'p [Expr],
    column: fn(Vec<Id>) -> Column,
    /// The slots of the row that the tests read.
    reads: SlotSet,
    /// Known results, if they do not depend on the row.
    known: FxHashMap<Id, bool>,
}

impl<'p, Id: Copy + Eq + Hash> Tests<'p, Id> {
    fn new(slot: Slot, tests: &'p [Expr], column: fn(Vec<Id>) -> Column) -> Self {
        let mut reads = SlotSet::default();
        tests.iter().for_each(|test| test.add_slots(&mut reads));
        reads.remove(slot);
        Self {
            slot,
            tests,
            column,
            reads,
            known: FxHashMap::default(),
        }
    }

    /// Removes from `list`, from a position on, the entries for which the predicates do not hold.
    fn admit(
        &mut self,
        list: &mut Vec<Neighbour>,
        from: usize,
        id: fn(&Neighbour) -> Id,
        row: (&Chunk, usize),
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        if self.reads.is_empty() {
            self.learn(&list[from..], id, row, cx)?;
            let known = &self.known;
            retain_from(list, from, |entry| known.get(&id(entry)) == Some(&true));
            return Ok(());
        }
        let ids: Vec<_> = list[from..].iter().map(id).collect();
        let mut holds = self.holds(ids, row, cx)?.into_iter();
        retain_from(list, from, |_| holds.next() == Some(true));
        Ok(())
    }

    /// Evaluates the predicates for entries without a known result.
    fn learn(
        &mut self,
        list: &[Neighbour],
        id: fn(&Neighbour) -> Id,
        row: (&Chunk, usize),
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let unknown = list
            .iter()
            .map(id)
            .filter(|id| !self.known.contains_key(id));
        let unknown: Vec<_> = unknown.collect();
        if !unknown.is_empty() {
            let holds = self.holds(unknown.clone(), row, cx)?;
            self.known.extend(unknown.into_iter().zip(holds));
        }
        Ok(())
    }

    /// For each id, whether all predicates are true.
    fn holds(
        &self,
        ids: Vec<Id>,
        (chunk, row): (&Chunk, usize),
        cx: &Context<'_>,
    ) -> Result<Vec<bool>, Failure> {
        let mut holds = vec![true; ids.len()];
        if ids.is_empty() {
            return Ok(holds);
        }
        let mut rows = chunk.repeat(row, ids.len(), &self.reads);
        rows.put(self.slot, (self.column)(ids));
        for test in self.tests {
            let answers = truths(test, &rows, cx)?;
            for (own, answer) in holds.iter_mut().zip(answers) {
                *own &= answer == Some(true);
            }
        }
        Ok(holds)
    }
}

/// Keeps the elements from a position on for which a test holds; elements before it stay.
pub(crate) fn retain_from<T: Copy>(
    list: &mut Vec<T>,
    from: usize,
    mut test: impl FnMut(&T) -> bool,
) {
    let mut end = from;
    for at in from..list.len() {
        let item = list[at];
        if test(&item) {
            list[end] = item;
            end += 1;
        }
    }
    list.truncate(end);
}
