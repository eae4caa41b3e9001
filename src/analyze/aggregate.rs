//! Aggregates in expressions: where they are allowed, and how their arguments are analysed.

use crate::{
    analyze::{Analyzer, Result, scope::Scope, subquery::Pending, typed::Typed},
    base::{Code, Diagnostic, Span},
    function::{self, Aggregate, Purity},
    plan::{AggregateCall, Expr, ExprKind, Slot},
    syntax::ast::{self, ExprKind as Kind},
    value::Type,
};

/// The aggregates of a projection during the analysis of its items.
#[derive(Default)]
pub(super) struct Aggregation {
    /// The scope of the arguments: the names of the grouped rows.
    scope: Scope,
    pub(super) calls: Vec<(Slot, AggregateCall)>,
    /// Subqueries in the arguments.
    pub(super) needs: Vec<Pending>,
}

impl Aggregation {
    pub(super) fn new(scope: Scope) -> Self {
        Self {
            scope,
            ..Self::default()
        }
    }
}

impl Analyzer<'_> {
    /// `count(*)`
    pub(super) fn count_star(&mut self, span: Span, scope: &Scope) -> Result<Typed> {
        let aggregation = self.enter_aggregate(&[], span, scope)?;
        Ok(self.leave_aggregate(aggregation, None, Vec::new(), false, span, Type::INTEGER))
    }

    /// `collect(DISTINCT n.name)`
    pub(super) fn aggregate_call(
        &mut self,
        aggregate: &'static Aggregate,
        arguments: &[ast::Expr],
        distinct: bool,
        (span, scope): (Span, &Scope),
    ) -> Result<Typed> {
        let mut aggregation = self.enter_aggregate(arguments, span, scope)?;
        let (typed, needs) = self.collecting(|this| {
            this.aggregate_arguments(aggregate, arguments, &aggregation.scope, span)
        })?;
        aggregation.needs.extend(needs);
        let kind = match aggregate.name {
            "collect" => typed
                .first()
                .map_or(Type::LIST, |first| Type::list_of(first.kind)),
            "min" | "max" => typed.first().map_or(Type::ANY, |first| first.kind),
            _ => aggregate.returns,
        };
        let arguments = typed.into_iter().map(|typed| typed.expr).collect();
        Ok(self.leave_aggregate(
            aggregation,
            Some(aggregate),
            arguments,
            distinct,
            span,
            kind,
        ))
    }

    fn aggregate_arguments(
        &mut self,
        aggregate: &'static Aggregate,
        arguments: &[ast::Expr],
        scope: &Scope,
        span: Span,
    ) -> Result<Vec<Typed>> {
        if let Some((_, inner)) = arguments.iter().find_map(first_aggregate) {
            let message = format!("`{}` cannot contain another aggregate", aggregate.name);
            return Err(Box::new(
                Diagnostic::new(Code::NestedAggregation, inner, message)
                    .help("compute the inner aggregate in a preceding `WITH`"),
            ));
        }
        let wanted = aggregate.parameters.len();
        self.check_count(
            aggregate.name,
            arguments.len(),
            (wanted, Some(wanted)),
            span,
            || aggregate.signature(),
        )?;
        let typed = arguments
            .iter()
            .map(|argument| self.expr(argument, scope))
            .collect::<Result<Vec<_>>>()?;
        for (typed, parameter) in typed.iter().zip(aggregate.parameters) {
            self.check_argument(aggregate.name, typed, parameter)?;
            if is_volatile(&typed.expr) {
                let message = format!(
                    "`{}` needs an argument without random values",
                    aggregate.name
                );
                return Err(Box::new(
                    Diagnostic::new(Code::NonConstantExpression, typed.expr.span, message)
                        .help("compute the value in a preceding `WITH`, and aggregate its alias"),
                ));
            }
        }
        Ok(typed)
    }

    /// Takes the current aggregation. `Err` where aggregates are not allowed.
    fn enter_aggregate(
        &mut self,
        arguments: &[ast::Expr],
        span: Span,
        scope: &Scope,
    ) -> Result<Aggregation> {
        if let Some(aggregation) = self.aggregation.take() {
            return Ok(aggregation);
        }
        if scope.sorts() {
            for (name, span) in arguments.iter().filter_map(first_variable) {
                self.resolve(name, span, scope)?;
            }
        }
        let message = "an aggregate is not allowed here";
        Err(Box::new(
            Diagnostic::new(Code::InvalidAggregation, span, message)
                .help("aggregate in `WITH` or `RETURN` with an alias, and use the alias"),
        ))
    }

    fn leave_aggregate(
        &mut self,
        mut aggregation: Aggregation,
        aggregate: Option<&'static Aggregate>,
        arguments: Vec<Expr>,
        distinct: bool,
        span: Span,
        kind: Type,
    ) -> Typed {
        let slot = self.hidden(kind);
        aggregation.calls.push((
            slot,
            AggregateCall {
                aggregate,
                arguments,
                distinct,
                span,
            },
        ));
        self.aggregation = Some(aggregation);
        Typed {
            expr: Expr::new(ExprKind::Slot(slot), span),
            kind,
        }
    }
}

/// Whether the value can differ between evaluations with the same slots.
fn is_volatile(expr: &Expr) -> bool {
    expr.any(&|part| matches!(&part.kind, ExprKind::Call(function, _) if function.purity == Purity::Volatile))
}

/// Whether an expression contains an aggregate outside of subqueries in braces.
pub(super) fn contains_aggregate(expr: &ast::Expr) -> bool {
    first_aggregate(expr).is_some()
}

pub(super) fn first_aggregate(expr: &ast::Expr) -> Option<(&str, Span)> {
    match &expr.kind {
        Kind::CountStar => return Some(("count", expr.span)),
        Kind::Call { name, .. } => {
            if let [name] = name.as_slice()
                && function::find_aggregate(&name.text).is_some()
            {
                return Some((&name.text, expr.span));
            }
        }
        _ => {}
    }
    expr.children().into_iter().find_map(first_aggregate)
}

/// The first variable in an expression, with its span. The bodies of comprehensions are not searched.
pub(super) fn first_variable(expr: &ast::Expr) -> Option<(&str, Span)> {
    match &expr.kind {
        Kind::Variable(name) => Some((name, expr.span)),
        Kind::ListComprehension { list, .. } | Kind::Quantifier { list, .. } => {
            first_variable(list)
        }
        Kind::Reduce { init, list, .. } => first_variable(init).or_else(|| first_variable(list)),
        _ => expr.children().into_iter().find_map(first_variable),
    }
}
