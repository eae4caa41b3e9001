//! `HashJoin`: pairs of rows that agree on keys. The build side is hashed; the probe side streams and keeps its order.
//!
//! Keys are evaluated for rows that may have no partner, so their failure is no failure of the join: rows whose keys cannot
//! be evaluated have all rows of the other side as partners. The predicate above the join then fails, or drops the pair
//! for another reason.

use crate::{
    base::{Room as _, room},
    exec::{
        account::Reservation,
        chunk::{Chunk, rows_where},
        context::{Context, Failure, placeless},
        eval::eval_all,
        group::Groups,
        op::{
            extend::{Asked, Emitted, Extend, Extender},
            pre_aggregate::add_counts,
        },
        operator::{Operator, Source, Step},
    },
    plan::{Expr, SlotSet},
    value::{Column, column::ABSENT},
};

pub(crate) struct HashJoin<'p> {
    build: Source<'p>,
    /// Whether the table is filled.
    built: bool,
    /// True if the build side reads outer rows, so that the table is valid for one run only.
    correlated: bool,
    /// Whether the table is from a run before the last reset.
    old: bool,
    probe: Extender<'p, Table<'p>>,
    reserved: Reservation,
}

impl<'p> HashJoin<'p> {
    /// `live` are the slots that are live above; `payload` those of them that the build side fills. If there are none,
    /// the number of matching rows is enough (`counted`).
    pub(crate) fn new(
        [probe, build]: [Source<'p>; 2],
        keys: &'p [(Expr, Expr)],
        live: &'p SlotSet,
        payload: SlotSet,
        correlated: bool,
    ) -> Self {
        let counted = payload.is_empty();
        Self {
            build,
            built: false,
            correlated,
            old: false,
            probe: Extender::new(probe, live, Table::new(keys, payload), counted),
            reserved: Reservation::default(),
        }
    }

    fn fill(&mut self, cx: &mut Context<'_>) -> Result<(), Failure> {
        let table = &mut self.probe.extend;
        while let Some(chunk) = self.build.next(cx)? {
            let bytes = table.add(&chunk, cx)?;
            cx.reserve(&mut self.reserved, bytes)?;
        }
        table.arrange(cx)?;
        self.built = true;
        Ok(())
    }
}

impl Operator for HashJoin<'_> {
    fn next(&mut self, cx: &mut Context<'_>) -> Step {
        if std::mem::take(&mut self.old) && (self.correlated || cx.may_write()) {
            self.build.reset();
            self.probe.extend.clear();
            self.built = false;
            self.reserved.release();
        }
        if !self.built {
            self.fill(cx)?;
        }
        if self.probe.extend.groups.len() == 0 && !self.probe.extend.unkeyed {
            return Ok(None);
        }
        self.probe.next(cx)
    }

    fn reset(&mut self) {
        self.probe.reset();
        self.old = true;
    }
}

/// In place of the group of a probe row: its keys could not be evaluated.
const UNKEYED: u32 = ABSENT - 1;

/// The rows of the build side, by key.
#[derive(Default)]
struct Table<'p> {
    keys: &'p [(Expr, Expr)],
    /// The live slots of the build side.
    payload: SlotSet,
    groups: Groups,
    /// The rows; without columns if none is live.
    rows: Chunk,
    /// The group of each row.
    numbers: Vec<u32>,
    /// The number of rows per group, multiplicities included.
    counts: Vec<u64>,
    /// The rows of each group, one group after another, and where each group starts.
    members: Vec<u32>,
    starts: Vec<usize>,
    /// Whether the keys of a row could not be evaluated, so that all rows are partners.
    unkeyed: bool,
    /// All rows, if they are partners.
    all: Vec<u32>,
    /// The group of each row of the probe chunk.
    found: Vec<u32>,
    partners: Vec<u32>,
}

impl<'p> Table<'p> {
    fn new(keys: &'p [(Expr, Expr)], payload: SlotSet) -> Self {
        Self {
            keys,
            payload,
            ..Self::default()
        }
    }

    fn clear(&mut self) {
        *self = Self::new(self.keys, std::mem::take(&mut self.payload));
    }

    /// Adds rows of the build side. Returns their size in bytes.
    fn add(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<u64, Failure> {
        let Ok(keys) = eval_all(self.keys.iter().map(|(_, key)| key), chunk, cx) else {
            return self.add_unkeyed(chunk);
        };
        let keys: Vec<Column> = keys.into_iter().map(|column| cx.kept(column)).collect();
        let nullable = nullable(&keys);
        let kept = rows_where(0..chunk.len(), |row| !any_null(&nullable, *row));
        let keys: Vec<Column> = keys.iter().map(|column| column.gather(&kept)).collect();
        let rows = chunk.gather(&kept, &self.payload);
        let before = self.groups.len();
        self.groups.make_room(kept.len(), cx).map_err(placeless)?;
        let numbers = self
            .groups
            .number(&keys.iter().collect::<Vec<_>>(), kept.len(), cx)
            .map_err(placeless)?;
        self.counts.resize(self.groups.len(), 0);
        add_counts(&mut self.counts, &numbers, &rows)?;
        let fresh = (self.groups.len() - before) as u64;
        let mut bytes = fresh * (8 + self.groups.bytes_per_group());
        if !self.payload.is_empty() {
            bytes += rows.bytes() + 8 * rows.len() as u64;
            self.keep(rows, &numbers)?;
        }
        Ok(bytes)
    }

    /// Adds rows without keys. The predicate above the join reads them, so that they are not only counted.
    fn add_unkeyed(&mut self, chunk: &Chunk) -> Result<u64, Failure> {
        self.unkeyed = true;
        let rows = chunk.select(&self.payload);
        let bytes = rows.bytes() + 8 * rows.len() as u64;
        let numbers = vec![ABSENT; rows.len()];
        self.keep(rows, &numbers)?;
        Ok(bytes)
    }

    /// Keeps rows with their groups.
    fn keep(&mut self, rows: Chunk, numbers: &[u32]) -> Result<(), Failure> {
        self.numbers.make_room(numbers.len()).map_err(placeless)?;
        self.numbers.extend_from_slice(numbers);
        self.rows.append(rows).map_err(placeless)
    }

    /// Puts the rows of each group together, in the order in which they came.
    fn arrange(&mut self, cx: &Context<'_>) -> Result<(), Failure> {
        let numbers = std::mem::take(&mut self.numbers);
        let mut ends = filled(self.groups.len() + 1, 0_usize)?;
        for part in numbers.chunks(PART) {
            cx.check()?;
            let keyed = part.iter().filter(|number| **number != ABSENT);
            keyed.for_each(|number| ends[*number as usize + 1] += 1);
        }
        let mut total = 0;
        for part in ends.chunks_mut(PART) {
            cx.check()?;
            for end in part {
                total += *end;
                *end = total;
            }
        }
        self.starts = room::vector(ends.len()).map_err(placeless)?;
        self.starts.extend_from_slice(&ends);
        self.members = filled(numbers.len(), 0)?;
        for (part, numbers) in numbers.chunks(PART).enumerate() {
            cx.check()?;
            let rows = ((part * PART) as u32..).zip(numbers);
            for (row, number) in rows.filter(|(_, number)| **number != ABSENT) {
                let end = &mut ends[*number as usize];
                self.members[*end] = row;
                *end += 1;
            }
        }
        self.all = room::vector(numbers.len()).map_err(placeless)?;
        self.all.extend((0..).take(numbers.len()));
        Ok(())
    }

    fn members(&self, group: u32) -> &[u32] {
        if self.unkeyed || group == UNKEYED {
            return &self.all;
        }
        if group == ABSENT {
            return &[];
        }
        let at = group as usize;
        &self.members[self.starts[at]..self.starts[at + 1]]
    }
}

/// The limits are checked after so many rows are put in their place.
const PART: usize = 1 << 20;

/// A vector of equal items.
fn filled<T: Clone>(len: usize, item: T) -> Result<Vec<T>, Failure> {
    let mut items = room::vector(len).map_err(placeless)?;
    items.resize(len, item);
    Ok(items)
}

/// The columns with nulls.
fn nullable(columns: &[Column]) -> Vec<&Column> {
    columns.iter().filter(|column| column.has_nulls()).collect()
}

fn any_null(columns: &[&Column], row: usize) -> bool {
    columns.iter().any(|column| column.is_null(row))
}

impl Extend for Table<'_> {
    type View<'c> = ();

    /// Finds the group of each row, [`ABSENT`] if a key is null or no row of the build side has the keys.
    fn begin(&mut self, chunk: &Chunk, cx: &Context<'_>) -> Result<(), Failure> {
        let Ok(keys) = eval_all(self.keys.iter().map(|(key, _)| key), chunk, cx) else {
            self.found = vec![UNKEYED; chunk.len()];
            return Ok(());
        };
        self.found = self
            .groups
            .find(&keys.iter().collect::<Vec<_>>(), chunk.len(), cx)
            .map_err(placeless)?;
        let nullable = nullable(&keys);
        if nullable.is_empty() {
            return Ok(());
        }
        for (row, number) in self.found.iter_mut().enumerate() {
            if any_null(&nullable, row) {
                *number = ABSENT;
            }
        }
        Ok(())
    }

    fn view<'c>(&self, _chunk: &'c Chunk, _cx: &'c Context<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn count(&mut self, (): &(), row: usize) -> Result<u64, Failure> {
        if self.unkeyed || self.found[row] == UNKEYED {
            return Ok(self.rows.total());
        }
        let count = self.counts.get(self.found[row] as usize);
        Ok(count.copied().unwrap_or(0))
    }

    fn emit(&mut self, (): &(), asked: Asked) -> Result<Emitted, Failure> {
        let mut partners = std::mem::take(&mut self.partners);
        let members = self.members(self.found[asked.row]);
        let (part, emitted) = asked.part(members.len());
        partners.extend_from_slice(&members[part]);
        self.partners = partners;
        Ok(emitted)
    }

    fn finish(&mut self, out: &mut Chunk) -> Result<(), Failure> {
        let partners = std::mem::take(&mut self.partners);
        let right = self.rows.gather(&partners, &self.rows.slots());
        if let Some(counts) = right.multiplicities() {
            out.multiply(counts)?;
        }
        out.join(right);
        Ok(())
    }
}
