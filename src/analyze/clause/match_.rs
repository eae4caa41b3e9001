//! `MATCH` and `OPTIONAL MATCH`.

use crate::{
    analyze::{Analyzer, Result, query::Flow},
    plan::{ApplyKind, Slot},
    syntax::ast::MatchClause,
};

impl Analyzer<'_> {
    pub(super) fn match_clause(&mut self, flow: Flow, clause: &MatchClause) -> Result<Flow> {
        if !clause.optional {
            return self.match_pattern(flow, &clause.pattern, clause.predicate.as_ref());
        }
        let Flow { plan, scope } = flow;
        let (inner, inner_scope) = self.framed(|this| {
            let flow = Flow {
                plan: this.leaf(),
                scope: scope.clone(),
            };
            let flow = this.match_pattern(flow, &clause.pattern, clause.predicate.as_ref())?;
            Ok((flow.plan, flow.scope))
        })?;
        let adds: Vec<Slot> = inner_scope
            .names()
            .map(|(_, binding)| binding.slot)
            .filter(|slot| !scope.holds_slot(*slot))
            .collect();
        Ok(Flow {
            plan: inner.apply(ApplyKind::Optional { adds }, plan),
            scope: inner_scope,
        })
    }
}
