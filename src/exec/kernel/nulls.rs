//! `IS NULL`, `IS NOT NULL`.

use crate::value::column::Column;

/// For each of `len` rows, true if its value is null (`wanted`), or if it is not.
pub(crate) fn nulls(column: &Column, wanted: bool, len: usize) -> Column {
    if let Column::Constant(value) = column {
        return Column::Constant((value.is_null() == wanted).into());
    }
    let nulls = (0..len).map(|row| Some(column.is_null(row) == wanted));
    Column::booleans(nulls.collect())
}
