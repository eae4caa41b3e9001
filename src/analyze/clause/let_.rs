//! `LET`.

use crate::{
    analyze::{Analyzer, Result, flow::Flow, subquery::attach},
    plan::Op,
    syntax::ast::LetClause,
};

impl Analyzer<'_> {
    /// Adds variables to the rows. A value does not see the variables of the same clause (GQL 14.7).
    pub(super) fn let_clause(&mut self, flow: Flow, clause: &LetClause) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let mut extended = scope.clone();
        let (items, needs) = self.collecting(|this| {
            let items = clause.items.iter().map(|(name, value)| {
                this.check_free(name, &extended)?;
                let typed = this.expr(value, &scope)?;
                let slot = this.slot(&name.text, typed.kind);
                extended.bind(&name.text, slot, typed.kind, Some(name.span));
                Ok((slot, typed.expr))
            });
            items.collect::<Result<Vec<_>>>()
        })?;
        Ok(Flow {
            plan: Op::Project { items }.on(attach(plan, needs)),
            scope: extended,
        })
    }
}
