//! `CALL` of a procedure.

use crate::{
    analyze::{
        Analyzer, Result,
        clause::algorithm::{Written, check_literals, without_written},
        flow::{Flow, Outcome},
        scope::{Scope, already_bound},
        subquery::attach,
        types::require,
    },
    base::{Code, Diagnostic, Span, did_you_mean},
    function,
    plan::{Column, Expr, ExprKind, Op, ProcedureCall, Shared, Slot},
    syntax::ast::{CallClause, YieldItem},
    value::{Text, Value},
};

/// A yielded column: its position in the procedure's outputs, and its name in the query.
struct Yielded {
    position: usize,
    name: Text,
    span: Span,
}

impl Analyzer<'_> {
    /// A query that is a single call: it returns all columns by default, and parameters can supply omitted arguments.
    pub(in crate::analyze) fn standalone_call(
        &mut self,
        clause: &CallClause,
        flow: Flow,
    ) -> Result<Outcome> {
        let procedure = self.procedure(clause)?;
        let arguments = match &clause.arguments {
            Some(_) => None,
            None if procedure.required() == 0 => None,
            None => Some(self.implicit_arguments(&procedure, clause.span)),
        };
        let yielded = match &clause.yields {
            Some(yields) if !yields.star => self.yielded(&procedure, &yields.items)?,
            _ => all_columns(&procedure, clause.span),
        };
        let names: Vec<Text> = yielded
            .iter()
            .map(|column| Text::clone(&column.name))
            .collect();
        let flow = self.call_procedure(flow, clause, &procedure, arguments, yielded)?;
        let slots = names
            .iter()
            .filter_map(|name| Some((name, flow.scope.get(name)?.slot)));
        let columns: Vec<_> = slots
            .map(|(name, slot)| Column {
                name: Text::clone(name),
                slot,
            })
            .collect();
        Ok(Outcome {
            plan: flow.plan,
            columns: (!columns.is_empty()).then_some(columns),
        })
    }

    pub(super) fn call_clause(&mut self, flow: Flow, clause: &CallClause) -> Result<Flow> {
        let procedure = self.procedure(clause)?;
        if clause.arguments.is_none() {
            let message = "a `CALL` inside a query needs its arguments in brackets";
            let dots = if procedure.inputs.is_empty() {
                ""
            } else {
                "…"
            };
            return Err(Box::new(
                Diagnostic::new(Code::InvalidArgumentPassingMode, clause.span, message)
                    .help(format!("write `CALL {}({dots})`", procedure.name)),
            ));
        }
        let yielded = match &clause.yields {
            Some(yields) if yields.star => {
                let message = "`YIELD *` is only allowed if the `CALL` is the whole statement";
                return Err(Box::new(Diagnostic::new(
                    Code::UnexpectedSyntax,
                    yields.span,
                    message,
                )));
            }
            Some(yields) => self.yielded(&procedure, &yields.items)?,
            None if procedure.outputs.is_empty() => Vec::new(),
            None => {
                let message = format!(
                    "the columns of `{}` must be named with `YIELD`",
                    procedure.name
                );
                let names = procedure.outputs.iter().map(|output| &*output.name);
                let names = names.collect::<Vec<_>>().join(", ");
                return Err(Box::new(
                    Diagnostic::new(Code::UndefinedVariable, clause.span, message)
                        .help(format!("add `YIELD {names}`")),
                ));
            }
        };
        self.call_procedure(flow, clause, &procedure, None, yielded)
    }

    fn procedure(&mut self, clause: &CallClause) -> Result<Shared<function::Procedure>> {
        let name = clause
            .name
            .iter()
            .map(|part| part.text.as_str())
            .collect::<Vec<_>>()
            .join(".");
        self.env.procedures.find(&name).cloned().ok_or_else(|| {
            let span = clause
                .name
                .iter()
                .map(|part| part.span)
                .reduce(Span::to)
                .unwrap_or(clause.span);
            let names: Vec<_> = self.env.procedures.iter().collect();
            let nearest = did_you_mean(&name, names.iter().map(|procedure| &*procedure.name));
            let message = format!("there is no procedure `{name}`");
            Box::new(Diagnostic::new(Code::ProcedureNotFound, span, message).maybe_help(nearest))
        })
    }

    fn implicit_arguments(&mut self, procedure: &function::Procedure, span: Span) -> Vec<Expr> {
        let inputs: Vec<Text> = procedure
            .inputs
            .iter()
            .map(|input| Text::clone(&input.name))
            .collect();
        inputs
            .iter()
            .map(|name| Expr::new(ExprKind::Parameter(self.parameter(name, span)), span))
            .collect()
    }

    fn yielded(
        &mut self,
        procedure: &function::Procedure,
        items: &[YieldItem],
    ) -> Result<Vec<Yielded>> {
        items
            .iter()
            .map(|item| {
                let field = &item.field;
                let position = procedure
                    .outputs
                    .iter()
                    .position(|output| *output.name == *field.text);
                let position = position.ok_or_else(|| {
                    let message = format!("`{}` has no column `{}`", procedure.name, field.text);
                    let names = procedure.outputs.iter().map(|output| &*output.name);
                    let help = did_you_mean(&field.text, names);
                    Box::new(
                        Diagnostic::new(Code::UndefinedVariable, field.span, message)
                            .maybe_help(help),
                    )
                })?;
                let name = item.alias.as_ref().unwrap_or(field);
                Ok(Yielded {
                    position,
                    name: name.text.as_str().into(),
                    span: name.span,
                })
            })
            .collect()
    }

    fn call_procedure(
        &mut self,
        flow: Flow,
        clause: &CallClause,
        procedure: &Shared<function::Procedure>,
        implicit: Option<Vec<Expr>>,
        yielded: Vec<Yielded>,
    ) -> Result<Flow> {
        let Flow { plan, mut scope } = flow;
        let written = self.written(clause, procedure)?;
        let (arguments, needs) = match implicit {
            Some(arguments) => (arguments, Vec::new()),
            None => self.collecting(|this| {
                this.call_arguments(clause, procedure, written.as_ref(), &scope)
            })?,
        };
        let mut yields: Vec<(usize, Slot)> = Vec::new();
        for column in yielded {
            if let Some(binding) = scope.get(&column.name) {
                let message = format!("variable `{}` is already bound", column.name);
                return Err(Box::new(
                    already_bound(column.span, binding, message)
                        .help("give the column another name with `AS`"),
                ));
            }
            let kind = procedure.outputs[column.position].declared.kind();
            let slot = self.slot(&column.name, kind);
            scope.bind(&column.name, slot, kind, Some(column.span));
            yields.push((column.position, slot));
        }
        if let Some(written) = &written {
            self.yield_written(procedure, written, &mut yields);
        }
        let procedure = Shared::clone(procedure);
        let call = ProcedureCall {
            procedure,
            arguments,
            yields: yields.clone(),
            span: clause.span,
        };
        let mut plan = Op::ProcedureCall(call).on(attach(plan, needs));
        if let Some(written) = written {
            plan = self.write(plan, written, &yields);
        }
        if let Some(predicate) = clause
            .yields
            .as_ref()
            .and_then(|yields| yields.predicate.as_ref())
        {
            plan = self.filtered(plan, predicate, &scope)?;
        }
        Ok(Flow { plan, scope })
    }

    fn call_arguments(
        &mut self,
        clause: &CallClause,
        procedure: &function::Procedure,
        written: Option<&Written>,
        scope: &Scope,
    ) -> Result<Vec<Expr>> {
        let arguments = clause.arguments.as_deref().unwrap_or_default();
        let wanted = procedure.inputs.len();
        self.check_count(
            &procedure.name,
            arguments.len(),
            (procedure.required(), Some(wanted)),
            clause.span,
            || procedure.signature().to_string(),
        )?;
        let mut exprs = Vec::new();
        for (argument, input) in arguments.iter().zip(&procedure.inputs) {
            if let Some(aggregate) = crate::analyze::aggregate::first_aggregate(argument) {
                let message = "an aggregate cannot be an argument of a procedure";
                return Err(Box::new(
                    Diagnostic::new(Code::InvalidAggregation, aggregate.1, message)
                        .help("aggregate in a preceding `WITH`, and pass its alias"),
                ));
            }
            let typed = self.expr(&without_written(argument, written), scope)?;
            require(
                &typed,
                input.declared.accepts(),
                &format!("`{}`", input.name),
            )?;
            check_literals(procedure, &typed.expr)?;
            exprs.push(typed.expr);
        }
        let missing = || Expr::new(ExprKind::Constant(Value::Null), clause.span);
        exprs.resize_with(wanted, missing);
        Ok(exprs)
    }
}

fn all_columns(procedure: &function::Procedure, span: Span) -> Vec<Yielded> {
    let outputs = procedure.outputs.iter().enumerate();
    outputs
        .map(|(position, output)| Yielded {
            position,
            name: Text::clone(&output.name),
            span,
        })
        .collect()
}
