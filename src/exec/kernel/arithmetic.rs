//! `+`, `-`, `*`, `/`, `%`, `^`, with the semantics of [`arith`].
//!
//! Numbers are computed in loops. If an integer overflows or is divided by zero, all rows are computed again value by
//! value, which reports the first row that fails.

use std::borrow::Cow;

use crate::{
    base::Fault,
    exec::kernel::{by_value, each_row},
    function::Meter,
    plan::ArithmeticOp,
    value::{
        Value, arith, cast,
        column::{Column, Typed},
    },
};

/// Computes two columns row by row.
pub(crate) fn arithmetic(
    op: ArithmeticOp,
    a: &Column,
    b: &Column,
    len: usize,
    meter: &dyn Meter,
) -> Result<Column, Fault> {
    let adds = matches!(op, ArithmeticOp::Add | ArithmeticOp::Concat);
    let body = |a: &Value, b: &Value| {
        let bytes = if adds { added_bytes(a, b) } else { 0 };
        if bytes <= LARGE {
            return op.body()(a, b);
        }
        meter.spend(bytes)?;
        match (a, b) {
            (Value::String(a), Value::String(b)) => {
                arith::join_strings(a, b, |bytes| meter.worked(bytes))
            }
            (Value::List(a), Value::List(b)) if !a.is_empty() && !b.is_empty() => {
                arith::join_lists(a, b, |bytes| meter.worked(bytes))
            }
            _ => op.body()(a, b),
        }
    };
    match numbers(op, a, b) {
        Some(column) => Ok(column),
        None => by_value(a, b, len, meter, body),
    }
}

/// Results up to this size are counted after they are made.
const LARGE: usize = 4_096;

/// The bytes of a string or list made of two values.
fn added_bytes(a: &Value, b: &Value) -> usize {
    match (a, b) {
        // The text is built, and then copied behind its counters.
        (Value::String(a), Value::String(b)) => 2 * (a.len() + b.len()),
        (Value::List(a), Value::List(b)) => (a.len() + b.len()) * size_of::<Value>(),
        (Value::List(items), _) | (_, Value::List(items)) => (items.len() + 1) * size_of::<Value>(),
        _ => 0,
    }
}

/// `-a`
pub(crate) fn negate(a: &Column, len: usize) -> Result<Column, Fault> {
    let negated = match a {
        Column::Integers(values) => values.try_map(i64::checked_neg).map(Column::Integers),
        Column::Floats(values) => Some(Column::Floats(values.map(|value| -value))),
        Column::Constant(value) => return arith::negate(value).map(Column::Constant),
        _ => None,
    };
    if let Some(column) = negated {
        return Ok(column);
    }
    each_row(len, |row| arith::negate(&a.peek(row))).map(Column::of)
}

/// One side of an operator on numbers.
enum Operand<'a, T: Clone> {
    Column(Cow<'a, Typed<T>>),
    Constant(T),
}

/// The result of numbers; `None` if a column is not of numbers, both are constant, or an operation has no result.
fn numbers(op: ArithmeticOp, a: &Column, b: &Column) -> Option<Column> {
    if let (Some(a), Some(b)) = (integer_operand(a), integer_operand(b))
        && op != ArithmeticOp::Power
    {
        return integers(op, &a, &b).map(Column::Integers);
    }
    floats(op, &float_operand(a)?, &float_operand(b)?).map(Column::Floats)
}

fn integers(op: ArithmeticOp, a: &Operand<'_, i64>, b: &Operand<'_, i64>) -> Option<Typed<i64>> {
    match op {
        ArithmeticOp::Add => checked(a, b, i64::checked_add),
        ArithmeticOp::Subtract => checked(a, b, i64::checked_sub),
        ArithmeticOp::Multiply => checked(a, b, i64::checked_mul),
        ArithmeticOp::Divide => checked(a, b, i64::checked_div),
        ArithmeticOp::Modulo => checked(a, b, i64::checked_rem),
        ArithmeticOp::Power | ArithmeticOp::Concat => None,
    }
}

fn floats(op: ArithmeticOp, a: &Operand<'_, f64>, b: &Operand<'_, f64>) -> Option<Typed<f64>> {
    match op {
        ArithmeticOp::Add => total(a, b, |a, b| a + b),
        ArithmeticOp::Subtract => total(a, b, |a, b| a - b),
        ArithmeticOp::Multiply => total(a, b, |a, b| a * b),
        ArithmeticOp::Divide => total(a, b, |a, b| a / b),
        ArithmeticOp::Modulo => total(a, b, |a, b| a % b),
        ArithmeticOp::Power => total(a, b, f64::powf),
        ArithmeticOp::Concat => None,
    }
}

fn checked(
    a: &Operand<'_, i64>,
    b: &Operand<'_, i64>,
    body: impl Fn(i64, i64) -> Option<i64>,
) -> Option<Typed<i64>> {
    match (a, b) {
        (Operand::Column(a), Operand::Column(b)) => a.try_zip(b, body),
        (Operand::Column(a), Operand::Constant(b)) => a.try_map(|a| body(a, *b)),
        (Operand::Constant(a), Operand::Column(b)) => b.try_map(|b| body(*a, b)),
        (Operand::Constant(_), Operand::Constant(_)) => None,
    }
}

fn total(
    a: &Operand<'_, f64>,
    b: &Operand<'_, f64>,
    body: impl Fn(f64, f64) -> f64,
) -> Option<Typed<f64>> {
    match (a, b) {
        (Operand::Column(a), Operand::Column(b)) => Some(a.zip(b, body)),
        (Operand::Column(a), Operand::Constant(b)) => Some(a.map(|a| body(a, *b))),
        (Operand::Constant(a), Operand::Column(b)) => Some(b.map(|b| body(*a, b))),
        (Operand::Constant(_), Operand::Constant(_)) => None,
    }
}

fn integer_operand(column: &Column) -> Option<Operand<'_, i64>> {
    match column {
        Column::Integers(values) => Some(Operand::Column(Cow::Borrowed(values))),
        Column::Constant(Value::Integer(value)) => Some(Operand::Constant(*value)),
        _ => None,
    }
}

/// A column of numbers as floats.
fn float_operand(column: &Column) -> Option<Operand<'_, f64>> {
    match column {
        Column::Floats(values) => Some(Operand::Column(Cow::Borrowed(values))),
        Column::Integers(values) => {
            let floats = values.map(|value| value as f64);
            Some(Operand::Column(Cow::Owned(floats)))
        }
        Column::Constant(value) => cast::number(value).map(Operand::Constant),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::Unmetered;

    const OPS: [ArithmeticOp; 7] = [
        ArithmeticOp::Add,
        ArithmeticOp::Subtract,
        ArithmeticOp::Multiply,
        ArithmeticOp::Divide,
        ArithmeticOp::Modulo,
        ArithmeticOp::Power,
        ArithmeticOp::Concat,
    ];

    fn columns() -> Vec<Column> {
        vec![
            Column::integers(vec![7, -2, i64::MIN]),
            Column::Integers([Some(3), None, Some(-1)].into_iter().collect()),
            Column::floats(vec![0.5, f64::NAN, 1e300]),
            Column::Floats([None, Some(2.0), Some(0.0)].into_iter().collect()),
            Column::values(vec!["a".into(), 1.into(), Value::Null]),
            Column::Constant(2.into()),
            Column::Constant(0.into()),
            Column::Constant(1.5.into()),
            Column::NULL,
        ]
    }

    #[test]
    fn every_pair_of_columns_computes_as_its_values() {
        let columns = columns();
        for (op, a) in OPS
            .iter()
            .flat_map(|op| columns.iter().map(move |a| (op, a)))
        {
            for b in &columns {
                let found = arithmetic(*op, a, b, 3, &Unmetered);
                let expected = (0..3).map(|row| op.body()(&a.value(row), &b.value(row)));
                let expected = expected.collect::<Result<Vec<_>, _>>();
                let found =
                    found.map(|found| (0..3).map(|row| found.value(row)).collect::<Vec<_>>());
                assert_eq!(
                    format!("{found:?}"),
                    format!("{expected:?}"),
                    "{op:?} {a:?} {b:?}"
                );
            }
        }
    }

    #[test]
    fn nulls_are_negated_to_nulls() {
        let column = Column::Integers([Some(3), None].into_iter().collect());
        let negated = negate(&column, 2).unwrap();
        assert_eq!(format!("{:?}", negated.value(0)), "Integer(-3)");
        assert!(negated.is_null(1));
        assert!(negate(&Column::integers(vec![i64::MIN]), 1).is_err());
    }
}
