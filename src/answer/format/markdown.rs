//! A table in GitHub-flavoured Markdown. In cells, `|`, `\` and `<` are escaped, and a line end becomes `<br>`.

use std::io::{self, Write};

use crate::answer::{Answer, Format, Layout, text};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    doc: "a table in Markdown",
    write,
};

fn write(answer: &Answer, _: Layout, out: &mut dyn Write) -> io::Result<()> {
    for name in answer.columns() {
        field(name, out)?;
    }
    out.write_all(b"|\n")?;
    for position in 0..answer.columns().len() {
        let first = answer
            .rows()
            .map(|row| &row.values()[position])
            .find(|value| !value.is_null());
        let right = first.is_some_and(text::is_right_aligned);
        out.write_all(if right { b"| ---: " } else { b"| --- " })?;
    }
    out.write_all(b"|\n")?;
    for row in answer.rows() {
        for cell in row.cells() {
            field(&text::plain(cell), out)?;
        }
        out.write_all(b"|\n")?;
    }
    Ok(())
}

fn field(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"| ")?;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '|' | '\\' | '<' => write!(out, "\\{letter}"),
            '\r' if letters.peek() == Some(&'\n') => Ok(()),
            '\n' | '\r' => out.write_all(b"<br>"),
            other => write!(out, "{other}"),
        }?;
    }
    out.write_all(b" ")
}
