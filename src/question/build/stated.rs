//! Conditions on the document that states a fact.

use super::make::{and, equal, expr, name, number, prop, text, var};
use crate::{
    question::vocabulary::Citations,
    syntax::ast::{Expr, ExprKind, PatternElement},
    value::Value,
};

/// The conjunction of `holds` for each single relationship of a pattern, which gets a variable.
pub(in crate::question) fn stated_by(
    pattern: &mut PatternElement,
    holds: &dyn Fn(&str) -> Option<Expr>,
) -> Option<Expr> {
    let single = pattern
        .steps
        .iter_mut()
        .filter(|(relationship, _)| relationship.length.is_none());
    let conditions = single.zip(1..).filter_map(|((relationship, _), at)| {
        let fresh = if at == 1 {
            "fact".to_owned()
        } else {
            format!("fact{at}")
        };
        let variable = relationship.variable.get_or_insert_with(|| name(&fresh));
        holds(&variable.text)
    });
    let conditions: Vec<Expr> = conditions.collect();
    (!conditions.is_empty()).then(|| and(conditions))
}

/// `fact.doc = 'S1'`
pub(in crate::question) fn cites(fact: &str, citations: &Citations, key: &str) -> Expr {
    equal(prop(var(fact), &citations.document), text(key))
}

/// An expression with one variable renamed, and with the properties of another variable replaced by constants.
pub(in crate::question) fn with_constants(
    of: &Expr,
    (old, new): (&str, &str),
    known: &str,
    value: &dyn Fn(&str) -> Option<Value>,
) -> Expr {
    let again = |of: &Expr| with_constants(of, (old, new), known, value);
    match &of.kind {
        ExprKind::Variable(variable) if variable == old => var(new),
        ExprKind::Property(inner, key) => match &inner.kind {
            ExprKind::Variable(variable) if variable == known => value(&key.text)
                .and_then(literal)
                .unwrap_or_else(|| of.clone()),
            _ => prop(again(inner), &key.text),
        },
        ExprKind::Binary(op, span, a, b) => expr(ExprKind::Binary(
            *op,
            *span,
            Box::new(again(a)),
            Box::new(again(b)),
        )),
        ExprKind::Comparison(first, rest) => expr(ExprKind::Comparison(
            Box::new(again(first)),
            rest.iter().map(|(op, of)| (*op, again(of))).collect(),
        )),
        ExprKind::Unary(op, inner) => expr(ExprKind::Unary(*op, Box::new(again(inner)))),
        _ => of.clone(),
    }
}

fn literal(value: Value) -> Option<Expr> {
    match value {
        Value::String(value) => Some(text(&value)),
        Value::Integer(value) => Some(number(value as f64)),
        _ => None,
    }
}
