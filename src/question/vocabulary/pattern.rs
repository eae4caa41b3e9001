//! Patterns and expressions of a vocabulary, in the query language.

use crate::{
    base::{Diagnostic, Span},
    syntax::{
        ast::{
            Body, Clause, Expr, ExprKind, LabelExpr, LabelExprKind, Name, NodePattern,
            PatternElement,
        },
        parse, parse_expression,
    },
};

/// Parses a single pattern: `(x:Course)-[:COVERS]->(:KSS)`.
pub(super) fn pattern(text: &str) -> Result<PatternElement, Box<Diagnostic>> {
    let statement = parse(&format!("MATCH {text} RETURN 1"))?;
    let clause = match statement.body {
        Body::Query(query) if query.rest.is_empty() => query.first.clauses.into_iter().next(),
        _ => None,
    };
    match clause {
        Some(Clause::Match(clause))
            if clause.predicate.is_none() && clause.pattern.parts.len() == 1 =>
        {
            let part = clause.pattern.parts.into_iter().next();
            Ok(part.expect("there is one part").element)
        }
        _ => Err(Box::new(Diagnostic::whole(
            crate::base::Code::LoadProblem,
            "expected one pattern without a `WHERE` after it",
        ))),
    }
}

/// Parses an expression: `x.durationDays`.
pub(super) fn expression(text: &str) -> Result<Expr, Box<Diagnostic>> {
    parse_expression(text)
}

/// Parses a pattern of quoted names, which is always valid.
pub(super) fn made(text: &str) -> PatternElement {
    pattern(text).expect("quoted names make a pattern")
}

/// A name, quoted as in a pattern if necessary.
pub(in crate::question) fn quoted(name: &str) -> String {
    let name = Name {
        text: name.to_owned(),
        span: Span::default(),
    };
    name.to_string()
}

/// A string as a literal.
pub(in crate::question) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// `:A|B`; empty for any label.
pub(super) fn labels_text(labels: &[String]) -> String {
    let quoted: Vec<String> = labels.iter().map(|label| self::quoted(label)).collect();
    match quoted.is_empty() {
        true => String::new(),
        false => format!(":{}", quoted.join("|")),
    }
}

/// The first and the last node of a pattern.
pub(super) fn ends(pattern: &PatternElement) -> (&NodePattern, &NodePattern) {
    let last = pattern
        .steps
        .last()
        .map_or(&pattern.start, |(_, node)| node);
    (&pattern.start, last)
}

/// The alternative labels of a node pattern; empty for any.
pub(super) fn labels(node: &NodePattern) -> Vec<String> {
    node.labels.as_ref().map(alternatives).unwrap_or_default()
}

fn alternatives(labels: &LabelExpr) -> Vec<String> {
    match &labels.kind {
        LabelExprKind::Name(name) => vec![name.text.clone()],
        LabelExprKind::Or(parts) => parts.iter().flat_map(alternatives).collect(),
        // A conjunction is narrowed from left to right: the last part is the narrowest by convention.
        LabelExprKind::And(parts) => parts.last().map(alternatives).unwrap_or_default(),
        LabelExprKind::Any | LabelExprKind::Dynamic { .. } | LabelExprKind::Not(_) => Vec::new(),
    }
}

/// The type of a relationship pattern; `None` if there is not exactly one.
pub(super) fn type_name(types: &LabelExpr) -> Option<String> {
    match &types.kind {
        LabelExprKind::Name(name) => Some(name.text.clone()),
        _ => None,
    }
}

/// The key of a property expression on a variable; `None` for any other expression.
pub(super) fn key_of(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Property(of, key) if matches!(of.kind, ExprKind::Variable(_)) => Some(&key.text),
        _ => None,
    }
}
