//! Expressions with local variables: comprehensions, quantifiers, `reduce`.
//!
//! If the body contains a subquery that reads the local variable, the comprehension itself becomes a subquery: unwind
//! the list, run the subquery for each element, collect the values of the body.

use std::collections::BTreeSet;

use crate::{
    analyze::{
        Analyzer, Result,
        scope::Scope,
        subquery::{Inner, Pending, attach},
        typed::{Typed, call_function},
        types::require,
    },
    base::{Code, Diagnostic, Span},
    plan::{ApplyKind, Expr, ExprKind, Op, Quantifier, Slot},
    syntax::ast,
    value::{Type, Value},
};

/// An analysed body with its subqueries and the slots that it reads.
struct Body<T> {
    value: T,
    needs: Vec<Pending>,
    reads: BTreeSet<Slot>,
}

impl Analyzer<'_> {
    pub(super) fn list_comprehension(
        &mut self,
        variable: &ast::Name,
        list: &ast::Expr,
        (predicate, map): (Option<&ast::Expr>, Option<&ast::Expr>),
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let list = self.source(list, scope)?;
        let (slot, inner_scope) = self.local(variable, list.kind.element(), scope);
        let body = self.body(|this| {
            let predicate = predicate
                .map(|predicate| this.predicate(predicate, &inner_scope))
                .transpose()?;
            let map = map.map(|map| this.expr(map, &inner_scope)).transpose()?;
            Ok((predicate, map))
        })?;
        let (predicate, map) = body.value;
        let returns = map
            .as_ref()
            .map_or(list.kind, |map| Type::list_of(map.kind));
        if depends(&body.needs, slot) {
            let predicate = predicate.map(|typed| typed.expr);
            let map = map.map_or_else(|| Expr::slot(slot, span), |typed| typed.expr);
            let parts = (list.expr, slot, predicate, map);
            return Ok(self.collected(parts, body.needs, body.reads, returns, span));
        }
        self.pending.extend(body.needs);
        let kind = ExprKind::ListComprehension {
            variable: slot,
            list: list.boxed(),
            predicate: predicate.map(Typed::boxed),
            map: map.map(Typed::boxed),
        };
        Ok(Typed::new(kind, span, returns))
    }

    pub(super) fn quantifier(
        &mut self,
        quantifier: ast::Quantifier,
        variable: &ast::Name,
        (list, predicate): (&ast::Expr, Option<&ast::Expr>),
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let list = listed(self.expr(list, scope)?)?;
        let (slot, inner_scope) = self.local(variable, list.kind.element(), scope);
        let body = self.body(|this| match predicate {
            Some(predicate) => this.predicate(predicate, &inner_scope),
            None => {
                let typed = Typed {
                    expr: Expr::slot(slot, variable.span),
                    kind: list.kind.element(),
                };
                require(&typed, Type::BOOLEAN, "a predicate")?;
                Ok(typed)
            }
        })?;
        let quantifier = match quantifier {
            ast::Quantifier::All => Quantifier::All,
            ast::Quantifier::Any => Quantifier::Any,
            ast::Quantifier::None => Quantifier::None,
            ast::Quantifier::Single => Quantifier::Single,
        };
        let (variable, list, predicate) = if depends(&body.needs, slot) {
            let parts = (list.expr, slot, None, body.value.expr);
            let answers = self.collected(
                parts,
                body.needs,
                body.reads,
                Type::list_of(Type::BOOLEAN),
                span,
            );
            let answer = self.hidden(Type::BOOLEAN);
            (answer, answers.boxed(), Box::new(Expr::slot(answer, span)))
        } else {
            self.pending.extend(body.needs);
            (slot, list.boxed(), body.value.boxed())
        };
        Ok(Typed::new(
            ExprKind::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            },
            span,
            Type::BOOLEAN,
        ))
    }

    pub(super) fn reduce(
        &mut self,
        (accumulator, init): (&ast::Name, &ast::Expr),
        (variable, list): (&ast::Name, &ast::Expr),
        body: &ast::ReduceBody,
        span: Span,
        scope: &Scope,
    ) -> Result<Typed> {
        let init = self.expr(init, scope)?;
        let list = self.source(list, scope)?;
        let (total, scope) = self.local(accumulator, Type::ANY, scope);
        let (element, scope) = self.local(variable, list.kind.element(), &scope);
        let body = self.body(|this| {
            let test = body.test.as_ref();
            let test = test.map(|test| this.predicate(test, &scope)).transpose()?;
            Ok((this.expr(&body.next, &scope)?, test))
        })?;
        if depends(&body.needs, total) || depends(&body.needs, element) {
            let message = "a subquery cannot depend on the variables of `reduce`";
            return Err(Box::new(
                Diagnostic::new(Code::UnexpectedSyntax, span, message)
                    .help("compute it in a list comprehension, and reduce the resulting list"),
            ));
        }
        self.pending.extend(body.needs);
        let (body, test) = body.value;
        let returns = test.as_ref().map_or(Type::ANY, |_| Type::BOOLEAN);
        let kind = ExprKind::Reduce {
            accumulator: total,
            init: init.boxed(),
            variable: element,
            list: list.boxed(),
            body: body.boxed(),
            test: test.map(Typed::boxed),
        };
        Ok(Typed::new(kind, span, returns))
    }

    fn source(&mut self, list: &ast::Expr, scope: &Scope) -> Result<Typed> {
        let list = self.expr(list, scope)?;
        require(&list, Type::LIST, "a comprehension")?;
        Ok(list)
    }

    fn local(&mut self, name: &ast::Name, kind: Type, scope: &Scope) -> (Slot, Scope) {
        let slot = self.slot(&name.text, kind);
        let scope = scope.with(&name.text, slot, kind, Some(name.span));
        (slot, scope)
    }

    /// Analyses the body of a comprehension. Aggregates are not allowed in it.
    fn body<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<Body<T>> {
        let aggregation = self.aggregation.take();
        let outcome = self.reading(|this| this.collecting(work));
        self.aggregation = aggregation;
        let ((value, needs), reads) = outcome?;
        Ok(Body {
            value,
            needs,
            reads,
        })
    }

    /// The comprehension as a subquery: collects `map` of the elements that satisfy `predicate`; null for a null list.
    fn collected(
        &mut self,
        (list, element, predicate, map): (Expr, Slot, Option<Expr>, Expr),
        needs: Vec<Pending>,
        reads: BTreeSet<Slot>,
        returns: Type,
        span: Span,
    ) -> Typed {
        let source = self.hidden(Type::LIST);
        let row = self.hidden(Type::INTEGER);
        let value = self.hidden(returns.element());
        let answer = self.hidden(returns);
        let mut slots: Vec<Slot> = list
            .slots()
            .iter()
            .chain(reads)
            .filter(|slot| *slot < element)
            .collect();
        slots.sort_unstable();
        slots.dedup();
        let given = list.clone();
        let argument = Op::Argument {
            row,
            slots: slots.clone(),
        };
        let items = vec![(source, list)];
        let leaf = Op::Project { items }.on(argument.leaf());
        let list = Expr::slot(source, span);
        let mut plan = attach(Op::Unwind { list, element }.on(leaf), needs);
        if let Some(predicate) = predicate {
            let predicates = vec![predicate];
            plan = Op::Filter { predicates }.on(plan);
        }
        let items = vec![(value, map)];
        let plan = Op::Project { items }.on(plan);
        self.need(
            Inner {
                plan,
                row,
                reads: slots,
            },
            ApplyKind::Collect {
                list: answer,
                value,
            },
        );
        let is_null = Expr::new(ExprKind::IsNull(Box::new(given)), span);
        let branches = vec![(is_null, Expr::constant(Value::Null, span))];
        let otherwise = Some(Box::new(Expr::slot(answer, span)));
        Typed::new(
            ExprKind::Case {
                operand: None,
                branches,
                otherwise,
            },
            span,
            returns,
        )
    }
}

/// The list of a quantifier. A string stands for the list of it alone.
fn listed(list: Typed) -> Result<Typed> {
    require(&list, Type::LIST.or(Type::STRING), "a comprehension")?;
    if !list.kind.fits(Type::STRING) || list.kind.within(Type::LIST) {
        return Ok(list);
    }
    let kind = match list.kind.within(Type::STRING) {
        true => Type::list_of(Type::STRING),
        false => Type::LIST,
    };
    let span = list.expr.span;
    let expr = call_function("asList", vec![list.expr], span);
    Ok(Typed { expr, kind })
}

/// Whether a subquery reads a slot.
fn depends(needs: &[Pending], slot: Slot) -> bool {
    needs
        .iter()
        .any(|pending| pending.need.reads.contains(&slot))
}
