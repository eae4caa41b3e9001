//! Which relationships may come on a walk: those for which the step predicates hold, and which the row does not rule
//! out.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    exec::{
        chunk::Chunk,
        column::Column,
        context::{Context, Failure},
        eval::{each_edge, truths},
        op::expand::placeless,
    },
    graph::Neighbour,
    plan::{self, Expr, Slot, SlotSet},
    value::EdgeId,
};

/// The tests of a walk, for one row at a time.
pub(crate) struct Steps<'p> {
    step: Option<&'p (Slot, Vec<Expr>)>,
    disjoint: &'p [Slot],
    /// The slots of the row that step predicates read.
    reads: SlotSet,
    /// What is known of relationships, where that does not depend on the row.
    known: FxHashMap<EdgeId, bool>,
    excluded: FxHashSet<EdgeId>,
    row: usize,
}

impl<'p> Steps<'p> {
    pub(crate) fn new(plan: &'p plan::VarExpand) -> Self {
        let mut reads = SlotSet::default();
        if let Some((slot, tests)) = &plan.step {
            tests.iter().for_each(|test| test.add_slots(&mut reads));
            reads.remove(*slot);
        }
        Self {
            step: plan.step.as_ref(),
            disjoint: &plan.disjoint,
            reads,
            known: FxHashMap::default(),
            excluded: FxHashSet::default(),
            row: 0,
        }
    }

    /// Goes on to walks for another row.
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

    /// Takes out of `list`, from a position on, what may not come on a walk of the row.
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
        let Some((slot, tests)) = self.step else {
            return Ok(());
        };
        if self.reads.is_empty() {
            self.learn(&list[from..], *slot, tests, chunk, cx)?;
            let known = &self.known;
            retain_from(list, from, |entry| known.get(&entry.edge) == Some(&true));
            return Ok(());
        }
        let edges: Vec<_> = list[from..].iter().map(|entry| entry.edge).collect();
        let mut holds = self.holds(edges, *slot, tests, chunk, cx)?.into_iter();
        retain_from(list, from, |_| holds.next() == Some(true));
        Ok(())
    }

    /// Finds out what is not known yet of some relationships.
    fn learn(
        &mut self,
        list: &[Neighbour],
        slot: Slot,
        tests: &[Expr],
        chunk: &Chunk,
        cx: &Context<'_>,
    ) -> Result<(), Failure> {
        let unknown = list
            .iter()
            .map(|entry| entry.edge)
            .filter(|edge| !self.known.contains_key(edge));
        let unknown: Vec<_> = unknown.collect();
        if !unknown.is_empty() {
            let holds = self.holds(unknown.clone(), slot, tests, chunk, cx)?;
            self.known.extend(unknown.into_iter().zip(holds));
        }
        Ok(())
    }

    /// For each relationship whether all tests are true.
    fn holds(
        &self,
        edges: Vec<EdgeId>,
        slot: Slot,
        tests: &[Expr],
        chunk: &Chunk,
        cx: &Context<'_>,
    ) -> Result<Vec<bool>, Failure> {
        let mut holds = vec![true; edges.len()];
        if edges.is_empty() {
            return Ok(holds);
        }
        let mut rows = chunk.repeat(self.row, edges.len(), &self.reads);
        rows.put(slot, Column::edges(edges));
        for test in tests {
            let answers = truths(test, &rows, cx)?;
            for (own, answer) in holds.iter_mut().zip(answers) {
                *own &= answer == Some(true);
            }
        }
        Ok(holds)
    }
}

/// Keeps those elements from a position on for which a test holds; what is before is not looked at.
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
