//! `FILTER`.

use crate::{
    analyze::{Analyzer, Result, flow::Flow},
    syntax::ast::FilterClause,
};

impl Analyzer<'_> {
    pub(super) fn filter_clause(&mut self, flow: Flow, clause: &FilterClause) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let plan = self.filtered(plan, &clause.predicate, &scope)?;
        Ok(Flow { plan, scope })
    }
}
