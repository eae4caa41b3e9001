//! Comparison, arithmetic, membership and the operators on strings: evaluates the operands and calls a kernel.

use crate::{
    base::{At, CompareOp, Span},
    exec::{
        chunk::Chunk,
        context::Context,
        eval::{Evaluated, eval},
        kernel,
    },
    plan::{ArithmeticOp, Expr, StringOp},
    value::{Value, relation},
};

pub(super) fn compare(
    op: CompareOp,
    left: &Expr,
    right: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Evaluated {
    let (a, b) = (eval(left, chunk, cx)?, eval(right, chunk, cx)?);
    Ok(kernel::compare(op, &a, &b, chunk.len()))
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
    kernel::arithmetic(op, &a, &b, chunk.len()).at(span)
}

pub(super) fn negate(inner: &Expr, chunk: &Chunk, cx: &Context<'_>, span: Span) -> Evaluated {
    let column = eval(inner, chunk, cx)?;
    kernel::negate(&column, chunk.len()).at(span)
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
    kernel::by_value(&items, &lists, chunk.len(), body).at(span)
}

/// `a STARTS WITH b`, `a ENDS WITH b`, `a CONTAINS b`, `a =~ b`
pub(super) fn string(
    op: StringOp,
    left: &Expr,
    right: &Expr,
    chunk: &Chunk,
    cx: &Context<'_>,
    span: Span,
) -> Evaluated {
    let (a, b) = (eval(left, chunk, cx)?, eval(right, chunk, cx)?);
    kernel::string(op, &a, &b, chunk.len(), &cx.patterns).at(span)
}
