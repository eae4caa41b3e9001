//! `CALL { … }`.

use crate::{
    analyze::{
        Analyzer, Result,
        flow::Flow,
        scope::{Scope, already_bound},
    },
    base::{Code, Diagnostic},
    plan::{ApplyKind, Column},
    syntax::ast::{self, Clause, Imports, SubqueryClause},
};

impl Analyzer<'_> {
    pub(in crate::analyze) fn subquery_clause(
        &mut self,
        flow: Flow,
        clause: &SubqueryClause,
    ) -> Result<Flow> {
        if let Some(batches) = &clause.batches {
            let message = "`IN TRANSACTIONS` is only allowed in a clause of the outermost query";
            let misplaced = Diagnostic::new(Code::InvalidClauseComposition, batches.span, message);
            return Err(Box::new(
                misplaced.help("run the subquery in a statement of its own"),
            ));
        }
        let Flow { plan, mut scope } = flow;
        let imported = self.imported(&clause.imports, &clause.query, &scope)?;
        let mut columns = None;
        let plan = self.applying(plan, |this| {
            if !matches!(clause.imports, Imports::Leading) {
                this.imports = imported.clone();
            }
            let outcome = this.query(&clause.query, &imported)?;
            let adds = |columns: &[Column]| columns.iter().map(|column| column.slot).collect();
            let kind = match (&outcome.columns, clause.optional) {
                (None, _) => ApplyKind::Effect,
                (Some(columns), false) => ApplyKind::Inner {
                    adds: adds(columns),
                },
                (Some(columns), true) => ApplyKind::Optional {
                    adds: adds(columns),
                },
            };
            columns = outcome.columns;
            Ok((outcome.plan, kind))
        })?;
        check_aliases(&clause.query)?;
        for column in columns.iter().flatten() {
            if let Some(binding) = scope.get(&column.name) {
                let message = format!(
                    "the subquery returns `{}`, which is already bound",
                    column.name
                );
                return Err(Box::new(
                    already_bound(clause.span, binding, message)
                        .help("give the column another name with `AS`"),
                ));
            }
        }
        for column in columns.iter().flatten() {
            scope.bind(
                &column.name,
                column.slot,
                self.slots[column.slot.index()].kind,
                None,
            );
        }
        Ok(Flow { plan, scope })
    }

    /// The outer names that the inner query can use.
    fn imported(&mut self, imports: &Imports, query: &ast::Query, scope: &Scope) -> Result<Scope> {
        match imports {
            Imports::All => Ok(scope.clone()),
            Imports::Names(names) => {
                let mut imported = Scope::default();
                for name in names {
                    let binding = self.resolve(&name.text, name.span, scope)?;
                    if imported.has(&name.text) {
                        let message = format!("variable `{}` is imported twice", name.text);
                        let code = Code::VariableAlreadyBound;
                        let diagnostic = Diagnostic::new(code, name.span, message);
                        return Err(Box::new(diagnostic.help("name it once")));
                    }
                    imported.bind(&name.text, binding.slot, binding.kind, binding.place);
                }
                Ok(imported)
            }
            Imports::Leading => {
                let parts =
                    std::iter::once(&query.first).chain(query.rest.iter().map(|(_, part)| part));
                let imports = parts
                    .into_iter()
                    .any(|part| matches!(part.clauses.first(), Some(Clause::With(_))));
                Ok(if imports {
                    scope.clone()
                } else {
                    Scope::default()
                })
            }
        }
    }
}

/// Rejects an expression without an alias in the `RETURN` of a subquery: its column would have no name that can be read.
fn check_aliases(query: &ast::Query) -> Result<()> {
    let parts = std::iter::once(&query.first).chain(query.rest.iter().map(|(_, part)| part));
    for part in parts {
        let Some(Clause::Return(clause)) = part.clauses.last() else {
            continue;
        };
        let nameless = |item: &&ast::ProjectionItem| {
            item.alias.is_none() && !matches!(item.expr.kind, ast::ExprKind::Variable(_))
        };
        if let Some(item) = clause.projection.items.iter().find(nameless) {
            let message = "an expression that a subquery returns needs an alias";
            let diagnostic = Diagnostic::new(Code::NoExpressionAlias, item.expr.span, message);
            return Err(Box::new(
                diagnostic.help(format!("write `{} AS alias`", item.text)),
            ));
        }
    }
    Ok(())
}
