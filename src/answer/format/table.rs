//! A table with borders, for people. Numbers are right-aligned and never cut, long texts are cut, and a mark replaces rows
//! and columns that do not fit.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use crate::{
    answer::{
        Answer, Cell, Format, Layout, Row, brief,
        format::width::{self, ELLIPSIS},
        text,
    },
    base::grouped,
    value::Value,
};

pub(super) const FORMAT: Format = Format {
    name: "table",
    doc: "a table; long cells are truncated, and omitted rows are counted",
    write,
};

/// Minimum width of a column that is narrowed for others. A column of numbers is never narrowed.
const LEAST: usize = 12;

/// The number of columns that do not fit.
pub(super) fn hidden_columns(answer: &Answer, layout: &Layout) -> usize {
    if layout.width.is_none() {
        return 0;
    }
    let columns = columns(answer, &Shown::new(answer, layout), layout);
    let shown = columns.iter().filter(|column| column.position.is_some());
    answer.columns().len() - shown.count()
}

/// The number of rows beyond the limit.
pub(super) fn hidden_rows(answer: &Answer, layout: &Layout) -> usize {
    Shown::new(answer, layout).hidden
}

fn write(answer: &Answer, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let layout = &layout;
    let shown = Shown::new(answer, layout);
    let columns = columns(answer, &shown, layout);
    rule(&columns, ["┌", "┬", "┐"], out)?;
    line(
        &columns,
        |_, position| Cow::Borrowed(&*answer.columns()[position]),
        out,
    )?;
    rule(&columns, ["├", "┼", "┤"], out)?;
    for row in answer.rows().take(shown.head) {
        record(&columns, row, layout, out)?;
    }
    if shown.hidden > 0 {
        gap(&columns, shown.hidden, out)?;
    }
    for row in answer.rows().skip(shown.head + shown.hidden) {
        record(&columns, row, layout, out)?;
    }
    rule(&columns, ["└", "┴", "┘"], out)
}

/// The rows to show: some at the start and the others at the end.
struct Shown {
    head: usize,
    hidden: usize,
}

impl Shown {
    fn new(answer: &Answer, layout: &Layout) -> Self {
        let all = answer.len();
        match layout.rows {
            // A single row is shown instead of a line that counts it.
            Some(limit) if all > limit.max(1) + 1 => Self {
                head: limit.max(1).div_ceil(2),
                hidden: all - limit.max(1),
            },
            _ => Self {
                head: all,
                hidden: 0,
            },
        }
    }

    fn rows<'a>(&self, answer: &'a Answer) -> impl Iterator<Item = Row<'a>> {
        let head = answer.rows().take(self.head);
        head.chain(answer.rows().skip(self.head + self.hidden))
    }
}

/// A column to draw. The column that replaces omitted ones has no position.
struct Column {
    position: Option<usize>,
    width: usize,
    /// The width below which a number would be cut, or a text tell nothing.
    least: usize,
    right: bool,
}

impl Column {
    /// Makes room for a text, of which at least `least` columns stay.
    fn hold(&mut self, width: usize, least: usize) {
        self.width = self.width.max(width);
        self.least = self.least.max(least.min(width));
    }
}

fn columns(answer: &Answer, shown: &Shown, layout: &Layout) -> Vec<Column> {
    let column = |position: usize| {
        let title = width::of(&width::one_line(Cow::Borrowed(&answer.columns()[position])));
        Column {
            position: Some(position),
            width: title,
            least: title.min(LEAST),
            right: numeric(answer, position),
        }
    };
    let mut columns: Vec<_> = (0..answer.columns().len()).map(column).collect();
    for row in shown.rows(answer) {
        for (column, cell) in columns.iter_mut().zip(row.cells()) {
            let width = width::of(&cell_text(cell, layout));
            let atomic = text::is_atomic(cell.value());
            column.hold(width, if atomic { width } else { LEAST });
        }
    }
    if let Some(limit) = layout.width {
        leave_out(&mut columns, limit);
        narrow(&mut columns, limit);
    }
    columns
}

/// True if a column has numbers, and otherwise only nulls.
fn numeric(answer: &Answer, position: usize) -> bool {
    let mut values = answer.rows().map(|row| &row.values()[position]);
    let mut any = false;
    let all = values.all(|value| {
        let is_right = text::is_right_aligned(value);
        any |= is_right;
        is_right || value.is_null()
    });
    any && all
}

/// The width of a line whose columns have their minimum widths.
fn least(columns: &[Column]) -> usize {
    1 + columns.iter().map(|column| column.least + 3).sum::<usize>()
}

/// Omits the middle columns if the columns do not fit at their minimum widths. One stays.
fn leave_out(columns: &mut Vec<Column>, limit: usize) {
    if least(columns) <= limit || columns.len() < 2 {
        return;
    }
    let mark = 1 + 3;
    let room = limit.saturating_sub(1 + mark);
    let (mut head, mut tail, mut used) = (1, 0, columns[0].least + 3);
    while head + tail + 1 < columns.len() {
        let width = |position: usize| columns[position].least + 3;
        let (next, last) = (width(head), width(columns.len() - 1 - tail));
        let fits = |width: usize| used + width <= room;
        if fits(next) && (head <= tail || !fits(last)) {
            (head, used) = (head + 1, used + next);
        } else if fits(last) {
            (tail, used) = (tail + 1, used + last);
        } else {
            break;
        }
    }
    let hidden = Column {
        position: None,
        width: 1,
        least: 1,
        right: false,
    };
    columns.splice(head..columns.len() - tail, [hidden]);
}

/// Narrows the widest columns until all fit, but none below its minimum; a single column is narrowed in any case.
fn narrow(columns: &mut [Column], limit: usize) {
    let room = limit.saturating_sub(3 * columns.len() + 1).max(1);
    let at = |column: &Column, share: usize| column.width.min(share.max(column.least));
    let fits = |share: &usize| {
        columns
            .iter()
            .map(|column| at(column, *share))
            .sum::<usize>()
            <= room
    };
    let share = (1..=room).rev().find(fits).unwrap_or(0);
    for column in &mut *columns {
        column.width = at(column, share);
    }
    let others: usize = columns.iter().skip(1).map(|column| column.width).sum();
    if let [first, ..] = columns {
        first.width = first.width.min(room.saturating_sub(others).max(1));
    }
}

fn cell_text<'a>(cell: Cell<'a>, layout: &'a Layout) -> Cow<'a, str> {
    width::one_line(match cell.value() {
        Value::Null => Cow::Borrowed(layout.null()),
        _ => brief::brief(cell),
    })
}

/// The text of a cell in a column, which a path fits by hiding its middle.
fn fitted<'a>(cell: Cell<'a>, layout: &'a Layout, width: usize) -> Cow<'a, str> {
    let text = cell_text(cell, layout);
    if cell.path().is_some() && width::of(&text) > width {
        let short = brief::shortened(cell, width);
        return short.map_or(text, |short| width::one_line(Cow::Owned(short)));
    }
    text
}

fn record(
    columns: &[Column],
    row: Row<'_>,
    layout: &Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = |column: &Column, position| fitted(row.cell(position), layout, column.width);
    line(columns, text, out)
}

fn line<'a>(
    columns: &[Column],
    content: impl Fn(&Column, usize) -> Cow<'a, str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for column in columns {
        out.write_all("│ ".as_bytes())?;
        let text = match column.position {
            Some(position) => content(column, position),
            None => Cow::Borrowed(ELLIPSIS),
        };
        width::fit(&width::one_line(text), column.width, column.right, out)?;
        out.write_all(b" ")?;
    }
    out.write_all("│\n".as_bytes())
}

fn rule(
    columns: &[Column],
    [left, middle, right]: [&str; 3],
    out: &mut dyn Write,
) -> io::Result<()> {
    for (position, column) in columns.iter().enumerate() {
        let joint = if position == 0 { left } else { middle };
        write!(out, "{joint}{}", "─".repeat(column.width + 2))?;
    }
    writeln!(out, "{right}")
}

/// Writes the line that replaces the omitted rows, with as many words as fit.
fn gap(columns: &[Column], hidden: usize, out: &mut dyn Write) -> io::Result<()> {
    let room = columns.iter().map(|column| column.width + 3).sum::<usize>();
    let room = room.saturating_sub(3);
    let rows = if hidden == 1 { "row" } else { "rows" };
    let verb = if hidden == 1 { "is" } else { "are" };
    let count = grouped(hidden as u64);
    let notes = [
        format!("{ELLIPSIS} {count} {rows} {verb} not shown {ELLIPSIS}"),
        format!("{ELLIPSIS} {count} {rows} {ELLIPSIS}"),
        format!("{ELLIPSIS} {count}"),
    ];
    let note = notes.iter().find(|note| width::of(note) <= room);
    out.write_all("│ ".as_bytes())?;
    width::fit(note.map_or(ELLIPSIS, |note| note), room, false, out)?;
    out.write_all(" │\n".as_bytes())
}
