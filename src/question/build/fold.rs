//! Aggregate functions, and aggregates over the counts of groups.

use super::make::{call, item, returned, var, with};
use crate::{
    question::tree::Fold,
    syntax::ast::{Clause, Query},
};

/// The function of an aggregate.
pub(super) fn function_of(fold: Fold) -> &'static str {
    match fold {
        Fold::Count => "count",
        Fold::Sum => "sum",
        Fold::Mean => "avg",
        Fold::Greatest => "max",
        Fold::Least => "min",
    }
}

/// An aggregate over the counts of groups, which are the last column of a query.
pub(super) fn over_counts(mut query: Query, fold: Fold) -> Query {
    let clauses = &mut query.first.clauses;
    if let Some(Clause::Return(last)) = clauses.pop() {
        let items = last.projection.items;
        let alias = items.last().and_then(|item| item.alias.as_ref());
        let count = alias.map_or_else(|| "count".to_owned(), |alias| alias.text.clone());
        let folded = call(function_of(fold), vec![var(&count)]);
        clauses.push(with(last.projection.distinct, items, None));
        clauses.push(returned(false, vec![item(folded, &count)], Vec::new()));
    }
    query
}
