//! Three-valued logic and `CASE`.
//!
//! openCypher leaves the order of evaluation open. Operands of `AND` and `OR` are evaluated for all rows; if that fails,
//! they are evaluated again for the rows that earlier operands have not decided. A branch of `CASE` is evaluated only for
//! the rows that take it.

use std::borrow::Cow;

use crate::{
    base::{At, CompareOp},
    exec::{
        chunk::rows_where,
        context::Failure,
        eval::{Evaluated, Rows, Truths, eval, scatter, truths},
        kernel,
    },
    plan::Expr,
    value::{Column, Value, logic},
};

pub(super) fn not(values: Truths) -> Evaluated {
    let values = values.into_iter().map(logic::not);
    Ok(Column::booleans(values.collect()))
}

pub(super) fn xor(left: Truths, right: Truths) -> Evaluated {
    let values = left.into_iter().zip(right).map(|(a, b)| logic::xor(a, b));
    Ok(Column::booleans(values.collect()))
}

/// `a AND b AND c`
pub(super) fn all(items: &[Expr], rows: Rows<'_>) -> Evaluated {
    connect(items, false, logic::and, rows)
}

/// `a OR b OR c`
pub(super) fn any(items: &[Expr], rows: Rows<'_>) -> Evaluated {
    connect(items, true, logic::or, rows)
}

type Connective = fn(Option<bool>, Option<bool>) -> Option<bool>;

/// Combines operands; a row is decided once an operand is `decisive`.
fn connect(items: &[Expr], decisive: bool, connective: Connective, rows: Rows<'_>) -> Evaluated {
    let mut result = vec![Some(!decisive); rows.len()];
    for item in items {
        if result.iter().all(|value| *value == Some(decisive)) {
            break;
        }
        match rows.truths(item) {
            Ok(values) => {
                for (own, value) in result.iter_mut().zip(values) {
                    *own = connective(*own, value);
                }
            }
            Err(failure) => {
                let open = rows_where(&result, |value| **value != Some(decisive));
                if open.len() == rows.len() {
                    return Err(failure);
                }
                let values = truths(item, &rows.part(&open, item), rows.cx)?;
                for (row, value) in open.into_iter().zip(values) {
                    let own = &mut result[row as usize];
                    *own = connective(*own, value);
                }
            }
        }
    }
    Ok(Column::booleans(result))
}

/// `CASE`: each row takes the first branch that matches.
pub(super) fn case(
    operand: Option<&Expr>,
    branches: &[(Expr, Expr)],
    otherwise: Option<&Expr>,
    rows: Rows<'_>,
) -> Evaluated {
    let operand = rows.given(operand)?;
    let mut result = vec![Value::Null; rows.len()];
    let mut open: Vec<u32> = (0..).take(rows.len()).collect();
    for (when, then) in branches {
        if open.is_empty() {
            break;
        }
        let fits = fits(operand.as_ref(), when, &open, rows)?;
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for (row, fit) in open.into_iter().zip(fits) {
            let branch = if fit == Some(true) {
                &mut taken
            } else {
                &mut left
            };
            branch.push(row);
        }
        fill(&mut result, then, &taken, rows)?;
        open = left;
    }
    if let Some(otherwise) = otherwise {
        fill(&mut result, otherwise, &open, rows)?;
    }
    Ok(Column::of(result))
}

/// For each open row, whether a branch matches: its predicate is true, or its value equals the operand.
fn fits(
    operand: Option<&Column>,
    when: &Expr,
    open: &[u32],
    rows: Rows<'_>,
) -> Result<Truths, Failure> {
    let part = rows.part(open, when);
    let Some(operand) = operand else {
        return truths(when, &part, rows.cx);
    };
    let wanted = eval(when, &part, rows.cx)?;
    let equal = kernel::compare(
        CompareOp::Equal,
        &operand.gather(open),
        &wanted,
        open.len(),
        rows.cx,
    )
    .at(when.span)?;
    let truths = equal.truths(open.len()).map(Cow::into_owned);
    truths.at(when.span)
}

/// Evaluates an expression for some rows and stores their values.
fn fill(result: &mut [Value], expr: &Expr, open: &[u32], rows: Rows<'_>) -> Result<(), Failure> {
    if !open.is_empty() {
        let column = eval(expr, &rows.part(open, expr), rows.cx)?;
        scatter(&column, open, result);
    }
    Ok(())
}
