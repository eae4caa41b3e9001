//! What operators share that give several rows for each row: where they stand in a chunk, and how output is put
//! together.

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure},
        op::{Operator, Source, Step},
    },
    plan::SlotSet,
};

/// Where the work on a chunk goes on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cursor {
    /// The row that is being extended.
    pub(crate) row: usize,
    /// How far its extensions were given out; what it counts is up to the operator.
    pub(crate) offset: usize,
}

impl Cursor {
    /// Goes on to the next row.
    pub(crate) fn next_row(&mut self) {
        *self = Self {
            row: self.row + 1,
            offset: 0,
        };
    }
}

/// How one operator extends rows.
pub(crate) trait Spread {
    /// Prepares for a chunk whose rows will be extended.
    fn begin(&mut self, _chunk: &Chunk, _cx: &Context<'_>) -> Result<(), Failure> {
        Ok(())
    }

    /// Extends rows from the cursor on, pushing the row of each extension, until `rows` is full or the chunk is done.
    fn fill(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        rows: &mut Vec<u32>,
        cx: &Context<'_>,
    ) -> Result<(), Failure>;

    /// Puts what the last filling found beside the rows it extends.
    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure>;
}

/// An operator that gives several rows for each row.
pub(crate) struct FanOut<'p, S> {
    input: Source<'p>,
    /// The slots of the input that are needed above.
    live: SlotSet,
    spread: S,
    chunk: Option<Chunk>,
    cursor: Cursor,
    rows: Vec<u32>,
}

impl<'p, S: Spread> FanOut<'p, S> {
    pub(crate) fn new(input: Source<'p>, live: SlotSet, spread: S) -> Self {
        Self {
            input,
            live,
            spread,
            chunk: None,
            cursor: Cursor::default(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn spread_mut(&mut self) -> &mut S {
        &mut self.spread
    }

    /// Takes rows out of the chunk that are outer rows with an answer, so that no work is done for them.
    fn drop_answered(&mut self, cx: &Context<'_>) -> Result<(), Failure> {
        let Some(chunk) = &self.chunk else {
            return Ok(());
        };
        let mut kept: Vec<u32> = (0..).take(chunk.len()).skip(self.cursor.row).collect();
        let all = kept.len();
        for answered in &cx.answered {
            if let Some(numbers) = chunk.get(answered.row) {
                kept.retain(|row| !answered.is_done(&numbers.peek(*row as usize)));
            }
        }
        if kept.len() == all {
            return Ok(());
        }
        // The row at the cursor keeps its offset only if it goes on.
        let goes_on = kept
            .first()
            .is_some_and(|row| *row as usize == self.cursor.row);
        let offset = if goes_on { self.cursor.offset } else { 0 };
        let rest = chunk.gather(&kept, &chunk.slots());
        self.cursor = Cursor { row: 0, offset };
        self.spread.begin(&rest, cx)?;
        self.chunk = (!rest.is_empty()).then_some(rest);
        Ok(())
    }

    fn advance(&mut self, cx: &mut Context<'_>) -> Result<bool, Failure> {
        if !cx.answered.is_empty() {
            self.drop_answered(cx)?;
        }
        if self.chunk.is_some() {
            return Ok(true);
        }
        let Some(chunk) = self.input.next(cx)? else {
            return Ok(false);
        };
        self.cursor = Cursor::default();
        self.spread.begin(&chunk, cx)?;
        self.chunk = Some(chunk);
        Ok(true)
    }
}

impl<S: Spread> Operator for FanOut<'_, S> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        while self.advance(cx)? {
            let Some(chunk) = &self.chunk else { continue };
            self.rows.clear();
            self.spread
                .fill(chunk, &mut self.cursor, &mut self.rows, cx)?;
            let mut out = chunk.gather(&self.rows, &self.live);
            self.spread.finish(&mut out)?;
            if self.cursor.row >= chunk.len() {
                self.chunk = None;
            }
            return Ok(Some(out));
        }
        Ok(None)
    }
}

/// How many rows still fit.
pub(crate) fn room(rows: &[u32]) -> usize {
    CAPACITY.saturating_sub(rows.len())
}

/// A row number as chunks keep it.
pub(crate) fn narrow(row: usize) -> u32 {
    u32::try_from(row).expect("chunks are small")
}
