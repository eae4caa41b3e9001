//! `ShortestPathWhere`: the shortest of those trails between two nodes for which an inner plan returns a row.
//!
//! Candidates are searched in order of length and checked in batches, until some of one length pass. If none passes,
//! every trail between the two nodes is checked.

use crate::{
    exec::{
        account::Reservation,
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure},
        op::{
            by_length::{ByLength, Edges},
            extend::narrow,
            search::{Search, edge_list},
        },
        operator::{Inner, Operator, Source, Step},
    },
    plan::{Shortest, ShortestPath, Slot, SlotSet},
    value::{Column, Value},
};

/// Maximum number of candidates per batch if one result is enough.
const FEW: usize = 64;

/// The inner plan that checks candidates.
pub(crate) struct PathPredicate<'p> {
    pub(crate) inner: Inner<'p>,
    /// Gets the candidate's list of relationships.
    pub(crate) candidate: Slot,
    /// The slot of the candidate's number.
    pub(crate) row: Slot,
    /// The slots of the row that the inner plan reads.
    pub(crate) reads: SlotSet,
}

pub(crate) struct ShortestPathWhere<'p> {
    input: Source<'p>,
    plan: &'p ShortestPath,
    predicate: PathPredicate<'p>,
    edges: Option<Slot>,
    candidates: ByLength<'p>,
    live: &'p SlotSet,
    chunk: Option<(Chunk, usize)>,
}

impl<'p> ShortestPathWhere<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        plan: &'p ShortestPath,
        predicate: PathPredicate<'p>,
        live: &'p SlotSet,
    ) -> Self {
        Self {
            input,
            plan,
            predicate,
            edges: plan.trail.edges.filter(|slot| live.contains(*slot)),
            candidates: ByLength::new(plan),
            live,
            chunk: None,
        }
    }

    /// The results for a row.
    fn search(
        &mut self,
        chunk: &Chunk,
        row: usize,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Value>, Failure> {
        let trail = &self.plan.trail;
        let search = Search::new(trail, true, chunk, cx)?;
        self.candidates.begin(search.target(row), &search)?;
        let most = match self.plan.selector {
            Shortest::Any => FEW,
            Shortest::All => CAPACITY,
        };
        let mut chosen = Vec::new();
        loop {
            let mut found = Vec::new();
            let search = Search::new(trail, true, chunk, cx)?;
            self.candidates.find(most, &search, &mut found)?;
            let last = found.len() < most;
            chosen.extend(self.choose(chunk, row, &found, cx)?);
            let enough = !chosen.is_empty() && (last || self.plan.selector == Shortest::Any);
            let search = Search::new(trail, true, chunk, cx)?;
            if enough || last && !self.candidates.lengthen(&search)? {
                return Ok(chosen);
            }
        }
    }

    /// The candidates that pass; only the first of them, if one is enough.
    fn choose(
        &mut self,
        chunk: &Chunk,
        row: usize,
        found: &[Edges],
        cx: &mut Context<'_>,
    ) -> Result<Vec<Value>, Failure> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let reversed = self.plan.trail.reversed;
        let lists = found.iter().map(|edges| edge_list(edges, reversed));
        let mut lists: Vec<Value> = lists.collect();
        let predicate = &mut self.predicate;
        let mut outer = chunk.repeat(row, lists.len(), &predicate.reads);
        outer.put(predicate.candidate, Column::values(lists.clone()));
        let mut passed = predicate.passed(outer, cx)?.into_iter();
        lists.retain(|_| passed.next() == Some(true));
        if self.plan.selector == Shortest::Any {
            lists.truncate(1);
        }
        Ok(lists)
    }
}

impl PathPredicate<'_> {
    /// For each candidate, whether it passes.
    fn passed(&mut self, candidates: Chunk, cx: &mut Context<'_>) -> Result<Vec<bool>, Failure> {
        let mut passed = vec![false; candidates.len()];
        self.inner.begin(candidates);
        while let Some(chunk) = self.inner.next(cx)? {
            for number in chunk.row_numbers(self.row) {
                passed[number] = true;
            }
        }
        self.inner.end();
        Ok(passed)
    }
}

impl Operator for ShortestPathWhere<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if self.chunk.is_none() {
            self.chunk = self.input.next(cx)?.map(|chunk| (chunk, 0));
        }
        let Some((chunk, first)) = self.chunk.take() else {
            return Ok(None);
        };
        let (mut rows, mut lists) = (Vec::new(), Vec::new());
        let mut reserved = Reservation::default();
        let mut row = first;
        while row < chunk.len() && rows.len() < CAPACITY {
            let chosen = self.search(&chunk, row, cx)?;
            rows.resize(rows.len() + chosen.len(), narrow(row));
            if self.edges.is_some() {
                cx.reserve(&mut reserved, (chosen.len() * size_of::<Value>()) as u64)?;
                lists.extend(chosen);
            }
            row += 1;
        }
        let mut out = chunk.gather(&rows, self.live);
        if let Some(edges) = self.edges {
            out.put(edges, Column::values(lists));
        }
        self.chunk = (row < chunk.len()).then_some((chunk, row));
        Ok(Some(out))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.chunk = None;
    }
}
