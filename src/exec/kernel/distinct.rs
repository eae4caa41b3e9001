//! The distinct strings of a column, for functions that are computed once per string.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::value::{Column, Dictionary, Value, column::Typed};

/// The distinct codes of a column of strings.
pub(crate) struct Distinct {
    /// The codes in the order in which they first appear.
    pub(crate) codes: Vec<u32>,
    /// For each row the position of its code in `codes`.
    pub(crate) rows: Typed<u32>,
}

impl Distinct {
    /// The distinct codes of a column; all codes are below `bound`. Linear in the rows.
    pub(crate) fn new(codes: &Typed<u32>, bound: usize) -> Self {
        let mut distinct = Vec::new();
        let mut add = |code| {
            distinct.push(code);
            distinct.len() as u32 - 1
        };
        let rows = if bound <= 2 * codes.len() {
            let mut positions = vec![u32::MAX; bound];
            let mut position = |code: u32| {
                let position = &mut positions[code as usize];
                if *position == u32::MAX {
                    *position = add(code);
                }
                *position
            };
            codes.iter().map(|code| code.map(&mut position)).collect()
        } else {
            let mut positions = FxHashMap::default();
            let mut position = |code| *positions.entry(code).or_insert_with(|| add(code));
            codes.iter().map(|code| code.map(&mut position)).collect()
        };
        Self {
            codes: distinct,
            rows,
        }
    }

    /// The value of each row, given the values of the distinct codes. Strings become codes of a new dictionary if that
    /// pays.
    pub(crate) fn spread(&self, values: Vec<Value>) -> Column {
        let rows = self.rows.iter();
        if 2 * values.len() > self.rows.len() || !values.iter().all(is_text) {
            let value =
                |row: Option<u32>| row.map_or(Value::Null, |row| values[row as usize].clone());
            return Column::of(rows.map(value).collect());
        }
        let mut texts = Dictionary::default();
        let code = |value: &Value| match value {
            Value::String(text) => Some(texts.intern(text)),
            _ => None,
        };
        let codes: Vec<_> = values.iter().map(code).collect();
        let codes = rows.map(|row| codes[row? as usize]).collect();
        Column::Strings(codes, Arc::new(texts))
    }

    /// The answer of each row, given the answers of the distinct codes.
    pub(crate) fn answers(&self, answers: &[bool]) -> Vec<Option<bool>> {
        if answers.is_empty() {
            // All rows are null.
            return vec![None; self.rows.len()];
        }
        self.rows.answers(|position| answers[position as usize])
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_distinct_strings_are_spread_over_rows() {
        let codes: Typed<u32> = [Some(7), None, Some(2), Some(7), Some(7)]
            .into_iter()
            .collect();
        for bound in [8, 1_000] {
            let distinct = Distinct::new(&codes, bound);
            assert_eq!(distinct.codes, [7, 2]);
            assert_eq!(
                distinct.answers(&[true, false]),
                [Some(true), None, Some(false), Some(true), Some(true)]
            );
            for (values, shown) in [
                (vec!["x".into(), Value::Null], "String(\"x\")"),
                (vec![1.into(), 2.into()], "Integer(1)"),
            ] {
                let column = distinct.spread(values.clone());
                assert_eq!(format!("{:?}", column.value(3)), shown);
                assert!(column.is_null(1));
                assert_eq!(format!("{:?}", column.value(2)), format!("{:?}", values[1]));
            }
        }
    }
}
