//! Which relationships and nodes may be on a trail: those for which the element predicates hold and which the row does
//! not exclude.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    exec::{
        adjacent::{Adjacent, Merged},
        chunk::CAPACITY,
        context::{Failure, placeless},
        eval::{each_edge, truths},
        op::search::{Search, Target},
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
    pub(crate) fn begin(&mut self, row: usize, search: &Search<'_>) -> Result<(), Failure> {
        self.row = row;
        self.excluded.clear();
        for slot in self.disjoint {
            let value = search.chunk.column(*slot).peek(row);
            each_edge(&value, &mut |edge| {
                self.excluded.insert(edge);
            })
            .map_err(placeless)?;
        }
        Ok(())
    }

    /// Continues with the row of a target. Returns whether both its ends, which no relationship of a list leads to, may
    /// be on a trail.
    pub(crate) fn admits_ends(
        &mut self,
        target: &Target,
        search: &Search<'_>,
    ) -> Result<bool, Failure> {
        self.begin(target.row, search)?;
        let Some(tests) = &self.nodes else {
            return Ok(true);
        };
        for node in [Some(target.from), target.to].into_iter().flatten() {
            if tests.holds(vec![node], self.row, search)? != [true] {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Removes from `list`, from a position on, what may not be on a trail of the row.
    pub(crate) fn admit(
        &mut self,
        list: &mut Vec<Neighbour>,
        from: usize,
        search: &Search<'_>,
    ) -> Result<(), Failure> {
        if !self.excluded.is_empty() {
            let excluded = &self.excluded;
            retain_from(list, from, |entry| !excluded.contains(&entry.edge));
        }
        if let Some(tests) = &mut self.edges {
            tests.admit(list, from, |entry| entry.edge, self.row, search)?;
        }
        if let Some(tests) = &mut self.nodes {
            tests.admit(list, from, |entry| entry.node, self.row, search)?;
        }
        Ok(())
    }

    /// Visits each node with each of its relationships that may be on a trail of the row.
    pub(crate) fn each_admitted(
        &mut self,
        nodes: &[NodeId],
        adjacent: &Adjacent<'_>,
        search: &Search<'_>,
        mut visit: impl FnMut(NodeId, &Neighbour),
    ) -> Result<(), Failure> {
        let mut scratch = Merged::default();
        let mut list = Vec::new();
        for (number, node) in nodes.iter().enumerate() {
            if number % CAPACITY == 0 {
                search.cx.check()?;
            }
            list.clear();
            list.extend_from_slice(adjacent.of(*node, &mut scratch));
            self.admit(&mut list, 0, search)?;
            list.iter().for_each(|entry| visit(*node, entry));
        }
        Ok(())
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
        row: usize,
        search: &Search<'_>,
    ) -> Result<(), Failure> {
        let ids = list[from..].iter().map(id);
        if !self.reads.is_empty() {
            let mut holds = self.holds(ids.collect(), row, search)?.into_iter();
            retain_from(list, from, |_| holds.next() == Some(true));
            return Ok(());
        }
        let ids: Vec<_> = ids.filter(|id| !self.known.contains_key(id)).collect();
        let holds = self.holds(ids.clone(), row, search)?;
        self.known.extend(ids.into_iter().zip(holds));
        retain_from(list, from, |entry| {
            self.known.get(&id(entry)) == Some(&true)
        });
        Ok(())
    }

    /// For each id, whether all predicates are true.
    fn holds(&self, ids: Vec<Id>, row: usize, search: &Search<'_>) -> Result<Vec<bool>, Failure> {
        let mut holds = vec![true; ids.len()];
        if ids.is_empty() {
            return Ok(holds);
        }
        let mut rows = search.chunk.repeat(row, ids.len(), &self.reads);
        rows.put(self.slot, (self.column)(ids));
        for test in self.tests {
            let answers = truths(test, &rows, search.cx)?;
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
