//! Builds clauses.

use super::{
    Result,
    cursor::{Cursor, Pair, place},
    grammar::Rule,
    node::{Builder, name, refuse},
};
use crate::{
    base::{Code, Span},
    syntax::ast::{
        Batches, CallClause, Clause, CreateClause, DeleteClause, Expr, ExprKind, FilterClause,
        FinishClause, ForClause, ForPosition, ForeachClause, GroupBy, Imports, LabelExprKind,
        LetClause, Literal, MatchClause, MergeAction, MergeClause, Name, OnError, OptionalClause,
        OrderByClause, Projection, ProjectionItem, Query, RemoveClause, RemoveItem, ReturnClause,
        SetClause, SetItem, SingleQuery, SortItem, SubqueryClause, UnwindClause, WithClause, Yield,
        YieldItem,
    },
};

impl<'i> Builder<'i> {
    /// Builds a clause.
    pub(super) fn clause(&self, pair: Pair<'i>) -> Result<Clause> {
        Ok(match pair.as_rule() {
            Rule::match_clause => Clause::Match(self.match_clause(pair)?),
            Rule::optional_clause => Clause::Optional(self.optional_clause(pair)?),
            Rule::unwind_clause => Clause::Unwind(self.unwind_clause(pair)?),
            Rule::for_clause => Clause::For(self.for_clause(pair)?),
            Rule::filter_clause => Clause::Filter(self.filter_clause(pair)?),
            Rule::let_clause | Rule::value_definition => Clause::Let(self.let_clause(pair)?),
            Rule::order_by_clause => Clause::OrderBy(self.order_by_clause(pair)?),
            Rule::finish_clause => Clause::Finish(FinishClause {
                span: self.span(&pair),
            }),
            Rule::braced_query => Clause::Braced(self.braced_query(pair)?),
            Rule::when_query => Clause::When(self.when_query(pair)?),
            Rule::with_clause => Clause::With(self.with_clause(pair)?),
            Rule::return_clause => Clause::Return(self.return_clause(pair)?),
            Rule::call_clause => self.call_clause(pair)?,
            Rule::load_csv_clause => Clause::Call(self.load_csv_clause(pair)?),
            Rule::subquery_clause => Clause::Subquery(self.subquery_clause(pair)?),
            Rule::create_clause => Clause::Create(self.create_clause(pair)?),
            Rule::merge_clause => Clause::Merge(self.merge_clause(pair)?),
            Rule::set_clause => Clause::Set(self.set_clause(pair)?),
            Rule::remove_clause => Clause::Remove(self.remove_clause(pair)?),
            Rule::delete_clause => Clause::Delete(self.delete_clause(pair)?),
            Rule::foreach_clause => Clause::Foreach(self.foreach_clause(pair)?),
            other => unreachable!("the grammar makes no clause of {other:?}"),
        })
    }

    fn match_clause(&self, pair: Pair<'i>) -> Result<MatchClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(MatchClause {
            optional: parts.flag(Rule::optional),
            pattern: self.matched_pattern(&mut parts)?,
            predicate: self.optional_predicate(&mut parts)?,
            yields: parts
                .eat(Rule::match_yield)
                .map(|yields| Cursor::inside(yields).rest(|variable| Ok(name(&variable))))
                .transpose()?,
            span,
        })
    }

    fn optional_clause(&self, pair: Pair<'i>) -> Result<OptionalClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        parts.flag(Rule::optional);
        let matches = parts.rest(|clause| self.match_clause(clause))?;
        Ok(OptionalClause { matches, span })
    }

    fn for_clause(&self, pair: Pair<'i>) -> Result<ForClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(ForClause {
            variable: name(&parts.need()),
            list: self.expression(parts.need())?,
            position: parts.eat(Rule::for_position).map(for_position),
            span,
        })
    }

    fn filter_clause(&self, pair: Pair<'i>) -> Result<FilterClause> {
        let span = self.span(&pair);
        let predicate = self.condition(Cursor::inside(pair).need())?;
        Ok(FilterClause { predicate, span })
    }

    fn let_clause(&self, pair: Pair<'i>) -> Result<LetClause> {
        let span = self.span(&pair);
        let items = Cursor::inside(pair).rest(|item| {
            let mut parts = Cursor::inside(item);
            Ok((name(&parts.need()), self.expression(parts.need())?))
        })?;
        Ok(LetClause { items, span })
    }

    fn order_by_clause(&self, pair: Pair<'i>) -> Result<OrderByClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(OrderByClause {
            order_by: self.order_by(&mut parts)?,
            skip: self.optional_count(&mut parts, Rule::skip_)?,
            limit: self.optional_count(&mut parts, Rule::limit)?,
            span,
        })
    }

    /// Builds the items of `ORDER BY …` if it comes next.
    fn order_by(&self, parts: &mut Cursor<'i>) -> Result<Vec<SortItem>> {
        match parts.eat(Rule::order_by) {
            Some(order) => Cursor::inside(order).rest(|item| self.sort_item(item)),
            None => Ok(Vec::new()),
        }
    }

    /// Builds the predicate of `WHERE …` if it comes next.
    pub(super) fn optional_predicate(&self, parts: &mut Cursor<'i>) -> Result<Option<Expr>> {
        let predicate = match parts.eat(Rule::predicate) {
            Some(predicate) => Some(predicate),
            None => parts.eat(Rule::bar_free_predicate),
        };
        predicate
            .map(|predicate| self.condition(Cursor::inside(predicate).need()))
            .transpose()
    }

    fn unwind_clause(&self, pair: Pair<'i>) -> Result<UnwindClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(UnwindClause {
            list: self.expression(parts.need())?,
            variable: name(&parts.need()),
            span,
        })
    }

    fn with_clause(&self, pair: Pair<'i>) -> Result<WithClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(WithClause {
            projection: self.projection(parts.need())?,
            predicate: self.optional_predicate(&mut parts)?,
            span,
        })
    }

    fn return_clause(&self, pair: Pair<'i>) -> Result<ReturnClause> {
        let span = self.span(&pair);
        let projection = self.projection(Cursor::inside(pair).need())?;
        Ok(ReturnClause { projection, span })
    }

    pub(super) fn projection(&self, pair: Pair<'i>) -> Result<Projection> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        if parts.flag(Rule::no_bindings) {
            return Ok(Projection::of(Vec::new(), span));
        }
        let distinct = parts.flag(Rule::distinct);
        parts.flag(Rule::all_rows);
        Ok(Projection {
            distinct,
            star: parts.eat(Rule::star).map(|star| place(&star)),
            items: parts.each(Rule::projection_item, |item| self.projection_item(item))?,
            group_by: parts
                .eat(Rule::group_by)
                .map(|group| self.group_by(group))
                .transpose()?,
            order_by: self.order_by(&mut parts)?,
            skip: self.optional_count(&mut parts, Rule::skip_)?,
            limit: self.optional_count(&mut parts, Rule::limit)?,
            span,
        })
    }

    fn group_by(&self, pair: Pair<'i>) -> Result<GroupBy> {
        let span = self.span(&pair);
        let keys = Cursor::inside(pair).rest(|key| self.expression(key))?;
        Ok(GroupBy { keys, span })
    }

    fn optional_count(&self, parts: &mut Cursor<'i>, rule: Rule) -> Result<Option<Expr>> {
        parts
            .eat(rule)
            .map(|count| self.expression(Cursor::inside(count).need()))
            .transpose()
    }

    fn projection_item(&self, pair: Pair<'i>) -> Result<ProjectionItem> {
        let mut parts = Cursor::inside(pair);
        let expr = self.expression(parts.need())?;
        Ok(ProjectionItem {
            text: self.column_name(expr.span),
            alias: parts.next().map(|alias| name(&alias)),
            expr,
        })
    }

    fn sort_item(&self, pair: Pair<'i>) -> Result<SortItem> {
        let mut parts = Cursor::inside(pair);
        Ok(SortItem {
            expr: self.expression(parts.need())?,
            descending: parts.flag(Rule::descending),
            nulls_first: parts
                .next()
                .map(|nulls| nulls.as_rule() == Rule::nulls_first),
        })
    }

    /// `CALL test.proc(1)`; `OPTIONAL CALL` is that of a subquery with the call.
    fn call_clause(&self, pair: Pair<'i>) -> Result<Clause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let optional = parts.flag(Rule::optional);
        let call = CallClause {
            name: self.dotted_name(parts.need())?,
            arguments: match parts.eat(Rule::call_arguments) {
                Some(arguments) => {
                    Some(Cursor::inside(arguments).rest(|argument| self.expression(argument))?)
                }
                None => None,
            },
            yields: parts
                .eat(Rule::yield_)
                .map(|yields| self.yield_(yields))
                .transpose()?,
            span,
        };
        match optional {
            true => optional_call(call),
            false => Ok(Clause::Call(call)),
        }
    }

    /// Builds `LOAD CSV` as the call of the procedure that it stands for.
    fn load_csv_clause(&self, pair: Pair<'i>) -> Result<CallClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let has_headers = parts.flag(Rule::load_headers);
        let path = self.expression(parts.need())?;
        let alias = name(&parts.need());
        let headers = Expr {
            kind: ExprKind::Literal(Literal::Boolean(has_headers)),
            span,
        };
        let mut options = vec![(named("headers", span), headers)];
        if let Some(terminator) = parts.next() {
            options.push((named("fieldTerminator", span), self.expression(terminator)?));
        }
        let options = Expr {
            kind: ExprKind::Map(options),
            span,
        };
        let item = YieldItem {
            field: named("row", alias.span),
            alias: Some(alias),
        };
        Ok(CallClause {
            name: vec![named("load", span), named("csv", span)],
            arguments: Some(vec![path, options]),
            yields: Some(Yield {
                star: false,
                items: vec![item],
                predicate: None,
                span,
            }),
            span,
        })
    }

    fn yield_(&self, pair: Pair<'i>) -> Result<Yield> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let star = parts.flag(Rule::star);
        parts.flag(Rule::nothing);
        Ok(Yield {
            star,
            items: parts.each(Rule::yield_item, |item| Ok(yield_item(item)))?,
            predicate: self.optional_predicate(&mut parts)?,
            span,
        })
    }

    fn subquery_clause(&self, pair: Pair<'i>) -> Result<SubqueryClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(SubqueryClause {
            optional: parts.flag(Rule::optional),
            imports: parts.eat(Rule::imports).map_or(Imports::Leading, imports),
            query: Box::new(self.query(parts.need())?),
            batches: match parts.eat(Rule::batches) {
                Some(batches) => Some(Box::new(self.batches(batches)?)),
                None => None,
            },
            span,
        })
    }

    /// `IN TRANSACTIONS OF 100 ROWS ON ERROR CONTINUE REPORT STATUS AS s`
    fn batches(&self, pair: Pair<'i>) -> Result<Batches> {
        let mut batches = Batches {
            rows: None,
            on_error: OnError::Fail,
            status: None,
            span: self.span(&pair),
        };
        let mut parts = Cursor::inside(pair);
        // One transaction runs at a time, which is no more than any number of concurrent ones.
        let _ = parts.flag(Rule::number) || parts.flag(Rule::parameter);
        while let Some(part) = parts.next() {
            let rule = part.as_rule();
            let part = Cursor::inside(part).need();
            match rule {
                Rule::batch_rows => batches.rows = Some(self.expression(part)?),
                Rule::batch_status => batches.status = Some(name(&part)),
                _ => {
                    batches.on_error = match part.as_rule() {
                        Rule::error_continue => OnError::Continue,
                        Rule::error_break => OnError::Break,
                        _ => OnError::Fail,
                    }
                }
            }
        }
        Ok(batches)
    }

    fn create_clause(&self, pair: Pair<'i>) -> Result<CreateClause> {
        let span = self.span(&pair);
        let pattern = self.pattern(Cursor::inside(pair).need())?;
        Ok(CreateClause { pattern, span })
    }

    fn merge_clause(&self, pair: Pair<'i>) -> Result<MergeClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(MergeClause {
            part: self.pattern_part(parts.need())?,
            actions: parts.rest(|action| self.merge_action(action))?,
            span,
        })
    }

    fn merge_action(&self, pair: Pair<'i>) -> Result<MergeAction> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let on_create = parts.need().as_rule() == Rule::on_create;
        let items = parts.rest(|item| self.set_item(item))?.concat();
        Ok(MergeAction {
            on_create,
            items,
            span,
        })
    }

    fn set_clause(&self, pair: Pair<'i>) -> Result<SetClause> {
        let span = self.span(&pair);
        let items = Cursor::inside(pair)
            .rest(|item| self.set_item(item))?
            .concat();
        let at_once = self.gql.get();
        Ok(SetClause {
            items,
            at_once,
            span,
        })
    }

    /// `n:A:$(b)` is two items.
    fn set_item(&self, pair: Pair<'i>) -> Result<Vec<SetItem>> {
        let rule = pair.as_rule();
        let mut parts = Cursor::inside(pair);
        let first = parts.need();
        let item = match rule {
            Rule::set_replace => SetItem::Replace {
                variable: name(&first),
                value: self.expression(parts.need())?,
            },
            Rule::set_add => SetItem::Add {
                variable: name(&first),
                value: self.expression(parts.need())?,
            },
            Rule::set_labels => {
                let (labels, dynamic) = self.changed_labels(parts)?;
                let variable = || name(&first);
                let plain = (!labels.is_empty()).then(|| SetItem::Labels {
                    variable: variable(),
                    labels,
                });
                let dynamic = dynamic.into_iter().map(|names| SetItem::DynamicLabels {
                    variable: variable(),
                    names,
                });
                return Ok(plain.into_iter().chain(dynamic).collect());
            }
            _ => SetItem::Property {
                target: self.expression(first)?,
                value: self.expression(parts.need())?,
            },
        };
        Ok(vec![item])
    }

    /// The labels after the variable of an item, and the expressions that give labels.
    fn changed_labels(&self, mut parts: Cursor<'i>) -> Result<(Vec<Name>, Vec<Expr>)> {
        let (mut labels, mut dynamic) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next() {
            if part.as_rule() != Rule::dynamic_label {
                labels.push(name(&part));
                continue;
            }
            let span = place(&part);
            match self.dynamic_label(part)? {
                LabelExprKind::Dynamic { any: false, names } => dynamic.push(*names),
                LabelExprKind::Name(name) => labels.push(name),
                _ => {
                    let message = "`$any` does not say which labels to change";
                    return refuse(Code::UnexpectedSyntax, span, message, "write `$(labels)`");
                }
            }
        }
        Ok((labels, dynamic))
    }

    fn remove_clause(&self, pair: Pair<'i>) -> Result<RemoveClause> {
        let span = self.span(&pair);
        let items = Cursor::inside(pair)
            .rest(|item| self.remove_item(item))?
            .concat();
        Ok(RemoveClause { items, span })
    }

    fn remove_item(&self, pair: Pair<'i>) -> Result<Vec<RemoveItem>> {
        if pair.as_rule() == Rule::property_target {
            return Ok(vec![RemoveItem::Property(self.expression(pair)?)]);
        }
        let mut parts = Cursor::inside(pair);
        let first = parts.need();
        let variable = || name(&first);
        let (labels, dynamic) = self.changed_labels(parts)?;
        let plain = (!labels.is_empty()).then(|| RemoveItem::Labels {
            variable: variable(),
            labels,
        });
        let dynamic = dynamic.into_iter().map(|names| RemoveItem::DynamicLabels {
            variable: variable(),
            names,
        });
        Ok(plain.into_iter().chain(dynamic).collect())
    }

    fn delete_clause(&self, pair: Pair<'i>) -> Result<DeleteClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(DeleteClause {
            detach: parts.flag(Rule::detach),
            items: parts.rest(|item| self.expression(item))?,
            span,
        })
    }

    fn foreach_clause(&self, pair: Pair<'i>) -> Result<ForeachClause> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        Ok(ForeachClause {
            variable: name(&parts.need()),
            list: self.expression(parts.need())?,
            clauses: parts.rest(|clause| self.clause(clause))?,
            span,
        })
    }
}

fn for_position(pair: Pair<'_>) -> ForPosition {
    let mut parts = Cursor::inside(pair);
    ForPosition {
        first: u8::from(parts.need().as_rule() == Rule::ordinality),
        variable: name(&parts.need()),
    }
}

fn yield_item(pair: Pair<'_>) -> YieldItem {
    let mut parts = Cursor::inside(pair);
    YieldItem {
        field: name(&parts.need()),
        alias: parts.next().map(|alias| name(&alias)),
    }
}

fn imports(pair: Pair<'_>) -> Imports {
    let mut parts = Cursor::inside(pair);
    if parts.flag(Rule::star) {
        return Imports::All;
    }
    let mut names = Vec::new();
    while let Some(variable) = parts.next() {
        names.push(name(&variable));
    }
    Imports::Names(names)
}

fn named(text: &str, span: Span) -> Name {
    Name {
        text: text.to_owned(),
        span,
    }
}

/// `OPTIONAL CALL p(x) YIELD a` as `OPTIONAL CALL (*) { CALL p(x) YIELD a RETURN a }`.
fn optional_call(call: CallClause) -> Result<Clause> {
    let span = call.span;
    let Some(yields) = call
        .yields
        .as_ref()
        .filter(|yields| !yields.items.is_empty())
    else {
        let message = "`OPTIONAL CALL` needs the columns that are null without a row";
        return refuse(
            Code::UnexpectedSyntax,
            span,
            message,
            "name them: `YIELD a, b`",
        );
    };
    let items = yields.items.iter().map(|item| {
        let name = item.alias.as_ref().unwrap_or(&item.field);
        ProjectionItem {
            expr: Expr {
                kind: ExprKind::Variable(name.text.clone()),
                span: name.span,
            },
            alias: None,
            text: name.text.clone(),
        }
    });
    let projection = Projection::of(items.collect(), span);
    let returned = Clause::Return(ReturnClause { projection, span });
    let first = SingleQuery {
        clauses: vec![Clause::Call(call), returned],
        span,
    };
    let rest = Vec::new();
    Ok(Clause::Subquery(SubqueryClause {
        batches: None,
        optional: true,
        imports: Imports::All,
        query: Box::new(Query { first, rest, span }),
        span,
    }))
}
