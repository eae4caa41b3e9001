//! `WITH` and `RETURN`: columns, grouping, `DISTINCT`, order, `SKIP` and `LIMIT`.

use std::{collections::HashMap, rc::Rc};

use crate::{
    analyze::{
        Analyzer, Result,
        aggregate::{contains_aggregate, first_variable},
        flow::Flow,
        scope::{Scope, already_bound},
        subquery::{Pending, attach},
        typed::Typed,
    },
    base::{Code, Diagnostic, Span},
    plan::{Column, Expr, ExprKind, Node, Op, Slot, SortKey},
    syntax::ast,
    value::{Kind, Type},
};

/// A column before analysis.
pub(super) struct Item<'a> {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) source: Source<'a>,
}

pub(super) enum Source<'a> {
    /// A variable in scope that `*` selects.
    Slot(Slot, Type),
    Expr(&'a ast::Expr),
}

/// The columns of a projection, with scopes and sort keys.
pub(super) struct Projected {
    pub(super) plan: Node,
    /// The slot of each column, in order.
    pub(super) slots: Vec<Slot>,
    /// The scope of the next clause.
    pub(super) scope: Scope,
    pub(super) sort: Vec<SortKey>,
    pub(super) sort_needs: Vec<Pending>,
    /// The scope of `ORDER BY` and `WHERE`.
    pub(super) inner_scope: Scope,
}

impl Analyzer<'_> {
    /// `RETURN …`
    pub(super) fn return_clause(
        &mut self,
        flow: Flow,
        clause: &ast::ReturnClause,
    ) -> Result<(Flow, Vec<Column>)> {
        if let Some(star) = clause.projection.star
            && flow.scope.is_empty()
        {
            let message = "`*` needs a variable in scope, found none";
            return Err(Box::new(
                Diagnostic::new(Code::NoVariablesInScope, star, message)
                    .help("name the nodes or relationships to return, as in `MATCH (n) RETURN *`"),
            ));
        }
        let (projected, names) = self.projection(flow, &clause.projection, false)?;
        for slot in &projected.slots {
            self.read(*slot);
        }
        let columns = names.iter().zip(&projected.slots);
        let columns = columns
            .map(|(name, slot)| Column {
                name: name.as_str().into(),
                slot: *slot,
            })
            .collect();
        Ok((
            Flow {
                plan: projected.plan,
                scope: projected.scope,
            },
            columns,
        ))
    }

    /// `WITH …`
    pub(super) fn with_clause(&mut self, flow: Flow, clause: &ast::WithClause) -> Result<Flow> {
        self.refuse_shadowing(&clause.projection)?;
        let below = flow.scope.clone();
        let (mut projected, _) = self.projection(flow, &clause.projection, true)?;
        let keyword = Span {
            end: clause.span.start + 4,
            ..clause.span
        };
        projected.scope.leave(below, keyword);
        let mut plan = self.kept_imports(&mut projected, groups(&clause.projection));
        if let Some(predicate) = &clause.predicate {
            plan = self.filtered(plan, predicate, &projected.inner_scope)?;
        }
        Ok(Flow {
            plan,
            scope: projected.scope,
        })
    }

    /// Rejects an alias that is the name of another value outside of the subquery.
    fn refuse_shadowing(&self, projection: &ast::Projection) -> Result<()> {
        for item in &projection.items {
            let Some(alias) = &item.alias else { continue };
            let Some(outer) = self.imports.get(&alias.text) else {
                continue;
            };
            let same = |name: &String| *name == alias.text;
            if !matches!(&item.expr.kind, ast::ExprKind::Variable(name) if same(name)) {
                let message = format!("`{}` is a variable outside of the subquery", alias.text);
                let diagnostic = already_bound(alias.span, outer, message);
                return Err(Box::new(diagnostic.help("choose another name")));
            }
        }
        Ok(())
    }

    /// Keeps the rows for which `predicate` is true.
    pub(super) fn filtered(
        &mut self,
        plan: Node,
        predicate: &ast::Expr,
        scope: &Scope,
    ) -> Result<Node> {
        let (predicates, needs) = self.collecting(|this| {
            let parts = crate::analyze::pattern::conjuncts(predicate);
            parts
                .into_iter()
                .map(|part| Ok(this.predicate(part, scope)?.expr))
                .collect::<Result<Vec<_>>>()
        })?;
        self.learn(&predicates);
        Ok(Op::Filter { predicates }.on(attach(plan, needs)))
    }

    fn projection(
        &mut self,
        flow: Flow,
        projection: &ast::Projection,
        named: bool,
    ) -> Result<(Projected, Vec<String>)> {
        let items = items(&flow.scope, projection)?;
        let names = items.iter().map(|item| item.name.clone()).collect();
        let mut projected = if groups(projection) {
            self.grouped(flow, &items, projection)?
        } else {
            self.plain(flow, &items, projection)?
        };
        let mut plan = projected.plan;
        if projection.distinct {
            let mut keys = projected.slots.clone();
            keys.extend(self.partition());
            keys.sort_unstable();
            keys.dedup();
            plan = Op::Distinct { keys }.on(plan);
        }
        if !projected.sort.is_empty() {
            let input = attach(plan, std::mem::take(&mut projected.sort_needs));
            plan = Op::Sort {
                keys: std::mem::take(&mut projected.sort),
            }
            .on(input);
        }
        plan = self.page(plan, projection.skip.as_ref(), projection.limit.as_ref())?;
        if named {
            check_named(projection)?;
        }
        Ok((Projected { plan, ..projected }, names))
    }

    /// The rows of `SKIP` and `LIMIT`.
    fn page(
        &mut self,
        mut plan: Node,
        skip: Option<&ast::Expr>,
        limit: Option<&ast::Expr>,
    ) -> Result<Node> {
        let partition = self.partition();
        if let Some(count) = skip {
            let count = self.count(count, "SKIP")?;
            plan = Op::Skip { count, partition }.on(plan);
        }
        if let Some(count) = limit {
            let count = self.count(count, "LIMIT")?;
            plan = Op::Limit { count, partition }.on(plan);
        }
        Ok(plan)
    }

    /// `ORDER BY …`, `SKIP …` and `LIMIT …` as a clause.
    pub(super) fn order_by_clause(
        &mut self,
        flow: Flow,
        clause: &ast::OrderByClause,
    ) -> Result<Flow> {
        let Flow { mut plan, scope } = flow;
        let (keys, needs) = self.collecting(|this| this.sort_keys(&clause.order_by, &scope))?;
        if !keys.is_empty() {
            plan = Op::Sort { keys }.on(attach(plan, needs));
        }
        let plan = self.page(plan, clause.skip.as_ref(), clause.limit.as_ref())?;
        Ok(Flow { plan, scope })
    }

    /// Columns of a projection without aggregates.
    fn plain(
        &mut self,
        flow: Flow,
        items: &[Item<'_>],
        projection: &ast::Projection,
    ) -> Result<Projected> {
        let Flow { plan, scope } = flow;
        let mut computed = Vec::new();
        let mut columns = Scope::default();
        let (slots, needs) = self.collecting(|this| {
            items
                .iter()
                .map(|item| this.column(item, &scope, &mut columns, &mut computed))
                .collect::<Result<Vec<_>>>()
        })?;
        let mut plan = attach(plan, needs);
        if !computed.is_empty() {
            plan = Op::Project { items: computed }.on(plan);
        }
        let mut inner_scope = if projection.distinct {
            columns.clone()
        } else {
            scope.clone()
        };
        for (name, binding) in columns.names() {
            inner_scope.bind(name, binding.slot, binding.kind, binding.place);
        }
        if projection.distinct {
            for (item, slot) in items.iter().zip(&slots) {
                if let Source::Expr(expr) = item.source {
                    inner_scope.add_column(expr, *slot, self.slots[slot.index()].kind);
                }
            }
            inner_scope.hide(Rc::new(scope));
            inner_scope.forget_renamed();
        }
        let (sort, sort_needs) =
            self.collecting(|this| this.sort_keys(&projection.order_by, &inner_scope))?;
        Ok(Projected {
            plan,
            slots,
            scope: columns,
            sort,
            sort_needs,
            inner_scope,
        })
    }

    fn column(
        &mut self,
        item: &Item<'_>,
        scope: &Scope,
        columns: &mut Scope,
        computed: &mut Vec<(Slot, Expr)>,
    ) -> Result<Slot> {
        let (slot, kind) = match item.source {
            Source::Slot(slot, kind) => {
                self.read(slot);
                (slot, kind)
            }
            Source::Expr(expr) => {
                let Typed { expr, kind } = self.expr(expr, scope)?;
                (self.slot_of(expr, &item.name, kind, computed), kind)
            }
        };
        columns.bind(&item.name, slot, kind, Some(item.span));
        Ok(slot)
    }

    /// The slot of an expression: its own if it only reads one, otherwise a new one that is computed.
    pub(super) fn slot_of(
        &mut self,
        expr: Expr,
        name: &str,
        kind: Type,
        computed: &mut Vec<(Slot, Expr)>,
    ) -> Slot {
        if let ExprKind::Slot(slot) = expr.kind {
            return slot;
        }
        let slot = self.slot(name, kind);
        computed.push((slot, expr));
        slot
    }

    pub(super) fn sort_keys(
        &mut self,
        items: &[ast::SortItem],
        scope: &Scope,
    ) -> Result<Vec<SortKey>> {
        let mut keys = Vec::new();
        for item in items {
            let expr = self.expr(&item.expr, scope)?.expr;
            add_sort_keys(item, expr, &mut keys);
        }
        Ok(keys)
    }

    /// The operand of `SKIP` or `LIMIT`: an integer without variables. A negative literal is rejected.
    fn count(&mut self, expr: &ast::Expr, clause: &str) -> Result<Expr> {
        if let Some((name, span)) = first_variable(expr) {
            let message = format!(
                "`{clause}` needs a number that is the same for all rows, found the variable `{name}`"
            );
            return Err(Box::new(
                Diagnostic::new(Code::NonConstantExpression, span, message)
                    .help("use a literal or a parameter"),
            ));
        }
        if let ast::ExprKind::Literal(ast::Literal::Integer(number)) = expr.kind
            && number < 0
        {
            let message = format!("`{clause}` needs an INTEGER from 0, found {number}");
            return Err(Box::new(
                Diagnostic::new(Code::NegativeIntegerArgument, expr.span, message)
                    .help("write `0` or a positive number"),
            ));
        }
        let (typed, subqueries) = self.collecting(|this| this.expr(expr, &Scope::default()))?;
        if !subqueries.is_empty() {
            let message = format!(
                "`{clause}` needs a number that is the same for all rows, found a subquery"
            );
            return Err(Box::new(
                Diagnostic::new(Code::NonConstantExpression, expr.span, message)
                    .help("use a literal or a parameter"),
            ));
        }
        if !typed.kind.has(Kind::Integer) {
            let found = typed.kind.described();
            let message = format!("`{clause}` needs an INTEGER, found {found}");
            return Err(Box::new(Diagnostic::new(
                Code::InvalidArgumentType,
                expr.span,
                message,
            )));
        }
        Ok(typed.expr)
    }
}

/// Adds the sort keys of an item. Nulls are the greatest values; where they have to be elsewhere, whether the value is
/// null is a key of its own before it.
pub(super) fn add_sort_keys(item: &ast::SortItem, expr: Expr, keys: &mut Vec<SortKey>) {
    let descending = item.descending;
    if let Some(nulls_first) = item.nulls_first
        && nulls_first != descending
    {
        let span = expr.span;
        let is_null = ExprKind::IsNull(Box::new(expr.clone()));
        keys.push(SortKey {
            expr: Expr::new(is_null, span),
            descending: nulls_first,
        });
    }
    keys.push(SortKey { expr, descending });
}

/// Whether a projection groups its rows.
fn groups(projection: &ast::Projection) -> bool {
    let mut items = projection.items.iter();
    projection.group_by.is_some() || items.any(|item| contains_aggregate(&item.expr))
}

/// The columns of a projection. `Err` if two have the same name.
fn items<'a>(scope: &Scope, projection: &'a ast::Projection) -> Result<Vec<Item<'a>>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    if let Some(span) = projection.star {
        items.extend(scope.names().map(|(name, binding)| Item {
            name: name.to_owned(),
            span,
            source: Source::Slot(binding.slot, binding.kind),
        }));
    }
    let known = items.iter().map(|item| (item.name.clone(), item.span));
    let mut spans: HashMap<_, _> = known.collect();
    for item in &projection.items {
        let (name, span) = match &item.alias {
            Some(alias) => (alias.text.clone(), alias.span),
            None => match &item.expr.kind {
                ast::ExprKind::Variable(name) => (name.clone(), item.expr.span),
                _ => (item.text.clone(), item.expr.span),
            },
        };
        if let Some(first) = spans.insert(name.clone(), span) {
            let message = format!("two columns have the name `{name}`");
            return Err(Box::new(
                Diagnostic::new(Code::ColumnNameConflict, span, message)
                    .label(first, "the first is here")
                    .help("give one of them another name with `AS`"),
            ));
        }
        items.push(Item {
            name,
            span,
            source: Source::Expr(&item.expr),
        });
    }
    Ok(items)
}

/// Rejects expressions without an alias in `WITH`.
fn check_named(projection: &ast::Projection) -> Result<()> {
    let nameless = |item: &&ast::ProjectionItem| {
        item.alias.is_none() && !matches!(item.expr.kind, ast::ExprKind::Variable(_))
    };
    let Some(item) = projection.items.iter().find(nameless) else {
        return Ok(());
    };
    let message = "an expression in `WITH` needs an alias";
    Err(Box::new(
        Diagnostic::new(Code::NoExpressionAlias, item.expr.span, message)
            .help(format!("write `{} AS alias`", item.text)),
    ))
}
