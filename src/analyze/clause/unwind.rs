//! `UNWIND`.

use crate::{
    analyze::{Analyzer, Result, flow::Flow, subquery::attach},
    plan::Op,
    syntax::ast::{Expr, Name, UnwindClause},
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn unwind_clause(&mut self, flow: Flow, clause: &UnwindClause) -> Result<Flow> {
        self.unwound(flow, &clause.list, &clause.variable)
    }

    /// For each row, each element of a list as a variable.
    pub(super) fn unwound(&mut self, flow: Flow, list: &Expr, name: &Name) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        self.check_free(name, &scope)?;
        let (list, needs) = self.collecting(|this| this.expr(list, &scope))?;
        let kind = element_type(list.kind);
        let element = self.slot(&name.text, kind);
        scope.bind(&name.text, element, kind, Some(name.span));
        let input = attach(plan, needs);
        Ok(Flow {
            plan: Op::Unwind {
                list: list.expr,
                element,
            }
            .on(input),
            scope,
        })
    }
}

/// The type of an element of a list.
pub(super) fn element_type(list: Type) -> Type {
    if list.within(Type::LIST) {
        list.element()
    } else {
        Type::ANY
    }
}
