//! `DELETE`.

use crate::{
    analyze::{Analyzer, Result, flow::Flow, subquery::attach, types::require},
    base::{Code, Diagnostic},
    plan::Op,
    syntax::ast::{DeleteClause, ExprKind},
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn delete_clause(&mut self, flow: Flow, clause: &DeleteClause) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let (items, needs) = self.collecting(|this| {
            let items = clause.items.iter().map(|item| {
                if let ExprKind::HasLabels(..) = item.kind {
                    let message = "a label is removed, not deleted";
                    return Err(Box::new(
                        Diagnostic::new(Code::InvalidDelete, item.span, message)
                            .help("use `REMOVE n:Label`"),
                    ));
                }
                let typed = this.expr(item, &scope)?;
                require(&typed, Type::ENTITY.or(Type::PATH), "`DELETE`")?;
                Ok(typed.expr)
            });
            items.collect::<Result<Vec<_>>>()
        })?;
        let (detach, span) = (clause.detach, clause.span);
        let plan = self.writing(attach(plan, needs), |input| {
            Op::Delete {
                items,
                detach,
                span,
            }
            .on(input)
        });
        self.deletes = true;
        Ok(Flow { plan, scope })
    }
}
