//! Operators that extend each row by several others: one owner of the cursor, for all of them.
//!
//! An operator says how many extensions a row has and what they are ([`Extend`]). If none of its outputs is live, the
//! [`Extender`] only asks for the number and multiplies the row's multiplicity, so that the extensions are counted
//! without being enumerated.

use std::ops::Range;

use crate::{
    exec::{
        chunk::{CAPACITY, Chunk},
        context::{Context, Failure},
        operator::{Operator, Source, Step},
    },
    plan::SlotSet,
};

/// How an operator extends rows.
pub(crate) trait Extend {
    /// What it reads of the graph and of a chunk; made once per output chunk.
    type View<'c>;

    /// Prepares for a chunk whose rows will be extended.
    fn begin(&mut self, _chunk: &Chunk, _cx: &Context<'_>) -> Result<(), Failure> {
        Ok(())
    }

    /// The view of a chunk.
    fn view<'c>(&self, chunk: &'c Chunk, cx: &'c Context<'_>) -> Result<Self::View<'c>, Failure>;

    /// The number of extensions of a row.
    fn count(&mut self, view: &Self::View<'_>, row: usize) -> Result<u64, Failure>;

    /// The numbers of extensions of the rows from one on, if the operator finds them faster together than one by one.
    fn count_all(&mut self, _view: &Self::View<'_>, _from: usize) -> Option<Vec<u64>> {
        None
    }

    /// Counts extensions of a row. An operator whose extensions are many more than its reads returns parts.
    fn tally(&mut self, view: &Self::View<'_>, asked: Asked) -> Result<Tally, Failure> {
        let count = self.count(view, asked.row)?;
        Ok(Tally {
            count,
            is_all: true,
        })
    }

    /// Produces extensions of a row.
    fn emit(&mut self, view: &Self::View<'_>, asked: Asked) -> Result<Emitted, Failure>;

    /// Moves the extensions produced since the last call into the columns of the output.
    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure>;

    /// Forgets what is kept from row to row, before another run.
    fn reset(&mut self) {}
}

/// The extensions that one call of [`Extend::emit`] is to produce.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) row: usize,
    /// The number of extensions of the row that the calls before have produced.
    pub(crate) skip: usize,
    /// About the maximum number.
    pub(crate) room: usize,
}

impl Asked {
    /// True in the first call for a row.
    pub(crate) fn is_first(self) -> bool {
        self.skip == 0
    }

    /// Which to produce of `total` extensions that are known: the rest if it fits, otherwise as many as fit.
    #[inline]
    pub(crate) fn part(self, total: usize) -> (Range<usize>, Emitted) {
        let rest = total - self.skip;
        if rest <= self.room {
            (self.skip..total, Emitted::All(rest))
        } else {
            (self.skip..self.skip + self.room, Emitted::Part(self.room))
        }
    }
}

/// The extensions that one call of [`Extend::emit`] has produced.
pub(crate) enum Emitted {
    /// So many, and the row has no more.
    All(usize),
    /// So many, and the output chunk is full.
    Part(usize),
}

/// The extensions that one call of [`Extend::tally`] has counted.
pub(crate) struct Tally {
    pub(crate) count: u64,
    /// True if the row has no more.
    pub(crate) is_all: bool,
}

/// Maximum number of extensions that are counted in parts per chunk, so that the first rows come early.
const COUNTED: usize = 1 << 16;

/// Where the work on a chunk continues.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    /// The row that is extended.
    row: usize,
    /// How many of its extensions have been produced.
    emitted: usize,
}

/// An operator that extends rows.
pub(crate) struct Extender<'p, E> {
    input: Source<'p>,
    /// The slots of the input that are live above.
    live: &'p SlotSet,
    pub(crate) extend: E,
    /// Whether no output of the operator is live.
    counted: bool,
    chunk: Option<Chunk>,
    cursor: Cursor,
    rows: Vec<u32>,
}

impl<'p, E: Extend> Extender<'p, E> {
    pub(crate) fn new(input: Source<'p>, live: &'p SlotSet, extend: E, counted: bool) -> Self {
        Self {
            input,
            live,
            extend,
            counted,
            chunk: None,
            cursor: Cursor::default(),
            rows: Vec::new(),
        }
    }

    /// Multiplies rows, from the cursor on, by the number of their extensions.
    fn multiply(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<Chunk, Failure> {
        let view = self.extend.view(chunk, cx)?;
        let mut factors = Vec::with_capacity(chunk.len());
        self.rows.clear();
        let Cursor { row, emitted } = &mut self.cursor;
        if let Some(counts) = self.extend.count_all(&view, *row) {
            for (count, row) in counts.into_iter().zip(*row..) {
                if count > 0 {
                    factors.push(count);
                    self.rows.push(narrow(row));
                }
            }
            *row = chunk.len();
        }
        let mut room = COUNTED;
        while *row < chunk.len() {
            let asked = Asked {
                row: *row,
                skip: *emitted,
                room,
            };
            let Tally { count, is_all } = self.extend.tally(&view, asked)?;
            if count > 0 {
                factors.push(count);
                self.rows.push(narrow(*row));
            }
            let counted = usize::try_from(count).unwrap_or(usize::MAX);
            if !is_all {
                *emitted = emitted.saturating_add(counted);
                break;
            }
            (*row, *emitted) = (*row + 1, 0);
            room = room.saturating_sub(counted);
        }
        let mut out = chunk.gather(&self.rows, self.live);
        if factors.iter().any(|factor| *factor > 1) {
            out.multiply(&factors)?;
        }
        Ok(out)
    }

    /// Drops rows whose outer row has its answer already.
    fn drop_answered(&mut self, cx: &Context<'_>) -> Result<(), Failure> {
        let Some(chunk) = &self.chunk else {
            return Ok(());
        };
        let Cursor { row, emitted } = self.cursor;
        let mut kept: Vec<u32> = (0..).take(chunk.len()).skip(row).collect();
        let all = kept.len();
        for answered in &cx.answered {
            if let Some(numbers) = chunk.get(answered.row) {
                kept.retain(|row| !answered.is_done(&numbers.peek(*row as usize)));
            }
        }
        if kept.len() == all {
            return Ok(());
        }
        // An operator may hold the state of the row at the cursor, so the row keeps its number until it is finished.
        if emitted > 0 && kept.first() == Some(&narrow(row)) {
            return Ok(());
        }
        let rest = chunk.gather(&kept, &chunk.slots());
        self.cursor = Cursor::default();
        self.extend.begin(&rest, cx)?;
        self.chunk = (!rest.is_empty()).then_some(rest);
        Ok(())
    }

    /// The chunk to extend from the cursor on; `None` if the input has no more.
    fn current(&mut self, cx: &mut Context<'_>) -> Step {
        if !cx.answered.is_empty() {
            self.drop_answered(cx)?;
        }
        if let Some(chunk) = self.chunk.take() {
            return Ok(Some(chunk));
        }
        let next = self.input.next(cx)?;
        if let Some(chunk) = &next {
            self.cursor = Cursor::default();
            self.extend.begin(chunk, cx)?;
        }
        Ok(next)
    }

    /// Produces extensions from the cursor on until the output or the input chunk is finished.
    fn fill(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        let Self {
            extend,
            cursor,
            rows,
            ..
        } = self;
        rows.clear();
        let view = extend.view(chunk, cx)?;
        let Cursor {
            mut row,
            mut emitted,
        } = *cursor;
        while row < chunk.len() && rows.len() < CAPACITY {
            let asked = Asked {
                row,
                skip: emitted,
                room: CAPACITY - rows.len(),
            };
            match extend.emit(&view, asked)? {
                Emitted::All(count) => {
                    rows.resize(rows.len() + count, narrow(row));
                    (row, emitted) = (row + 1, 0);
                }
                Emitted::Part(count) => {
                    rows.resize(rows.len() + count, narrow(row));
                    emitted += count;
                    break;
                }
            }
        }
        *cursor = Cursor { row, emitted };
        Ok(())
    }
}

impl<E: Extend> Operator for Extender<'_, E> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        let Some(chunk) = self.current(cx)? else {
            return Ok(None);
        };
        let out = if self.counted {
            self.multiply(&chunk, cx)?
        } else {
            self.fill(&chunk, cx)?;
            let mut out = chunk.gather(&self.rows, self.live);
            self.extend.finish(&mut out)?;
            out
        };
        self.chunk = (self.cursor.row < chunk.len()).then_some(chunk);
        Ok(Some(out))
    }

    fn reset(&mut self) {
        self.input.reset();
        self.chunk = None;
        self.extend.reset();
    }
}

/// A row number as chunks store it.
pub(crate) fn narrow(row: usize) -> u32 {
    u32::try_from(row).expect("chunks are small")
}
