//! `SHOW`: a call of a procedure that the language has no other name for.

use crate::{
    analyze::{
        Analyzer, Result,
        flow::{Flow, Outcome},
    },
    base::{Code, Diagnostic, Span, did_you_mean},
    function::{self, Shown},
    plan::{Column, Expr, ExprKind, Op, ProcedureCall, Shared},
    syntax::ast::{Clause, ReturnClause, ShowClause, ShowKind, WithClause},
    value::{Text, Value},
};

impl Analyzer<'_> {
    /// `SHOW …` with the clauses after it, of which there is at most one, a `RETURN`.
    pub(in crate::analyze) fn show_clause(
        &mut self,
        clause: &ShowClause,
        rest: &[Clause],
        flow: Flow,
    ) -> Result<Outcome> {
        let table = Shared::new(function::shown(kind(clause.kind)));
        let all = clause.yields.is_some();
        let names: Vec<Text> = table
            .outputs
            .iter()
            .map(|field| Text::clone(&field.name))
            .collect();
        let mut flow = self.shown_rows(&table, clause, flow)?;
        let shown = if all {
            names.len()
        } else {
            function::shown_by_default(kind(clause.kind))
        };
        let mut columns = names[..shown].to_vec();
        if let Some(yields) = &clause.yields {
            if yields.star.is_none() {
                let items = yields.items.iter();
                let named = items.map(|item| match &item.alias {
                    Some(alias) => alias.text.as_str().into(),
                    None => item.text.as_str().into(),
                });
                columns = named.collect();
                self.check_columns(clause, &names)?;
            }
            let with = WithClause {
                projection: yields.clone(),
                predicate: clause.predicate.clone(),
                span: clause.span,
            };
            flow = self.with_clause(flow, &with)?;
        } else if let Some(predicate) = &clause.predicate {
            flow.plan = self.filtered(flow.plan, predicate, &flow.scope)?;
        }
        match rest {
            [] => Ok(outcome(flow, &columns)),
            [Clause::Return(returns)] if clause.yields.is_some() => self.returned(flow, returns),
            [next, ..] => {
                let message = "`RETURN` after `SHOW` needs a `YIELD`";
                let error = Diagnostic::new(Code::InvalidClauseComposition, next.span(), message);
                Err(Box::new(error.help("write `YIELD *` before it")))
            }
        }
    }

    fn returned(&mut self, flow: Flow, clause: &ReturnClause) -> Result<Outcome> {
        let (flow, columns) = self.return_clause(flow, clause)?;
        Ok(Outcome {
            plan: flow.plan,
            columns: Some(columns),
        })
    }

    /// The rows of a table, with every column in scope, after the filter of the words around it.
    fn shown_rows(
        &mut self,
        table: &Shared<function::Procedure>,
        clause: &ShowClause,
        flow: Flow,
    ) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        let mut yields = Vec::new();
        for (position, field) in table.outputs.iter().enumerate() {
            let kind = field.declared.kind();
            let slot = self.slot(&field.name, kind);
            // Columns that nothing reads deserve no warning.
            scope.bind(&field.name, slot, kind, None);
            yields.push((position, slot));
        }
        let filter = filter(clause)?;
        let slot_of = |name: &str| yields[position(table, name)].1;
        let predicates: Vec<_> = filter
            .into_iter()
            .map(|(column, values)| {
                let column = Expr::new(ExprKind::Slot(slot_of(column)), clause.span);
                let values = values.into_iter().map(Value::from).collect();
                let values = ExprKind::Constant(Value::list(values));
                let values = Expr::new(values, clause.span);
                Expr::new(
                    ExprKind::In(Box::new(column), Box::new(values)),
                    clause.span,
                )
            })
            .collect();
        let call = ProcedureCall {
            procedure: Shared::clone(table),
            arguments: Vec::new(),
            yields: yields.clone(),
            span: clause.span,
        };
        let mut plan = Op::ProcedureCall(call).on(plan);
        if !predicates.is_empty() {
            plan = Op::Filter { predicates }.on(plan);
        }
        Ok(Flow { plan, scope })
    }

    /// Suggests a column for a name in `YIELD` that is none.
    fn check_columns(&self, clause: &ShowClause, names: &[Text]) -> Result<()> {
        let items = clause.yields.iter().flat_map(|yields| &yields.items);
        for item in items {
            let crate::syntax::ast::ExprKind::Variable(name) = &item.expr.kind else {
                continue;
            };
            if !names.iter().any(|known| **known == *name) {
                let shown = clause.kind.keyword();
                let message = format!("`SHOW {shown}` has no column `{name}`");
                let help = did_you_mean(name, names.iter().map(|known| &**known));
                let error = Diagnostic::new(Code::UndefinedVariable, item.expr.span, message);
                return Err(Box::new(error.maybe_help(help)));
            }
        }
        Ok(())
    }
}

fn outcome(flow: Flow, columns: &[Text]) -> Outcome {
    let found = columns.iter().filter_map(|name| {
        let slot = flow.scope.get(name)?.slot;
        let name = Text::clone(name);
        Some(Column { name, slot })
    });
    let columns = Some(found.collect());
    Outcome {
        plan: flow.plan,
        columns,
    }
}

fn position(table: &function::Procedure, name: &str) -> usize {
    let mut outputs = table.outputs.iter();
    let found = outputs.position(|field| &*field.name == name);
    found.expect("filters name columns of their table")
}

fn kind(kind: ShowKind) -> Shown {
    match kind {
        ShowKind::Indexes => Shown::Indexes,
        ShowKind::Constraints => Shown::Constraints,
        ShowKind::Functions => Shown::Functions,
        ShowKind::Procedures => Shown::Procedures,
        ShowKind::Settings => Shown::Settings,
        ShowKind::Transactions => Shown::Transactions,
        ShowKind::Databases => Shown::Databases,
    }
}

/// A column with the values that the words around `SHOW …` allow.
type Filter = (&'static str, Vec<String>);

fn filter(clause: &ShowClause) -> Result<Vec<Filter>> {
    let mut found = Vec::new();
    let words = clause.filter.as_str();
    match clause.kind {
        _ if matches!(words, "" | "ALL") => {}
        ShowKind::Indexes if is_index_kind(words) => found.push(("type", vec![words.to_owned()])),
        ShowKind::Constraints => match constraint_types(words) {
            Some(types) => found.push(("type", types)),
            None => return Err(Box::new(unknown(clause))),
        },
        ShowKind::Functions if words == "BUILT IN" => {}
        ShowKind::Functions if words == "USER DEFINED" => found.push(("name", Vec::new())),
        ShowKind::Databases if matches!(words, "HOME" | "DEFAULT") => {}
        _ => return Err(Box::new(unknown(clause))),
    }
    if !clause.names.is_empty() {
        let column = match clause.kind {
            ShowKind::Transactions => "transactionId",
            _ => "name",
        };
        found.push((column, clause.names.clone()));
    }
    Ok(found)
}

fn is_index_kind(words: &str) -> bool {
    let kinds = ["RANGE", "TEXT", "LOOKUP", "FULLTEXT", "POINT", "VECTOR"];
    kinds.contains(&words)
}

/// The types of constraints that words such as `NODE PROPERTY EXISTENCE` stand for.
fn constraint_types(words: &str) -> Option<Vec<String>> {
    let (entities, rest): (&[&str], &str) = match words.split_once(' ') {
        Some(("NODE", rest)) => (&["NODE"], rest),
        Some(("RELATIONSHIP" | "REL", rest)) => (&["RELATIONSHIP"], rest),
        _ => (&["NODE", "RELATIONSHIP"], words),
    };
    let kind = match rest {
        "KEY" => "KEY",
        "UNIQUE" | "UNIQUENESS" | "PROPERTY UNIQUE" | "PROPERTY UNIQUENESS" => {
            "PROPERTY_UNIQUENESS"
        }
        "EXIST" | "EXISTENCE" | "PROPERTY EXIST" | "PROPERTY EXISTENCE" => "PROPERTY_EXISTENCE",
        "PROPERTY TYPE" => "PROPERTY_TYPE",
        _ => return None,
    };
    let typed = entities.iter().map(|entity| format!("{entity}_{kind}"));
    Some(typed.collect())
}

fn unknown(clause: &ShowClause) -> Diagnostic {
    let shown = clause.kind.keyword();
    let message = format!("there are no `{} {shown}`", clause.filter);
    let span = Span {
        end: clause.span.start + 4,
        ..clause.span
    };
    let error = Diagnostic::new(Code::UnexpectedSyntax, span, message);
    error.help(format!("write `SHOW {shown}`, with `WHERE` to choose some"))
}
