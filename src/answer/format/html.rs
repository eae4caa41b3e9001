//! A table in HTML. In cells, the signs of markup are escaped; numbers are set to the right.

use std::io::{self, Write};

use crate::answer::{Answer, Format, Layout, text};

pub(super) const FORMAT: Format = Format {
    name: "html",
    doc: "a table in HTML",
    write,
};

fn write(answer: &Answer, _: Layout, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<table>\n<thead><tr>")?;
    for name in answer.columns() {
        write!(out, "<th>{}</th>", escaped(name))?;
    }
    out.write_all(b"</tr></thead>\n<tbody>\n")?;
    for row in answer.rows() {
        out.write_all(b"<tr>")?;
        for cell in row.cells() {
            let align = if text::is_right_aligned(cell.value()) {
                " style=\"text-align: right\""
            } else {
                ""
            };
            write!(out, "<td{align}>{}</td>", escaped(&text::plain(cell)))?;
        }
        out.write_all(b"</tr>\n")?;
    }
    out.write_all(b"</tbody>\n</table>\n")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}
