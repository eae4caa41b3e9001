//! Three-valued logic, null tests and `CASE`.
//!
//! openCypher leaves the order of evaluation open. Operands of `AND` and `OR` are evaluated for all rows; if that fails,
//! they are evaluated again for the rows that earlier operands have not decided. A branch of `CASE` is evaluated only for
//! the rows that take it.

use std::borrow::Cow;

use crate::{
    base::{At, CompareOp, Fault},
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        eval::{Evaluated, eval},
        kernel,
    },
    plan::Expr,
    value::{Column, Value, logic},
};

type Truths = Vec<Option<bool>>;

/// The answers of a predicate in the rows of a chunk.
pub(crate) fn truths(expr: &Expr, chunk: &Chunk, cx: &Context<'_>) -> Result<Truths, Failure> {
    let column = eval(expr, chunk, cx)?;
    column
        .truths(chunk.len())
        .map(Cow::into_owned)
        .at(expr.span)
}

pub(super) fn not(inner: &Expr, chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    let values = truths(inner, chunk, cx)?;
    Ok(Column::booleans(
        values.into_iter().map(logic::not).collect(),
    ))
}

pub(super) fn xor(left: &Expr, right: &Expr, chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    let left = truths(left, chunk, cx)?;
    let right = truths(right, chunk, cx)?;
    let pairs = left.into_iter().zip(right);
    Ok(Column::booleans(
        pairs.map(|(a, b)| logic::xor(a, b)).collect(),
    ))
}

/// `a AND b AND c`
pub(super) fn all(items: &[Expr], chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    connect(items, false, logic::and, chunk, cx)
}

/// `a OR b OR c`
pub(super) fn any(items: &[Expr], chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    connect(items, true, logic::or, chunk, cx)
}

type Connective = fn(Option<bool>, Option<bool>) -> Option<bool>;

/// Combines operands; a row is decided once an operand is `decisive`.
fn connect(
    items: &[Expr],
    decisive: bool,
    connective: Connective,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Evaluated {
    let mut result = vec![Some(!decisive); chunk.len()];
    for item in items {
        if result.iter().all(|value| *value == Some(decisive)) {
            break;
        }
        match truths(item, chunk, cx) {
            Ok(values) => {
                for (own, value) in result.iter_mut().zip(values) {
                    *own = connective(*own, value);
                }
            }
            Err(failure) => {
                connect_undecided(&mut result, item, decisive, connective, chunk, cx, failure)?;
            }
        }
    }
    Ok(Column::booleans(result))
}

/// Evaluates an operand that failed again, without the rows that are decided.
fn connect_undecided(
    result: &mut Truths,
    item: &Expr,
    decisive: bool,
    connective: Connective,
    chunk: &Chunk,
    cx: &Context<'_>,
    failure: Failure,
) -> Result<(), Failure> {
    let open: Vec<u32> = rows_where(result, |value| value != Some(decisive));
    if open.len() == chunk.len() {
        return Err(failure);
    }
    let values = truths(item, &chunk.gather(&open, &item.slots()), cx)?;
    for (row, value) in open.into_iter().zip(values) {
        let own = &mut result[row as usize];
        *own = connective(*own, value);
    }
    Ok(())
}

/// The numbers of the rows for which a test holds.
fn rows_where(values: &[Option<bool>], test: impl Fn(Option<bool>) -> bool) -> Vec<u32> {
    let rows = (0..).zip(values).filter(|(_, value)| test(**value));
    rows.map(|(row, _)| row).collect()
}

pub(super) fn is_null(inner: &Expr, wanted: bool, chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    let column = eval(inner, chunk, cx)?;
    Ok(kernel::nulls(&column, wanted, chunk.len()))
}

/// `CASE`: each row takes the first branch that matches.
pub(super) fn case(
    operand: Option<&Expr>,
    branches: &[(Expr, Expr)],
    otherwise: Option<&Expr>,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Evaluated {
    let operand = operand.map(|expr| eval(expr, chunk, cx)).transpose()?;
    let mut result = vec![Value::Null; chunk.len()];
    let mut open: Vec<u32> = (0..).take(chunk.len()).collect();
    for (when, then) in branches {
        if open.is_empty() {
            break;
        }
        let rows = chunk.gather(&open, &when.slots());
        let fits = match &operand {
            None => truths(when, &rows, cx)?,
            Some(operand) => {
                let wanted = eval(when, &rows, cx)?;
                equals(&operand.gather(&open), &wanted, open.len()).at(when.span)?
            }
        };
        let pairs = || open.iter().zip(&fits);
        let taken: Vec<_> = pairs()
            .filter(|(_, fit)| **fit == Some(true))
            .map(|(row, _)| *row)
            .collect();
        let left = pairs()
            .filter(|(_, fit)| **fit != Some(true))
            .map(|(row, _)| *row)
            .collect();
        fill(&mut result, then, &taken, chunk, cx)?;
        open = left;
    }
    if let Some(otherwise) = otherwise {
        fill(&mut result, otherwise, &open, chunk, cx)?;
    }
    Ok(Column::of(result))
}

fn equals(a: &Column, b: &Column, len: usize) -> Result<Truths, Fault> {
    let answers = kernel::compare(CompareOp::Equal, a, b, len);
    answers.truths(len).map(Cow::into_owned)
}

/// Evaluates an expression for some rows and stores their values.
fn fill(
    result: &mut [Value],
    expr: &Expr,
    rows: &[u32],
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Result<(), Failure> {
    if rows.is_empty() {
        return Ok(());
    }
    let column = eval(expr, &chunk.gather(rows, &expr.slots()), cx)?;
    for (at, row) in rows.iter().enumerate() {
        result[*row as usize] = column.value(at);
    }
    Ok(())
}
