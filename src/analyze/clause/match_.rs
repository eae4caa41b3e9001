//! `MATCH`, `OPTIONAL MATCH` and `OPTIONAL { … }`.

use std::slice;

use crate::{
    analyze::{Analyzer, Result, flow::Flow, scope::Scope},
    base::{Code, Diagnostic, did_you_mean},
    plan::{ApplyKind, Slot},
    syntax::ast::{MatchClause, Name, OptionalClause},
};

impl Analyzer<'_> {
    pub(super) fn match_clause(&mut self, flow: Flow, clause: &MatchClause) -> Result<Flow> {
        if clause.optional {
            self.optionally(flow, slice::from_ref(clause), clause.yields.as_deref())
        } else {
            self.matched(flow, clause)
        }
    }

    /// The matches of all patterns together, or the row with nulls if there are none.
    pub(super) fn optional_clause(&mut self, flow: Flow, clause: &OptionalClause) -> Result<Flow> {
        self.optionally(flow, &clause.matches, None)
    }

    fn matched(&mut self, flow: Flow, clause: &MatchClause) -> Result<Flow> {
        let before = flow.scope.clone();
        let mut flow = self.match_pattern(flow, &clause.pattern, clause.predicate.as_ref())?;
        if let Some(names) = &clause.yields {
            self.yielded_names(names, &before, &mut flow.scope)?;
        }
        Ok(flow)
    }

    fn optionally(
        &mut self,
        flow: Flow,
        clauses: &[MatchClause],
        yields: Option<&[Name]>,
    ) -> Result<Flow> {
        let Flow { plan, scope } = flow;
        let (inner, mut inner_scope) = self.framed(|this| {
            let mut flow = Flow {
                plan: this.leaf(),
                scope: scope.clone(),
            };
            for clause in clauses {
                flow = match clause.optional && clauses.len() > 1 {
                    true => this.match_clause(flow, clause)?,
                    false => this.matched(flow, clause)?,
                };
            }
            Ok((flow.plan, flow.scope))
        })?;
        if let Some(names) = yields {
            self.yielded_names(names, &scope, &mut inner_scope)?;
        }
        let adds: Vec<Slot> = inner_scope
            .beyond(&scope)
            .map(|(_, binding)| binding.slot)
            .collect();
        Ok(Flow {
            plan: inner.apply(ApplyKind::Optional { adds }, plan),
            scope: inner_scope,
        })
    }

    /// Keeps, of the names that a pattern adds to the scope, those of `YIELD` (GQL: graph pattern yield clause).
    fn yielded_names(&mut self, names: &[Name], before: &Scope, scope: &mut Scope) -> Result<()> {
        for name in names {
            let binding = scope.get(&name.text);
            let Some(binding) = binding.filter(|_| !before.has(&name.text)) else {
                let new = scope.names().map(|(known, _)| known);
                let help = did_you_mean(&name.text, new.filter(|known| !before.has(known)));
                let message = format!("expected a variable of this pattern, found `{}`", name.text);
                let diagnostic = Diagnostic::new(Code::UndefinedVariable, name.span, message);
                return Err(Box::new(diagnostic.maybe_help(help)));
            };
            self.read(binding.slot);
        }
        let yielded = |known: &str| names.iter().any(|name| name.text == known);
        scope.retain(|known| before.has(known) || yielded(known));
        Ok(())
    }
}
