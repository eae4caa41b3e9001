//! Builds label expressions.

use super::{
    Result,
    cursor::{Cursor, Pair, place},
    grammar::Rule,
    node::{Builder, name},
};
use crate::syntax::ast::{ExprKind, LabelExpr, LabelExprKind, Literal, Name};

impl<'i> Builder<'i> {
    /// `A:B`, `A|B`, `A&!(B|C)`, `%`: a disjunction of conjunctions. The grammar does not mix `:` with `&` and `|`.
    pub(super) fn label_expression(&self, pair: Pair<'i>) -> Result<LabelExpr> {
        let mut parts = Cursor::inside(pair);
        let mut alternatives = Vec::new();
        let mut terms = vec![self.label_term(parts.need())?];
        while let Some(part) = parts.next() {
            match part.as_rule() {
                Rule::label_or => {
                    alternatives.push(joined(std::mem::take(&mut terms), LabelExprKind::And))
                }
                Rule::label_and => {}
                _ => terms.push(self.label_term(part)?),
            }
        }
        alternatives.push(joined(terms, LabelExprKind::And));
        Ok(joined(alternatives, LabelExprKind::Or))
    }

    fn label_term(&self, pair: Pair<'i>) -> Result<LabelExpr> {
        let span = self.span(&pair);
        let mut parts = Cursor::inside(pair);
        let mut nots = parts.each(Rule::label_not, |not| Ok(place(&not)))?;
        let inner = parts.need();
        let mut term = self.deeper(nots.len() + 1, span, || self.label_atom(inner))?;
        while let Some(not) = nots.pop() {
            term = LabelExpr {
                span: not.to(term.span),
                kind: LabelExprKind::Not(Box::new(term)),
            };
        }
        Ok(term)
    }

    fn label_atom(&self, pair: Pair<'i>) -> Result<LabelExpr> {
        let span = place(&pair);
        let kind = match pair.as_rule() {
            Rule::any_label => LabelExprKind::Any,
            Rule::label_group => self.label_expression(Cursor::inside(pair).need())?.kind,
            Rule::dynamic_label => self.dynamic_label(pair)?,
            _ => LabelExprKind::Name(name(&pair)),
        };
        Ok(LabelExpr { kind, span })
    }

    /// `$(expression)`, `$any(list)`
    pub(super) fn dynamic_label(&self, pair: Pair<'i>) -> Result<LabelExprKind> {
        let mut parts = Cursor::inside(pair);
        let any = parts.flag(Rule::dynamic_any);
        parts.flag(Rule::dynamic_all);
        let names = self.expression(parts.need())?;
        Ok(match names.kind {
            ExprKind::Literal(Literal::String(text)) => LabelExprKind::Name(Name {
                text,
                span: names.span,
            }),
            _ => LabelExprKind::Dynamic {
                any,
                names: Box::new(names),
            },
        })
    }
}

/// Combines several parts into one expression; a single part stays as it is.
fn joined(
    mut parts: Vec<LabelExpr>,
    kind: impl FnOnce(Vec<LabelExpr>) -> LabelExprKind,
) -> LabelExpr {
    let span = parts[0].span.to(parts[parts.len() - 1].span);
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            LabelExpr {
                kind: kind(parts),
                span,
            }
        }
    }
}
