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
        meaning::{Fact, Thing, Tied},
        tree::{Cmp, Det},
        vocabulary::ValueKind,
    },
    syntax::ast::{
        BinaryOp, Clause, Direction, Expr, ExprKind, Length, PatternElement, Quantifier, Query,
        Selector, Union,
    },
};

/// Maximum length of a connection.
const LONGEST_CHAIN: u64 = 8;

/// The properties and the relationships of entities.
pub(super) fn describe(builder: &Builder<'_>, things: &[Thing]) -> Query {
    let parts = things
        .iter()
        .flat_map(|thing| [properties(builder, thing), ties(builder, thing)]);
    union(parts.collect(), true)
}

/// `MATCH (n) UNWIND keys(n) AS property RETURN …`
fn properties(builder: &Builder<'_>, thing: &Thing) -> Vec<Clause> {
    let mut clauses = found(builder, thing);
    let keys = call("keys", vec![var(&thing.var)]);
    let value = super::make::expr(ExprKind::Index(
        Box::new(var(&thing.var)),
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
        let kept = [&*thing.var, "relation"].map(|name| item(var(name), name));
        clauses.push(with(false, kept.to_vec(), Some(not(out))));
    }
    let mut items = vec![
        item(builder.name_of(&thing.var, &thing.kind), "thing"),
        item(var("relation"), "relation"),
        item(value, "other"),
    ];
    if let Some(citations) = &builder.vocabulary.citations {
        items.push(item(prop(var(&thing.var), &citations.document), "document"));
        items.push(item(prop(var(&thing.var), &citations.from), "line"));
    }
    clauses.push(returned(false, items, Vec::new()));
    clauses
}

/// `MATCH (n)-[r]-(other) RETURN …`
fn ties(builder: &Builder<'_>, thing: &Thing) -> Vec<Clause> {
    let mut clauses = found(builder, thing);
    clauses.push(match_(vec![step(&thing.var, "fact", "other")], Vec::new()));
    let mut items = vec![
        item(builder.name_of(&thing.var, &thing.kind), "thing"),
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
pub(super) fn found(builder: &Builder<'_>, thing: &Thing) -> Vec<Clause> {
    let mut scope = builder.scope();
    scope.wanted.push(thing.var.clone());
    scope.thing(thing);
    scope.matches()
}

/// `(a)-[fact]-(b)`
pub(super) fn step(from: &str, fact: &str, to: &str) -> PatternElement {
    let mut pattern = element(node(Some(from), &[]));
    let fact = relationship(Some(fact), &[], Direction::Either);
    pattern.steps.push((fact, node(Some(to), &[])));
    pattern
}

/// The neighbours of entities, each with the entities that have them; with `shared`, only common neighbours.
pub(super) fn compare_things(builder: &Builder<'_>, things: &[Thing], shared: bool) -> Query {
    let mut clauses: Vec<Clause> = things
        .iter()
        .flat_map(|thing| found(builder, thing))
        .collect();
    let all = things.iter().map(|thing| var(&thing.var)).collect();
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
            super::make::number(things.len() as f64),
        )
    });
    clauses.push(with(false, kept, several));
    let columns = ["relation", "other", "things"].map(|column| item(var(column), column));
    let order = vec![sort(var("relation"), false), sort(var("other"), false)];
    clauses.push(returned(false, columns.to_vec(), order));
    query(clauses)
}

pub(super) fn compare_all(builder: &Builder<'_>, things: &[Thing]) -> Query {
    compare_things(builder, things, false)
}

/// The common neighbours of entities.
pub(super) fn common(builder: &Builder<'_>, things: &[Thing]) -> Query {
    compare_things(builder, things, true)
}

/// The direct relationships between two entities, or the shortest paths.
pub(super) fn connection(
    builder: &Builder<'_>,
    from: &Thing,
    to: &Thing,
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
fn chain(from: &Thing, to: &Thing, types: &[String], without: Vec<Expr>) -> Clause {
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
pub(super) fn said(builder: &Builder<'_>, thing: &Thing) -> Query {
    let mut scope = builder.scope();
    scope.thing(thing);
    match facts(builder, &scope) {
        Some(mut query) => {
            with_source(builder, thing, &mut query.first.clauses);
            query
        }
        None => describe(builder, std::slice::from_ref(thing)),
    }
}

/// Adds the adverb conditions of the question and the properties of the stating document to each fact.
fn with_source(builder: &Builder<'_>, thing: &Thing, clauses: &mut Vec<Clause>) {
    let Some(Clause::Return(mut last)) = clauses.pop() else {
        return;
    };
    let of = |variable: &str, key: &str| prop(var(variable), key);
    let mut more = Vec::new();
    for key in conditions(&thing.facts) {
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
        let kind = std::slice::from_ref(&documents.label);
        more.push(("source".to_owned(), builder.name_of("source", kind)));
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
fn conditions(facts: &[Fact]) -> Vec<String> {
    fn keys(expr: &Expr, found: &mut Vec<String>) {
        if let ExprKind::Property(_, key) = &expr.kind
            && !found.contains(&key.text)
        {
            found.push(key.text.clone());
        }
        expr.children().iter().for_each(|child| keys(child, found));
    }
    let mut found = Vec::new();
    for fact in facts {
        match fact {
            Fact::Tie(tie) => tie.how.iter().for_each(|(how, _)| keys(how, &mut found)),
            Fact::And(facts) => found.extend(conditions(facts)),
            _ => {}
        }
    }
    found
}

/// Per pair of entities, the entities related to both.
pub(super) fn pairs(builder: &Builder<'_>, first: &Thing, second: &Thing, asked: &Thing) -> Query {
    let mut scope = builder.scope();
    scope.wanted.extend([first.var.clone(), second.var.clone()]);
    scope.thing(first);
    scope.thing(second);
    let (a, b) = (
        builder.name_of(&first.var, &first.kind),
        builder.name_of(&second.var, &second.kind),
    );
    scope
        .predicates
        .push(compare(a.clone(), op(Cmp::Less), b.clone()));
    let mut clauses = scope.matches();
    let mut both = scope.inner("");
    both.wanted.push(asked.var.clone());
    let mut of_both = asked.clone();
    of_both.facts = Vec::new();
    for fact in &asked.facts {
        match fact {
            Fact::Tie(tie) if tie.other.kind == first.kind => {
                of_both
                    .facts
                    .extend([first, second].map(|end| Fact::Tie(Box::new(to(tie, end)))));
            }
            fact => of_both.facts.push(fact.clone()),
        }
    }
    both.thing(&of_both);
    clauses.extend(both.matches());
    let shown = match asked
        .noun
        .and_then(|noun| builder.vocabulary.nouns[noun.0 as usize].numbered)
    {
        Some(number) => both.value_at(&asked.var, number),
        None => builder.name_of(&asked.var, &asked.kind),
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
fn to(tie: &Tied, end: &Thing) -> Tied {
    Tied {
        other: Thing {
            again: true,
            facts: Vec::new(),
            det: Det::The,
            ..end.clone()
        },
        ..tie.clone()
    }
}

/// The entities that satisfy the first relation and not the second, and the reverse.
pub(super) fn both_ways(builder: &Builder<'_>, thing: &Thing) -> Query {
    let (mut own, mut ties) = (thing.clone(), Vec::new());
    own.facts = Vec::new();
    split(&thing.facts, &mut own.facts, &mut ties);
    let [first, second] = ties.as_slice() else {
        let mut scope = builder.scope();
        scope.thing(thing);
        let mut clauses = scope.matches();
        clauses.push(returned(
            true,
            vec![item(builder.name_of(&thing.var, &thing.kind), &thing.var)],
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

/// Separates relations, negated or not, from other predicates.
fn split(facts: &[Fact], rest: &mut Vec<Fact>, ties: &mut Vec<Tied>) {
    for fact in facts {
        match fact {
            Fact::Tie(tie) => ties.push((**tie).clone()),
            Fact::And(facts) => split(facts, rest, ties),
            Fact::Not(inner, _) if matches!(**inner, Fact::Tie(_)) => {
                split(std::slice::from_ref(inner), rest, ties)
            }
            fact => rest.push(fact.clone()),
        }
    }
}

fn only(builder: &Builder<'_>, thing: &Thing, has: &Tied, lacks: &Tied) -> Vec<Clause> {
    let mut thing = thing.clone();
    thing.facts.push(Fact::Tie(Box::new(has.clone())));
    thing.facts.push(Fact::Not(
        Box::new(Fact::Tie(Box::new(lacks.clone()))),
        lacks.span,
    ));
    let mut scope = builder.scope();
    scope.thing(&thing);
    let mut clauses = scope.matches();
    let of = has
        .other
        .name
        .as_ref()
        .map_or("first", |name| name.shown.as_str());
    let mut items = vec![
        item(text(of), "onlyIn"),
        item(builder.name_of(&thing.var, &thing.kind), &thing.var),
    ];
    if let Some(number) = thing
        .noun
        .and_then(|noun| builder.vocabulary.nouns[noun.0 as usize].numbered)
    {
        items.push(item(scope.value_at(&thing.var, number), "number"));
    }
    clauses.push(returned(true, items, Vec::new()));
    clauses
}

fn union(parts: Vec<Vec<Clause>>, all: bool) -> Query {
    let mut parts = parts.into_iter();
    let mut whole = query(parts.next().unwrap_or_default());
    for part in parts {
        let union = Union {
            all,
            span: Default::default(),
        };
        whole.rest.push((union, single(part)));
    }
    whole
}
