//! A property column during reading, typed as narrowly as its cells allow.

use std::mem;

use rustc_hash::FxHashMap;

use crate::{
    graph::{
        ColumnData,
        load::{
            cell::{CellType, Scalar},
            record::Field,
        },
    },
    value::{Text, Value},
};

/// Marks "no text" among the codes of [`ColumnData::Coded`].
const NO_TEXT: u32 = u32::MAX;

/// Fills the gaps of a column with the values of another one.
pub(super) fn fill_up(column: &mut ColumnData, other: ColumnData) {
    let own = mem::replace(column, ColumnData::Values(Vec::new()));
    let pairs = values(own).into_iter().zip(values(other));
    *column = ColumnData::Values(
        pairs
            .map(|(own, other)| if own.is_null() { other } else { own })
            .collect(),
    );
}

fn values(column: ColumnData) -> Vec<Value> {
    match column {
        ColumnData::Integers(cells) => cells.into_iter().map(Value::from).collect(),
        ColumnData::Floats(cells) => cells.into_iter().map(Value::from).collect(),
        ColumnData::Booleans(cells) => cells.into_iter().map(Value::from).collect(),
        ColumnData::Strings(cells) => cells
            .into_iter()
            .map(|cell| cell.map_or(Value::Null, Value::String))
            .collect(),
        ColumnData::Coded(texts, codes) => {
            let text = |code: u32| texts.get(code as usize).cloned();
            codes
                .into_iter()
                .map(|code| text(code).map_or(Value::Null, Value::String))
                .collect()
        }
        ColumnData::Values(cells) => cells,
    }
}

/// Builds a column cell by cell.
#[derive(Clone, Debug)]
pub(super) struct CellReader {
    cell_type: CellType,
    array_delimiter: char,
    cells: ColumnData,
    codes: FxHashMap<Text, u32>,
}

impl CellReader {
    /// An empty column of the type, with capacity for `about` cells.
    pub(super) fn new(cell_type: CellType, array_delimiter: char, about: usize) -> Self {
        let cells = match cell_type {
            CellType { list: true, .. } => ColumnData::Values(Vec::with_capacity(about)),
            CellType { scalar, .. } => match scalar {
                Scalar::Integer(_) => ColumnData::Integers(Vec::with_capacity(about)),
                Scalar::Float => ColumnData::Floats(Vec::with_capacity(about)),
                Scalar::Boolean => ColumnData::Booleans(Vec::with_capacity(about)),
                Scalar::String | Scalar::Char => {
                    ColumnData::Coded(Vec::new(), Vec::with_capacity(about))
                }
                Scalar::Date
                | Scalar::LocalTime
                | Scalar::Time
                | Scalar::LocalDateTime
                | Scalar::DateTime
                | Scalar::Duration
                | Scalar::Decimal
                | Scalar::Bytes
                | Scalar::Point
                | Scalar::Mixed => ColumnData::Values(Vec::with_capacity(about)),
            },
        };
        Self {
            cell_type,
            array_delimiter,
            cells,
            codes: FxHashMap::default(),
        }
    }

    /// Appends the value of a field. On error, appends an absent value and returns what was expected.
    pub(super) fn push(&mut self, field: &Field<'_>) -> Result<(), String> {
        if let (ColumnData::Coded(texts, codes), Scalar::String) =
            (&mut self.cells, self.cell_type.scalar)
        {
            codes.push(if field.is_absent() {
                NO_TEXT
            } else {
                code(&mut self.codes, texts, &field.text)
            });
            return Ok(());
        }
        let value = self.cell_type.value(field, self.array_delimiter);
        let (value, fault) = value.map_or_else(
            |message| (Value::Null, Err(message)),
            |value| (value, Ok(())),
        );
        self.push_value(value);
        fault
    }

    fn push_value(&mut self, value: Value) {
        match (&mut self.cells, value) {
            (ColumnData::Integers(cells), Value::Integer(number)) => cells.push(Some(number)),
            (ColumnData::Integers(cells), _) => cells.push(None),
            (ColumnData::Floats(cells), Value::Float(number)) => cells.push(Some(number)),
            (ColumnData::Floats(cells), _) => cells.push(None),
            (ColumnData::Booleans(cells), Value::Boolean(boolean)) => cells.push(Some(boolean)),
            (ColumnData::Booleans(cells), _) => cells.push(None),
            (ColumnData::Coded(texts, codes), Value::String(text)) => {
                codes.push(code(&mut self.codes, texts, &text))
            }
            (ColumnData::Coded(_, codes), _) => codes.push(NO_TEXT),
            (ColumnData::Strings(cells), _) => cells.push(None),
            (ColumnData::Values(cells), value) => cells.push(value),
        }
    }

    /// Whether the last cell has a value.
    pub(super) fn last_is_present(&self) -> bool {
        match &self.cells {
            ColumnData::Integers(cells) => cells.last().is_some_and(Option::is_some),
            ColumnData::Floats(cells) => cells.last().is_some_and(Option::is_some),
            ColumnData::Booleans(cells) => cells.last().is_some_and(Option::is_some),
            ColumnData::Coded(_, codes) => codes.last().is_some_and(|code| *code != NO_TEXT),
            ColumnData::Strings(cells) => cells.last().is_some_and(Option::is_some),
            ColumnData::Values(cells) => cells.last().is_some_and(|value| !value.is_null()),
        }
    }

    pub(super) fn finish(self) -> ColumnData {
        self.cells
    }
}

/// Up to this many distinct texts, a linear scan is faster than hashing.
const FEW: usize = 16;

fn code(known: &mut FxHashMap<Text, u32>, texts: &mut Vec<Text>, text: &str) -> u32 {
    if texts.last().is_some_and(|last| **last == *text) {
        return u32::try_from(texts.len() - 1).unwrap_or(NO_TEXT);
    }
    if known.is_empty() {
        if let Some(at) = texts.iter().position(|other| **other == *text) {
            return u32::try_from(at).unwrap_or(NO_TEXT);
        }
        if texts.len() == FEW {
            known.extend(texts.iter().cloned().zip(0..));
        }
    } else if let Some(code) = known.get(text) {
        return *code;
    }
    let code = u32::try_from(texts.len()).unwrap_or(NO_TEXT);
    let text = Text::from(text);
    if !known.is_empty() {
        known.insert(Text::clone(&text), code);
    }
    texts.push(text);
    code
}
