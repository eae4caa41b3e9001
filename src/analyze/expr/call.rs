//! Function calls: name resolution, argument counts, argument types.

use crate::{
    analyze::{Analyzer, Result, scope::Scope, typed::Typed},
    base::{Code, Diagnostic, Span, did_you_mean},
    function::{self, Function, Parameter},
    plan::ExprKind,
    syntax::ast,
    value::Type,
};

impl Analyzer<'_> {
    pub(super) fn call(
        &mut self,
        name: &[ast::Name],
        distinct: bool,
        arguments: &[ast::Expr],
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let full = name
            .iter()
            .map(|part| part.text.as_str())
            .collect::<Vec<_>>()
            .join(".");
        if full.eq_ignore_ascii_case("exists")
            && let [argument] = arguments
        {
            return self.exists(argument, span, scope);
        }
        if let Some(aggregate) = function::find_aggregate(&full) {
            return self.aggregate_call(aggregate, arguments, distinct, (span, scope));
        }
        let place = name
            .iter()
            .map(|part| part.span)
            .reduce(Span::to)
            .unwrap_or(span);
        let Some(function) = function::find(&full) else {
            return Err(Box::new(unknown(&full, place)));
        };
        if distinct {
            let message = format!(
                "`DISTINCT` is only allowed in aggregates, and `{}` is a function",
                function.name
            );
            return Err(Box::new(Diagnostic::new(
                Code::UnexpectedSyntax,
                span,
                message,
            )));
        }
        let most = (!function.variadic).then_some(function.parameters.len());
        self.check_count(
            function.name,
            arguments.len(),
            (function.required, most),
            span,
            || function.signature(),
        )?;
        let arguments = arguments
            .iter()
            .map(|argument| self.expr(argument, scope))
            .collect::<Result<Vec<_>>>()?;
        for (position, argument) in arguments.iter().enumerate() {
            if let Some(parameter) = function
                .parameters
                .get(position)
                .or(function.parameters.last())
            {
                self.check_argument(function.name, argument, parameter)?;
            }
        }
        let returns = returned(function, &arguments);
        let arguments = arguments
            .into_iter()
            .map(|argument| argument.expr)
            .collect();
        Ok(Typed::new(
            ExprKind::Call(function, arguments),
            span,
            returns,
        ))
    }

    /// `exists(n.name)`, `exists((a)-->(b))`
    fn exists(&mut self, argument: &ast::Expr, span: Span, scope: &Scope) -> Result<Typed> {
        match &argument.kind {
            ast::ExprKind::Pattern(element) => self.pattern_predicate(element, scope),
            ast::ExprKind::Property(..) | ast::ExprKind::Index(..) => {
                let argument = self.expr(argument, scope)?;
                Ok(Typed::new(
                    ExprKind::IsNotNull(argument.boxed()),
                    span,
                    Type::BOOLEAN,
                ))
            }
            _ => {
                let message = "`exists` needs a property or a pattern";
                Err(Box::new(
                    Diagnostic::new(Code::InvalidArgumentType, argument.span, message)
                        .help("use `IS NOT NULL` to test for a value"),
                ))
            }
        }
    }

    /// Rejects a wrong number of arguments.
    pub(in crate::analyze) fn check_count(
        &self,
        name: &str,
        found: usize,
        (least, most): (usize, Option<usize>),
        span: Span,
        signature: impl FnOnce() -> String,
    ) -> Result<()> {
        if found >= least && most.is_none_or(|most| found <= most) {
            return Ok(());
        }
        let wanted = match most {
            Some(most) if most == least => plural(least),
            Some(most) => format!("{least} to {}", plural(most)),
            None => format!("at least {}", plural(least)),
        };
        let message = format!("`{name}` takes {wanted}, found {found}");
        Err(Box::new(
            Diagnostic::new(Code::InvalidNumberOfArguments, span, message)
                .help(format!("its signature is `{}`", signature())),
        ))
    }

    /// Rejects an argument that can never have the type of the parameter.
    pub(in crate::analyze) fn check_argument(
        &self,
        name: &str,
        argument: &Typed,
        parameter: &Parameter,
    ) -> Result<()> {
        if argument.kind.fits(parameter.kind) {
            return Ok(());
        }
        let message = format!(
            "`{name}` needs {} here, found {}",
            parameter.kind.described(),
            argument.kind.described()
        );
        Err(Box::new(Diagnostic::new(
            Code::InvalidArgumentType,
            argument.expr.span,
            message,
        )))
    }
}

/// The type of a call. For some functions the arguments give a narrower type than the function table.
fn returned(function: &Function, arguments: &[Typed]) -> Type {
    let first = arguments
        .first()
        .map_or(Type::ANY, |argument| argument.kind);
    match function.name {
        "coalesce" => arguments
            .iter()
            .map(|argument| argument.kind)
            .reduce(Type::or)
            .unwrap_or(Type::ANY),
        "head" | "last" if first.within(Type::LIST) => first.element(),
        "tail" => first,
        "reverse" if first.within(Type::LIST) || first.within(Type::STRING) => first,
        _ => function.returns,
    }
}

fn plural(count: usize) -> String {
    match count {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        _ => format!("{count} arguments"),
    }
}

fn unknown(name: &str, span: Span) -> Diagnostic {
    let names = function::functions()
        .map(|row| row.name)
        .chain(function::aggregates().map(|row| row.name));
    Diagnostic::new(
        Code::UnknownFunction,
        span,
        format!("there is no function `{name}`"),
    )
    .maybe_help(function::foreign::advice(name).or_else(|| did_you_mean(name, names)))
}
