//! The rows of a file: code shared by nodes and relationships.

use rustc_hash::FxHashMap;

use crate::graph::{
    ColumnData,
    load::{
        cell::{CellType, Scalar},
        cells::{self, CellReader},
        header::Column,
        problem::Problems,
        record::Field,
        table::Table,
    },
    manifest::IdType,
};

/// After this number of records, reading may be stopped.
const CHECKED: u64 = 4096;

/// Calls `row` with the fields of each record of the right length, and `odd` with those of every other record. Returns early if the
/// load is to end.
pub(super) fn each<'a>(
    table: &Table<'a>,
    problems: &mut Problems,
    mut row: impl FnMut(&mut [Field<'a>], &mut Problems),
    mut odd: impl FnMut(&mut [Field<'a>]),
) {
    let mut records = table.records();
    let mut fields = Vec::with_capacity(table.header.columns.len());
    for number in 0_u64.. {
        if number.is_multiple_of(CHECKED) && table.stop.reason().is_some() {
            return;
        }
        match records.read(&mut fields) {
            Ok(false) => return,
            Ok(true) if fields.len() == table.header.columns.len() => row(&mut fields, problems),
            Ok(true) => {
                wrong_length(table, &fields, problems);
                odd(&mut fields);
            }
            Err(broken) => problems.push(|| table.problem(broken.at, broken.message)),
        }
    }
}

fn wrong_length(table: &Table<'_>, fields: &[Field<'_>], problems: &mut Problems) {
    let expected = table.header.columns.len();
    let place = fields.get(expected).or(fields.last());
    let at = place.map_or(0, |field| field.at);
    let s = if expected == 1 { "" } else { "s" };
    problems.push(|| {
        table.problem(
            at,
            format!("expected {expected} field{s}, found {}", fields.len()),
        )
    });
}

/// The property columns of a file while they are read.
pub(super) struct Properties {
    columns: Vec<(usize, String, CellReader)>,
    /// Pairs of columns with the same key; a row may fill only one of them.
    rivals: Vec<(usize, usize)>,
}

impl Properties {
    pub(super) fn new(table: &Table<'_>) -> Self {
        let mut columns = Vec::with_capacity(table.header.columns.len());
        let about = table.about();
        for (at, column) in table.header.columns.iter().enumerate() {
            if let Some((key, cell_type)) = property(column, table.id_type) {
                columns.push((
                    at,
                    key.to_owned(),
                    CellReader::new(cell_type, table.array_delimiter, about),
                ));
            }
        }
        let rivals = rivals(&columns);
        Self { columns, rivals }
    }

    /// Adds the properties of a row.
    pub(super) fn push(
        &mut self,
        table: &Table<'_>,
        fields: &[Field<'_>],
        problems: &mut Problems,
    ) {
        for (at, key, reader) in &mut self.columns {
            if let Err(message) = reader.push(&fields[*at]) {
                problems.push(|| table.problem(fields[*at].at, format!("{message} for `{key}`")));
            }
        }
        for (first, second) in &self.rivals {
            let [(_, _, first), (at, key, second)] =
                [&self.columns[*first], &self.columns[*second]];
            if first.last_is_present() && second.last_is_present() {
                let message = format!("expected one value for `{key}`, found a second");
                problems.push(|| table.problem(fields[*at].at, message));
            }
        }
    }

    /// The columns by key; columns with the same key are merged.
    pub(super) fn finish(self) -> Vec<(String, ColumnData)> {
        let mut merged: Vec<(String, ColumnData)> = Vec::with_capacity(self.columns.len());
        for (_, key, reader) in self.columns {
            let column = reader.finish();
            match merged.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => cells::fill_up(known, column),
                None => merged.push((key, column)),
            }
        }
        merged
    }
}

fn property(column: &Column, id_type: IdType) -> Option<(&str, CellType)> {
    match column {
        Column::Property(key, cell_type) => Some((key, *cell_type)),
        Column::Id {
            key: Some(key),
            id_type: own,
            ..
        } => Some((key, id_cells(own.unwrap_or(id_type)))),
        Column::Id { key: None, .. }
        | Column::Labels
        | Column::Start(_)
        | Column::End(_)
        | Column::Type
        | Column::Ignored => None,
    }
}

fn id_cells(id_type: IdType) -> CellType {
    match id_type {
        IdType::String => CellType::STRING,
        IdType::Integer => CellType {
            scalar: Scalar::Integer(64),
            list: false,
        },
    }
}

fn rivals(columns: &[(usize, String, CellReader)]) -> Vec<(usize, usize)> {
    let mut rivals = Vec::new();
    for (later, (_, key, _)) in columns.iter().enumerate() {
        let before = columns[..later].iter().enumerate();
        rivals.extend(
            before
                .filter(|(_, (_, other, _))| other == key)
                .map(|(first, _)| (first, later)),
        );
    }
    rivals
}

/// Interned words of a column, such as types and label sets, numbered in order of first occurrence.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    codes: FxHashMap<String, u32>,
    words: Vec<String>,
}

impl Words {
    /// The position of a word; adds it if absent.
    pub(super) fn code(&mut self, word: &str) -> u32 {
        if let Some(code) = self.codes.get(word) {
            return *code;
        }
        let code = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.codes.insert(word.to_owned(), code);
        self.words.push(word.to_owned());
        code
    }

    /// All words, in position order.
    pub(super) fn into_words(self) -> Vec<String> {
        self.words
    }
}
