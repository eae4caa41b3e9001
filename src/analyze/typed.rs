//! An expression with its static type, and expressions that analysis itself writes.

use crate::{
    base::Span,
    function,
    plan::{Expr, ExprKind, Slot},
    value::{Type, Value},
};

pub(super) struct Typed {
    pub(super) expr: Expr,
    pub(super) kind: Type,
}

impl Typed {
    pub(super) fn new(kind: ExprKind, span: Span, returns: Type) -> Self {
        Self {
            expr: Expr::new(kind, span),
            kind: returns,
        }
    }

    pub(super) fn boxed(self) -> Box<Expr> {
        Box::new(self.expr)
    }
}

/// A call of a function of the table.
///
/// # Panics
/// If there is no function with this name.
pub(super) fn call_function(name: &str, arguments: Vec<Expr>, span: Span) -> Expr {
    let function = function::find(name).expect("the table has the function");
    Expr::new(ExprKind::Call(function, arguments), span)
}

/// An integer.
pub(super) fn constant(number: i64, span: Span) -> Expr {
    Expr::new(ExprKind::Constant(Value::Integer(number)), span)
}

/// `list[at]`
pub(super) fn element(list: Slot, at: Expr, span: Span) -> Expr {
    let list = Box::new(Expr::slot(list, span));
    Expr::new(ExprKind::Index(list, Box::new(at)), span)
}

/// A position in a list, or a number of its elements, as an integer.
pub(super) fn position(at: usize, span: Span) -> Expr {
    constant(i64::try_from(at).unwrap_or(i64::MAX), span)
}
