//! Calls of functions.

use crate::{
    base::{At, Fault, Span},
    exec::{
        chunk::Chunk,
        context::Context,
        eval::{Evaluated, eval},
    },
    function::{self, Function, Nulls, Purity},
    plan::Expr,
    value::{Column, Value},
};

pub(super) fn call(
    function: &'static Function,
    arguments: &[Expr],
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    if function.nulls == Nulls::Skip {
        return first_given(arguments, chunk, cx);
    }
    let columns = arguments.iter().map(|expr| eval(expr, chunk, cx));
    let columns: Vec<Column> = columns.collect::<Result<_, _>>()?;
    let context = cx.functions();
    let mut row_arguments = vec![Value::Null; columns.len()];
    let constant = columns.iter().all(is_constant);
    if constant && function.purity != Purity::Volatile && !chunk.is_empty() {
        fill(&mut row_arguments, &columns, 0);
        return invoke(function, &row_arguments, &context)
            .map(Column::Constant)
            .at(span);
    }
    let values: Result<_, _> = (0..chunk.len())
        .map(|row| {
            fill(&mut row_arguments, &columns, row);
            invoke(function, &row_arguments, &context)
        })
        .collect();
    values.map(Column::of).at(span)
}

fn is_constant(column: &Column) -> bool {
    matches!(column, Column::Constant(_))
}

/// In each row the first value that is not null. An expression is evaluated for the rows in which none was found before.
fn first_given(arguments: &[Expr], chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    let mut values = vec![Value::Null; chunk.len()];
    let mut open: Vec<u32> = (0..).take(chunk.len()).collect();
    for expr in arguments {
        if open.is_empty() {
            break;
        }
        let column = eval(expr, &chunk.gather(&open, &expr.slots()), cx)?;
        if open.len() == chunk.len() && (0..open.len()).all(|at| !column.is_null(at)) {
            return Ok(column);
        }
        for (at, row) in open.iter().enumerate() {
            values[*row as usize] = column.value(at);
        }
        open.retain(|row| values[*row as usize].is_null());
    }
    Ok(Column::of(values))
}

fn fill(arguments: &mut [Value], columns: &[Column], row: usize) {
    for (argument, column) in arguments.iter_mut().zip(columns) {
        *argument = column.value(row);
    }
}

fn invoke(
    function: &Function,
    arguments: &[Value],
    context: &function::Context<'_>,
) -> Result<Value, Fault> {
    if function.nulls == Nulls::Propagate && arguments.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    (function.body)(arguments, context)
}
