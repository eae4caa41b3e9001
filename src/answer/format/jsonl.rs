//! JSON lines: one object per row, one per line.

use std::io::{self, Write};

use crate::answer::{Answer, Format, Layout};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    doc: "one object per line for each row",
    write,
};

fn write(answer: &Answer, _: Layout, out: &mut dyn Write) -> io::Result<()> {
    for row in answer.rows() {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
