//! Label expressions of patterns and of expressions.

use crate::{
    analyze::{Analyzer, Result, scope::Scope, typed::call_function, types::require},
    plan::{Expr, ExprKind, LabelTest},
    syntax::ast,
    value::Type,
};

impl Analyzer<'_> {
    /// A label or type expression as a predicate on an element.
    pub(super) fn label_predicate(
        &mut self,
        subject: &Expr,
        labels: &ast::LabelExpr,
        kind: Type,
        scope: &Scope,
    ) -> Result<Expr> {
        use ast::LabelExprKind as Kind;
        let span = labels.span;
        if let Some(test) = self.label_test(labels, kind) {
            let test = ExprKind::HasLabels(Box::new(subject.clone()), test);
            return Ok(Expr::new(test, span));
        }
        let mut all = |parts: &[ast::LabelExpr]| {
            let parts = parts.iter();
            let tests = parts.map(|part| self.label_predicate(subject, part, kind, scope));
            tests.collect::<Result<Vec<_>>>()
        };
        let test = match &labels.kind {
            Kind::And(parts) => ExprKind::And(all(parts)?),
            Kind::Or(parts) => ExprKind::Or(all(parts)?),
            Kind::Not(inner) => {
                ExprKind::Not(Box::new(self.label_predicate(subject, inner, kind, scope)?))
            }
            Kind::Dynamic { any, names } => {
                let names = self.expr(names, scope)?;
                require(&names, Type::STRING.or(Type::LIST), "the name of a label")?;
                let function = if *any { "hasAnyLabel" } else { "hasAllLabels" };
                return Ok(call_function(
                    function,
                    vec![subject.clone(), names.expr],
                    span,
                ));
            }
            Kind::Name(_) | Kind::Any => unreachable!("a name is a test"),
        };
        Ok(Expr::new(test, span))
    }

    /// A label or type expression as a test; `None` if it has names that only execution knows.
    fn label_test(&mut self, expr: &ast::LabelExpr, kind: Type) -> Option<LabelTest> {
        use ast::LabelExprKind as Kind;
        let mut all = |parts: &[ast::LabelExpr]| {
            let tests = parts.iter().map(|part| self.label_test(part, kind));
            tests.collect::<Option<Vec<_>>>()
        };
        Some(match &expr.kind {
            Kind::Name(name) => {
                self.warn_label(name, kind);
                LabelTest::Name {
                    label: self.label(&name.text),
                    kind: self.relationship_type(&name.text),
                }
            }
            Kind::Any => LabelTest::Any,
            Kind::Not(inner) => LabelTest::Not(Box::new(self.label_test(inner, kind)?)),
            Kind::And(parts) => LabelTest::And(all(parts)?),
            Kind::Or(parts) => LabelTest::Or(all(parts)?),
            Kind::Dynamic { .. } => return None,
        })
    }
}
