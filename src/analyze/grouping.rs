//! Projections that group their rows: grouping keys, aggregates, sort keys above them.

use std::{collections::HashSet, rc::Rc};

use crate::{
    analyze::{
        Analyzer, Result,
        aggregate::{Aggregation, contains_aggregate},
        flow::Flow,
        projection::{Item, Projected, Source, add_sort_keys},
        scope::Scope,
        subquery::attach,
        typed::Typed,
    },
    base::{Code, Diagnostic},
    plan::{Apply, ApplyKind, Expr, ExprKind, Node, Op, Slot, SortKey},
    syntax::ast,
};

/// The slot of a column that is not analysed yet.
const NO_SLOT: Slot = Slot(u32::MAX);

/// Whether a key of `GROUP BY` names a column, or is its expression.
fn is_named_by(item: &Item<'_>, key: &ast::Expr) -> bool {
    let is_name = matches!(&key.kind, ast::ExprKind::Variable(name) if *name == item.name);
    let is_same = |expr: &ast::Expr| expr.to_string() == key.to_string();
    is_name || matches!(item.source, Source::Expr(expr) if is_same(expr))
}

fn is_key(item: &Item<'_>, group_by: &ast::GroupBy) -> bool {
    group_by.keys.iter().any(|key| is_named_by(item, key))
}

/// The error of a grouping key with an aggregate.
fn aggregate_as_key(key: &ast::Expr) -> Diagnostic {
    let message = "`GROUP BY` needs keys without aggregates";
    Diagnostic::new(Code::InvalidAggregation, key.span, message)
}

impl Analyzer<'_> {
    /// Columns of a projection with aggregates. The grouping keys are those of `GROUP BY`, or else the columns without an
    /// aggregate.
    pub(super) fn grouped(
        &mut self,
        flow: Flow,
        items: &[Item<'_>],
        projection: &ast::Projection,
    ) -> Result<Projected> {
        let (order_by, group_by) = (&projection.order_by, projection.group_by.as_ref());
        let Flow { plan, scope } = flow;
        let mut keys: Vec<(Slot, Expr)> = Vec::new();
        let mut known = HashSet::new();
        let mut columns = Scope::default();
        let mut above = Scope::default();
        let mut slots = vec![NO_SLOT; items.len()];
        let ((), needs) = self.collecting(|this| {
            for (position, item) in items.iter().enumerate() {
                if group_by.is_some_and(|group_by| !is_key(item, group_by)) {
                    continue;
                }
                let key = this.grouping_key(item, &scope, &mut above)?;
                if let (None, Some(_), Source::Expr(expr)) = (&key, group_by, &item.source) {
                    return Err(Box::new(aggregate_as_key(expr)));
                }
                if let Some((slot, expr)) = key {
                    slots[position] = slot;
                    if known.insert(slot) {
                        keys.push((slot, expr));
                    }
                }
            }
            for key in group_by.map(|group_by| &*group_by.keys).unwrap_or_default() {
                if !items.iter().any(|item| is_named_by(item, key)) {
                    let (slot, expr) = this.further_key(key, &scope, &mut above)?;
                    if known.insert(slot) {
                        keys.push((slot, expr));
                    }
                }
            }
            Ok(())
        })?;
        above.hide(Rc::new(scope.clone()));
        let outer = self.aggregation.replace(Aggregation::new(scope));
        let mut computed = Vec::new();
        let ((), late_needs) = self.collecting(|this| {
            for (position, item) in items.iter().enumerate() {
                if let Source::Expr(expr) = item.source
                    && slots[position] == NO_SLOT
                {
                    let Typed { expr, kind } = this.expr(expr, &above)?;
                    slots[position] = this.slot_of(expr, &item.name, kind, &mut computed);
                }
            }
            Ok(())
        })?;
        for (item, slot) in items.iter().zip(&slots) {
            let kind = self.slots[slot.index()].kind;
            columns.bind(&item.name, *slot, kind, Some(item.span));
        }
        let mut inner_scope = above;
        for (item, slot) in items.iter().zip(&slots) {
            let kind = self.slots[slot.index()].kind;
            inner_scope.bind(&item.name, *slot, kind, Some(item.span));
            if let Source::Expr(expr) = item.source {
                inner_scope.add_column(expr, *slot, kind);
            }
        }
        inner_scope.forget_renamed();
        let (sort, sort_needs) = self.collecting(|this| match group_by {
            None => this.group_sort_keys(order_by, &inner_scope),
            Some(_) => this.sort_keys(order_by, &inner_scope),
        })?;
        let aggregation = std::mem::replace(&mut self.aggregation, outer).unwrap_or_default();
        let mut below = needs;
        below.extend(aggregation.needs);
        let mut plan = Op::Aggregate {
            keys,
            aggregates: aggregation.calls,
            partition: self.partition(),
        }
        .on(attach(plan, below));
        plan = attach(plan, late_needs);
        if !computed.is_empty() {
            plan = Op::Project { items: computed }.on(plan);
        }
        Ok(Projected {
            plan,
            slots,
            scope: columns,
            sort,
            sort_needs,
            inner_scope,
        })
    }

    /// A key of `GROUP BY` that is no column.
    fn further_key(
        &mut self,
        key: &ast::Expr,
        scope: &Scope,
        above: &mut Scope,
    ) -> Result<(Slot, Expr)> {
        if contains_aggregate(key) {
            return Err(Box::new(aggregate_as_key(key)));
        }
        let name = key.to_string();
        let item = Item {
            name,
            span: key.span,
            source: Source::Expr(key),
        };
        let found = self.grouping_key(&item, scope, above)?;
        let (slot, expr) = found.expect("only an aggregate is no key");
        above.add_column(key, slot, self.slots[slot.index()].kind);
        Ok((slot, expr))
    }

    /// An item as a grouping key; `None` for an item with an aggregate.
    fn grouping_key(
        &mut self,
        item: &Item<'_>,
        scope: &Scope,
        above: &mut Scope,
    ) -> Result<Option<(Slot, Expr)>> {
        let (typed, ast) = match item.source {
            Source::Slot(slot, kind) => {
                self.read(slot);
                above.bind(&item.name, slot, kind, Some(item.span));
                (
                    Typed {
                        expr: Expr::slot(slot, item.span),
                        kind,
                    },
                    None,
                )
            }
            Source::Expr(expr) if contains_aggregate(expr) => return Ok(None),
            Source::Expr(expr) => (self.expr(expr, scope)?, Some(expr)),
        };
        let slot = match typed.expr.kind {
            ExprKind::Slot(slot) => slot,
            _ => self.slot(&item.name, typed.kind),
        };
        match ast.map(|expr| (&expr.kind, expr)) {
            Some((ast::ExprKind::Variable(name), _)) => {
                above.bind(name, slot, typed.kind, Some(item.span))
            }
            Some((ast::ExprKind::Property(..), expr)) => above.add_column(expr, slot, typed.kind),
            _ => {}
        }
        Ok(Some((slot, typed.expr)))
    }

    /// Sort keys after grouping: expressions over columns.
    fn group_sort_keys(&mut self, items: &[ast::SortItem], scope: &Scope) -> Result<Vec<SortKey>> {
        let aggregation = self.aggregation.take();
        let mut keys = Vec::new();
        let outcome = items.iter().try_for_each(|item| {
            let scope = scope.sorting(contains_aggregate(&item.expr));
            let expr = self.expr(&item.expr, &scope)?.expr;
            add_sort_keys(item, expr, &mut keys);
            Ok(())
        });
        self.aggregation = aggregation;
        outcome.map(|()| keys)
    }

    /// The rows of a `WITH` in a subquery, with the outer names that later clauses mention. After a grouping, which drops them,
    /// they come from the outer rows again.
    pub(super) fn kept_imports(&mut self, projected: &mut Projected, groups: bool) -> Node {
        let plan = std::mem::replace(&mut projected.plan, Op::Unit.leaf());
        let mut lost = Vec::new();
        for name in std::mem::take(&mut self.trailing) {
            if let Some(binding) = self.imports.get(&name)
                && !projected.scope.has(&name)
            {
                lost.push(binding.slot);
                projected.scope.rebind(&name, binding);
                projected.inner_scope.rebind(&name, binding);
            }
        }
        match self.partition() {
            Some(row) if groups && !lost.is_empty() => {
                let mut adds = projected.slots.clone();
                adds.sort_unstable();
                adds.dedup();
                let kind = ApplyKind::Inner { adds };
                Op::Apply(Apply { row, kind }).over(vec![self.leaf(), plan])
            }
            _ => plan,
        }
    }
}
