//! Expressions: names become slots, types are checked, and subqueries become applies.

mod call;
pub(in crate::analyze) mod cast;
mod comprehension;
mod let_in;
mod operator;

use crate::{
    analyze::{
        Analyzer, Result, aggregate::contains_aggregate, scope::Scope, typed::Typed, types::require,
    },
    base::{Code, Diagnostic, Span},
    function,
    plan::{Expr, ExprKind, MapItem, Shared},
    syntax::ast::{self, ExprKind as Kind, Literal, MapProjectionItem},
    value::{Type, Value},
};

impl Analyzer<'_> {
    /// Analyses an expression with the names of `scope`.
    pub(super) fn expr(&mut self, expr: &ast::Expr, scope: &Scope) -> Result<Typed> {
        self.step()?;
        if let Some(binding) = scope.column(expr) {
            if scope.is_strict() && !is_simple(expr) {
                return Err(Box::new(ambiguous(expr.span)));
            }
            self.read(binding.slot);
            return Ok(Typed {
                expr: Expr::slot(binding.slot, expr.span),
                kind: binding.kind,
            });
        }
        let span = expr.span;
        match &expr.kind {
            Kind::Literal(literal) => Ok(literal_value(literal, span)),
            Kind::Lifted(number, literal) => {
                let kind = literal_value(literal, span).kind;
                let parameter = self.parameter(&format!("\0{number}"), span);
                Ok(Typed::new(ExprKind::Parameter(parameter), span, kind))
            }
            Kind::Parameter(name) => Ok(Typed::new(
                ExprKind::Parameter(self.parameter(&name.text, name.span)),
                span,
                Type::ANY,
            )),
            Kind::Variable(name) if !scope.has(name) && bare(name).is_some() => {
                Ok(bare_word(name, span))
            }
            Kind::Variable(name) => {
                let binding = self.resolve(name, span, scope)?;
                Ok(Typed {
                    expr: Expr::slot(binding.slot, span),
                    kind: binding.kind,
                })
            }
            Kind::Property(subject, name) => self.property(subject, name, span, scope),
            Kind::Index(subject, index) => self.index(subject, index, span, scope),
            Kind::Slice(list, from, to) => {
                self.slice(list, from.as_deref(), to.as_deref(), span, scope)
            }
            Kind::Unary(op, operand) => self.unary(*op, operand, span, scope),
            Kind::Binary(op, at, left, right) => self.binary(*op, *at, (left, right), span, scope),
            Kind::Comparison(first, rest) => self.comparison(first, rest, span, scope),
            Kind::IsNull { operand, negated } => {
                let operand = self.expr(operand, scope)?.boxed();
                let kind = if *negated {
                    ExprKind::IsNotNull(operand)
                } else {
                    ExprKind::IsNull(operand)
                };
                Ok(Typed::new(kind, span, Type::BOOLEAN))
            }
            Kind::HasLabels(subject, labels) => self.has_labels(subject, labels, span, scope),
            Kind::IsTyped {
                operand,
                value_type,
                negated,
            } => {
                let operand = self.expr(operand, scope)?.boxed();
                let value_type = Shared::new(cast::declared(value_type));
                let test = Typed::new(ExprKind::IsTyped(operand, value_type), span, Type::BOOLEAN);
                Ok(match negated {
                    true => Typed::new(ExprKind::Not(test.boxed()), span, Type::BOOLEAN),
                    false => test,
                })
            }
            Kind::Cast {
                operand,
                value_type,
            } => self.cast(operand, value_type, span, scope),
            Kind::Let {
                variable,
                value,
                body,
            } => self.let_in(variable, value, body, span, scope),
            Kind::List(items) => self.list(items, span, scope),
            Kind::Map(entries) => self.map(entries, span, scope),
            Kind::MapProjection(name, items) => self.map_projection(name, items, span, scope),
            Kind::ListComprehension {
                variable,
                list,
                predicate,
                map,
            } => self.list_comprehension(
                variable,
                list,
                (predicate.as_deref(), map.as_deref()),
                span,
                scope,
            ),
            Kind::PatternComprehension {
                variable,
                element,
                predicate,
                map,
            } => {
                let predicate = predicate.as_deref();
                self.pattern_comprehension(variable.as_ref(), element, predicate, map, span, scope)
            }
            Kind::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => self.quantifier(
                *quantifier,
                variable,
                (list, predicate.as_deref()),
                span,
                scope,
            ),
            Kind::Reduce {
                accumulator,
                init,
                variable,
                list,
                body,
            } => self.reduce((accumulator, init), (variable, list), body, span, scope),
            Kind::Case {
                operand,
                branches,
                otherwise,
            } => self.case(
                operand.as_deref(),
                branches,
                otherwise.as_deref(),
                span,
                scope,
            ),
            Kind::Call {
                name,
                distinct,
                arguments,
            } => self.call(name, *distinct, arguments, span, scope),
            Kind::CountStar => self.count_star(span, scope),
            Kind::Pattern(element) => Err(Box::new(misplaced_pattern(element.span))),
            Kind::Subquery(kind, subquery) => self.subquery_expr(*kind, subquery, span, scope),
        }
    }

    /// Analyses a Boolean expression. It may be a pattern.
    pub(super) fn predicate(&mut self, expr: &ast::Expr, scope: &Scope) -> Result<Typed> {
        let typed = match &expr.kind {
            Kind::Pattern(element) => self.pattern_predicate(element, scope)?,
            _ => self.expr(expr, scope)?,
        };
        require(&typed, Type::BOOLEAN, "a predicate")?;
        Ok(typed)
    }

    fn property(
        &mut self,
        subject: &ast::Expr,
        name: &ast::Name,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let subject = self.expr(subject, scope)?;
        let holders = Type::ENTITY
            .or(Type::MAP)
            .or(Type::TEMPORAL)
            .or(Type::POINT);
        if !subject.kind.fits(holders) {
            // openCypher requires a `SyntaxError` for a path and a `TypeError` for other types.
            let is_path = subject.kind == Type::PATH;
            let code = if is_path {
                Code::InvalidArgumentType
            } else {
                Code::NoProperties
            };
            let message = format!("{} has no properties", subject.kind.described());
            return Err(Box::new(Diagnostic::new(code, span, message)));
        }
        if let ExprKind::Slot(slot) = subject.expr.kind
            && subject.kind.within(Type::ENTITY)
        {
            self.warn_key(slot, name);
        }
        let key = self.key(&name.text);
        Ok(Typed::new(
            ExprKind::Property(subject.boxed(), key),
            span,
            Type::ANY,
        ))
    }

    fn index(
        &mut self,
        subject: &ast::Expr,
        index: &ast::Expr,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        if let Kind::Variable(word) = &subject.kind
            && word.eq_ignore_ascii_case("path")
            && !scope.has(word)
        {
            // `PATH[a]`
            let name = ast::Name {
                text: "pathOf".to_owned(),
                span: subject.span,
            };
            return self.call(&[name], false, std::slice::from_ref(index), span, scope);
        }
        let subject = self.expr(subject, scope)?;
        let index = self.expr(index, scope)?;
        check_index(&subject, &index)?;
        let returns = if subject.kind.within(Type::LIST) {
            subject.kind.element()
        } else {
            Type::ANY
        };
        Ok(Typed::new(
            ExprKind::Index(subject.boxed(), index.boxed()),
            span,
            returns,
        ))
    }

    fn slice(
        &mut self,
        list: &ast::Expr,
        from: Option<&ast::Expr>,
        to: Option<&ast::Expr>,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let list = self.expr(list, scope)?;
        require(&list, Type::LIST, "a slice")?;
        let returns = list.kind;
        let mut bound = |bound: Option<&ast::Expr>| {
            bound
                .map(|bound| Ok::<_, Box<Diagnostic>>(self.expr(bound, scope)?.boxed()))
                .transpose()
        };
        let (from, to) = (bound(from)?, bound(to)?);
        Ok(Typed::new(
            ExprKind::Slice(list.boxed(), from, to),
            span,
            returns,
        ))
    }

    fn has_labels(
        &mut self,
        subject: &ast::Expr,
        labels: &ast::LabelExpr,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let subject = self.expr(subject, scope)?;
        require(&subject, Type::ENTITY, "a label test")?;
        let test = self.label_predicate(&subject.expr, labels, subject.kind, scope)?;
        Ok(Typed::new(test.kind, span, Type::BOOLEAN))
    }

    fn list(&mut self, items: &[ast::Expr], span: Span, scope: &Scope) -> Result<Typed> {
        let items = items
            .iter()
            .map(|item| self.expr(item, scope))
            .collect::<Result<Vec<_>>>()?;
        let element = items
            .iter()
            .map(|item| item.kind)
            .reduce(Type::or)
            .unwrap_or(Type::NULL);
        let kind = ExprKind::List(items.into_iter().map(|item| item.expr).collect());
        Ok(Typed::new(kind, span, Type::list_of(element)))
    }

    fn map(
        &mut self,
        entries: &[(ast::Name, ast::Expr)],
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let entries = entries.iter().map(|(name, value)| {
            let value = self.expr(value, scope)?.expr;
            Ok((name.text.as_str().into(), value))
        });
        Ok(Typed::new(
            ExprKind::Map(entries.collect::<Result<_>>()?),
            span,
            Type::MAP,
        ))
    }

    fn map_projection(
        &mut self,
        name: &ast::Name,
        items: &[MapProjectionItem],
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let subject = self.resolve(&name.text, name.span, scope)?;
        let typed = Typed {
            expr: Expr::slot(subject.slot, name.span),
            kind: subject.kind,
        };
        require(&typed, Type::ENTITY.or(Type::MAP), "a map projection")?;
        let items = items.iter().map(|item| match item {
            MapProjectionItem::All(_) => Ok(MapItem::All),
            MapProjectionItem::Property(key) => {
                self.warn_key(subject.slot, key);
                Ok(MapItem::Property(self.key(&key.text)))
            }
            MapProjectionItem::Entry(key, value) => Ok(MapItem::Entry(
                key.text.as_str().into(),
                self.expr(value, scope)?.expr,
            )),
            MapProjectionItem::Variable(variable) => {
                let binding = self.resolve(&variable.text, variable.span, scope)?;
                let value = Expr::slot(binding.slot, variable.span);
                Ok(MapItem::Entry(variable.text.as_str().into(), value))
            }
        });
        let items = items.collect::<Result<_>>()?;
        Ok(Typed::new(
            ExprKind::MapProjection(typed.boxed(), items),
            span,
            Type::MAP,
        ))
    }

    fn case(
        &mut self,
        operand: Option<&ast::Expr>,
        branches: &[(ast::Expr, ast::Expr)],
        otherwise: Option<&ast::Expr>,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let operand = operand
            .map(|operand| Ok::<_, Box<Diagnostic>>(self.expr(operand, scope)?.boxed()))
            .transpose()?;
        let mut returns = None::<Type>;
        let mut join = |kind: Type| returns = Some(returns.map_or(kind, |known| known.or(kind)));
        let branches = branches
            .iter()
            .map(|(when, then)| {
                let when = if operand.is_some() {
                    self.expr(when, scope)
                } else {
                    self.predicate(when, scope)
                }?;
                let then = self.expr(then, scope)?;
                join(then.kind);
                Ok((when.expr, then.expr))
            })
            .collect::<Result<Vec<_>>>()?;
        let otherwise = match otherwise {
            None => None,
            Some(expr) => {
                let typed = self.expr(expr, scope)?;
                join(typed.kind);
                Some(typed.boxed())
            }
        };
        let returns = returns.unwrap_or(Type::ANY);
        Ok(Typed::new(
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            },
            span,
            returns,
        ))
    }
}

fn literal_value(literal: &Literal, span: Span) -> Typed {
    let (value, kind) = match literal {
        Literal::Null => (Value::Null, Type::NULL),
        Literal::Boolean(value) => (Value::Boolean(*value), Type::BOOLEAN),
        Literal::Integer(value) => (Value::Integer(*value), Type::INTEGER),
        Literal::Float(value) => (Value::Float(*value), Type::FLOAT),
        Literal::String(value) => (Value::from(value.as_str()), Type::STRING),
    };
    Typed::new(ExprKind::Constant(value), span, kind)
}

/// Rejects an index that can never have the type that the container needs.
fn check_index(subject: &Typed, index: &Typed) -> Result<()> {
    let keyed = Type::MAP
        .or(Type::ENTITY)
        .or(Type::TEMPORAL)
        .or(Type::POINT);
    let containers = Type::LIST.or(keyed);
    if subject.kind == Type::NULL {
        return Ok(());
    }
    let (code, at, message) = if !subject.kind.fits(containers) {
        let found = subject.kind.described();
        let message =
            format!("expected a LIST, MAP, NODE or RELATIONSHIP before `[`, found {found}");
        (Code::InvalidArgumentTypeAtRuntime, subject, message)
    } else if subject.kind.within(Type::LIST) && !index.kind.fits(Type::INTEGER) {
        let found = index.kind.described();
        let message = format!("expected an INTEGER as the position in a list, found {found}");
        (Code::ListElementAccessByNonInteger, index, message)
    } else if subject.kind.within(keyed) && !index.kind.fits(Type::STRING) {
        let found = index.kind.described();
        let message = format!("expected a STRING as the key, found {found}");
        (Code::MapElementAccessByNonString, index, message)
    } else {
        return Ok(());
    };
    Err(Box::new(Diagnostic::new(code, at.expr.span, message)))
}

/// The functions of GQL whose name alone is a call, unless a variable has the name.
const CLOCKS: [&str; 5] = [
    "current_date",
    "current_time",
    "current_timestamp",
    "local_time",
    "local_timestamp",
];

/// The function of a word, or `unknown`, the null of Booleans.
fn bare(name: &str) -> Option<&'static str> {
    let words = CLOCKS.into_iter().chain(["unknown"]);
    words
        .into_iter()
        .find(|word| word.eq_ignore_ascii_case(name))
}

fn bare_word(name: &str, span: Span) -> Typed {
    let function = bare(name).and_then(function::find);
    match function {
        Some(clock) => Typed::new(ExprKind::Call(clock, Vec::new()), span, clock.returns),
        None => Typed::new(ExprKind::Constant(Value::Null), span, Type::BOOLEAN),
    }
}

fn misplaced_pattern(span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnexpectedSyntax, span, "a pattern is only allowed here as a predicate").help(
        "use `EXISTS { … }` for whether it matches, `COUNT { … }` for how often, or a comprehension `[(a)-->(b) | b]`",
    )
}

/// Whether an expression is a variable, a property of a simple expression, or contains an aggregate.
fn is_simple(expr: &ast::Expr) -> bool {
    match &expr.kind {
        Kind::Variable(_) => true,
        Kind::Property(subject, _) => is_simple(subject),
        _ => contains_aggregate(expr),
    }
}

fn ambiguous(span: Span) -> Diagnostic {
    let message = "the expression of a column is combined with an aggregate";
    Diagnostic::new(Code::AmbiguousAggregationExpression, span, message)
        .help("give the column an alias with `AS`, and use the alias")
}
