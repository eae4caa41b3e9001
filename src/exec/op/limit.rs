//! `Limit` and `Skip`: the first rows, and all but the first.

use rustc_hash::FxHashMap;

use crate::{
    base::{At, Code, Fault},
    exec::{
        chunk::{Chunk, rows_where},
        context::{Answered, Context, Failure},
        eval::eval_one,
        operator::{Operator, Source, Step},
    },
    plan::{Expr, Slot, SlotSet},
    value::{Key, Value},
};

/// The value of a constant count; an error unless it is an integer of at least 0.
pub(crate) fn constant_count(expr: &Expr, cx: &Context<'_>) -> Result<u64, Failure> {
    let value = eval_one(expr, &Chunk::of_len(1), cx)?;
    match value {
        Value::Integer(count) => u64::try_from(count).map_err(|_| {
            let message =
                format!("expected an INTEGER from 0 as the number of rows, found {count}");
            Fault::new(Code::NegativeIntegerAtRuntime, message)
        }),
        other => {
            let message = format!(
                "expected an INTEGER as the number of rows, found {}",
                other.kind()
            );
            Err(Fault::new(Code::InvalidCountAtRuntime, message))
        }
    }
    .at(expr.span)
}

/// The rows of a chunk whose count is not zero, with the counts as multiplicities.
pub(crate) fn with_counts(chunk: &Chunk, counts: &[u64], live: &SlotSet) -> Chunk {
    let kept = rows_where(counts, |count| **count > 0);
    let mut out = chunk.gather(&kept, live);
    if chunk.multiplicities().is_some() {
        let counts: Vec<_> = counts.iter().copied().filter(|count| *count > 0).collect();
        let plain = counts.iter().all(|count| *count == 1);
        out.set_multiplicities((!plain).then_some(counts));
    }
    out
}

/// Which rows are returned.
pub(crate) enum Returned {
    /// The first rows. The rest of the input is read only if it changes the graph (`drains`), so that all changes are made.
    First { drains: bool },
    /// All but the first rows.
    Rest,
}

/// Counts rows: all of them, or per outer row.
pub(crate) struct Limit<'p> {
    input: Source<'p>,
    live: &'p SlotSet,
    count: &'p Expr,
    partition: Option<Slot>,
    returned: Returned,
    /// The count, once it is known.
    start: Option<u64>,
    /// The rest of the count per outer row.
    left: FxHashMap<Key, u64>,
    /// For each outer row, whether it has all its rows.
    done: Vec<bool>,
}

impl<'p> Limit<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        (count, partition): (&'p Expr, Option<Slot>),
        returned: Returned,
        live: &'p SlotSet,
    ) -> Self {
        Self {
            input,
            live,
            count,
            partition,
            returned,
            start: None,
            left: FxHashMap::default(),
            done: Vec::new(),
        }
    }

    fn start(&mut self, cx: &Context<'_>) -> Result<u64, Failure> {
        let start = match self.start {
            Some(start) => start,
            None => constant_count(self.count, cx)?,
        };
        self.start = Some(start);
        Ok(start)
    }

    /// For each row of a chunk, the part of its multiplicity that is returned.
    fn counts(&mut self, chunk: &Chunk, start: u64) -> Vec<u64> {
        let numbers = self.partition.map(|slot| chunk.column(slot));
        let counts = (0..chunk.len()).map(|row| {
            let key = Key(numbers.map_or(Value::Null, |numbers| numbers.value(row)));
            let left = self.left.entry(key).or_insert(start);
            let all = chunk.multiplicity(row);
            let first = all.min(*left);
            *left -= first;
            match self.returned {
                Returned::First { .. } => first,
                Returned::Rest => all - first,
            }
        });
        counts.collect()
    }

    /// The next input rows. The operators below leave out further rows of outer rows that have all of theirs.
    fn pull(&mut self, cx: &mut Context<'_>) -> Step {
        let (Some(row), Returned::First { drains: false }) = (self.partition, &self.returned)
        else {
            return self.input.next(cx);
        };
        let own = cx.answered.len();
        let done = std::mem::take(&mut self.done);
        cx.answered.push(Answered { row, done });
        let next = self.input.next(cx);
        self.done = cx.answered.remove(own).done;
        next
    }

    /// Notes the outer rows of a chunk that have all their rows.
    fn note_done(&mut self, chunk: &Chunk) {
        let Some(slot) = self.partition else {
            return;
        };
        for row in chunk.row_numbers(slot) {
            let number = Value::Integer(row as i64);
            if self.left.get(&Key(number)) == Some(&0) {
                self.done.resize(self.done.len().max(row + 1), false);
                self.done[row] = true;
            }
        }
    }

    /// True if no further row is within the count.
    fn is_used_up(&self) -> bool {
        self.partition.is_none() && self.left.values().next() == Some(&0)
    }
}

impl Operator for Limit<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let start = self.start(cx)?;
        if let Returned::First { drains } = self.returned
            && (start == 0 || self.is_used_up())
        {
            while drains && self.input.next(cx)?.is_some() {}
            return Ok(None);
        }
        let Some(chunk) = self.pull(cx)? else {
            return Ok(None);
        };
        let counts = self.counts(&chunk, start);
        self.note_done(&chunk);
        Ok(Some(with_counts(&chunk, &counts, self.live)))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.start = None;
        self.left.clear();
        self.done.clear();
    }
}
