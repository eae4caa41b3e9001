//! `ShortestPath` and `AllShortestPaths` with predicates on the whole path: the shortest walks of those that pass.
//!
//! Walks are found in order of length, and asked in batches, until some of one length pass. Where none passes, every walk
//! between the two nodes is asked.

use rustc_hash::FxHashSet;

use crate::{
    exec::{
        build::build,
        chunk::{CAPACITY, Chunk},
        column::Column,
        context::{Context, Failure, Held, row_number},
        op::{
            Operator, Source, Step,
            by_length::{ByLength, Edges},
            fan_out::narrow,
            var_expand::{Ends, Ground, edge_list},
        },
    },
    plan::{self, Passing, Shortest, Slot, SlotSet},
    value::Value,
};

/// How many walks are asked at a time where one is enough.
const FEW: usize = 64;

pub(crate) struct PassingPath<'p> {
    input: Source<'p>,
    plan: &'p plan::VarExpand,
    passing: &'p Passing,
    which: Shortest,
    edges: Option<Slot>,
    walks: ByLength<'p>,
    live: SlotSet,
    /// The slots of the row that the predicates read.
    reads: SlotSet,
    inner_live: SlotSet,
    chunk: Option<(Chunk, usize)>,
}

impl<'p> PassingPath<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        plan: &'p plan::VarExpand,
        passing: &'p Passing,
        which: Shortest,
        live: &SlotSet,
    ) -> Self {
        Self {
            input,
            plan,
            passing,
            which,
            edges: plan.edges.filter(|slot| live.contains(*slot)),
            walks: ByLength::new(plan),
            live: live.clone(),
            reads: passing.inner.argument_slots(),
            inner_live: [passing.row].into_iter().collect(),
            chunk: None,
        }
    }

    /// The walks of a row.
    fn search(
        &mut self,
        chunk: &Chunk,
        row: usize,
        cx: &mut Context<'_>,
    ) -> Result<Vec<Value>, Failure> {
        let aim = Ends::new(self.plan, chunk)?.aim(self.plan, row, cx);
        let most = match self.which {
            Shortest::Any => FEW,
            Shortest::All => CAPACITY,
        };
        let mut chosen = Vec::new();
        self.walks
            .begin(aim, row, &Ground::new(self.plan, chunk, cx))?;
        loop {
            let mut found = Vec::new();
            self.walks
                .find(most, &Ground::new(self.plan, chunk, cx), &mut found)?;
            let last = found.len() < most;
            self.ask(chunk, row, found, &mut chosen, cx)?;
            let enough = !chosen.is_empty() && (last || self.which == Shortest::Any);
            if enough || last && !self.walks.lengthen(&Ground::new(self.plan, chunk, cx))? {
                return Ok(chosen);
            }
        }
    }

    /// Adds those walks that pass; the first of them, where one is enough.
    fn ask(
        &self,
        chunk: &Chunk,
        row: usize,
        found: Vec<Edges>,
        chosen: &mut Vec<Value>,
        cx: &mut Context<'_>,
    ) -> Result<(), Failure> {
        if found.is_empty() {
            return Ok(());
        }
        let lists = found
            .iter()
            .map(|walk| edge_list(walk, self.plan.reversed))
            .collect::<Vec<_>>();
        let mut outer = chunk.repeat(row, lists.len(), &self.reads);
        outer.put(self.passing.walk, Column::values(lists.clone()));
        let passed = self.passed(&outer, cx)?;
        let passing = lists.into_iter().enumerate();
        let mut passing = passing.filter(|(at, _)| passed.contains(at));
        match self.which {
            Shortest::Any => chosen.extend(passing.next().map(|(_, walk)| walk)),
            Shortest::All => chosen.extend(passing.map(|(_, walk)| walk)),
        }
        Ok(())
    }

    /// The numbers of the walks that pass.
    fn passed(&self, outer: &Chunk, cx: &mut Context<'_>) -> Result<FxHashSet<usize>, Failure> {
        let mut passed = FxHashSet::default();
        let mut inner = build(&self.passing.inner, &self.inner_live, Some(outer), cx);
        while let Some(chunk) = inner.next(cx)? {
            let numbers = chunk.column(self.passing.row);
            passed.extend((0..chunk.len()).filter_map(|row| row_number(&numbers.peek(row))));
        }
        Ok(passed)
    }
}

impl Operator for PassingPath<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if self.chunk.is_none() {
            self.chunk = self.input.next(cx)?.map(|chunk| (chunk, 0));
        }
        let Some((chunk, first)) = self.chunk.take() else {
            return Ok(None);
        };
        let (mut rows, mut walks) = (Vec::new(), Vec::new());
        let mut held = Held::default();
        let mut row = first;
        while row < chunk.len() && rows.len() < CAPACITY {
            let chosen = self.search(&chunk, row, cx)?;
            rows.resize(rows.len() + chosen.len(), narrow(row));
            if self.edges.is_some() {
                cx.hold(&mut held, (chosen.len() * size_of::<Value>()) as u64)?;
                walks.extend(chosen);
            }
            row += 1;
        }
        let mut out = chunk.gather(&rows, &self.live);
        if let Some(edges) = self.edges {
            out.put(edges, Column::values(walks));
        }
        self.chunk = (row < chunk.len()).then_some((chunk, row));
        Ok(Some(out))
    }
}
