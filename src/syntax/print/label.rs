//! Prints label expressions.

use std::fmt::{self, Display, Formatter};

use crate::syntax::ast::{LabelExpr, LabelExprKind};

/// A label expression after the colon of a relationship: `A|B`, `A&!B`.
impl Display for LabelExpr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        labels(f, self, Level::Or)
    }
}

/// A label expression after the colon of a node: `A:B`, `A|B`.
pub(super) struct OfNode<'a>(pub(super) &'a LabelExpr);

impl Display for OfNode<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            LabelExprKind::And(terms) => chain(f, terms, ":", Level::Not),
            _ => self.0.fmt(f),
        }
    }
}

/// A label expression in an expression, where `|` may be a separator: `A:B`, `(A|B)`.
pub(super) struct InExpression<'a>(pub(super) &'a LabelExpr);

impl Display for InExpression<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            LabelExprKind::Or(_) => labels(f, self.0, Level::And),
            _ => OfNode(self.0).fmt(f),
        }
    }
}

/// The precedence of an operator, in increasing order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
}

fn labels(f: &mut Formatter<'_>, labels: &LabelExpr, least: Level) -> fmt::Result {
    if level(&labels.kind) < least {
        return write!(f, "({labels})");
    }
    match &labels.kind {
        LabelExprKind::Name(name) => name.fmt(f),
        LabelExprKind::Any => f.write_str("%"),
        LabelExprKind::Dynamic { any: true, names } => write!(f, "$any({names})"),
        LabelExprKind::Dynamic { any: false, names } => write!(f, "$({names})"),
        LabelExprKind::Not(inner) => {
            f.write_str("!")?;
            self::labels(f, inner, Level::Not)
        }
        LabelExprKind::And(terms) => chain(f, terms, "&", Level::Not),
        LabelExprKind::Or(terms) => chain(f, terms, "|", Level::And),
    }
}

fn chain(f: &mut Formatter<'_>, terms: &[LabelExpr], operator: &str, least: Level) -> fmt::Result {
    super::each(f, terms, operator, |f, term| labels(f, term, least))
}

fn level(kind: &LabelExprKind) -> Level {
    match kind {
        LabelExprKind::Or(_) => Level::Or,
        LabelExprKind::And(_) => Level::And,
        LabelExprKind::Name(_)
        | LabelExprKind::Any
        | LabelExprKind::Dynamic { .. }
        | LabelExprKind::Not(_) => Level::Not,
    }
}
