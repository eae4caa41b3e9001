//! An expression with its static type.

use crate::{
    base::Span,
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
