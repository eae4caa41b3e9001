//! Comparison, arithmetic, membership and the operators on strings: tight loops where both sides are typed, value by
//! value where they are not.

use std::cmp::Ordering;

use crate::{
    base::{At, CompareOp, Fault, Span},
    exec::{
        chunk::Chunk,
        column::Column,
        context::Context,
        eval::{Evaluated, eval, property},
    },
    plan::{ArithmeticOp, Expr, StringOp},
    value::{Value, arith, relation, text},
};

pub(super) fn compare(
    op: CompareOp,
    left: &Expr,
    right: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Evaluated {
    if let Some(answer) = property::compare(op, left, right, chunk, cx)? {
        return Ok(answer);
    }
    let (a, b) = (eval(left, chunk, cx)?, eval(right, chunk, cx)?);
    Ok(compare_columns(op, &a, &b, chunk.len()))
}

/// Compares two columns row by row.
pub(super) fn compare_columns(op: CompareOp, a: &Column, b: &Column, len: usize) -> Column {
    use Column as C;
    let equality = matches!(op, CompareOp::Equal | CompareOp::NotEqual);
    let answers = match (a, b) {
        (C::Integers(a), C::Integers(b)) => a
            .iter()
            .zip(&**b)
            .map(|(a, b)| Some(holds(op, a.cmp(b))))
            .collect(),
        (C::Integers(a), C::Constant(Value::Integer(b))) => {
            a.iter().map(|a| Some(holds(op, a.cmp(b)))).collect()
        }
        (C::Nodes(a), C::Nodes(b)) if equality => {
            let same = |a, b| a == b;
            a.iter()
                .zip(&**b)
                .map(|(a, b)| ids(op, same(a, b), a.is_none() || b.is_none()))
                .collect()
        }
        (C::Edges(a), C::Edges(b)) if equality => {
            let same = |a, b| a == b;
            a.iter()
                .zip(&**b)
                .map(|(a, b)| ids(op, same(a, b), a.is_none() || b.is_none()))
                .collect()
        }
        (C::Constant(a), C::Constant(b)) => return C::Constant(compare_values(op, a, b).into()),
        _ => (0..len)
            .map(|row| compare_values(op, &a.peek(row), &b.peek(row)))
            .collect(),
    };
    C::booleans(answers)
}

fn ids(op: CompareOp, same: bool, unknown: bool) -> Option<bool> {
    (!unknown).then_some(same == (op == CompareOp::Equal))
}

/// Whether a comparison holds for two values in that order.
pub(super) fn holds(op: CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Equal => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::LessOrEqual => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::GreaterOrEqual => order.is_ge(),
    }
}

pub(super) fn compare_values(op: CompareOp, a: &Value, b: &Value) -> Option<bool> {
    match op {
        CompareOp::Equal => relation::equal(a, b),
        CompareOp::NotEqual => relation::equal(a, b).map(|same| !same),
        CompareOp::Less => relation::less(a, b),
        CompareOp::LessOrEqual => relation::less_or_equal(a, b),
        CompareOp::Greater => relation::greater(a, b),
        CompareOp::GreaterOrEqual => relation::greater_or_equal(a, b),
    }
}

pub(super) fn arithmetic(
    op: ArithmeticOp,
    left: &Expr,
    right: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let (a, b) = (eval(left, chunk, cx)?, eval(right, chunk, cx)?);
    if let Some(column) = typed_arithmetic(op, &a, &b) {
        return Ok(column);
    }
    binary(&a, &b, chunk.len(), op.body()).at(span)
}

/// Sums, differences and products of typed columns; nothing where they are not typed, or where an integer overflows,
/// which the slow way reports.
fn typed_arithmetic(op: ArithmeticOp, a: &Column, b: &Column) -> Option<Column> {
    use Column as C;
    let integers = match op {
        ArithmeticOp::Add => i64::checked_add,
        ArithmeticOp::Subtract => i64::checked_sub,
        ArithmeticOp::Multiply => i64::checked_mul,
        ArithmeticOp::Divide
        | ArithmeticOp::Modulo
        | ArithmeticOp::Power
        | ArithmeticOp::Concat => {
            return None;
        }
    };
    let floats: fn(f64, f64) -> f64 = match op {
        ArithmeticOp::Add => |a, b| a + b,
        ArithmeticOp::Subtract => |a, b| a - b,
        _ => |a, b| a * b,
    };
    match (a, b) {
        (C::Integers(a), C::Integers(b)) => {
            let sums: Option<_> = a.iter().zip(&**b).map(|(a, b)| integers(*a, *b)).collect();
            sums.map(C::integers)
        }
        (C::Integers(a), C::Constant(Value::Integer(b))) => {
            let sums: Option<_> = a.iter().map(|a| integers(*a, *b)).collect();
            sums.map(C::integers)
        }
        (C::Floats(a), C::Floats(b)) => Some(C::floats(
            a.iter().zip(&**b).map(|(a, b)| floats(*a, *b)).collect(),
        )),
        (C::Floats(a), C::Constant(Value::Float(b))) => {
            Some(C::floats(a.iter().map(|a| floats(*a, *b)).collect()))
        }
        _ => None,
    }
}

/// Computes a value of each pair; once, where both are constant.
fn binary(
    a: &Column,
    b: &Column,
    len: usize,
    body: impl Fn(&Value, &Value) -> Result<Value, Fault>,
) -> Result<Column, Fault> {
    if let (Column::Constant(a), Column::Constant(b)) = (a, b) {
        return body(a, b).map(Column::Constant);
    }
    let values: Result<_, _> = (0..len)
        .map(|row| body(&a.peek(row), &b.peek(row)))
        .collect();
    values.map(Column::values)
}

pub(super) fn negate(inner: &Expr, chunk: &Chunk, cx: &Context<'_>, span: Span) -> Evaluated {
    match eval(inner, chunk, cx)? {
        Column::Floats(values) => Ok(Column::floats(values.iter().map(|value| -value).collect())),
        Column::Constant(value) => arith::negate(&value).map(Column::Constant).at(span),
        column => {
            let values: Result<_, _> = (0..chunk.len())
                .map(|row| arith::negate(&column.peek(row)))
                .collect();
            values.map(Column::values).at(span)
        }
    }
}

/// `item IN list`
pub(super) fn member(
    item: &Expr,
    list: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let (items, lists) = (eval(item, chunk, cx)?, eval(list, chunk, cx)?);
    let body = |a: &Value, list: &Value| relation::member(a, list).map(Value::from);
    binary(&items, &lists, chunk.len(), body).at(span)
}

/// `a STARTS WITH b` and its kin.
pub(super) fn string(
    op: StringOp,
    left: &Expr,
    right: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let (a, b) = (eval(left, chunk, cx)?, eval(right, chunk, cx)?);
    let body = |a: &Value, b: &Value| {
        let answer = match op {
            StringOp::StartsWith => text::starts_with(a, b),
            StringOp::EndsWith => text::ends_with(a, b),
            StringOp::Contains => text::contains(a, b),
            StringOp::Matches => text::matches(a, b, &cx.patterns)?,
        };
        Ok(answer.into())
    };
    binary(&a, &b, chunk.len(), body).at(span)
}
