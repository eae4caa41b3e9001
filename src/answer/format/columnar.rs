//! Answers as Parquet and Arrow files, with a type per column. What no type of these files holds is the text that CSV has.

use std::io::{self, Write};

use crate::{
    answer::{Answer, Format, Layout, text},
    columnar::{self, Form, Series},
};

pub(super) const PARQUET: Format = Format {
    name: "parquet",
    doc: "an Apache Parquet file with typed columns",
    write: |answer, _, out| write(answer, Form::Parquet, out),
};

pub(super) const ARROW: Format = Format {
    name: "arrow",
    doc: "an Apache Arrow file (Feather 2) with typed columns",
    write: |answer, _: Layout, out| write(answer, Form::Arrow, out),
};

fn write(answer: &Answer, form: Form, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = answer.rows().collect();
    let spell = |at: usize| {
        let rows = &rows;
        move |row: usize| text::plain(rows[row].cell(at)).into_owned()
    };
    let texts: Vec<_> = (0..answer.columns().len()).map(spell).collect();
    let series: Vec<Series<'_>> = answer
        .columns()
        .iter()
        .zip(&texts)
        .enumerate()
        .map(|(at, (name, text))| Series {
            name,
            values: rows.iter().map(|row| &row.values()[at]).collect(),
            text,
        })
        .collect();
    columnar::write(&series, form, out)
}
