//! The children of an expression, and the expressions of a clause.

use crate::syntax::ast::{Expr, ExprKind, MapProjectionItem, MergeClause, SetItem};

impl Expr {
    /// Whether the expression contains a subquery or a pattern.
    #[must_use]
    pub fn has_subquery(&self) -> bool {
        let own = matches!(
            self.kind,
            ExprKind::Pattern(_) | ExprKind::Subquery(..) | ExprKind::PatternComprehension { .. }
        );
        own || self.children().into_iter().any(Self::has_subquery)
    }

    /// The direct subexpressions of an expression, without those in patterns, pattern comprehensions and subqueries.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Literal(_)
            | ExprKind::Lifted(..)
            | ExprKind::Parameter(_)
            | ExprKind::Variable(_)
            | ExprKind::CountStar
            | ExprKind::Pattern(_)
            | ExprKind::Subquery(..)
            | ExprKind::PatternComprehension { .. } => Vec::new(),
            ExprKind::Property(inner, _)
            | ExprKind::Unary(_, inner)
            | ExprKind::HasLabels(inner, _) => vec![inner],
            ExprKind::IsNull { operand, .. }
            | ExprKind::IsTyped { operand, .. }
            | ExprKind::Cast { operand, .. } => vec![operand],
            ExprKind::Let { value, body, .. } => vec![value, body],
            ExprKind::Index(left, right) | ExprKind::Binary(_, _, left, right) => vec![left, right],
            ExprKind::Slice(list, from, to) => std::iter::once(&**list)
                .chain(from.as_deref())
                .chain(to.as_deref())
                .collect(),
            ExprKind::Comparison(first, rest) => std::iter::once(&**first)
                .chain(rest.iter().map(|(_, operand)| operand))
                .collect(),
            ExprKind::List(items)
            | ExprKind::Call {
                arguments: items, ..
            } => items.iter().collect(),
            ExprKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            ExprKind::MapProjection(_, items) => items
                .iter()
                .filter_map(|item| match item {
                    MapProjectionItem::Entry(_, value) => Some(value),
                    MapProjectionItem::Property(_)
                    | MapProjectionItem::All(_)
                    | MapProjectionItem::Variable(_) => None,
                })
                .collect(),
            ExprKind::ListComprehension {
                list,
                predicate,
                map,
                ..
            } => std::iter::once(&**list)
                .chain(predicate.as_deref())
                .chain(map.as_deref())
                .collect(),
            ExprKind::Quantifier {
                list, predicate, ..
            } => std::iter::once(&**list)
                .chain(predicate.as_deref())
                .collect(),
            ExprKind::Reduce {
                init, list, body, ..
            } => [&**init, &**list, &body.next]
                .into_iter()
                .chain(&body.test)
                .collect(),
            ExprKind::Case {
                operand,
                branches,
                otherwise,
            } => operand
                .as_deref()
                .into_iter()
                .chain(branches.iter().flat_map(|(when, then)| [when, then]))
                .chain(otherwise.as_deref())
                .collect(),
        }
    }
}

impl MergeClause {
    /// Whether an action contains a subquery or a pattern.
    #[must_use]
    pub fn has_subquery(&self) -> bool {
        let mut items = self.actions.iter().flat_map(|action| &action.items);
        items.any(|item| item.expressions().any(Expr::has_subquery))
    }
}

impl SetItem {
    fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let (first, second) = match self {
            Self::Property { target, value } => (Some(target), Some(value)),
            Self::Replace { value, .. } | Self::Add { value, .. } => (Some(value), None),
            Self::DynamicLabels { names, .. } => (Some(names), None),
            Self::Labels { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }
}
