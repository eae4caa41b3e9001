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
    value::{Value, column::Column},
};

/// The results of a function for each pair of values; computed once if both columns are constant.
pub(crate) fn by_value(
    a: &Column,
    b: &Column,
    len: usize,
    body: impl Fn(&Value, &Value) -> Result<Value, Fault>,
) -> Result<Column, Fault> {
    if let (Column::Constant(a), Column::Constant(b)) = (a, b) {
        return body(a, b).map(Column::Constant);
    }
    let values = (0..len).map(|row| body(&a.peek(row), &b.peek(row)));
    values.collect::<Result<_, _>>().map(Column::of)
}
