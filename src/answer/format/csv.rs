//! Comma-separated values as in RFC 4180, but with a line feed as the line end.
//!
//! Null is an empty field and an empty string is `""`. The writer of the `csv` crate takes only text, so it cannot
//! distinguish them. A null in a single column is therefore an empty line.

use std::io::{self, Write};

use crate::answer::{Answer, Format, Layout, text};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    doc: "comma-separated values with a header; null is an empty field, the empty string is \"\"",
    write,
};

fn write(answer: &Answer, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    if !layout.no_header {
        header(answer, out)?;
    }
    for row in answer.rows() {
        for (position, cell) in row.cells().enumerate() {
            separate(position, out)?;
            if !cell.value().is_null() {
                field(&text::plain(cell), out)?;
            }
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn header(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for (position, name) in answer.columns().iter().enumerate() {
        separate(position, out)?;
        field(name, out)?;
    }
    out.write_all(b"\n")
}

fn separate(position: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(if position == 0 { b"" } else { b"," })
}

fn field(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if text.is_empty() || text.contains(['"', ',', '\n', '\r']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}
