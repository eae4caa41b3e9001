//! `FOREACH`.

use crate::{
    analyze::{
        Analyzer, Result,
        flow::Flow,
        subquery::{attach, fill_arguments},
        types::require,
    },
    base::{Code, Diagnostic},
    plan::{Foreach, Op},
    syntax::ast::{Clause, ForeachClause},
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn foreach_clause(&mut self, flow: Flow, clause: &ForeachClause) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let outer = scope.get(&clause.variable.text);
        if !outer.is_some_and(|outer| self.elements.contains(&outer.slot)) {
            self.check_free(&clause.variable, &scope)?;
        }
        for inner in &clause.clauses {
            if let Clause::Match(_)
            | Clause::Unwind(_)
            | Clause::With(_)
            | Clause::Return(_)
            | Clause::Call(_) = inner
            {
                let message = "`FOREACH` can contain only updating clauses";
                return Err(Box::new(Diagnostic::new(
                    Code::InvalidClauseComposition,
                    clause.span,
                    message,
                )));
            }
        }
        let (list, needs) = self.collecting(|this| this.expr(&clause.list, &scope))?;
        require(&list, Type::LIST, "`FOREACH`")?;
        let element_kind = list.kind.element();
        let (inner, element) = self.framed(|this| {
            let element = this.slot(&clause.variable.text, element_kind);
            this.elements.push(element);
            let inner_scope = scope.with(
                &clause.variable.text,
                element,
                element_kind,
                Some(clause.variable.span),
            );
            let mut flow = Flow {
                plan: this.leaf(),
                scope: inner_scope,
            };
            for inner in &clause.clauses {
                flow = this.clause(flow, inner)?;
            }
            this.elements.pop();
            if let Some(row) = this.partition() {
                fill_arguments(&mut flow.plan, row, &[element]);
            }
            Ok((flow.plan, element))
        })?;
        let foreach = Op::Foreach(Foreach {
            list: list.expr,
            element,
            row: inner.row,
        });
        let plan = self.writing(attach(plan, needs), |input| {
            foreach.over(vec![input, inner.plan])
        });
        Ok(Flow { plan, scope })
    }
}
