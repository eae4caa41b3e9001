//! `MATCH` and `OPTIONAL MATCH`.

use crate::{
    analyze::{Analyzer, Result, query::Flow},
    plan::{Apply, ApplyKind, Op, Slot},
    syntax::ast::MatchClause,
};

impl Analyzer<'_> {
    pub(super) fn match_clause(&mut self, flow: Flow, clause: &MatchClause) -> Result<Flow> {
        if !clause.optional {
            return self.match_pattern(flow, &clause.pattern, clause.predicate.as_ref());
        }
        let Flow { op, scope } = flow;
        let (inner, inner_scope) = self.framed(|this| {
            let flow = Flow {
                op: this.leaf(),
                scope: scope.clone(),
            };
            let flow = this.match_pattern(flow, &clause.pattern, clause.predicate.as_ref())?;
            Ok((flow.op, flow.scope))
        })?;
        let adds: Vec<Slot> = inner_scope
            .names()
            .map(|(_, binding)| binding.slot)
            .filter(|slot| !scope.holds_slot(*slot))
            .collect();
        let apply = Apply {
            input: Box::new(op),
            ..inner.apply(ApplyKind::Optional { adds })
        };
        Ok(Flow {
            op: Op::Apply(apply),
            scope: inner_scope,
        })
    }
}
