//! Files of Parquet and Arrow: each is a table with typed columns.

use crate::exchange::format::{GraphFormat, Read, Write_};

pub(in crate::exchange) const PARQUET: GraphFormat = GraphFormat {
    name: "parquet",
    doc: "Apache Parquet files: typed tables",
    extensions: &["parquet", "pq"],
    decisive: &["parquet"],
    example: "",
    sniff: |head| head.starts_with("PAR1"),
    read: Read::With(with::parquet),
    write: Write_::Nothing,
};

pub(in crate::exchange) const ARROW: GraphFormat = GraphFormat {
    name: "arrow",
    doc: "Apache Arrow files (Feather 2) and streams: typed tables",
    extensions: &["arrow", "feather", "arrows", "ipc"],
    decisive: &["arrow", "arrows"],
    example: "",
    sniff: |head| head.starts_with("ARROW1"),
    read: Read::With(with::arrow),
    write: Write_::Nothing,
};

#[cfg(not(feature = "parquet"))]
mod with {
    use crate::{
        exchange::{document::Document, reading::Reading},
        graph::load::Problem,
    };

    pub(super) fn parquet(documents: &[&Document], _: &mut Reading<'_>) -> Result<(), Problem> {
        Err(documents[0].not_built("Parquet and Arrow", "parquet"))
    }

    pub(super) use parquet as arrow;
}

#[cfg(feature = "parquet")]
mod with {
    use std::collections::HashSet;

    use crate::{
        columnar::{self, Form, Frame},
        exchange::{document::Document, reading::Reading, rows::Table, table::typed},
        graph::load::Problem,
        value::{Text, Value},
    };

    pub(super) fn parquet(
        documents: &[&Document],
        reading: &mut Reading<'_>,
    ) -> Result<(), Problem> {
        read(documents, reading, Form::Parquet)
    }

    pub(super) fn arrow(documents: &[&Document], reading: &mut Reading<'_>) -> Result<(), Problem> {
        read(documents, reading, Form::Arrow)
    }

    fn read(documents: &[&Document], reading: &mut Reading<'_>, form: Form) -> Result<(), Problem> {
        for document in documents {
            let frame = columnar::read(document.bytes(), form, &|| reading.ends());
            let frame = frame.map_err(|error| {
                let what = match form {
                    Form::Parquet => "a Parquet file",
                    Form::Arrow => "an Arrow file",
                };
                document.problem(format!("expected {what}: {error}"))
            })?;
            reading.tables.push(table(document, frame));
        }
        Ok(())
    }

    fn table(document: &Document, frame: Frame) -> Table {
        let len = frame.columns.first().map_or(0, Vec::len);
        let columns = frame.names.into_iter().zip(frame.columns);
        let flat: Vec<(String, Vec<Value>)> = columns
            .flat_map(|(name, column)| flat(name, column))
            .collect();
        let (names, columns): (Vec<_>, Vec<_>) = flat.into_iter().unzip();
        let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        let row = |_| {
            columns
                .iter_mut()
                .map(|column| column.next().unwrap_or_default())
                .collect()
        };
        let rows = (0..len).map(row).collect();
        let names = typed::distinct(names.into_iter());
        Table::of_values(document.name(), document.stem(), names, rows)
    }

    /// A column, or a column per field of a column of structs, which no property can hold.
    fn flat(name: String, column: Vec<Value>) -> Vec<(String, Vec<Value>)> {
        let is_struct = |value: &Value| matches!(value, Value::Map(_) | Value::Null);
        let fields: Vec<Text> = fields(&column);
        if fields.is_empty() || !column.iter().all(is_struct) {
            return vec![(name, column)];
        }
        let part = |field: &Text| {
            let of = |value: &Value| match value {
                Value::Map(entries) => entries.get(field).cloned().unwrap_or_default(),
                _ => Value::Null,
            };
            flat(format!("{name}.{field}"), column.iter().map(of).collect())
        };
        fields.iter().flat_map(part).collect()
    }

    /// The keys of maps, in the order in which they first occur.
    fn fields(column: &[Value]) -> Vec<Text> {
        let mut seen = HashSet::new();
        let maps = column.iter().filter_map(|value| match value {
            Value::Map(entries) => Some(entries),
            _ => None,
        });
        let keys = maps.flat_map(|entries| entries.keys());
        keys.filter(|key| seen.insert(Text::clone(key)))
            .cloned()
            .collect()
    }
}
