//! Tab-separated values (IANA `text/tab-separated-values`), which have no quotes: tabs, line ends and backslashes in a
//! field are written as `\t`, `\n`, `\r` and `\\`. Null is `\N`, as in databases.

use std::io::{self, Write};

use crate::answer::{Answer, Cell, Format, Layout, text};

pub(super) const FORMAT: Format = Format {
    name: "tsv",
    doc: "tab-separated values with a header; \\t, \\n, \\r and \\\\ are escaped, null is \\N",
    write,
};

fn write(answer: &Answer, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    if !layout.no_header {
        header(answer, out)?;
    }
    for row in answer.rows() {
        for (position, cell) in row.cells().enumerate() {
            separate(position, out)?;
            field(cell, out)?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn header(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for (position, name) in answer.columns().iter().enumerate() {
        separate(position, out)?;
        escape(name, out)?;
    }
    out.write_all(b"\n")
}

fn separate(position: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(if position == 0 { b"" } else { b"\t" })
}

fn field(cell: Cell<'_>, out: &mut dyn Write) -> io::Result<()> {
    if cell.value().is_null() {
        return out.write_all(b"\\N");
    }
    escape(&text::plain(cell), out)
}

fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(['\t', '\n', '\r', '\\']) {
        out.write_all(&rest.as_bytes()[..at])?;
        out.write_all(match rest.as_bytes()[at] {
            b'\t' => b"\\t",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            _ => b"\\\\",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_all(rest.as_bytes())
}
