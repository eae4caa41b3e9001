//! Function calls: on columns, once per distinct string, or row by row.

use crate::{
    base::{At, Fault, Span},
    exec::{
        eval::{Computed, Evaluated, Rows, eval, eval_all, is_constant, scatter},
        kernel::{Distinct, each_row, size},
    },
    function::{self, Function, Nulls, Purity},
    plan::Expr,
    value::{Column, Text, Value},
};

pub(super) fn call(
    function: &'static Function,
    arguments: &[Expr],
    rows: Rows<'_>,
    span: Span,
) -> Evaluated {
    if function.nulls == Nulls::Skip {
        return first_given(arguments, rows);
    }
    let columns = eval_all(arguments, rows.chunk, rows.cx)?;
    compute(function, &columns, rows).at(span)
}

fn compute(function: &Function, columns: &[Column], rows: Rows<'_>) -> Computed {
    let context = rows.cx.functions();
    let mut row_arguments = vec![Value::Null; columns.len()];
    let constant = columns.iter().all(is_constant);
    if constant && function.purity != Purity::Volatile && !rows.chunk.is_empty() {
        fill(&mut row_arguments, columns, 0);
        return invoke(function, &row_arguments, &context).map(Column::Constant);
    }
    let vector = function.vector;
    if let Some(column) = vector.and_then(|vector| vector(columns, &context)) {
        return Ok(column);
    }
    if let Some(column) = per_text(function, columns, &context)? {
        return Ok(column);
    }
    let values = each_row(rows.len(), |row| {
        fill(&mut row_arguments, columns, row);
        invoke(function, &row_arguments, &context)
    });
    values.map(Column::of)
}

/// The results of a pure function of one column of strings and constants, computed once per distinct string. `None` for
/// other functions and columns, and for nulls that the body handles.
fn per_text(
    function: &Function,
    columns: &[Column],
    context: &function::Context<'_>,
) -> Result<Option<Column>, Fault> {
    let mut varying = (0..)
        .zip(columns)
        .filter(|(_, column)| !is_constant(column));
    let (Some((at, Column::Strings(codes, texts))), None) = (varying.next(), varying.next()) else {
        return Ok(None);
    };
    if function.purity != Purity::Pure || codes.has_nulls() && function.nulls == Nulls::Handle {
        return Ok(None);
    }
    let mut arguments: Vec<Value> = (columns.iter())
        .map(|column| match column {
            Column::Constant(value) => value.clone(),
            _ => Value::Null,
        })
        .collect();
    let distinct = Distinct::new(codes, texts.len());
    let mut results = Vec::with_capacity(distinct.codes.len());
    for code in &distinct.codes {
        arguments[at] = Value::String(Text::clone(texts.text(*code)));
        results.push(invoke(function, &arguments, context)?);
    }
    Ok(Some(distinct.spread(results)))
}

/// The first value of each row that is not null. An expression is evaluated only for the rows without one so far.
fn first_given(arguments: &[Expr], rows: Rows<'_>) -> Evaluated {
    let mut values = vec![Value::Null; rows.len()];
    let mut open: Vec<u32> = (0..).take(rows.len()).collect();
    for expr in arguments {
        if open.is_empty() {
            break;
        }
        let column = eval(expr, &rows.part(&open, expr), rows.cx)?;
        if open.len() == rows.len() && (0..open.len()).all(|at| !column.is_null(at)) {
            return Ok(column);
        }
        scatter(&column, &open, &mut values);
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
    let value = (function.body)(arguments, context)?;
    context.meter.worked(size(&value))?;
    Ok(value)
}
