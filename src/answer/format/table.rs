//! A table with borders, for people. Numbers are right-aligned, long cells are cut, and a mark replaces rows and
//! columns that do not fit.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use crate::answer::{
    Answer, Cell, Format, Layout, Row,
    format::width::{self, ELLIPSIS},
    text,
};

pub(super) const FORMAT: Format = Format {
    name: "table",
    doc: "a table; long cells are truncated, and omitted rows are counted",
    write,
};

/// Minimum width of a column that is narrowed for others.
const LEAST: usize = 5;

fn write(answer: &Answer, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let shown = Shown::new(answer, layout);
    let columns = columns(answer, &shown, layout.width);
    rule(&columns, ["┌", "┬", "┐"], out)?;
    line(
        &columns,
        |column| Cow::Borrowed(&*answer.columns()[column]),
        out,
    )?;
    rule(&columns, ["├", "┼", "┤"], out)?;
    for row in answer.rows().take(shown.head) {
        record(&columns, row, out)?;
    }
    if shown.hidden > 0 {
        gap(&columns, shown.hidden, out)?;
    }
    for row in answer.rows().skip(shown.head + shown.hidden) {
        record(&columns, row, out)?;
    }
    rule(&columns, ["└", "┴", "┘"], out)
}

/// The rows to show: some at the start and the others at the end.
struct Shown {
    head: usize,
    hidden: usize,
}

impl Shown {
    fn new(answer: &Answer, layout: Layout) -> Self {
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
    right: bool,
}

fn columns(answer: &Answer, shown: &Shown, limit: Option<usize>) -> Vec<Column> {
    let mut columns: Vec<_> = (0..answer.columns().len())
        .map(|position| Column {
            position: Some(position),
            width: width::of(&width::one_line(Cow::Borrowed(&answer.columns()[position]))),
            right: numeric(answer, position),
        })
        .collect();
    for row in shown.rows(answer) {
        for (column, cell) in columns.iter_mut().zip(row.cells()) {
            column.width = column.width.max(width::of(&cell_text(cell)));
        }
    }
    if let Some(limit) = limit {
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

/// Omits the middle columns if the columns do not fit at their minimum widths.
fn leave_out(columns: &mut Vec<Column>, limit: usize) {
    let least: usize = columns
        .iter()
        .map(|column| column.width.min(LEAST) + 3)
        .sum();
    if least < limit || columns.len() < 2 {
        return;
    }
    let room = (limit.saturating_sub(1 + 4) / (LEAST + 3)).max(1);
    let room = room.min(columns.len() - 1);
    let (head, tail) = (room.div_ceil(2), room / 2);
    let hidden = Column {
        position: None,
        width: 1,
        right: false,
    };
    columns.splice(head..columns.len() - tail, [hidden]);
}

/// Narrows the widest columns until all fit.
fn narrow(columns: &mut [Column], limit: usize) {
    let room = limit.saturating_sub(3 * columns.len() + 1);
    let mut widths: Vec<_> = columns.iter().map(|column| column.width).collect();
    widths.sort_unstable();
    // In ascending order, each width below an equal share of the rest leaves more space for the wider columns.
    let (mut left, mut share) = (room, usize::MAX);
    for (position, width) in widths.iter().enumerate() {
        let equal = left / (widths.len() - position);
        if *width > equal {
            share = equal.max(1);
            break;
        }
        left -= width;
    }
    for column in columns {
        column.width = column.width.min(share);
    }
}

fn cell_text(cell: Cell<'_>) -> Cow<'_, str> {
    width::one_line(text::plain(cell))
}

fn record(columns: &[Column], row: Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    line(columns, |column| cell_text(row.cell(column)), out)
}

fn line<'a>(
    columns: &[Column],
    content: impl Fn(usize) -> Cow<'a, str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for column in columns {
        out.write_all("│ ".as_bytes())?;
        let content = column.position.map_or(Cow::Borrowed(ELLIPSIS), &content);
        width::fit(&width::one_line(content), column.width, column.right, out)?;
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

/// Writes the line that replaces the omitted rows.
fn gap(columns: &[Column], hidden: usize, out: &mut dyn Write) -> io::Result<()> {
    let room = columns.iter().map(|column| column.width + 3).sum::<usize>();
    let rows = if hidden == 1 { "row is" } else { "rows are" };
    out.write_all("│ ".as_bytes())?;
    let note = format!("{ELLIPSIS} {hidden} {rows} not shown {ELLIPSIS}");
    width::fit(&note, room.saturating_sub(3), false, out)?;
    out.write_all(" │\n".as_bytes())
}
