//! Whole queries: sequences of clauses, unions, and the order of clauses.

use crate::{
    analyze::{Analyzer, Result, scope::Scope},
    base::{Code, Diagnostic, Span},
    plan::{Column, Node, Op},
    syntax::ast::{self, Clause},
    value::Text,
};

/// A plan under construction, with the names of its slots.
pub(super) struct Flow {
    pub(super) plan: Node,
    pub(super) scope: Scope,
}

/// The plan of a whole query.
pub(super) struct Outcome {
    pub(super) plan: Node,
    /// `None` if the query returns no rows.
    pub(super) columns: Option<Vec<Column>>,
}

impl Analyzer<'_> {
    /// Analyses a query that starts with the names of `scope`.
    pub(super) fn query(&mut self, query: &ast::Query, scope: &Scope) -> Result<Outcome> {
        check_unions(query)?;
        let mut outcome = self.single_query(&query.first, scope)?;
        for (union, part) in &query.rest {
            let right = self.single_query(part, scope)?;
            outcome = self.union(outcome, right, union.span)?;
        }
        if query.rest.first().is_some_and(|(union, _)| !union.all) {
            outcome = self.distinct_outcome(outcome);
        }
        Ok(outcome)
    }

    fn distinct_outcome(&mut self, outcome: Outcome) -> Outcome {
        let columns = outcome.columns.unwrap_or_default();
        let keys = columns
            .iter()
            .map(|column| column.slot)
            .chain(self.partition())
            .collect();
        Outcome {
            plan: Op::Distinct { keys }.on(outcome.plan),
            columns: Some(columns),
        }
    }

    /// Pairs columns by name, in any order.
    fn union(&mut self, left: Outcome, right: Outcome, span: Span) -> Result<Outcome> {
        let (left_columns, right_columns) = match (left.columns, right.columns) {
            (Some(left), Some(right)) => (left, right),
            (None, None) => (Vec::new(), Vec::new()),
            _ => return Err(Box::new(uneven(span, "only one returns columns"))),
        };
        if left_columns.len() != right_columns.len() {
            let counts = format!("{} and {} columns", left_columns.len(), right_columns.len());
            return Err(Box::new(uneven(span, &counts)));
        }
        let mut columns = Vec::new();
        let mut slots = Vec::new();
        for column in &left_columns {
            let Some(twin) = right_columns.iter().find(|right| right.name == column.name) else {
                return Err(Box::new(uneven(
                    span,
                    &format!("the second has no column `{}`", column.name),
                )));
            };
            let kind = self.slots[column.slot.index()]
                .kind
                .or(self.slots[twin.slot.index()].kind);
            let slot = self.slot(&column.name, kind);
            slots.push((slot, column.slot, twin.slot));
            columns.push(Column {
                name: Text::clone(&column.name),
                slot,
            });
        }
        slots.extend(self.partition().map(|row| (row, row, row)));
        let plan = Op::Union { columns: slots }.over(vec![left.plan, right.plan]);
        Ok(Outcome {
            plan,
            columns: Some(columns),
        })
    }

    fn single_query(&mut self, query: &ast::SingleQuery, scope: &Scope) -> Result<Outcome> {
        check_order(query)?;
        if let [Clause::Call(call)] = query.clauses.as_slice() {
            return self.standalone_call(call, scope);
        }
        let mut flow = Flow {
            plan: self.leaf(),
            scope: scope.clone(),
        };
        let mut columns = None;
        for clause in &query.clauses {
            if let Clause::Return(return_clause) = clause {
                let (next, returned) = self.return_clause(flow, return_clause)?;
                flow = next;
                columns = Some(returned);
            } else {
                flow = self.clause(flow, clause)?;
            }
        }
        Ok(Outcome {
            plan: flow.plan,
            columns,
        })
    }
}

fn uneven(span: Span, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DifferentColumnsInUnion,
        span,
        format!("the two queries of a `UNION` need the same columns, but {why}"),
    )
    .help(
        "return the same number of columns in both queries, and give them the same names with `AS`",
    )
}

fn check_unions(query: &ast::Query) -> Result<()> {
    let Some((first, rest)) = query.rest.split_first() else {
        return Ok(());
    };
    match rest.iter().find(|(union, _)| union.all != first.0.all) {
        None => Ok(()),
        Some((union, _)) => Err(Box::new(
            Diagnostic::new(
                Code::InvalidClauseComposition,
                union.span,
                "`UNION` and `UNION ALL` cannot be combined in one query",
            )
            .label(first.0.span, "the first one is here"),
        )),
    }
}

/// Checks the order of clauses: `RETURN` is last, the last clause is not `MATCH`, `UNWIND`, `WITH` or `CALL … YIELD`
/// (unless it is the only clause), and a `WITH` separates an updating clause from a later reading clause.
fn check_order(query: &ast::SingleQuery) -> Result<()> {
    let Some((last, before)) = query.clauses.split_last() else {
        return Ok(());
    };
    let mut updated: Option<Span> = None;
    for clause in before {
        if matches!(clause, Clause::Return(_)) {
            return Err(Box::new(
                compose(clause.span(), "no clause can follow `RETURN`")
                    .help("write `WITH` instead of this `RETURN`"),
            ));
        }
        check_after_update(clause, &mut updated)?;
    }
    check_after_update(last, &mut updated)?;
    match last {
        Clause::Match(_) | Clause::Unwind(_) | Clause::With(_) => Err(Box::new(
            compose(last.span(), "a query cannot end with this clause").help("add a `RETURN`"),
        )),
        Clause::Call(call) if !before.is_empty() && call.yields.is_some() => Err(Box::new(
            compose(last.span(), "a query cannot end with this clause").help("add a `RETURN`"),
        )),
        _ => Ok(()),
    }
}

fn check_after_update(clause: &Clause, updated: &mut Option<Span>) -> Result<()> {
    match clause {
        Clause::With(_) => *updated = None,
        Clause::Match(_) | Clause::Unwind(_) | Clause::Call(_) => {
            if let Some(update) = *updated {
                let message = "a reading clause cannot directly follow an updating clause";
                return Err(Box::new(
                    compose(clause.span(), message)
                        .label(update, "updating clause")
                        .help("put a `WITH` between the two"),
                ));
            }
        }
        clause if clause.is_update() => *updated = Some(clause.span()),
        _ => {}
    }
    Ok(())
}

fn compose(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidClauseComposition, span, message)
}
