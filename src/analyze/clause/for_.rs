//! `FOR`.

use crate::{
    analyze::{
        Analyzer, Result,
        clause::unwind::element_type,
        flow::Flow,
        subquery::attach,
        typed::{call_function, constant},
        types::require,
    },
    base::Span,
    plan::{ArithmeticOp, Expr, ExprKind, Op, Slot},
    syntax::ast::{ForClause, ForPosition, Name},
    value::Type,
};

impl Analyzer<'_> {
    /// `FOR x IN list`: `UNWIND` with the names in the other order; with a position, of the positions of the list, which
    /// then must be one.
    pub(super) fn for_clause(&mut self, flow: Flow, clause: &ForClause) -> Result<Flow> {
        let Some(position) = &clause.position else {
            return self.unwound(flow, &clause.list, &clause.variable);
        };
        self.positioned(flow, clause, position)
    }

    fn positioned(
        &mut self,
        flow: Flow,
        clause: &ForClause,
        position: &ForPosition,
    ) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        let span = clause.list.span;
        self.check_free(&clause.variable, &scope)?;
        let (listed, needs) = self.collecting(|this| this.expr(&clause.list, &scope))?;
        require(&listed, Type::LIST, "`FOR`")?;
        let kind = element_type(listed.kind);
        let list = self.slot("list", listed.kind);
        let items = vec![(list, listed.expr)];
        let plan = Op::Project { items }.on(attach(plan, needs));
        let offset = self.slot("offset", Type::INTEGER);
        let plan = Op::Unwind {
            list: offsets(list, span),
            element: offset,
        }
        .on(plan);
        let mut bind = |this: &mut Self, name: &Name, kind: Type| {
            let slot = this.slot(&name.text, kind);
            scope.bind(&name.text, slot, kind, Some(name.span));
            slot
        };
        let element = bind(self, &clause.variable, kind);
        let counted = bind(self, &position.variable, Type::INTEGER);
        let read = |slot| Box::new(Expr::slot(slot, span));
        let at = ExprKind::Index(read(list), read(offset));
        let first = constant(position.first.into(), span);
        let number = ExprKind::Arithmetic(ArithmeticOp::Add, read(offset), Box::new(first));
        let items = vec![
            (element, Expr::new(at, span)),
            (counted, Expr::new(number, span)),
        ];
        Ok(Flow {
            plan: Op::Project { items }.on(plan),
            scope,
        })
    }
}

/// `range(0, cardinality(list) - 1)`
fn offsets(list: Slot, span: Span) -> Expr {
    let size = call_function("cardinality", vec![Expr::slot(list, span)], span);
    let last = ExprKind::Arithmetic(
        ArithmeticOp::Subtract,
        Box::new(size),
        Box::new(constant(1, span)),
    );
    call_function(
        "range",
        vec![constant(0, span), Expr::new(last, span)],
        span,
    )
}
