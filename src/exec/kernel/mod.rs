//! Operations on columns: loops for each pair of types that has data, value by value for all other pairs.

mod arithmetic;
mod compare;
mod distinct;
mod nulls;
mod text;

pub(crate) use self::{
    arithmetic::{arithmetic, negate},
    compare::compare,
    distinct::Distinct,
    nulls::nulls,
    text::string,
};
use crate::{
    base::Fault,
    function::Meter,
    value::{Value, column::Column, heap_size},
};

/// The size of a value as an amount of work.
pub(crate) fn size(value: &Value) -> usize {
    usize::try_from(heap_size(value)).unwrap_or(usize::MAX)
}

/// The results of a function for each of `len` rows. Unlike a collected `Result`, the vector has the right size from the
/// start.
pub(crate) fn each_row<T>(
    len: usize,
    mut body: impl FnMut(usize) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut results = Vec::with_capacity(len);
    for row in 0..len {
        results.push(body(row)?);
    }
    Ok(results)
}

/// The results of a function for each pair of values; computed once if both columns are constant. `meter` counts the
/// operands and the results.
pub(crate) fn by_value(
    a: &Column,
    b: &Column,
    len: usize,
    meter: &dyn Meter,
    body: impl Fn(&Value, &Value) -> Result<Value, Fault>,
) -> Result<Column, Fault> {
    let body = |a: &Value, b: &Value| {
        let value = body(a, b)?;
        meter.worked(size(a).min(size(b)).saturating_add(size(&value)))?;
        Ok(value)
    };
    if let (Column::Constant(a), Column::Constant(b)) = (a, b) {
        return body(a, b).map(Column::Constant);
    }
    each_row(len, |row| body(&a.peek(row), &b.peek(row))).map(Column::of)
}
