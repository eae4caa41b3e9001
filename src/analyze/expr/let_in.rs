//! `LET x = … IN … END`: a name for a value inside an expression.

use crate::{
    analyze::{Analyzer, Result, aggregate::contains_aggregate, scope::Scope, typed::Typed},
    base::{Code, Diagnostic, Span},
    plan::{Expr, ExprKind},
    syntax::ast,
};

impl Analyzer<'_> {
    /// A value that is cheap to compute again takes the place of its name. Any other value is the element of a list of one,
    /// over which a comprehension computes the body.
    pub(super) fn let_in(
        &mut self,
        variable: &ast::Name,
        value: &ast::Expr,
        body: &ast::Expr,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        if is_cheap(value) || contains_aggregate(body) {
            return self.replaced(variable, value, body, scope);
        }
        let new = |kind, span| ast::Expr { kind, span };
        let list = new(ast::ExprKind::List(vec![value.clone()]), value.span);
        let comprehension = ast::ExprKind::ListComprehension {
            variable: variable.clone(),
            list: Box::new(list),
            predicate: None,
            map: Some(Box::new(body.clone())),
        };
        let list = self.expr(&new(comprehension, span), scope)?;
        let returns = list.kind.element();
        let first = Box::new(Expr::constant(0, span));
        Ok(Typed::new(
            ExprKind::Index(list.boxed(), first),
            span,
            returns,
        ))
    }

    fn replaced(
        &mut self,
        variable: &ast::Name,
        value: &ast::Expr,
        body: &ast::Expr,
        scope: &Scope,
    ) -> Result<Typed> {
        let value = self.expr(value, scope)?;
        let direct = value.expr.as_slot();
        let slot = match direct {
            Some(slot) => slot,
            None => self.slot(&variable.text, value.kind),
        };
        let inner = scope.with(&variable.text, slot, value.kind, Some(variable.span));
        let (typed, needs) = self.collecting(|this| this.expr(body, &inner))?;
        if direct.is_some() {
            self.pending.extend(needs);
            return Ok(typed);
        }
        let depends = needs
            .iter()
            .any(|pending| pending.need.reads.contains(&slot));
        if depends || !is_cheap_plan(&value.expr) {
            let message = "the value of this name is too complex for an expression with an aggregate or a subquery";
            let diagnostic = Diagnostic::new(Code::UnexpectedSyntax, variable.span, message);
            return Err(Box::new(
                diagnostic.help("compute it in a preceding `LET` or `WITH`"),
            ));
        }
        self.pending.extend(needs);
        let kind = typed.kind;
        let expr = typed.expr.map_bottom_up(&mut |expr| match expr.kind {
            ExprKind::Slot(read) if read == slot => value.expr.clone(),
            _ => expr,
        });
        Ok(Typed { expr, kind })
    }
}

/// A variable, a constant, a parameter, or a property of a variable.
fn is_cheap(value: &ast::Expr) -> bool {
    match &value.kind {
        ast::ExprKind::Variable(_)
        | ast::ExprKind::Literal(_)
        | ast::ExprKind::Lifted(..)
        | ast::ExprKind::Parameter(_) => true,
        ast::ExprKind::Property(of, _) => matches!(of.kind, ast::ExprKind::Variable(_)),
        _ => false,
    }
}

fn is_cheap_plan(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Constant(_) | ExprKind::Parameter(_) | ExprKind::Slot(_) => true,
        ExprKind::Property(of, _) => of.as_slot().is_some(),
        _ => false,
    }
}
