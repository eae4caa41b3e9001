//! Patterns of a vocabulary: reversal, renamed variables, named relationships.

use super::make::{name, var};
use crate::{
    question::vocabulary::{Attribute, Citations},
    syntax::ast::{
        Direction, Expr, ExprKind, LabelExpr, LabelExprKind, NodePattern, PatternElement,
        RelationshipPattern,
    },
};

/// The alternative labels of a node pattern.
pub(in crate::question) fn labels(node: &NodePattern) -> Vec<String> {
    node.labels.as_ref().map(names).unwrap_or_default()
}

/// The alternative types of a relationship pattern.
pub(in crate::question) fn type_names(relationship: &RelationshipPattern) -> Vec<String> {
    relationship.types.as_ref().map(names).unwrap_or_default()
}

fn names(labels: &LabelExpr) -> Vec<String> {
    match &labels.kind {
        LabelExprKind::Name(name) => vec![name.text.clone()],
        LabelExprKind::Or(parts) => parts.iter().flat_map(names).collect(),
        LabelExprKind::And(parts) => parts.first().map(names).unwrap_or_default(),
        LabelExprKind::Any | LabelExprKind::Dynamic { .. } | LabelExprKind::Not(_) => Vec::new(),
    }
}

/// The opposite direction.
pub(in crate::question) fn flip(direction: Direction) -> Direction {
    match direction {
        Direction::Outgoing => Direction::Incoming,
        Direction::Incoming => Direction::Outgoing,
        Direction::Either => Direction::Either,
    }
}

/// The pattern from its last node to its first.
pub(in crate::question) fn reversed(pattern: &PatternElement) -> PatternElement {
    let mut nodes: Vec<NodePattern> = vec![pattern.start.clone()];
    let mut relationships = Vec::new();
    for (relationship, node) in &pattern.steps {
        let mut relationship = relationship.clone();
        relationship.direction = flip(relationship.direction);
        relationships.push(relationship);
        nodes.push(node.clone());
    }
    nodes.reverse();
    relationships.reverse();
    let mut nodes = nodes.into_iter();
    PatternElement {
        start: nodes.next().expect("a pattern has a node"),
        steps: relationships.into_iter().zip(nodes).collect(),
        span: pattern.span,
    }
}

/// The value of an attribute of a relationship in a pattern, which gets a variable. `None` if there is none.
///
/// `u.period` of `(:Authority)-[u:USES]->(:Model)` for any pattern with a `USES` in it.
pub(in crate::question) fn named_relationship(
    pattern: &mut PatternElement,
    attribute: &Attribute,
) -> Option<Expr> {
    let [(own, _)] = attribute.pattern.steps.as_slice() else {
        return None;
    };
    let ExprKind::Property(of, key) = &attribute.value.kind else {
        return None;
    };
    let variable = own.variable.as_ref()?;
    if !matches!(&of.kind, ExprKind::Variable(name) if *name == variable.text) {
        return None;
    }
    let types = type_names(own);
    let same = |(relationship, _): &&mut (RelationshipPattern, NodePattern)| {
        relationship.length.is_none()
            && type_names(relationship).iter().any(|ty| types.contains(ty))
    };
    let (relationship, _) = pattern.steps.iter_mut().find(same)?;
    let variable = relationship
        .variable
        .get_or_insert_with(|| variable.clone());
    Some(super::make::prop(var(&variable.text), &key.text))
}

/// The cited lines of the first single relationship of a pattern, which gets a variable. `None` if there is none.
pub(in crate::question) fn cited_lines(
    pattern: &mut PatternElement,
    citations: &Citations,
) -> Option<[(Expr, String); 2]> {
    let (relationship, _) = pattern
        .steps
        .iter_mut()
        .find(|(relationship, _)| relationship.length.is_none())?;
    let variable = relationship.variable.get_or_insert_with(|| name("fact"));
    let of = |key: &str| super::make::prop(var(&variable.text), key);
    Some([
        (of(&citations.from), "line".to_owned()),
        (of(&citations.to), "last line".to_owned()),
    ])
}

/// The negation of a condition; null counts as false.
pub(in crate::question) fn denial(condition: &Expr) -> Expr {
    super::make::not(condition.clone())
}

/// True if the relationships of a pattern have every variable of an expression.
pub(in crate::question) fn has_variables(pattern: &PatternElement, expr: &Expr) -> bool {
    let names_relationship = |name: &str| {
        let mut relationships = pattern
            .steps
            .iter()
            .filter_map(|(relationship, _)| relationship.variable.as_ref());
        relationships.any(|variable| variable.text == name)
    };
    match &expr.kind {
        ExprKind::Variable(name) => names_relationship(name),
        _ => expr
            .children()
            .iter()
            .all(|child| has_variables(pattern, child)),
    }
}

/// The pattern with variables renamed by `to`.
pub(super) fn renamed(
    pattern: &PatternElement,
    to: &dyn Fn(&str) -> Option<String>,
) -> PatternElement {
    let mut pattern = pattern.clone();
    rename_node(&mut pattern.start, to);
    for (relationship, node) in &mut pattern.steps {
        rename_variable(&mut relationship.variable, to);
        relationship
            .predicate
            .iter_mut()
            .chain(&mut relationship.properties)
            .for_each(|expr| rename(expr, to));
        rename_node(node, to);
    }
    pattern
}

fn rename_node(node: &mut NodePattern, to: &dyn Fn(&str) -> Option<String>) {
    rename_variable(&mut node.variable, to);
    node.predicate
        .iter_mut()
        .chain(&mut node.properties)
        .for_each(|expr| rename(expr, to));
}

fn rename_variable(
    variable: &mut Option<crate::syntax::ast::Name>,
    to: &dyn Fn(&str) -> Option<String>,
) {
    if let Some(other) = variable.as_ref().and_then(|variable| to(&variable.text)) {
        *variable = Some(name(&other));
    }
}

/// Renames the variables of an expression. Expressions of a vocabulary only have the variables of their pattern.
pub(super) fn rename(expr: &mut Expr, to: &dyn Fn(&str) -> Option<String>) {
    match &mut expr.kind {
        ExprKind::Variable(variable) => {
            if let Some(other) = to(variable) {
                *variable = other;
            }
        }
        ExprKind::Property(of, _)
        | ExprKind::Unary(_, of)
        | ExprKind::IsNull { operand: of, .. }
        | ExprKind::IsTyped { operand: of, .. }
        | ExprKind::Cast { operand: of, .. }
        | ExprKind::HasLabels(of, _) => rename(of, to),
        ExprKind::Index(a, b) | ExprKind::Binary(_, _, a, b) => {
            rename(a, to);
            rename(b, to);
        }
        ExprKind::Comparison(first, rest) => {
            rename(first, to);
            rest.iter_mut().for_each(|(_, expr)| rename(expr, to));
        }
        ExprKind::List(items)
        | ExprKind::Call {
            arguments: items, ..
        } => {
            items.iter_mut().for_each(|expr| rename(expr, to));
        }
        ExprKind::Map(entries) => entries.iter_mut().for_each(|(_, expr)| rename(expr, to)),
        ExprKind::Slice(list, from, until) => {
            rename(list, to);
            from.iter_mut()
                .chain(until)
                .for_each(|expr| rename(expr, to));
        }
        ExprKind::Let { value, body, .. } => {
            rename(value, to);
            rename(body, to);
        }
        ExprKind::Case {
            operand,
            branches,
            otherwise,
        } => {
            operand
                .iter_mut()
                .chain(otherwise)
                .for_each(|expr| rename(expr, to));
            for (when, then) in branches {
                rename(when, to);
                rename(then, to);
            }
        }
        ExprKind::ListComprehension {
            list,
            predicate,
            map,
            ..
        } => {
            rename(list, to);
            predicate
                .iter_mut()
                .chain(map)
                .for_each(|expr| rename(expr, to));
        }
        ExprKind::Quantifier {
            list, predicate, ..
        } => {
            rename(list, to);
            predicate.iter_mut().for_each(|expr| rename(expr, to));
        }
        ExprKind::Reduce {
            init, list, body, ..
        } => {
            rename(init, to);
            rename(list, to);
            rename(&mut body.next, to);
            body.test.iter_mut().for_each(|expr| rename(expr, to));
        }
        ExprKind::Literal(_)
        | ExprKind::Lifted(..)
        | ExprKind::Parameter(_)
        | ExprKind::MapProjection(..)
        | ExprKind::PatternComprehension { .. }
        | ExprKind::CountStar
        | ExprKind::Pattern(_)
        | ExprKind::Subquery(..) => {}
    }
}
