//! One block per row, with one line per column; nothing is cut.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use crate::{
    answer::{Answer, Format, Layout, format::width, text},
    value::Value,
};

pub(super) const FORMAT: Format = Format {
    name: "vertical",
    doc: "one block per row with one line per column; nothing is truncated",
    write,
};

fn write(answer: &Answer, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let names = answer.columns().iter();
    let widest = names.map(|name| width::of(name)).max().unwrap_or(0);
    for (position, row) in answer.rows().enumerate() {
        writeln!(out, "── row {} ──", position + 1)?;
        for (name, cell) in row.columns().iter().zip(row.cells()) {
            let text = match cell.value() {
                Value::Null => Cow::Borrowed(layout.null()),
                _ => text::plain(cell),
            };
            for (number, line) in text.split('\n').enumerate() {
                width::fit(if number == 0 { name } else { "" }, widest, false, out)?;
                writeln!(out, " │ {}", line.trim_end_matches('\r'))?;
            }
        }
    }
    Ok(())
}
