//! Databases of SQLite: each table is a table, its primary key identifies the rows, its foreign keys are relationships.

use crate::exchange::format::{GraphFormat, Read, Write_};

pub(in crate::exchange) const FORMAT: GraphFormat = GraphFormat {
    name: "sqlite",
    doc: "databases of SQLite: tables and foreign keys",
    extensions: &["sqlite", "sqlite3", "db"],
    decisive: &[],
    example: "",
    sniff: |head| head.starts_with("SQLite format 3\0"),
    read: Read::With(with::read),
    write: Write_::Nothing,
};

#[cfg(not(feature = "sqlite"))]
mod with {
    use crate::{
        exchange::{document::Document, reading::Reading},
        graph::load::Problem,
    };

    pub(super) fn read(documents: &[&Document], _: &mut Reading<'_>) -> Result<(), Problem> {
        Err(documents[0].not_built("SQLite", "sqlite"))
    }
}

#[cfg(feature = "sqlite")]
mod with {
    use rusqlite::{Connection, types::ValueRef};

    use crate::{
        base::file_name,
        exchange::{
            document::Document,
            reading::Reading,
            rows::{Declared, Table},
            table::typed,
        },
        graph::load::Problem,
        value::Value,
    };

    pub(super) fn read(documents: &[&Document], reading: &mut Reading<'_>) -> Result<(), Problem> {
        for document in documents {
            let tables = tables(document, reading);
            let tables = tables.map_err(|error| {
                document.problem(format!("expected a database of SQLite: {error}"))
            })?;
            reading.tables.extend(tables);
        }
        Ok(())
    }

    fn tables(document: &Document, reading: &mut Reading<'_>) -> rusqlite::Result<Vec<Table>> {
        let mut database = Connection::open_in_memory()?;
        let bytes = document.bytes();
        database.deserialize_read_exact("main", bytes, bytes.len(), true)?;
        let mut found = database.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
        )?;
        let names: rusqlite::Result<Vec<String>> = found.query_map([], |row| row.get(0))?.collect();
        names?
            .iter()
            .map(|name| table(&database, document, reading, name))
            .collect()
    }

    fn table(
        database: &Connection,
        document: &Document,
        reading: &mut Reading<'_>,
        name: &str,
    ) -> rusqlite::Result<Table> {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let info = columns_of(database, &quoted)?;
        let columns: Vec<String> = info.iter().map(|column| column.name.clone()).collect();
        let mut statement = database.prepare(&format!("SELECT * FROM {quoted}"))?;
        let mut rows = Vec::new();
        let mut blobs = 0;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let cells = (0..columns.len()).map(|at| Ok(value(row.get_ref(at)?, &mut blobs)));
            rows.push(cells.collect::<rusqlite::Result<Vec<Value>>>()?);
            if reading.ends_at(rows.len()) {
                break;
            }
        }
        if blobs > 0 {
            reading.graph.note(format!(
                "{}#{name}: values of type BLOB are left out: {blobs}",
                document.name()
            ));
        }
        for (at, column) in info.iter().enumerate() {
            settle(&mut rows, at, &column.kind);
        }
        let file = |name: &str| format!("{}#{name}", document.name());
        let mut table = Table::of_values(&file(name), name, columns, rows);
        let own_name = |other: &str| file_name(&file(other)).to_owned();
        let mut keys = info.iter().filter(|column| column.is_key);
        let first = keys.next().filter(|_| keys.next().is_none());
        let references = references(database, &quoted)?;
        table.declared = Some(Declared {
            id: first.map(|column| column.name.clone()),
            references: references
                .into_iter()
                .map(|(column, other)| (column, own_name(&other)))
                .collect(),
        });
        Ok(table)
    }

    /// A column as it is declared.
    struct Column {
        name: String,
        /// The type in upper case.
        kind: String,
        is_key: bool,
    }

    fn columns_of(database: &Connection, quoted: &str) -> rusqlite::Result<Vec<Column>> {
        let mut statement = database.prepare(&format!("PRAGMA table_info({quoted})"))?;
        let columns = statement.query_map([], |row| {
            Ok(Column {
                name: row.get(1)?,
                kind: row.get::<_, String>(2)?.to_uppercase(),
                is_key: row.get::<_, i64>(5)? > 0,
            })
        })?;
        columns.collect()
    }

    /// The foreign keys of one column: the column and the table.
    fn references(database: &Connection, quoted: &str) -> rusqlite::Result<Vec<(String, String)>> {
        let mut statement = database.prepare(&format!("PRAGMA foreign_key_list({quoted})"))?;
        let references = statement.query_map([], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(3)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        let references: rusqlite::Result<Vec<(i64, String, String)>> = references.collect();
        let references = references?;
        let is_single = |key: i64| {
            references
                .iter()
                .filter(|(other, ..)| *other == key)
                .count()
                == 1
        };
        let mut single: Vec<_> = references
            .iter()
            .filter(|(key, ..)| is_single(*key))
            .collect();
        // SQLite lists the last foreign key first.
        single.reverse();
        let pair = |(_, column, table): &(i64, String, String)| (column.clone(), table.clone());
        Ok(single.into_iter().map(pair).collect())
    }

    fn value(cell: ValueRef<'_>, blobs: &mut usize) -> Value {
        match cell {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Float(number),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
            ValueRef::Blob(_) => {
                *blobs += 1;
                Value::Null
            }
        }
    }

    /// Gives a column the type that is declared, which SQLite does not have, if all its values fit.
    fn settle(rows: &mut [Vec<Value>], at: usize, kind: &str) {
        let read: fn(&Value) -> Option<Value> = match kind {
            _ if kind.starts_with("BOOL") => |value| match value {
                Value::Integer(0) => Some(Value::Boolean(false)),
                Value::Integer(1) => Some(Value::Boolean(true)),
                _ => None,
            },
            _ if kind.starts_with("DATE") || kind.starts_with("TIMESTAMP") => |value| match value {
                Value::String(text) => typed::temporal(text),
                _ => None,
            },
            _ => return,
        };
        let cells = rows.iter().map(|row| &row[at]);
        let fits = cells
            .filter(|value| !value.is_null())
            .all(|value| read(value).is_some());
        let values = rows
            .iter_mut()
            .map(|row| &mut row[at])
            .filter(|value| fits && !value.is_null());
        for value in values {
            if let Some(typed) = read(value) {
                *value = typed;
            }
        }
        if kind.starts_with("DATE") && cells_are_dates(rows, at) {
            for value in rows.iter_mut().map(|row| &mut row[at]) {
                if let Some(date) = typed::date_of(value) {
                    *value = date;
                }
            }
        }
    }

    fn cells_are_dates(rows: &[Vec<Value>], at: usize) -> bool {
        let mut cells = rows
            .iter()
            .map(|row| &row[at])
            .filter(|value| !value.is_null());
        cells.all(|value| typed::date_of(value).is_some() || matches!(value, Value::Date(_)))
    }
}
