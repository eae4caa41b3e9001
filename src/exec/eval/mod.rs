//! Evaluates expressions over chunks: the result is a column.

mod call;
mod comprehension;
mod container;
mod entity;
mod logic;
mod property;
mod walk;

use std::borrow::Cow;

use crate::{
    base::{At, Fault},
    exec::{
        chunk::Chunk,
        context::{Context, Failure},
        kernel::{self, each_row, size},
    },
    function::Meter as _,
    plan::{Expr, ExprKind},
    value::{Column, Value, conversion::convert},
};

pub(crate) use self::{
    entity::{key_of, label_of, live_edge, live_node, types_of},
    property::entity_properties,
    walk::each_edge,
};

/// A column, or the failure that ends the statement.
type Evaluated = Result<Column, Failure>;

/// A column, or the fault of the expression that is evaluated.
type Computed = Result<Column, Fault>;

/// The answers of a predicate.
type Truths = Vec<Option<bool>>;

/// The values of an expression in the rows of a chunk.
pub(crate) fn eval(expr: &Expr, chunk: &Chunk, cx: &Context<'_>) -> Result<Column, Failure> {
    Rows { chunk, cx }.eval(expr)
}

/// The values of several expressions in the rows of a chunk.
pub(crate) fn eval_all<'e>(
    exprs: impl IntoIterator<Item = &'e Expr>,
    chunk: &Chunk,
    cx: &Context<'_>,
) -> Result<Vec<Column>, Failure> {
    let rows = Rows { chunk, cx };
    exprs.into_iter().map(|expr| rows.eval(expr)).collect()
}

/// The value of an expression in a chunk of one row.
pub(crate) fn eval_one(expr: &Expr, row: &Chunk, cx: &Context<'_>) -> Result<Value, Failure> {
    Ok(eval(expr, row, cx)?.value(0))
}

/// The answers of a predicate in the rows of a chunk.
pub(crate) fn truths(expr: &Expr, chunk: &Chunk, cx: &Context<'_>) -> Result<Truths, Failure> {
    Rows { chunk, cx }.truths(expr)
}

/// The rows for which expressions are evaluated.
#[derive(Clone, Copy)]
struct Rows<'a> {
    chunk: &'a Chunk,
    cx: &'a Context<'a>,
}

impl Rows<'_> {
    fn eval(self, expr: &Expr) -> Evaluated {
        let (span, len) = (expr.span, self.len());
        match &expr.kind {
            ExprKind::Constant(value) => Ok(Column::Constant(value.clone())),
            ExprKind::Parameter(at) => Ok(Column::Constant(self.parameter(*at))),
            ExprKind::Slot(slot) => Ok(self.chunk.column(*slot).clone()),
            ExprKind::Property(base, key) => {
                property::property(&self.eval(base)?, key, self).at(span)
            }
            ExprKind::Index(base, key) => container::index(self.both(base, key)?, self).at(span),
            ExprKind::Slice(list, from, to) => {
                let list = self.eval(list)?;
                let (from, to) = (self.given(from.as_deref())?, self.given(to.as_deref())?);
                container::slice(&list, from, to, self).at(span)
            }
            ExprKind::Not(inner) => logic::not(self.truths(inner)?),
            ExprKind::And(items) => logic::all(items, self),
            ExprKind::Or(items) => logic::any(items, self),
            ExprKind::Xor(left, right) => logic::xor(self.truths(left)?, self.truths(right)?),
            ExprKind::Negate(inner) => kernel::negate(&self.eval(inner)?, len).at(span),
            ExprKind::Arithmetic(op, left, right) => {
                let (a, b) = self.both(left, right)?;
                kernel::arithmetic(*op, &a, &b, len, self.cx).at(span)
            }
            ExprKind::Compare(op, left, right) => {
                let (a, b) = self.both(left, right)?;
                kernel::compare(*op, &a, &b, len, self.cx).at(span)
            }
            ExprKind::In(item, list) => {
                let (items, lists) = self.both(item, list)?;
                let body = |a: &Value, list: &Value| {
                    let answer = self.cx.members.test(a, list, self.cx);
                    answer.map(Value::from)
                };
                kernel::by_value(&items, &lists, len, self.cx, body).at(span)
            }
            ExprKind::String(op, left, right) => {
                let (a, b) = self.both(left, right)?;
                kernel::string(*op, (&a, &b), len, &self.cx.patterns, self.cx).at(span)
            }
            ExprKind::IsNull(inner) => Ok(kernel::nulls(&self.eval(inner)?, true, len)),
            ExprKind::IsNotNull(inner) => Ok(kernel::nulls(&self.eval(inner)?, false, len)),
            ExprKind::IsLive(inner) => Ok(entity::is_live(&self.eval(inner)?, self)),
            ExprKind::HasLabels(inner, test) => {
                entity::has_labels(&self.eval(inner)?, test, self).at(span)
            }
            ExprKind::IsTyped(inner, value_type) => {
                let column = self.eval(inner)?;
                let typed = |row| Some(value_type.contains(&column.peek(row)));
                Ok(Column::booleans((0..len).map(typed).collect()))
            }
            ExprKind::Cast(inner, value_type) => {
                let column = self.eval(inner)?;
                let now = self.cx.options.statement_time;
                let cast = |row| convert(&column.peek(row), value_type, now);
                match &column {
                    Column::Constant(value) => {
                        convert(value, value_type, now).map(Column::Constant)
                    }
                    _ => self.values(cast),
                }
                .at(span)
            }
            ExprKind::List(items) => container::list(items, self, span),
            ExprKind::Map(entries) => container::map(entries, self, span),
            ExprKind::MapProjection(base, items) => {
                container::map_projection(base, items, self, span)
            }
            ExprKind::ListComprehension {
                variable,
                list,
                predicate,
                map,
            } => {
                let parts = [predicate, map].map(Option::as_deref);
                comprehension::list(*variable, list, parts, self)
            }
            ExprKind::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => comprehension::quantifier(*quantifier, *variable, list, predicate, self),
            ExprKind::Reduce {
                accumulator,
                init,
                variable,
                list,
                body,
                test,
            } => {
                let bodies = (&**body, test.as_deref());
                comprehension::reduce((*accumulator, init), (*variable, list), bodies, self)
            }
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => logic::case(operand.as_deref(), branches, otherwise.as_deref(), self),
            ExprKind::Call(function, arguments) => call::call(function, arguments, self, span),
            ExprKind::Path { start, steps } => walk::path(*start, steps, self).at(span),
            ExprKind::Disjoint(a, b) => walk::disjoint(*a, *b, self.chunk),
            ExprKind::HasEdge {
                from,
                to,
                types,
                direction,
            } => walk::has_edge([*from, *to], types, *direction, self).at(span),
        }
    }

    fn len(self) -> usize {
        self.chunk.len()
    }

    fn parameter(self, at: u32) -> Value {
        // The engine rejects statements with missing parameters.
        let value = self.cx.parameters.get(at as usize);
        value.cloned().unwrap_or_default()
    }

    fn both(self, left: &Expr, right: &Expr) -> Result<(Column, Column), Failure> {
        Ok((self.eval(left)?, self.eval(right)?))
    }

    fn given(self, expr: Option<&Expr>) -> Result<Option<Column>, Failure> {
        expr.map(|expr| self.eval(expr)).transpose()
    }

    fn truths(self, expr: &Expr) -> Result<Truths, Failure> {
        let truths = self.eval(expr)?.truths(self.len()).map(Cow::into_owned);
        truths.at(expr.span)
    }

    /// The rows with these numbers, with the slots that an expression reads.
    fn part(self, rows: &[u32], expr: &Expr) -> Chunk {
        self.chunk.gather(rows, &expr.slots())
    }

    /// The value that a function computes for each row.
    fn values(self, mut body: impl FnMut(usize) -> Result<Value, Fault>) -> Computed {
        let values = each_row(self.len(), |row| {
            let value = body(row)?;
            self.cx.worked(size(&value))?;
            Ok(value)
        });
        values.map(Column::values)
    }

    /// The value that a function makes of each row of some columns; one value if all columns are constant.
    fn combine(self, columns: &[Column], body: impl Fn(usize) -> Value) -> Computed {
        if columns.iter().all(is_constant) {
            return Ok(Column::Constant(body(0)));
        }
        self.values(|row| Ok(body(row)))
    }
}

fn is_constant(column: &Column) -> bool {
    matches!(column, Column::Constant(_))
}

/// Stores the values of a column in the given rows.
fn scatter(column: &Column, rows: &[u32], values: &mut [Value]) {
    for (at, row) in rows.iter().enumerate() {
        values[*row as usize] = column.value(at);
    }
}
