//! `UNWIND`.

use crate::{
    analyze::{Analyzer, Result, query::Flow, subquery::attach},
    plan::Op,
    syntax::ast::UnwindClause,
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn unwind_clause(&mut self, flow: Flow, clause: &UnwindClause) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        let name = &clause.variable;
        self.check_free(name, &scope)?;
        let (list, needs) = self.collecting(|this| this.expr(&clause.list, &scope))?;
        let kind = if list.kind.within(Type::LIST) {
            list.kind.element()
        } else {
            Type::ANY
        };
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
