//! The items that `WITH` and `RETURN` share, with their grouping and order.

use crate::{
    base::Span,
    syntax::ast::{Expr, Name},
};

/// `DISTINCT *, a.b AS c GROUP BY c ORDER BY c SKIP 1 LIMIT 2`; `NO BINDINGS` has neither a star nor items.
#[derive(Clone, Debug)]
pub struct Projection {
    /// `DISTINCT`
    pub distinct: bool,
    /// The span of `*`, if there is one.
    pub star: Option<Span>,
    /// The columns after the star.
    pub items: Vec<ProjectionItem>,
    /// `GROUP BY …`
    pub group_by: Option<GroupBy>,
    /// `ORDER BY …`
    pub order_by: Vec<SortItem>,
    /// `SKIP …`
    pub skip: Option<Expr>,
    /// `LIMIT …`
    pub limit: Option<Expr>,
    /// The span.
    pub span: Span,
}

impl Projection {
    /// Columns, without any of the other parts.
    #[must_use]
    pub fn of(items: Vec<ProjectionItem>, span: Span) -> Self {
        Self {
            distinct: false,
            star: None,
            items,
            group_by: None,
            order_by: Vec::new(),
            skip: None,
            limit: None,
            span,
        }
    }
}

/// `GROUP BY a, b`
#[derive(Clone, Debug)]
pub struct GroupBy {
    /// The grouping keys: names of columns, or expressions over the names in scope. None makes all rows one group.
    pub keys: Vec<Expr>,
    /// The span.
    pub span: Span,
}

/// `a.b AS c`
#[derive(Clone, Debug)]
pub struct ProjectionItem {
    /// The expression.
    pub expr: Expr,
    /// `AS c`
    pub alias: Option<Name>,
    /// The source text of the expression, which is the column name without an alias.
    pub text: String,
}

/// `a.b DESC`
#[derive(Clone, Debug)]
pub struct SortItem {
    /// The sort key.
    pub expr: Expr,
    /// `DESC`, `DESCENDING`
    pub descending: bool,
    /// `NULLS FIRST` is `Some(true)`, `NULLS LAST` is `Some(false)`; without either, nulls are the greatest values.
    pub nulls_first: Option<bool>,
}
