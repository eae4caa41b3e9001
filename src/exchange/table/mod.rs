//! Tables: CSV and TSV files without types in their headers, workbooks, databases, and records of other formats.
//!
//! A table is a file of rows. What its columns mean is a [`Mapping`](super::Mapping), which the caller gives or which is guessed: `delimited`
//! reads rows, `kind` finds the types of columns, `guess` finds nodes, edge lists and foreign keys, `mapping` is the file
//! `map.toml`, `build` makes nodes and relationships, and `issue` groups the problems of rows by kind.

mod build;
mod columnar;
mod delimited;
mod excel;
mod guess;
mod issue;
mod kind;
mod sqlite;
mod typed;

use super::{
    document::Document,
    format::{GraphFormat, Read, Write_},
    reading::Reading,
};
use crate::graph::load::Problem;

pub(super) use self::{
    build::build,
    columnar::{ARROW, PARQUET},
    delimited::reader,
    excel::FORMAT as EXCEL,
    sqlite::FORMAT as SQLITE,
};

pub(super) const FORMAT: GraphFormat = GraphFormat {
    name: "table",
    doc: "CSV or TSV files without types in their headers: nodes, edge lists, foreign keys",
    extensions: &["csv", "tsv", "tab", "psv"],
    decisive: &[],
    example: "id,name,born\nann,Ann,1990-02-01\nbea,Bea,\n",
    sniff: delimited::sniff,
    read: Read::With(read),
    write: Write_::Nothing,
};

fn read(documents: &[&Document], reading: &mut Reading<'_>) -> Result<(), Problem> {
    for document in documents {
        let table = delimited::read(document, &reading.options.tables)?;
        reading.tables.push(table);
    }
    Ok(())
}
