//! `Limit` and `Skip`: the first rows, and all but the first.

use rustc_hash::FxHashMap;

use crate::{
    base::{At, Code, Fault},
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
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

/// The rest of a count: of all rows, or per outer row.
struct Left<'p> {
    count: &'p Expr,
    partition: Option<Slot>,
    /// The count, once it is known.
    start: Option<u64>,
    left: FxHashMap<Key, u64>,
}

impl<'p> Left<'p> {
    fn new(count: &'p Expr, partition: Option<Slot>) -> Self {
        Self {
            count,
            partition,
            start: None,
            left: FxHashMap::default(),
        }
    }

    fn start(&mut self, cx: &Context<'_>) -> Result<u64, Failure> {
        if let Some(start) = self.start {
            return Ok(start);
        }
        let start = constant_count(self.count, cx)?;
        self.start = Some(start);
        Ok(start)
    }

    /// For each row of a chunk, the part of its multiplicity that is within the count.
    fn within(&mut self, chunk: &Chunk, start: u64) -> Vec<u64> {
        let numbers = self.partition.map(|slot| chunk.column(slot));
        let within = (0..chunk.len()).map(|row| {
            let key = Key(numbers.map_or(Value::Null, |numbers| numbers.value(row)));
            let left = self.left.entry(key).or_insert(start);
            let taken = chunk.multiplicity(row).min(*left);
            *left -= taken;
            taken
        });
        within.collect()
    }

    fn reset(&mut self) {
        self.start = None;
        self.left.clear();
    }

    /// True if no further row is within the count.
    fn is_used_up(&self) -> bool {
        self.partition.is_none() && self.left.values().next() == Some(&0)
    }
}

/// The rows of a chunk whose count is not zero, with the counts as multiplicities.
fn with_counts(chunk: &Chunk, counts: &[u64], live: &SlotSet) -> Chunk {
    let kept = (0..).zip(counts).filter(|(_, count)| **count > 0);
    let kept: Vec<u32> = kept.map(|(row, _)| row).collect();
    let mut out = chunk.gather(&kept, live);
    if chunk.multiplicities().is_some() {
        let counts: Vec<_> = counts.iter().copied().filter(|count| *count > 0).collect();
        let plain = counts.iter().all(|count| *count == 1);
        out.set_multiplicities((!plain).then_some(counts));
    }
    out
}

/// The first rows. The rest of the input is read only if it changes the graph (`drains`), so that all changes are made.
pub(crate) struct Limit<'p> {
    input: Source<'p>,
    live: &'p SlotSet,
    left: Left<'p>,
    drains: bool,
}

impl<'p> Limit<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        count: &'p Expr,
        partition: Option<Slot>,
        live: &'p SlotSet,
        drains: bool,
    ) -> Self {
        Self {
            input,
            live,
            left: Left::new(count, partition),
            drains,
        }
    }
}

impl Operator for Limit<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let start = self.left.start(cx)?;
        if start == 0 || self.left.is_used_up() {
            while self.drains && self.input.next(cx)?.is_some() {}
            return Ok(None);
        }
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        let counts = self.left.within(&chunk, start);
        Ok(Some(with_counts(&chunk, &counts, self.live)))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.left.reset();
    }
}

/// All but the first rows.
pub(crate) struct Skip<'p> {
    input: Source<'p>,
    live: &'p SlotSet,
    left: Left<'p>,
}

impl<'p> Skip<'p> {
    pub(crate) fn new(
        input: Source<'p>,
        count: &'p Expr,
        partition: Option<Slot>,
        live: &'p SlotSet,
    ) -> Self {
        Self {
            input,
            live,
            left: Left::new(count, partition),
        }
    }
}

impl Operator for Skip<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let start = self.left.start(cx)?;
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(None);
        };
        let mut counts = self.left.within(&chunk, start);
        for (row, count) in counts.iter_mut().enumerate() {
            *count = chunk.multiplicity(row) - *count;
        }
        Ok(Some(with_counts(&chunk, &counts, self.live)))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.left.reset();
    }
}
