//! Facts as rows: those that support an answer, and those between two entities.

use super::{
    form::{any_name, found, step},
    make::{
        and, binary, call, equal, expr, item, list, match_, name, prop, query, returned, sort,
        text, unwind, var, with,
    },
    pattern::{rename, type_names},
    query::Builder,
    scope::Scope,
};
use crate::{
    question::{resolved::EntitySet, vocabulary::Saying},
    syntax::ast::{BinaryOp, Clause, Expr, ExprKind, ProjectionItem, Query},
};

/// Every relationship that a scope matches, once, with its source. `None` without relationships or citations.
pub(super) fn facts(builder: &Builder<'_>, scope: &Scope<'_>) -> Option<Query> {
    listed(builder, scope, |_| None)
}

/// The same with words for each fact, if its type alone does not determine them.
pub(super) fn support(builder: &Builder<'_>, scope: &Scope<'_>) -> Option<Query> {
    listed(builder, scope, |types| worded(builder, "each", types))
}

fn listed(
    builder: &Builder<'_>,
    scope: &Scope<'_>,
    words: impl FnOnce(&[String]) -> Option<ProjectionItem>,
) -> Option<Query> {
    let citations = builder.vocabulary.citations.as_ref()?;
    let mut clauses = scope.matches();
    let (all, types) = relationships(&mut clauses, scope)?;
    clauses.push(unwind(all, "each"));
    clauses.push(with(true, vec![item(var("each"), "each")], None));
    let of = |key: &str| prop(var("each"), key);
    let mut items = told(builder, "each");
    items.extend(words(&types));
    if let Some(basis) = &citations.basis {
        items.push(item(of(basis), "basis"));
        items.push(item(of("confidence"), "confidence"));
    }
    items.push(item(of(&citations.document), "document"));
    items.push(item(of(&citations.from), "lineFrom"));
    items.push(item(of(&citations.to), "lineTo"));
    if let Some(note) = &citations.note {
        items.push(item(of(note), "note"));
    }
    let order =
        ["document", "lineFrom", "from", "type", "to"].map(|column| sort(var(column), false));
    clauses.push(returned(true, items, order.to_vec()));
    Some(query(clauses))
}

/// The list of all relationships of the patterns, each with a variable, and their possible types.
fn relationships(clauses: &mut [Clause], scope: &Scope<'_>) -> Option<(Expr, Vec<String>)> {
    let (mut single_facts, mut chains, mut types) = (Vec::new(), Vec::new(), Vec::new());
    let mut names = scope.names.clone();
    let matches = clauses.iter_mut().filter_map(|clause| match clause {
        Clause::Match(clause) => Some(clause),
        _ => None,
    });
    let parts = matches.flat_map(|clause| &mut clause.pattern.parts);
    for (relationship, _) in parts.flat_map(|part| &mut part.element.steps) {
        let fresh = names.take("fact");
        let variable = relationship.variable.get_or_insert_with(|| name(&fresh));
        let facts = if relationship.length.is_some() {
            &mut chains
        } else {
            &mut single_facts
        };
        facts.push(var(&variable.text));
        types.extend(type_names(relationship));
    }
    if single_facts.is_empty() && chains.is_empty() {
        return None;
    }
    let all = chains.into_iter().fold(list(single_facts), |all, chain| {
        binary(BinaryOp::Add, all, chain)
    });
    Some((all, types))
}

/// The relationships between two named entities.
pub(super) fn between(builder: &Builder<'_>, from: &EntitySet, to: &EntitySet) -> Query {
    let plain = |entities: &EntitySet| EntitySet {
        restrictions: Vec::new(),
        ..entities.clone()
    };
    let (from, to) = (&plain(from), &plain(to));
    let mut clauses = found(builder, from);
    clauses.extend(found(builder, to));
    clauses.push(match_(vec![step(&from.var, "fact", &to.var)], Vec::new()));
    let sayings = builder.vocabulary.sayings.iter();
    let types: Vec<String> = sayings.map(|saying| saying.kind.clone()).collect();
    let mut items = told(builder, "fact");
    items.extend(worded(builder, "fact", &types));
    if let Some(citations) = &builder.vocabulary.citations {
        items.push(item(prop(var("fact"), &citations.document), "document"));
        items.push(item(prop(var("fact"), &citations.from), "lineFrom"));
        items.push(item(prop(var("fact"), &citations.to), "lineTo"));
    }
    clauses.push(returned(true, items, Vec::new()));
    query(clauses)
}

/// The ends and the type of a fact.
fn told(builder: &Builder<'_>, fact: &str) -> Vec<ProjectionItem> {
    let end = |function: &str| any_name(builder, call(function, vec![var(fact)]));
    vec![
        item(end("startNode"), "from"),
        item(call("type", vec![var(fact)]), "type"),
        item(end("endNode"), "to"),
    ]
}

/// The words for a fact with one of some types; `None` if no type has conditional words.
fn worded(builder: &Builder<'_>, fact: &str, types: &[String]) -> Option<ProjectionItem> {
    let sayings = builder.vocabulary.sayings.iter();
    let branches: Vec<_> = sayings
        .filter(|saying| types.contains(&saying.kind))
        .filter_map(|saying| Some((condition(saying, fact)?, text(&saying.words))))
        .collect();
    if branches.is_empty() {
        return None;
    }
    let verb = ExprKind::Case {
        operand: None,
        branches,
        otherwise: None,
    };
    Some(item(expr(verb), "verb"))
}

/// The condition of conditional words; `None` if they hold for the whole type.
fn condition(saying: &Saying, fact: &str) -> Option<Expr> {
    let (variable, condition) = saying.condition.as_ref()?;
    let mut condition = condition.clone();
    rename(&mut condition, &|other| {
        (other == variable).then(|| fact.to_owned())
    });
    let kind = equal(call("type", vec![var(fact)]), text(&saying.kind));
    Some(and(vec![kind, condition]))
}
