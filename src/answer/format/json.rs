//! A JSON array of one object per row.

use std::io::{self, Write};

use crate::answer::{Answer, Format, Layout};

pub(super) const FORMAT: Format = Format {
    name: "json",
    doc: "an array with one object per row",
    write,
};

fn write(answer: &Answer, _: Layout, out: &mut dyn Write) -> io::Result<()> {
    write_array(answer, out)?;
    out.write_all(b"\n")
}

/// Writes the rows as the format `json` does, without the line end after the array, so that they can be a part of a
/// larger object.
///
/// # Errors
/// If the output cannot be written.
pub fn write_array(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (position, row) in answer.rows().enumerate() {
        out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    out.write_all(if answer.is_empty() { b"]" } else { b"\n]" })
}
