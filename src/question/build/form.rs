//! Statements of special forms: descriptions, comparisons, connections, sources.

use super::{
    make::{
        binary, call, call_distinct, compare, element, item, list, match_, matched, name, node,
        not, op, part, prop, query, relationship, returned, single, sort, text, unwind, var, with,
    },
    query::Builder,
    told::facts,
};
use crate::{
    question::{
        resolved::{EntitySet, Relation, Restriction},
        tree::{Cmp, Det},
        vocabulary::ValueKind,
    },
    syntax::ast::{
        BinaryOp, Clause, Conjunction, ConjunctionKind, Direction, Expr, ExprKind, Length,
        PatternElement, Quantifier, Query, Selector,
    },
};

/// Maximum length of a connection.
const LONGEST_CHAIN: u64 = 8;

/// The properties and the relationships of entities.
pub(super) fn describe(builder: &Builder<'_>, entity_sets: &[EntitySet]) -> Query {
    let parts = entity_sets
        .iter()
        .flat_map(|entities| [properties(builder, entities), relations(builder, entities)]);
    union(parts.collect(), true)
}

/// `MATCH (n) UNWIND keys(n) AS property RETURN …`
fn properties(builder: &Builder<'_>, entities: &EntitySet) -> Vec<Clause> {
    let mut clauses = found(builder, entities);
    let keys = call("keys", vec![var(&entities.var)]);
    let value = super::make::expr(ExprKind::Index(
        Box::new(var(&entities.var)),
        Box::new(var("relation")),
    ));
    clauses.push(unwind(keys, "relation"));
    // The source is shown in columns of its own, and hidden names are only for search.
    let mut left_out = builder.vocabulary.name_keys().hidden.clone();
    if let Some(citations) = &builder.vocabulary.citations {
        let own = [&citations.document, &citations.from, &citations.to];
        left_out.extend(own.into_iter().cloned());
    }
    if !left_out.is_empty() {
        let keys = left_out.iter().map(|key| text(key)).collect();
        let out = binary(BinaryOp::In, var("relation"), list(keys));
        let kept = [&*entities.var, "relation"].map(|name| item(var(name), name));
        clauses.push(with(false, kept.to_vec(), Some(not(out))));
    }
    let mut items = vec![
        item(
            builder.name_of(&entities.var, &entities.entity_type),
            "thing",
        ),
        item(var("relation"), "relation"),
        item(value, "other"),
    ];
    if let Some(citations) = &builder.vocabulary.citations {
        items.push(item(
            prop(var(&entities.var), &citations.document),
            "document",
        ));
        items.push(item(prop(var(&entities.var), &citations.from), "line"));
    }
    clauses.push(returned(false, items, Vec::new()));
    clauses
}

/// `MATCH (n)-[r]-(other) RETURN …`
fn relations(builder: &Builder<'_>, entities: &EntitySet) -> Vec<Clause> {
    let mut clauses = found(builder, entities);
    clauses.push(match_(
        vec![step(&entities.var, "fact", "other")],
        Vec::new(),
    ));
    let mut items = vec![
        item(
            builder.name_of(&entities.var, &entities.entity_type),
            "thing",
        ),
        item(call("type", vec![var("fact")]), "relation"),
        item(any_name(builder, var("other")), "other"),
    ];
    items.extend(cited(builder));
    clauses.push(returned(true, items, Vec::new()));
    clauses
}

/// The document and line of a fact.
fn cited(builder: &Builder<'_>) -> Vec<crate::syntax::ast::ProjectionItem> {
    match &builder.vocabulary.citations {
        Some(citations) => vec![
            item(prop(var("fact"), &citations.document), "document"),
            item(prop(var("fact"), &citations.from), "line"),
        ],
        None => Vec::new(),
    }
}

/// The name of entities of any type.
pub(super) fn any_name(builder: &Builder<'_>, of: Expr) -> Expr {
    builder.name_in(of, &[])
}

/// The clauses that bind the variables of entities.
pub(super) fn found(builder: &Builder<'_>, entities: &EntitySet) -> Vec<Clause> {
    let mut scope = builder.scope();
    scope.wanted.push(entities.var.clone());
    scope.entities(entities);
    scope.matches()
}

/// `(a)-[fact]-(b)`
pub(super) fn step(from: &str, restriction: &str, to: &str) -> PatternElement {
    let mut pattern = element(node(Some(from), &[]));
    let restriction = relationship(Some(restriction), &[], Direction::Either);
    pattern.steps.push((restriction, node(Some(to), &[])));
    pattern
}

/// The neighbours of entities, each with the entities that have them; with `shared`, only common neighbours.
pub(super) fn compare_entities(
    builder: &Builder<'_>,
    entity_sets: &[EntitySet],
    shared: bool,
) -> Query {
    let mut clauses: Vec<Clause> = entity_sets
        .iter()
        .flat_map(|entities| found(builder, entities))
        .collect();
    let all = entity_sets
        .iter()
        .map(|entities| var(&entities.var))
        .collect();
    clauses.push(unwind(list(all), "thing"));
    clauses.push(match_(vec![step("thing", "fact", "other")], Vec::new()));
    let of = any_name(builder, var("thing"));
    let kept = vec![
        item(call("type", vec![var("fact")]), "relation"),
        item(any_name(builder, var("other")), "other"),
        item(call_distinct("collect", of), "things"),
    ];
    let several = shared.then(|| {
        compare(
            call("size", vec![var("things")]),
            op(Cmp::Equal),
            super::make::number(entity_sets.len() as f64),
        )
    });
    clauses.push(with(false, kept, several));
    let columns = ["relation", "other", "things"].map(|column| item(var(column), column));
    let order = vec![sort(var("relation"), false), sort(var("other"), false)];
    clauses.push(returned(false, columns.to_vec(), order));
    query(clauses)
}

pub(super) fn compare_all(builder: &Builder<'_>, entity_sets: &[EntitySet]) -> Query {
    compare_entities(builder, entity_sets, false)
}

/// The common neighbours of entities.
pub(super) fn common(builder: &Builder<'_>, entity_sets: &[EntitySet]) -> Query {
    compare_entities(builder, entity_sets, true)
}

/// The direct relationships between two entities, or the shortest paths.
pub(super) fn connection(
    builder: &Builder<'_>,
    from: &EntitySet,
    to: &EntitySet,
    direct: bool,
    types: &[String],
) -> Query {
    let mut clauses = found(builder, from);
    clauses.extend(found(builder, to));
    if direct {
        clauses.push(match_(vec![step(&from.var, "fact", &to.var)], Vec::new()));
        let mut items = vec![
            item(
                any_name(builder, call("startNode", vec![var("fact")])),
                "from",
            ),
            item(call("type", vec![var("fact")]), "relation"),
            item(any_name(builder, call("endNode", vec![var("fact")])), "to"),
        ];
        items.extend(cited(builder));
        clauses.push(returned(true, items, vec![sort(var("relation"), false)]));
        return query(clauses);
    }
    clauses.push(chain(from, to, types, not_telling(builder)));
    let nodes = call("nodes", vec![var("path")]);
    let relationships = call("relationships", vec![var("path")]);
    let items = vec![
        item(each(nodes, "n", any_name(builder, var("n"))), "chain"),
        item(
            each(relationships, "r", call("type", vec![var("r")])),
            "relations",
        ),
        item(call("length", vec![var("path")]), "hops"),
    ];
    clauses.push(returned(
        true,
        items,
        vec![sort(var("hops"), false), sort(var("chain"), false)],
    ));
    query(clauses)
}

/// `MATCH path = allShortestPaths((a)-[:A|B*..8]-(b))`
fn chain(from: &EntitySet, to: &EntitySet, types: &[String], without: Vec<Expr>) -> Clause {
    let mut pattern = step(&from.var, "fact", &to.var);
    let (relationship, _) = &mut pattern.steps[0];
    relationship.variable = None;
    relationship.types = super::make::label_expr(types);
    relationship.length = Some(Length {
        min: None,
        max: Some(LONGEST_CHAIN),
        span: Default::default(),
    });
    let mut part = part(pattern);
    part.variable = Some(name("path"));
    part.selector = Selector::AllShortest;
    let apart = super::make::binary(
        BinaryOp::In,
        call("type", vec![var("r")]),
        list(without.clone()),
    );
    let none = super::make::expr(ExprKind::Quantifier {
        quantifier: Quantifier::None,
        variable: name("r"),
        list: Box::new(call("relationships", vec![var("path")])),
        predicate: Some(Box::new(apart)),
    });
    let plain = without.is_empty() || !types.is_empty();
    matched(
        false,
        vec![part],
        if plain { Vec::new() } else { vec![none] },
    )
}

/// The names of types that only lead to documents: two entities in the same document are not thereby connected.
fn not_telling(builder: &Builder<'_>) -> Vec<Expr> {
    let catalog = builder.graph.catalog();
    let documents = builder.vocabulary.documents.as_ref();
    let Some(label) = documents.and_then(|documents| catalog.label(&documents.label)) else {
        return Vec::new();
    };
    let triples = &builder.vocabulary.triples;
    let mut types: Vec<_> = triples.iter().map(|(_, ty, _)| *ty).collect();
    types.dedup();
    types.retain(|ty| {
        triples
            .iter()
            .filter(|(_, other, _)| other == ty)
            .all(|(_, _, to)| *to == label)
    });
    types
        .into_iter()
        .map(|ty| text(catalog.type_name(ty)))
        .collect()
}

/// `[n IN list | …]`
fn each(of: Expr, variable: &str, map: Expr) -> Expr {
    super::make::expr(ExprKind::ListComprehension {
        variable: name(variable),
        list: Box::new(of),
        predicate: None,
        map: Some(Box::new(map)),
    })
}

/// The facts that make a sentence true, with their sources.
pub(super) fn said(builder: &Builder<'_>, entities: &EntitySet) -> Query {
    let mut scope = builder.scope();
    scope.entities(entities);
    match facts(builder, &scope) {
        Some(mut query) => {
            with_source(builder, entities, &mut query.first.clauses);
            query
        }
        None => describe(builder, std::slice::from_ref(entities)),
    }
}

/// Adds the adverb conditions of the question and the properties of the stating document to each fact.
fn with_source(builder: &Builder<'_>, entities: &EntitySet, clauses: &mut Vec<Clause>) {
    let Some(Clause::Return(mut last)) = clauses.pop() else {
        return;
    };
    let of = |variable: &str, key: &str| prop(var(variable), key);
    let mut more = Vec::new();
    for key in conditions(&entities.restrictions) {
        more.push((key.clone(), of("each", &key)));
    }
    let citations = builder.vocabulary.citations.as_ref();
    if let (Some(citations), Some(documents)) = (citations, &builder.vocabulary.documents) {
        let source = element(node(Some("source"), std::slice::from_ref(&documents.label)));
        let cited = super::make::equal(
            of("source", &documents.key),
            of("each", &citations.document),
        );
        clauses.push(super::make::optional_match(vec![source], vec![cited]));
        let own = builder.vocabulary.attributes.iter().filter(|attribute| {
            attribute.kind == ValueKind::Text
                && attribute.pattern.steps.is_empty()
                && attribute.labels == [documents.label.clone()]
        });
        let entity_type = std::slice::from_ref(&documents.label);
        more.push(("source".to_owned(), builder.name_of("source", entity_type)));
        more.extend(own.filter_map(|attribute| match &attribute.value.kind {
            ExprKind::Property(_, key) if key.text != documents.key => {
                Some((key.text.clone(), of("source", &key.text)))
            }
            _ => None,
        }));
    }
    let items = &mut last.projection.items;
    for (alias, value) in more {
        let taken = |item: &crate::syntax::ast::ProjectionItem| {
            item.alias.as_ref().is_some_and(|name| name.text == alias)
        };
        if !items.iter().any(taken) {
            items.push(item(value, &alias));
        }
    }
    clauses.push(Clause::Return(last));
}

/// The property keys in the conditions of adverbs.
fn conditions(restrictions: &[Restriction]) -> Vec<String> {
    fn keys(expr: &Expr, found: &mut Vec<String>) {
        if let ExprKind::Property(_, key) = &expr.kind
            && !found.contains(&key.text)
        {
            found.push(key.text.clone());
        }
        expr.children().iter().for_each(|child| keys(child, found));
    }
    let mut found = Vec::new();
    for restriction in restrictions {
        match restriction {
            Restriction::Relation(relation) => relation
                .how
                .iter()
                .for_each(|(how, _)| keys(how, &mut found)),
            Restriction::And(restrictions) => found.extend(conditions(restrictions)),
            _ => {}
        }
    }
    found
}

/// Per pair of entities, the entities related to both.
pub(super) fn pairs(
    builder: &Builder<'_>,
    first: &EntitySet,
    second: &EntitySet,
    asked: &EntitySet,
) -> Query {
    let mut scope = builder.scope();
    scope.wanted.extend([first.var.clone(), second.var.clone()]);
    scope.entities(first);
    scope.entities(second);
    let (a, b) = (
        builder.name_of(&first.var, &first.entity_type),
        builder.name_of(&second.var, &second.entity_type),
    );
    scope
        .predicates
        .push(compare(a.clone(), op(Cmp::Less), b.clone()));
    let mut clauses = scope.matches();
    let mut both = scope.inner("");
    both.wanted.push(asked.var.clone());
    let mut of_both = asked.clone();
    of_both.restrictions = Vec::new();
    for restriction in &asked.restrictions {
        match restriction {
            Restriction::Relation(relation) if relation.other.entity_type == first.entity_type => {
                of_both.restrictions.extend(
                    [first, second].map(|end| Restriction::Relation(Box::new(to(relation, end)))),
                );
            }
            restriction => of_both.restrictions.push(restriction.clone()),
        }
    }
    both.entities(&of_both);
    clauses.extend(both.matches());
    let shown = match asked
        .noun
        .and_then(|noun| builder.vocabulary.nouns[noun.0 as usize].numbered)
    {
        Some(number) => both.value_at(&asked.var, number),
        None => builder.name_of(&asked.var, &asked.entity_type),
    };
    let columns = vec![
        item(a, &first.var),
        item(b, &second.var),
        item(shown, "shared"),
    ];
    clauses.push(sorted(columns, &[&first.var, &second.var, "shared"]));
    clauses.push(returned(
        false,
        vec![
            item(var(&first.var), &first.var),
            item(var(&second.var), &second.var),
            item(call("count", vec![var("shared")]), "count"),
            item(
                call("collect", vec![var("shared")]),
                &super::super::resolve::camel(&builder.plural(asked)),
            ),
        ],
        vec![sort(var(&first.var), false), sort(var(&second.var), false)],
    ));
    query(clauses)
}

/// `WITH DISTINCT … ORDER BY …`
fn sorted(items: Vec<crate::syntax::ast::ProjectionItem>, by: &[&str]) -> Clause {
    let clause = with(true, items, None);
    match clause {
        Clause::With(mut clause) => {
            clause.projection.order_by = by.iter().map(|column| sort(var(column), false)).collect();
            Clause::With(clause)
        }
        clause => clause,
    }
}

/// The relation with another, bound entity at its end.
fn to(relation: &Relation, end: &EntitySet) -> Relation {
    Relation {
        other: EntitySet {
            again: true,
            restrictions: Vec::new(),
            det: Det::The,
            ..end.clone()
        },
        ..relation.clone()
    }
}

/// The entities that satisfy the first relation and not the second, and the reverse.
pub(super) fn both_ways(builder: &Builder<'_>, entities: &EntitySet) -> Query {
    let (mut own, mut relations) = (entities.clone(), Vec::new());
    own.restrictions = Vec::new();
    split(
        &entities.restrictions,
        &mut own.restrictions,
        &mut relations,
    );
    let [first, second] = relations.as_slice() else {
        let mut scope = builder.scope();
        scope.entities(entities);
        let mut clauses = scope.matches();
        clauses.push(returned(
            true,
            vec![item(
                builder.name_of(&entities.var, &entities.entity_type),
                &entities.var,
            )],
            Vec::new(),
        ));
        return query(clauses);
    };
    union(
        vec![
            only(builder, &own, first, second),
            only(builder, &own, second, first),
        ],
        true,
    )
}

/// Separates relations, negated or not, from other restrictions.
fn split(restrictions: &[Restriction], rest: &mut Vec<Restriction>, relations: &mut Vec<Relation>) {
    for restriction in restrictions {
        match restriction {
            Restriction::Relation(relation) => relations.push((**relation).clone()),
            Restriction::And(restrictions) => split(restrictions, rest, relations),
            Restriction::Not(inner, _) if matches!(**inner, Restriction::Relation(_)) => {
                split(std::slice::from_ref(inner), rest, relations)
            }
            restriction => rest.push(restriction.clone()),
        }
    }
}

fn only(
    builder: &Builder<'_>,
    entities: &EntitySet,
    has: &Relation,
    lacks: &Relation,
) -> Vec<Clause> {
    let mut entities = entities.clone();
    entities
        .restrictions
        .push(Restriction::Relation(Box::new(has.clone())));
    entities.restrictions.push(Restriction::Not(
        Box::new(Restriction::Relation(Box::new(lacks.clone()))),
        lacks.span,
    ));
    let mut scope = builder.scope();
    scope.entities(&entities);
    let mut clauses = scope.matches();
    let of = has
        .other
        .name
        .as_ref()
        .map_or("first", |name| name.shown.as_str());
    let mut items = vec![
        item(text(of), "onlyIn"),
        item(
            builder.name_of(&entities.var, &entities.entity_type),
            &entities.var,
        ),
    ];
    if let Some(number) = entities
        .noun
        .and_then(|noun| builder.vocabulary.nouns[noun.0 as usize].numbered)
    {
        items.push(item(scope.value_at(&entities.var, number), "number"));
    }
    clauses.push(returned(true, items, Vec::new()));
    clauses
}

fn union(parts: Vec<Vec<Clause>>, all: bool) -> Query {
    let mut parts = parts.into_iter();
    let mut whole = query(parts.next().unwrap_or_default());
    for part in parts {
        let union = Conjunction {
            kind: ConjunctionKind::Union { all },
            span: Default::default(),
        };
        whole.rest.push((union, single(part)));
    }
    whole
}
