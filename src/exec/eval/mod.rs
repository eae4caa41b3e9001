//! Evaluates expressions over chunks: the result is a column.

mod call;
mod comprehension;
mod container;
mod entity;
mod logic;
mod operator;
mod property;
mod walk;

use crate::{
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
    },
    plan::{Expr, ExprKind},
    value::{Column, Value},
};

pub(crate) use self::{
    entity::{key_of, label_of, live_edge, live_node, types_of},
    logic::truths,
    property::entity_properties,
    walk::each_edge,
};

/// A column, or the failure that ends the statement.
pub(crate) type Evaluated = Result<Column, Failure>;

/// The values of an expression in the rows of a chunk.
pub(crate) fn eval(expr: &Expr, chunk: &Chunk, cx: &Context<'_>) -> Evaluated {
    match &expr.kind {
        ExprKind::Constant(value) => Ok(Column::Constant(value.clone())),
        ExprKind::Parameter(at) => Ok(Column::Constant(parameter(*at, cx))),
        ExprKind::Slot(slot) => Ok(chunk.column(*slot).clone()),
        ExprKind::Property(base, key) => property::property(base, key, chunk, cx, expr.span),
        ExprKind::Index(base, key) => container::index(base, key, chunk, cx, expr.span),
        ExprKind::Slice(list, from, to) => {
            container::slice(list, from.as_deref(), to.as_deref(), chunk, cx, expr.span)
        }
        ExprKind::Not(inner) => logic::not(inner, chunk, cx),
        ExprKind::And(items) => logic::all(items, chunk, cx),
        ExprKind::Or(items) => logic::any(items, chunk, cx),
        ExprKind::Xor(left, right) => logic::xor(left, right, chunk, cx),
        ExprKind::Negate(inner) => operator::negate(inner, chunk, cx, expr.span),
        ExprKind::Arithmetic(op, left, right) => {
            operator::arithmetic(*op, left, right, chunk, cx, expr.span)
        }
        ExprKind::Compare(op, left, right) => operator::compare(*op, left, right, chunk, cx),
        ExprKind::In(item, list) => operator::member(item, list, chunk, cx, expr.span),
        ExprKind::String(op, left, right) => {
            operator::string(*op, left, right, chunk, cx, expr.span)
        }
        ExprKind::IsNull(inner) => logic::is_null(inner, true, chunk, cx),
        ExprKind::IsNotNull(inner) => logic::is_null(inner, false, chunk, cx),
        ExprKind::IsLive(inner) => entity::is_live(inner, chunk, cx),
        ExprKind::HasLabels(inner, test) => entity::has_labels(inner, test, chunk, cx, expr.span),
        ExprKind::List(items) => container::list(items, chunk, cx),
        ExprKind::Map(entries) => container::map(entries, chunk, cx),
        ExprKind::MapProjection(base, items) => {
            container::map_projection(base, items, chunk, cx, expr.span)
        }
        ExprKind::ListComprehension {
            variable,
            list,
            predicate,
            map,
        } => {
            let body = comprehension::Body {
                variable: *variable,
                predicate: predicate.as_deref(),
            };
            comprehension::list(&body, list, map.as_deref(), chunk, cx)
        }
        ExprKind::Quantifier {
            quantifier,
            variable,
            list,
            predicate,
        } => {
            let body = comprehension::Body {
                variable: *variable,
                predicate: Some(predicate),
            };
            comprehension::quantifier(*quantifier, &body, list, chunk, cx)
        }
        ExprKind::Reduce {
            accumulator,
            init,
            variable,
            list,
            body,
        } => comprehension::reduce((*accumulator, init), (*variable, list), body, chunk, cx),
        ExprKind::Case {
            operand,
            branches,
            otherwise,
        } => logic::case(
            operand.as_deref(),
            branches,
            otherwise.as_deref(),
            chunk,
            cx,
        ),
        ExprKind::Call(function, arguments) => {
            call::call(function, arguments, chunk, cx, expr.span)
        }
        ExprKind::Path { start, steps } => walk::path(*start, steps, chunk, cx, expr.span),
        ExprKind::Disjoint(a, b) => walk::disjoint(*a, *b, chunk),
        ExprKind::HasEdge {
            from,
            to,
            types,
            direction,
        } => walk::has_edge([*from, *to], types, *direction, chunk, cx, expr.span),
    }
}

/// The value of an expression in a chunk of one row.
pub(crate) fn eval_one(expr: &Expr, row: &Chunk, cx: &Context<'_>) -> Result<Value, Failure> {
    Ok(eval(expr, row, cx)?.value(0))
}

fn parameter(at: u32, cx: &Context<'_>) -> Value {
    // The engine rejects statements with missing parameters.
    cx.parameters.get(at as usize).cloned().unwrap_or_default()
}
