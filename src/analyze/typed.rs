//! An expression with its static type.

use crate::{
    base::Span,
    function,
    plan::{Expr, ExprKind},
    value::Type,
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
